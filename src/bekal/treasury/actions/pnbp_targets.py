"""Setting how much PNBP a unit is to bring in a year."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.treasury.actions.pnbp_common import one_at_a_time, today_of, told
from bekal.treasury.models import Target
from bekal.treasury.rules import REASON_LENGTH, DepositRefused, check_amount, check_year

SET_TARGET = "treasury.set_target"


@dataclass(frozen=True)
class NewTarget:
    """A target as its document says; `key` becomes its id."""

    key: UUID
    unit_id: int
    year: int
    amount: int
    citation: str
    is_sample: bool = False


@transaction.atomic
def set_target(*, target: NewTarget, by: Actor, now: dt.datetime) -> UUID:
    """Write down a year's target; one of the same year follows the last, and both stay.

    Raises DepositRefused with the field, and KeyReused for the same key with other content; the
    same again changes nothing.
    """
    check_amount(target.amount)
    check_year(target.year, today=today_of(target.unit_id, now))
    if not target.citation.strip():
        raise DepositRefused("Isi nomor dokumen yang menetapkannya.", field="citation")
    body = frozen_bytes(asdict(target))
    if claim_message(key=target.key, door=SET_TARGET, body=body, by=by, now=now) is not None:
        return target.key
    one_at_a_time(target.unit_id)
    before = Target.objects.filter(unit_id=target.unit_id, year=target.year).count()
    Target.objects.create(
        id=target.key,
        unit_id=target.unit_id,
        year=target.year,
        number=before + 1,
        amount=target.amount,
        citation=target.citation.strip()[:REASON_LENGTH],
        is_sample=target.is_sample,
        set_at=now,
        set_by=str(by),
    )
    detail = {"year": target.year, "number": before + 1, "amount": target.amount}
    key = f"target:{target.key}"
    told(SET_TARGET, target.unit_id, key, detail=detail, by=by, now=now)
    return target.key
