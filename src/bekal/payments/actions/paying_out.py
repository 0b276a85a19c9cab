"""Money that goes out: back to buyers, and from one unit to another."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.payments import handlers
from bekal.payments.entries import receipt_lines, transfer_lines
from bekal.payments.models import Debt, PayOut, Rest, UnitTransfer
from bekal.payments.rules import (
    From,
    Means,
    PaidOut,
    ReceiptRefused,
    check_amount,
)


@dataclass(frozen=True)
class NewDebt:
    """What is owed back to a buyer; `receipt_id` where it is what a receipt has left over.

    Without one it stands in the unit's order_advance: whoever owes it sees to it that it does.
    What the receipt `surplus_of` has beyond its ask of this subject, such as unique digits, goes
    back on top of the amount.
    """

    key: UUID
    subject: str
    unit_id: int
    amount: int
    why: str
    receipt_id: UUID | None = None
    label: str = ""
    surplus_of: UUID | None = None


@dataclass(frozen=True)
class NewTransfer:
    """What a unit paid another, of what it owed it."""

    key: UUID
    payer_id: int
    payee_id: int
    amount: int
    proof: str
    paid_on: dt.date


@transaction.atomic
def owe_back(*, debt: NewDebt, by: Actor, now: dt.datetime) -> UUID:
    """Write down that a unit owes a buyer money back: work for its treasurer. The debt's id.

    Nothing is posted: the money already stands in an account of claims. Raises ReceiptRefused when
    the receipt has less left over, and KeyReused for the same key with other content; the same
    again changes nothing.
    """
    check_amount(debt.amount, refusal=ReceiptRefused)
    body = frozen_bytes(asdict(debt))
    if claim_message(key=debt.key, door="payments.owe_back", body=body, by=by, now=now) is not None:
        return debt.key
    if debt.receipt_id is not None:
        _check_left(debt, receipt_id=debt.receipt_id)
    surplus = _surplus(debt)
    Debt.objects.create(
        id=debt.key,
        subject=debt.subject,
        label=debt.label,
        unit_id=debt.unit_id,
        amount=debt.amount + surplus,
        surplus=surplus,
        source=(From.ADVANCE if debt.receipt_id is None else From.UNAPPLIED).value,
        receipt_id=debt.surplus_of if surplus else debt.receipt_id,
        why=debt.why.strip()[:200],
        owed_at=now,
        owed_by=str(by),
    )
    _record_debt(debt, surplus=surplus, by=by, now=now)
    return debt.key


def _record_debt(debt: NewDebt, *, surplus: int, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(debt.unit_id),
        action="payments.owe_back",
        object_key=f"debt:{debt.key}",
        detail={
            "subject": debt.subject,
            "amount": debt.amount + surplus,
            "receipt": debt.surplus_of if surplus else debt.receipt_id,
        },
        by=by,
        now=now,
    )


def _surplus(debt: NewDebt) -> int:
    """What a receipt that came for an ask of this subject has beyond it; its rest is held."""
    if debt.surplus_of is None:
        return 0
    rests = Rest.objects.select_for_update(of=("self",)).filter(
        receipt_id=debt.surplus_of,
        unit_id=debt.unit_id,
        receipt__request__subject=debt.subject,
    )
    return rests.values_list("left_over", flat=True).first() or 0


def _check_left(debt: NewDebt, *, receipt_id: UUID) -> None:
    rest = Rest.objects.select_for_update().filter(receipt_id=receipt_id).first()
    if rest is None or rest.unit_id != debt.unit_id or rest.left_over < debt.amount:
        raise ReceiptRefused("Uang ini sudah terpakai atau sudah dicatat untuk dikembalikan.")


@transaction.atomic
def pay_out(
    *,
    key: UUID,
    debt_id: UUID,
    unit_id: int,
    means: Means,
    proof: str,
    paid_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> UUID:
    """Write down that a debt of a unit was paid, once, and with which proof. The payout's id.

    Raises ReceiptRefused for no proof and for a debt that is paid, LookupError for one that the
    unit has not, and KeyReused for the same key with other content.
    """
    proof = proof.strip()
    if not proof:
        raise ReceiptRefused("Isi nomor bukti pembayarannya.", field="proof")
    body = frozen_bytes({"debt": debt_id, "means": means, "proof": proof, "paid_on": paid_on})
    door, scope = "payments.pay_out", scope_of_place(unit_id)
    first = claim_message(key=key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return key
    debt = Debt.objects.select_for_update().filter(pk=debt_id, unit_id=unit_id).first()
    if debt is None:
        raise LookupError(f"unit {unit_id} has no debt {debt_id}")
    if PayOut.objects.filter(debt=debt).exists():
        raise ReceiptRefused("Pengembalian ini sudah dicatat dibayar.")
    PayOut.objects.create(
        id=key,
        debt=debt,
        means=means.value,
        proof=proof[:80],
        paid_on=paid_on,
        paid_at=now,
        paid_by=str(by),
    )
    _post_payout(debt, key=key, means=means, paid_on=paid_on, by=by, now=now)
    told = PaidOut(debt.id, debt.subject, debt.unit_id, debt.amount)
    handlers.tell_paid_out(paid_out=told, by=by, now=now)
    return key


def _post_payout(
    debt: Debt, *, key: UUID, means: Means, paid_on: dt.date, by: Actor, now: dt.datetime
) -> None:
    ledger.post_entry(
        lines=receipt_lines(
            unit_id=debt.unit_id,
            means=means,
            applied=debt.loose - debt.amount,
            loose=-debt.loose,
        ),
        key=key,
        occurred_on=paid_on,
        memo=f"Uang kembali {debt.label}".strip(),
        source=f"payout:{key}",
        by=by,
        now=now,
    )
    audit.record(
        chain=chain_of_place(debt.unit_id),
        action="payments.pay_out",
        object_key=f"debt:{debt.id}",
        detail={"payout": key, "means": means, "amount": debt.amount, "subject": debt.subject},
        by=by,
        now=now,
    )


@transaction.atomic
def settle_units(*, transfer: NewTransfer, by: Actor, now: dt.datetime) -> UUID:
    """Write down what a unit paid another by bank, of what it owes it for goods; the id.

    It stands in the books of both. Raises ReceiptRefused for no proof, no amount or one unit twice,
    and KeyReused for the same key with other content; the same again changes nothing.
    """
    check_amount(transfer.amount, refusal=ReceiptRefused)
    if not transfer.proof.strip():
        raise ReceiptRefused("Isi nomor bukti pembayarannya.", field="proof")
    if transfer.payer_id == transfer.payee_id:
        raise ReceiptRefused("Pilih unit lain sebagai penerima.", field="payee")
    body = frozen_bytes(asdict(transfer))
    door = "payments.settle_units"
    if claim_message(key=transfer.key, door=door, body=body, by=by, now=now) is not None:
        return transfer.key
    UnitTransfer.objects.create(
        id=transfer.key,
        payer_id=transfer.payer_id,
        payee_id=transfer.payee_id,
        amount=transfer.amount,
        proof=transfer.proof.strip()[:80],
        paid_on=transfer.paid_on,
        paid_at=now,
        paid_by=str(by),
    )
    _post_transfer(transfer, by=by, now=now)
    return transfer.key


def _post_transfer(transfer: NewTransfer, *, by: Actor, now: dt.datetime) -> None:
    sides = {"payer_id": transfer.payer_id, "payee_id": transfer.payee_id}
    ledger.post_entry(
        lines=transfer_lines(**sides, amount=transfer.amount),
        key=transfer.key,
        occurred_on=transfer.paid_on,
        memo="Setoran titipan antarunit",
        source=f"transfer:{transfer.key}",
        by=by,
        now=now,
    )
    for unit_id in sorted(sides.values()):
        audit.record(
            chain=chain_of_place(unit_id),
            action="payments.settle_units",
            object_key=f"transfer:{transfer.key}",
            detail={**sides, "amount": transfer.amount},
            by=by,
            now=now,
        )
