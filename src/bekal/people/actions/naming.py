"""Reading names: only of those whom the unit has, and never without a trace."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.people import sealing
from bekal.people.actions.records import begun_day
from bekal.people.models import Maker
from bekal.people.queries import open_codes
from bekal.people.rules import Why

_READ = "names.read"
"""A topic of its own: that somebody read a name changes no page that shows makers."""


@transaction.atomic
def read_names(
    *,
    codes: Collection[str],
    unit_id: int,
    why: Why,
    allowed_by: str,
    by: Actor,
    now: dt.datetime,
) -> dict[str, str]:
    """The names of makers whom a unit has, by code; the audit chain keeps who read whose, and why.

    `allowed_by` names the permission. Codes that are not the unit's to open are left out. Raises
    KeysMissing.
    """
    if not codes:
        return {}
    mine = open_codes(unit_id=unit_id, codes=codes, on=begun_day(now))
    closed = Maker.objects.filter(code__in=mine, erased_at__isnull=True)
    names = {
        maker.code: sealing.open_name(bytes(maker.closed_name), code=maker.code) for maker in closed
    }
    if names:
        audit.record(
            chain=chain_of_place(unit_id),
            action=_READ,
            object_key=f"maker:{next(iter(names))}" if len(names) == 1 else f"unit:{unit_id}",
            detail={"codes": sorted(names), "why": why, "allowed_by": allowed_by},
            by=by,
            now=now,
        )
    return names
