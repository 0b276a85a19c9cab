"""Taking back that the money of a bank line was taken in: the line is decided anew."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger import actions as ledger
from bekal.payments.actions.deciding import decide, locked_line
from bekal.payments.entries import receipt_lines
from bekal.payments.models import Mistake, Receipt, Rest, StatementLine
from bekal.payments.rules import LineState, Means, ReceiptRefused
from bekal.places import queries as places


@transaction.atomic
def take_back(*, unit_id: int, receipt_id: UUID, by: Actor, now: dt.datetime) -> int:
    """Say that the money of a line is none of an order after all; the line, which is open again.

    What was posted of it is posted back today, so that the line can be set aside or matched as if
    for the first time. Raises ReceiptRefused when some of it belongs to an ask or goes back to
    somebody, and LookupError when the unit has no such money of a line; the same again changes
    nothing.
    """
    found = StatementLine.objects.filter(unit_id=unit_id, verdicts__receipt_id=receipt_id)
    line_id = found.values_list("pk", flat=True).first()
    if line_id is None:
        raise LookupError(f"unit {unit_id} has no line with the money {receipt_id}")
    line = locked_line(unit_id, line_id)
    if Mistake.objects.filter(receipt_id=receipt_id).exists():
        return line_id
    rest = Rest.objects.select_for_update().get(receipt_id=receipt_id)
    if rest.left_over != rest.amount:
        raise ReceiptRefused(
            "Uang ini sudah dipakai untuk pesanan atau dicatat untuk dikembalikan. "
            "Batalkan dahulu pencocokannya."
        )
    Mistake.objects.create(receipt_id=receipt_id, noted_at=now, noted_by=str(by))
    _post(receipt_id, by=by, now=now)
    decide(line, LineState.OPEN, by=by, now=now)
    return line_id


def _post(receipt_id: UUID, *, by: Actor, now: dt.datetime) -> None:
    receipt = Receipt.objects.get(pk=receipt_id)
    unit_id = receipt.unit_id
    ledger.post_entry(
        lines=receipt_lines(
            unit_id=unit_id, means=Means(receipt.means), applied=0, loose=-receipt.amount
        ),
        key=uuid5(receipt_id, "mistake"),
        occurred_on=local_day(now, places.zone_of(unit_id=unit_id)),
        memo=f"Uang masuk dibatalkan, salah catat: {receipt.provider} {receipt.reference}"[:200],
        source=f"receipt:{receipt_id}",
        by=by,
        now=now,
    )
    audit.record(
        chain=chain_of_place(unit_id),
        action="payments.take_back",
        object_key=f"receipt:{receipt_id}",
        detail={"amount": receipt.amount},
        by=by,
        now=now,
    )
