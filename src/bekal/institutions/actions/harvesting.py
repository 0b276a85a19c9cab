"""What a unit harvested in a month, typed in with its source."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.institutions.models import HarvestTotal
from bekal.institutions.rules import check_harvest, check_reason_of_supply
from bekal.places import queries as places

HARVEST = "institutions.declare_harvest"


@dataclass(frozen=True)
class NewHarvest:
    """A month's harvest as it arrives; `key` becomes its id. `reason` is needed when it corrects.

    `total` is its worth in rupiah, `source` the record that says so.
    """

    key: UUID
    unit_id: int
    month: dt.date
    total: int
    source: str
    reason: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes(vars(self))


@transaction.atomic
def declare_harvest(*, new: NewHarvest, by: Actor, now: dt.datetime) -> UUID:
    """Keep what a unit harvested in a month; a later one corrects it, says why, and both stay.

    Raises SupplyRefused (with the field), and KeyReused for the same key with other content.
    """
    if claim_message(key=new.key, door=HARVEST, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), %s)", [HARVEST, new.unit_id])
    today = local_day(now, places.zone_of(unit_id=new.unit_id))
    check_harvest(total=new.total, source=new.source, month=new.month, today=today)
    number = HarvestTotal.objects.filter(unit_id=new.unit_id, month=new.month).count() + 1
    if number > 1:
        check_reason_of_supply(new.reason, question="Tulis mengapa angkanya dikoreksi.")
    HarvestTotal.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        month=new.month,
        number=number,
        total=new.total,
        source=new.source.strip(),
        reason=new.reason.strip(),
        declared_at=now,
        declared_by=str(by),
    )
    audit.record(
        chain=chain_of_place(new.unit_id),
        action=HARVEST,
        object_key=f"harvest:{new.key}",
        detail={"month": new.month, "number": number, "total": new.total},
        by=by,
        now=now,
    )
    return new.key
