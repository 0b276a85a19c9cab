"""Depositing the state's share: billed by a code, paid once or called off, proved by papers."""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import local_day
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.places import queries as places
from bekal.treasury import queries
from bekal.treasury.actions.pnbp_common import one_at_a_time, one_of_a_kind, today_of, told
from bekal.treasury.actions.pnbp_returns import lift_returns
from bekal.treasury.models import Deposit, DepositCall, DepositPayment, DepositProof
from bekal.treasury.rules import (
    REASON_LENGTH,
    DepositMeans,
    DepositRefused,
    DepositState,
    check_amount,
    check_expiry,
    check_in_time,
    check_not_above,
    check_paid_on,
    deposit_lines,
    read_billing_code,
    read_ntpn,
)

BILL, PAY = "treasury.bill_deposit", "treasury.pay_deposit"


@dataclass(frozen=True)
class NewDeposit:
    """A deposit as it is billed; `key` becomes its id. More than is owed needs `more_reason`.

    `is_dead` takes a code whose time is over: of a deposit that was paid before it was written
    down.
    """

    key: UUID
    unit_id: int
    amount: int
    billing_code: str
    expires_at: dt.datetime
    more_reason: str = ""
    is_sample: bool = False
    is_dead: bool = False


@dataclass(frozen=True)
class NewPayment:
    """A payment as it is written down; `key` becomes its id."""

    key: UUID
    unit_id: int
    deposit_id: UUID
    ntpn: str
    means: DepositMeans
    paid_on: dt.date
    late_reason: str = ""


@transaction.atomic
def bill_deposit(*, deposit: NewDeposit, by: Actor, now: dt.datetime) -> UUID:
    """Write down that PNBP is to be paid by a billing code; its id, which is its key.

    Nothing is posted. Raises DepositRefused with the field, and KeyReused for the same key with
    other content; the same again changes nothing.
    """
    check_amount(deposit.amount)
    code = read_billing_code(deposit.billing_code)
    body = frozen_bytes(asdict(deposit))
    scope = scope_of_place(deposit.unit_id)
    first = claim_message(key=deposit.key, door=BILL, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return deposit.key
    _check_bill(deposit, code=code, by=by, now=now)
    Deposit.objects.create(
        id=deposit.key,
        unit_id=deposit.unit_id,
        amount=deposit.amount,
        billing_code=code,
        expires_at=deposit.expires_at,
        more_reason=deposit.more_reason.strip()[:REASON_LENGTH],
        is_sample=deposit.is_sample,
        billed_at=now,
        billed_by=str(by),
    )
    detail = {"amount": deposit.amount, "code": code, "expires_at": deposit.expires_at}
    told(BILL, deposit.unit_id, f"deposit:{deposit.key}", detail=detail, by=by, now=now)
    return deposit.key


def _check_bill(deposit: NewDeposit, *, code: str, by: Actor, now: dt.datetime) -> None:
    """Refuse a dead or used code and more than is owed, with the unit held."""
    if not deposit.is_dead:
        check_expiry(deposit.expires_at, now=now)
    one_at_a_time(deposit.unit_id)
    one_of_a_kind(code)
    if queries.code_is_used(code=code):
        raise DepositRefused(
            "Kode billing ini sudah tercatat pada setoran lain.", field="billing_code"
        )
    lift_returns(unit_id=deposit.unit_id, by=by, now=now)
    standing = queries.standing_of(
        unit_id=deposit.unit_id, on=today_of(deposit.unit_id, now), now=now
    )
    check_not_above(deposit.amount, free=standing.free, reason=deposit.more_reason)


@transaction.atomic
def pay_deposit(*, payment: NewPayment, by: Actor, now: dt.datetime) -> int:
    """Write down that a deposit was paid, with its NTPN; the rupiah of it that were not owed.

    The payment is posted on its own day: what is owed falls, the rest is overpaid. Raises
    DepositRefused with the field, LookupError for a deposit that the unit has not, and KeyReused
    for the same key with other content; the same again changes nothing.
    """
    ntpn = read_ntpn(payment.ntpn)
    body = frozen_bytes(asdict(payment))
    scope = scope_of_place(payment.unit_id)
    first = claim_message(key=payment.key, door=PAY, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return DepositPayment.objects.get(pk=payment.key).overpaid
    one_at_a_time(payment.unit_id)
    deposit = _billed(payment.unit_id, payment.deposit_id)
    zone = places.zone_of(unit_id=payment.unit_id)
    check_paid_on(payment.paid_on, today=local_day(now, zone))
    check_in_time(
        payment.paid_on,
        expires_on=local_day(deposit.expires_at, zone),
        late_reason=payment.late_reason,
    )
    one_of_a_kind(ntpn)
    if queries.ntpn_is_used(ntpn=ntpn):
        raise DepositRefused("NTPN ini sudah tercatat pada setoran lain.", field="ntpn")
    return _pay(payment, deposit, ntpn=ntpn, by=by, now=now)


def _pay(payment: NewPayment, deposit: Deposit, *, ntpn: str, by: Actor, now: dt.datetime) -> int:
    lift_returns(unit_id=payment.unit_id, by=by, now=now)
    owed = queries.owed_by_sale(unit_id=payment.unit_id)
    overpaid = max(deposit.amount - sum(one.left for one in owed), 0)
    DepositPayment.objects.create(
        id=payment.key,
        deposit=deposit,
        ntpn=ntpn,
        means=payment.means.value,
        paid_on=payment.paid_on,
        overpaid=overpaid,
        oldest_on=owed[0].day if owed else None,
        late_reason=payment.late_reason.strip()[:REASON_LENGTH],
        paid_at=now,
        paid_by=str(by),
    )
    _post(payment, deposit, overpaid=overpaid, by=by, now=now)
    detail = {"ntpn": ntpn, "amount": deposit.amount, "overpaid": overpaid}
    told(PAY, payment.unit_id, f"deposit:{deposit.pk}", detail=detail, by=by, now=now)
    return overpaid


def _post(
    payment: NewPayment, deposit: Deposit, *, overpaid: int, by: Actor, now: dt.datetime
) -> None:
    ledger.post_entry(
        lines=deposit_lines(
            unit_id=payment.unit_id,
            means=payment.means,
            amount=deposit.amount,
            overpaid=overpaid,
        ),
        key=payment.key,
        occurred_on=payment.paid_on,
        memo=f"Setoran PNBP, NTPN {read_ntpn(payment.ntpn)}",
        source=f"{queries.DEPOSIT}:{deposit.pk}",
        by=by,
        now=now,
    )


@transaction.atomic
def record_paid(*, deposit: NewDeposit, payment: NewPayment, by: Actor, now: dt.datetime) -> UUID:
    """Write down a deposit that was billed and paid before: both, or nothing. The deposit's id.

    Raises as `bill_deposit` and `pay_deposit` do.
    """
    bill_deposit(deposit=deposit, by=by, now=now)
    pay_deposit(payment=payment, by=by, now=now)
    return deposit.key


@transaction.atomic
def call_off(*, unit_id: int, deposit_id: UUID, reason: str, by: Actor, now: dt.datetime) -> None:
    """Call a deposit off that was not paid; a second time changes nothing.

    Raises DepositRefused for no reason and for one that was paid, LookupError for another unit's.
    """
    if not reason.strip():
        raise DepositRefused("Tulis mengapa dibatalkan.", field="reason")
    one_at_a_time(unit_id)
    deposit = _found(unit_id, deposit_id)
    if deposit.state == DepositState.CANCELLED:
        return
    if deposit.state == DepositState.PAID:
        raise DepositRefused("Setoran ini sudah dibayar, jadi tidak bisa dibatalkan.")
    DepositCall.objects.create(
        deposit=deposit, reason=reason.strip()[:REASON_LENGTH], called_at=now, called_by=str(by)
    )
    detail = {"reason": reason.strip()}
    key = f"deposit:{deposit.pk}"
    told("treasury.call_off_deposit", unit_id, key, detail=detail, by=by, now=now)


@transaction.atomic
def add_proof(
    *, unit_id: int, deposit_id: UUID, paper: Attachment, by: Actor, now: dt.datetime
) -> int:
    """Keep a paper that proves a deposit; the same bytes are kept once. Its id.

    Raises LookupError for another unit's deposit.
    """
    deposit = _found(unit_id, deposit_id)
    digest = hashlib.sha256(paper.content).hexdigest()
    there = DepositProof.objects.filter(deposit=deposit, digest=digest).first()
    if there is not None:
        return there.pk
    made = DepositProof.objects.create(
        deposit=deposit, digest=digest, added_at=now, added_by=str(by), **vars(paper)
    )
    detail = {"sha256": digest}
    key = f"deposit:{deposit.pk}"
    told("treasury.add_proof", unit_id, key, detail=detail, by=by, now=now)
    return made.pk


def _found(unit_id: int, deposit_id: UUID) -> Deposit:
    deposit = Deposit.objects.filter(pk=deposit_id, unit_id=unit_id).first()
    if deposit is None:
        raise LookupError(f"unit {unit_id} has no deposit {deposit_id}")
    return deposit


def _billed(unit_id: int, deposit_id: UUID) -> Deposit:
    deposit = _found(unit_id, deposit_id)
    if deposit.state == DepositState.PAID:
        raise DepositRefused("Setoran ini sudah dicatat dibayar.")
    if deposit.state == DepositState.CANCELLED:
        raise DepositRefused("Setoran ini sudah dibatalkan. Buat setoran baru.")
    return deposit
