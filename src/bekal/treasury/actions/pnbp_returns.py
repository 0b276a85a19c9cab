"""What was deposited too much: for goods that came back, until the treasury sets it off."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.formats import rupiah
from bekal.ledger import actions as ledger
from bekal.treasury import queries
from bekal.treasury.actions.pnbp_common import one_at_a_time, today_of, told
from bekal.treasury.models import SetOff
from bekal.treasury.rules import (
    REASON_LENGTH,
    DepositRefused,
    check_amount,
    check_paid_on,
    lift_lines,
)

SET_OFF = "treasury.set_off"
_LOOKED_BACK = dt.timedelta(days=8)
"""How far the nightly look for refunds goes back: a week in which it could not run, and a day."""


@dataclass(frozen=True)
class NewSetOff:
    """What is set off, by which document of the treasury; `key` becomes its id."""

    key: UUID
    unit_id: int
    amount: int
    document: str
    set_on: dt.date


@transaction.atomic
def set_off(*, new: NewSetOff, by: Actor, now: dt.datetime) -> UUID:
    """Let what was deposited too much pay what is owed now; the id.

    Raises DepositRefused with the field when there is less of either, or no document, and KeyReused
    for the same key with other content; the same again changes nothing.
    """
    check_amount(new.amount)
    if not new.document.strip():
        raise DepositRefused("Isi nomor surat persetujuannya.", field="document")
    body = frozen_bytes(asdict(new))
    if claim_message(key=new.key, door=SET_OFF, body=body, by=by, now=now) is not None:
        return new.key
    today = today_of(new.unit_id, now)
    check_paid_on(new.set_on, today=today)
    one_at_a_time(new.unit_id)
    lift_returns(unit_id=new.unit_id, by=by, now=now)
    standing = queries.standing_of(unit_id=new.unit_id, on=today, now=now)
    most = min(standing.owed, standing.overpaid)
    if new.amount > most:
        raise DepositRefused(f"Yang bisa diperhitungkan {rupiah(most)}.", field="amount")
    values = {**asdict(new), "document": new.document.strip()[:REASON_LENGTH]}
    SetOff.objects.create(id=values.pop("key"), set_at=now, set_by=str(by), **values)
    ledger.post_entry(
        lines=lift_lines(unit_id=new.unit_id, amount=-new.amount),
        key=new.key,
        occurred_on=new.set_on,
        memo="Lebih setor PNBP diperhitungkan",
        source=f"{queries.SET_OFF}:{new.key}",
        by=by,
        now=now,
    )
    detail = {"amount": new.amount, "document": values["document"]}
    told(SET_OFF, new.unit_id, f"setoff:{new.key}", detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def lift_returns(*, unit_id: int, by: Actor, now: dt.datetime) -> int:
    """Book what was deposited for goods that came back as overpaid; the rupiah of it.

    A second look finds nothing: the lines say what was due, not the moment of looking.
    """
    one_at_a_time(unit_id)
    amount = queries.to_lift(unit_id=unit_id)
    if amount <= 0:
        return 0
    last = queries.last_line(unit_id=unit_id)
    ledger.post_entry(
        lines=lift_lines(unit_id=unit_id, amount=amount),
        key=uuid5(NAMESPACE_URL, f"bekal:{queries.LIFT}:{unit_id}:{last}"),
        occurred_on=today_of(unit_id, now),
        memo="PNBP barang kembali yang sudah disetor",
        source=f"{queries.LIFT}:{unit_id}",
        by=by,
        now=now,
    )
    detail = {"amount": amount}
    told("treasury.lift_returns", unit_id, f"place:{unit_id}", detail=detail, by=by, now=now)
    return amount


def lift_all_returns(*, by: Actor, now: dt.datetime) -> int:
    """The same for every unit that took goods back lately, each by itself; how many units."""
    units = queries.units_with_returns(since=now - _LOOKED_BACK)
    return sum(lift_returns(unit_id=unit, by=by, now=now) > 0 for unit in units)
