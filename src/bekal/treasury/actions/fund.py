"""Using the capital fund: asking, deciding, paying with a receipt, bringing change back."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import local_day
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind
from bekal.places import queries as places
from bekal.production import queries as production
from bekal.treasury.models import FundChange, FundPayment, FundRequest
from bekal.treasury.models.papers import APPROVED, REFUSED
from bekal.treasury.rules.fund import (
    FundRefused,
    NewChange,
    NewPayment,
    NewRequest,
    check_held,
    check_rupiah,
    payment_lines,
)

ASK, PAY, RETURN = "treasury.ask_fund", "treasury.pay_fund", "treasury.return_change"


@transaction.atomic
def ask_fund(*, new: NewRequest, by: Actor, now: dt.datetime) -> UUID:
    """Ask to buy something from the fund. Raises FundRefused (with the field) and KeyReused."""
    if claim_message(key=new.key, door=ASK, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    check_rupiah(new.estimate, field="estimate")
    what = " ".join(new.what.split())
    if not what:
        raise FundRefused("Tulis apa yang akan dibeli.", field="what")
    today = local_day(now, places.zone_of(unit_id=new.unit_id))
    found = new.workshop_id is None or production.workshop_of(
        unit_id=new.unit_id, workshop_id=new.workshop_id, on=today
    )
    if not found:
        raise FundRefused("Bengkel ini tidak ada di unit Anda.", field="workshop")
    FundRequest.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        workshop_id=new.workshop_id,
        purpose=new.purpose.value,
        what=what,
        estimate=new.estimate,
        asked_at=now,
        asked_by=str(by),
    )
    detail = {"what": what, "estimate": new.estimate}
    _record(ASK, new.unit_id, new.key, detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def decide_fund(
    *, request_id: UUID, unit_id: int, is_approved: bool, why: str, by: Actor, now: dt.datetime
) -> None:
    """Approve a request, or refuse it with a reason.

    The same decision again changes nothing. Raises LookupError for a request of another unit, and
    FundRefused.
    """
    paper = FundRequest.objects.select_for_update().filter(pk=request_id, unit_id=unit_id).first()
    if paper is None:
        raise LookupError(f"unit {unit_id} has no request {request_id}")
    decision = APPROVED if is_approved else REFUSED
    if paper.decided_as == decision:
        return
    if paper.decided_as:
        raise FundRefused("Permintaan ini sudah diputuskan.")
    if paper.asked_by == str(by):
        raise FundRefused("Yang menyetujui harus orang lain daripada yang meminta.")
    if not is_approved and not why.strip():
        raise FundRefused("Tulis mengapa ditolak.", field="why")
    paper.decided_as, paper.decided_why = decision, "" if is_approved else why.strip()
    paper.decided_at, paper.decided_by = now, str(by)
    paper.save()
    detail = {"decided_as": decision, "why": paper.decided_why}
    _record("treasury.decide_fund", unit_id, request_id, detail=detail, by=by, now=now)


@transaction.atomic
def pay_fund(*, new: NewPayment, file: Attachment | None, by: Actor, now: dt.datetime) -> UUID:
    """Pay an approved request from the fund, once, never more than approved or than it holds.

    Nobody else moves the fund meanwhile. Raises FundRefused (with the field) and KeyReused; the
    same again changes nothing.
    """
    if claim_message(key=new.key, door=PAY, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    paper = _approved(new, by=by, now=now)
    held = -ledger.hold_account(unit_id=new.unit_id, account=AccountKind.CAPITAL, by=by, now=now)
    check_held(new.amount, held=held)
    row = FundPayment(id=new.key, unit_id=new.unit_id, request=paper, amount=new.amount)
    row.means, row.receipt_number = new.means.value, new.receipt_number.strip()
    row.paid_on, row.paid_at, row.paid_by = new.paid_on, now, str(by)
    if file is not None:
        row.file_name, row.media_type, row.content = file.name, file.media_type, file.content
    row.save(force_insert=True)
    ledger.post_entry(
        lines=payment_lines(unit_id=new.unit_id, means=new.means, amount=new.amount),
        key=new.key,
        occurred_on=new.paid_on,
        memo=f"Dana penunjang: {paper.what}"[:200],
        source=f"fund:{new.key}",
        by=by,
        now=now,
    )
    detail = {"request": paper.pk, "amount": new.amount, "receipt": row.receipt_number}
    _record(PAY, new.unit_id, new.key, detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def return_change(*, new: NewChange, by: Actor, now: dt.datetime) -> UUID:
    """Bring money of a payment back to the fund, once. Raises FundRefused and KeyReused."""
    if claim_message(key=new.key, door=RETURN, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    payment = _returnable(new, now=now)
    FundChange.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        payment=payment,
        amount=new.amount,
        means=new.means.value,
        returned_on=new.returned_on,
        returned_at=now,
        returned_by=str(by),
    )
    ledger.post_entry(
        lines=payment_lines(unit_id=new.unit_id, means=new.means, amount=-new.amount),
        key=new.key,
        occurred_on=new.returned_on,
        memo="Sisa belanja dana penunjang kembali",
        source=f"fundchange:{new.key}",
        by=by,
        now=now,
    )
    _record(RETURN, new.unit_id, new.key, detail={"amount": new.amount}, by=by, now=now)
    return new.key


def _returnable(new: NewChange, *, now: dt.datetime) -> FundPayment:
    """The payment of which money comes back, locked. Raises FundRefused."""
    paid = FundPayment.objects.select_for_update().filter(pk=new.payment_id, unit_id=new.unit_id)
    payment = paid.first()
    if payment is None:
        raise FundRefused("Pembayaran ini tidak ada di unit Anda.")
    if FundChange.objects.filter(payment=payment).exists():
        raise FundRefused("Sisa pembayaran ini sudah dikembalikan.")
    check_rupiah(new.amount, field="amount")
    if new.amount > payment.amount:
        raise FundRefused("Lebih dari yang dibayarkan.", field="amount")
    _check_paid_day(new.returned_on, new.unit_id, field="returned_on", now=now)
    return payment


def _approved(new: NewPayment, *, by: Actor, now: dt.datetime) -> FundRequest:
    """The request that is paid, locked. Raises FundRefused."""
    rows = FundRequest.objects.select_for_update()
    paper = rows.filter(pk=new.request_id, unit_id=new.unit_id).first()
    if paper is None or paper.decided_as != APPROVED:
        raise FundRefused("Permintaan ini belum disetujui kepala.")
    if FundPayment.objects.filter(request=paper).exists():
        raise FundRefused("Permintaan ini sudah dibayar.")
    if str(by) in {paper.asked_by, paper.decided_by}:
        raise FundRefused("Yang membayar harus orang lain daripada yang meminta dan menyetujui.")
    check_rupiah(new.amount, field="amount")
    if new.amount > paper.estimate:
        raise FundRefused("Lebih dari yang disetujui. Mintalah persetujuan baru.", field="amount")
    if not new.receipt_number.strip():
        raise FundRefused("Isi nomor kuitansinya.", field="receipt_number")
    _check_paid_day(new.paid_on, new.unit_id, field="paid_on", now=now)
    return paper


def _check_paid_day(day: dt.date, unit_id: int, *, field: str, now: dt.datetime) -> None:
    if day > local_day(now, places.zone_of(unit_id=unit_id)):
        raise FundRefused("Hari itu belum tiba.", field=field)


def _record(
    action: str,
    unit_id: int,
    key: UUID,
    *,
    detail: Mapping[str, object],
    by: Actor,
    now: dt.datetime,
) -> None:
    audit.record(
        chain=chain_of_place(unit_id),
        action=action,
        object_key=f"fund:{key}",
        detail=detail,
        by=by,
        now=now,
    )
