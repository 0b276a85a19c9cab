"""What a vendor bought in a month: from the unit by our books, and in all by its document."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import local_day
from bekal.institutions.models import Purchases, PurchasesPaper
from bekal.institutions.rules import SupplyRefused, check_declared, check_reason_of_supply
from bekal.places import queries as places
from bekal.shop import queries as shop
from bekal.shop.rules import InstitutionKind

DECLARE = "institutions.declare_purchases"


@dataclass(frozen=True)
class NewPurchases:
    """A declaration as it arrives; `key` becomes its id. `reason` is needed when it corrects."""

    key: UUID
    institution_id: UUID
    unit_id: int
    month: dt.date
    total: int
    paper: Attachment
    reason: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        paper = hashlib.sha256(self.paper.content).hexdigest()
        return frozen_bytes({**vars(self), "paper": paper})


@transaction.atomic
def declare_purchases(*, new: NewPurchases, by: Actor, now: dt.datetime) -> UUID:
    """Keep a vendor's total of a month beside what it bought from the unit by our books now.

    A later declaration corrects an earlier one and says why; both stay. Raises SupplyRefused (with
    the field), and KeyReused for the same key with other content.
    """
    if claim_message(key=new.key, door=DECLARE, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    vendor = shop.institution(institution_id=new.institution_id)
    if vendor is None or vendor.kind != InstitutionKind.VENDOR:
        raise SupplyRefused("Pilih penyedia bahan makanan.", field="vendor")
    _one_at_a_time(new.unit_id)
    bought = _bought(new)
    today = local_day(now, places.zone_of(unit_id=new.unit_id))
    check_declared(total=new.total, bought=bought, month=new.month, today=today)
    made = Purchases.objects.create(
        id=new.key,
        institution_id=new.institution_id,
        unit_id=new.unit_id,
        month=new.month,
        number=_next_number(new),
        bought=bought,
        total=new.total,
        reason=new.reason.strip(),
        declared_at=now,
        declared_by=str(by),
    )
    PurchasesPaper.objects.create(purchases=made, **vars(new.paper))
    _told(made, by=by, now=now)
    return new.key


def _bought(new: NewPurchases) -> int:
    rows = shop.bought_in(unit_ids=[new.unit_id], month=new.month)
    return max(0, rows.get((new.institution_id, new.unit_id), 0))


def _next_number(new: NewPurchases) -> int:
    """The number of a declaration; one that corrects another needs its reason."""
    same = Purchases.objects.filter(
        institution_id=new.institution_id, unit_id=new.unit_id, month=new.month
    )
    number = same.count() + 1
    if number > 1:
        check_reason_of_supply(new.reason, question="Tulis mengapa angkanya dikoreksi.")
    return number


def _one_at_a_time(unit_id: int) -> None:
    """Two who declare for a unit wait for each other until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), %s)", [DECLARE, unit_id])


def _told(made: Purchases, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(made.unit_id),
        action=DECLARE,
        object_key=f"purchases:{made.pk}",
        detail={
            "month": made.month,
            "number": made.number,
            "bought": made.bought,
            "total": made.total,
        },
        by=by,
        now=now,
    )
