"""What the acts of premi share: their place in line, their chain, and their lines in the ledger."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.ledger.rules import AccountKind, Line


def lock_premi(unit_id: int) -> None:
    """Let the acts on a unit's premi come one after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('treasury.premi'), %s)", [unit_id])


def record(
    act: str,
    object_key: str,
    *,
    unit_id: int,
    detail: Mapping[str, Any],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Write down that somebody did something with premi; `act` is the last word of the action."""
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"treasury.{act}",
        object_key=object_key,
        detail=detail,
        by=by,
        now=now,
    )


def claims_of(unit_id: int, by_maker: Mapping[str, int]) -> list[Line]:
    """What makers have by an act, in the ledger: a claim on the unit for each."""
    return [
        Line(unit_id, AccountKind.PREMI_PAYABLE, -amount, maker=maker)
        for maker, amount in sorted(by_maker.items())
        if amount
    ]
