"""Looking at what did not fit."""

import datetime as dt

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.payments.models import Doubt, DoubtCheck


@transaction.atomic
def check_doubt(*, unit_id: int, doubt_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that somebody looked at a doubt; the first look stands, a repeat changes nothing.

    Raises LookupError when the unit has no such doubt.
    """
    if not Doubt.objects.filter(pk=doubt_id, unit_id=unit_id).exists():
        raise LookupError(f"unit {unit_id} has no doubt {doubt_id}")
    check = DoubtCheck(doubt_id=doubt_id, checked_at=now, checked_by=str(by))
    DoubtCheck.objects.bulk_create([check], ignore_conflicts=True)
    audit.record(
        chain=chain_of_place(unit_id),
        action="payments.check_doubt",
        object_key=f"doubt:{doubt_id}",
        detail={},
        by=by,
        now=now,
    )
