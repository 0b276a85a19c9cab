"""How the acts of this room stand in the chain of their unit."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor


def record(
    act: str,
    object_key: str,
    *,
    unit_id: int,
    detail: Mapping[str, Any],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Write down that somebody did something at a unit; `act` is the last word of the action."""
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"production.{act}",
        object_key=object_key,
        detail=detail,
        by=by,
        now=now,
    )


def wait_for_unit(unit_id: int) -> None:
    """Take the lock of what is decided for a unit as a whole, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('production.unit'), %s)", [unit_id])
