"""What each line of a bank statement is: money of an ask, money that nobody knows, or none."""

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.payments.actions.receiving import Received, receive
from bekal.payments.models import Mistake, Receipt, StatementLine, Verdict
from bekal.payments.rules import BANK, Aside, LineState, Means, NewReceipt, ReceiptRefused
from bekal.places import queries as places

TEXTS_KEPT = dt.timedelta(days=366)


@transaction.atomic
def match_line(
    *, unit_id: int, line_id: int, request_id: UUID | None, by: Actor, now: dt.datetime
) -> Received:
    """Take the money of a line in: for an ask, or, without one, as money that nobody knows.

    The line itself makes it happen once. Raises ReceiptRefused when it was decided otherwise, and
    LookupError when the unit has no such line.
    """
    line = locked_line(unit_id, line_id)
    if line.state == LineState.ASIDE:
        raise ReceiptRefused("Baris ini sudah disisihkan. Buka kembali lebih dahulu.")
    noon = dt.datetime.combine(line.day, dt.time(12), places.zone_of(unit_id=unit_id).info)
    name = _called(line)
    receipt = NewReceipt(
        key=uuid5(NAMESPACE_URL, f"bekal:{BANK}:{name}"),
        unit_id=unit_id,
        amount=line.amount,
        method=Means.TRANSFER,
        provider=BANK,
        reference=name,
        request_id=request_id,
        received_at=noon,
    )
    if line.state == LineState.MATCHED:
        _check_same(receipt)
    got = receive(receipt=receipt, by=by, now=now)
    if line.state == LineState.OPEN:
        decide(line, LineState.MATCHED, receipt_id=got.receipt_id, by=by, now=now)
    return got


def _called(line: StatementLine) -> str:
    """What the bank's money of a line is called: anew after each mistake about it."""
    name = f"{line.unit_id}:{line.reference}"
    before = Mistake.objects.filter(receipt__verdict__line=line).count()
    return f"{name}:{before + 1}" if before else name


def _check_same(receipt: NewReceipt) -> None:
    first = Receipt.objects.filter(pk=receipt.key).first()
    if first is None or first.request_id != receipt.request_id:
        raise ReceiptRefused("Baris ini sudah dicocokkan dengan tagihan lain.")


@transaction.atomic
def set_aside(*, unit_id: int, line_id: int, reason: Aside, by: Actor, now: dt.datetime) -> None:
    """Say that a line is no money of an order, and why; nothing is posted.

    Raises ReceiptRefused when it is matched, and LookupError when the unit has no such line.
    """
    line = locked_line(unit_id, line_id)
    if line.state == LineState.MATCHED:
        raise ReceiptRefused("Baris ini sudah dicocokkan.")
    if line.state == LineState.OPEN:
        decide(line, LineState.ASIDE, reason=reason, by=by, now=now)


@transaction.atomic
def reopen_line(*, unit_id: int, line_id: int, by: Actor, now: dt.datetime) -> None:
    """Take back that a line was set aside. Raises as `set_aside` does."""
    line = locked_line(unit_id, line_id)
    if line.state == LineState.MATCHED:
        raise ReceiptRefused("Baris ini sudah dicocokkan.")
    if line.state == LineState.ASIDE:
        decide(line, LineState.OPEN, by=by, now=now)


def forget_bank_texts(*, by: Actor, now: dt.datetime) -> int:
    """Empty what banks wrote about payers a year after it was of use; how many lines."""
    lines = StatementLine.objects.exclude(state=LineState.OPEN).exclude(text="")
    return lines.filter(day__lt=(now - TEXTS_KEPT).date()).update(text="")


def locked_line(unit_id: int, line_id: int) -> StatementLine:
    """A line of a unit, held. Raises LookupError."""
    line = StatementLine.objects.select_for_update().filter(pk=line_id, unit_id=unit_id).first()
    if line is None:
        raise LookupError(f"unit {unit_id} has no line {line_id}")
    return line


def decide(
    line: StatementLine,
    state: LineState,
    *,
    by: Actor,
    now: dt.datetime,
    receipt_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Write a verdict on a line that is held."""
    Verdict.objects.create(
        line=line,
        state=state,
        receipt_id=receipt_id,
        reason=reason,
        decided_at=now,
        decided_by=str(by),
    )
    audit.record(
        chain=chain_of_place(line.unit_id),
        action="payments.decide_line",
        object_key=f"line:{line.pk}",
        detail={"state": state, "reason": reason, "receipt": receipt_id},
        by=by,
        now=now,
    )
