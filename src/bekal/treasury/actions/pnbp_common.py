"""What all acts on a unit's share of the state have in common."""

import datetime as dt
from collections.abc import Mapping

from django.db import connection

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.places import queries as places


def one_at_a_time(unit_id: int) -> None:
    """Two who act on a unit's deposits wait for each other until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('treasury.pnbp'), %s)", [unit_id])


def one_of_a_kind(number: str) -> None:
    """The same for two who write one number down, in whatever units."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('treasury.number'), hashtext(%s))", [number]
        )


def today_of(unit_id: int, now: dt.datetime) -> dt.date:
    """The present day at a unit."""
    return local_day(now, places.zone_of(unit_id=unit_id))


def told(
    action: str,
    unit_id: int,
    key: str,
    *,
    detail: Mapping[str, object],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Write an act down in the unit's chain: the last thing that it does."""
    audit.record(
        chain=chain_of_place(unit_id), action=action, object_key=key, detail=detail, by=by, now=now
    )
