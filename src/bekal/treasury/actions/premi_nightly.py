"""What the night does for premi: every unit by itself, and whatever one of them says."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.treasury import queries
from bekal.treasury.actions.pnbp_common import today_of
from bekal.treasury.actions.premi_allocating import allocate_premi
from bekal.treasury.actions.premi_claims import claim_agreements

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Divided:
    """What was divided in one unit: lines of receipts, and claims by agreements; or why not."""

    unit_id: int
    lines: int = 0
    claims: int = 0
    failure: str = ""


def divide_all_premi(*, by: Actor, now: dt.datetime) -> Iterator[Divided]:
    """Divide the premi of every unit that has something to divide; each unit when it is done.

    Each unit is one transaction. What goes wrong in one is told as its failure and stops no other.
    Doing it again changes nothing. The caller has to read to the end.
    """
    for unit_id in queries.units_to_divide():
        try:
            yield divide_premi(unit_id=unit_id, by=by, now=now)
        except Exception as failure:  # noqa: BLE001 - the other units have theirs all the same
            yield Divided(unit_id, failure=repr(failure))


@transaction.atomic
def divide_premi(*, unit_id: int, by: Actor, now: dt.datetime) -> Divided:
    """Divide the premi of one unit as the night does: both or nothing.

    Sales are divided on the present day of the unit. Agreements are looked at up to the day before,
    since the month that ends today is still being worked.
    """
    today = today_of(unit_id, now)
    lines = allocate_premi(unit_id=unit_id, on=today, by=by, now=now)
    claims = claim_agreements(unit_id=unit_id, on=today - _A_DAY, by=by, now=now)
    return Divided(unit_id, lines, claims)
