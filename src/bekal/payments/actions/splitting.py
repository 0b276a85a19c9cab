"""One line of a bank that paid several asks: divided among them, to the rupiah."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from bekal.foundation import formats
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.messages import frozen_bytes
from bekal.payments.actions.applying import apply_receipt
from bekal.payments.actions.deciding import match_line
from bekal.payments.models import Request, StatementLine
from bekal.payments.rules import LineState, ReceiptRefused

SPLIT = "payments.split_line"


@dataclass(frozen=True)
class NewSplit:
    """A line of a unit with the part of each ask, and what of it belongs to nothing yet."""

    key: UUID
    unit_id: int
    line_id: int
    parts: tuple[tuple[UUID, int], ...]
    rest: int = 0

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        parts = {str(ask): amount for ask, amount in self.parts}
        content = {"unit": self.unit_id, "line": self.line_id, "parts": parts}
        return frozen_bytes({**content, "rest": self.rest})


@transaction.atomic
def split_line(*, new: NewSplit, by: Actor, now: dt.datetime) -> None:
    """Take the money of a line in and give each ask its part; what is left waits, as it was told.

    All of it or nothing: a handler that refuses its part refuses the whole. Raises ReceiptRefused
    for parts that are not the line to the rupiah, more than an ask lacks, an ask of another unit,
    or a line that is decided; LookupError when the unit has no such line; and KeyReused. The same
    again changes nothing.
    """
    if claim_message(key=new.key, door=SPLIT, body=new.frozen(), by=by, now=now) is not None:
        return
    line = StatementLine.objects.select_for_update().filter(pk=new.line_id, unit_id=new.unit_id)
    found = line.first()
    if found is None:
        raise LookupError(f"unit {new.unit_id} has no line {new.line_id}")
    if found.state != LineState.OPEN:
        raise ReceiptRefused("Baris ini sudah diputuskan.")
    _check_whole(new, line=found.amount)
    _check_lacks(new)
    got = match_line(unit_id=new.unit_id, line_id=new.line_id, request_id=None, by=by, now=now)
    for ask, amount in new.parts:
        apply_receipt(
            key=uuid5(new.key, str(ask)),
            receipt_id=got.receipt_id,
            request_id=ask,
            most=amount,
            by=by,
            now=now,
        )


def _check_whole(new: NewSplit, *, line: int) -> None:
    if not new.parts or min(amount for _, amount in new.parts) < 1 or new.rest < 0:
        raise ReceiptRefused("Isi jumlah untuk paling sedikit satu tagihan.")
    told = sum(amount for _, amount in new.parts) + new.rest
    if told != line:
        raise ReceiptRefused(
            f"Bagian-bagiannya berjumlah {formats.rupiah(told)}, "
            f"uang yang masuk {formats.rupiah(line)}. Keduanya harus sama."
        )


def _check_lacks(new: NewSplit) -> None:
    """Each ask is the unit's and lacks so much; they are held in the order of their ids."""
    rows = Request.objects.filter(unit_id=new.unit_id, pk__in=[ask for ask, _ in new.parts])
    lacks = {row.pk: row for row in rows.order_by("pk").select_for_update()}
    for ask, amount in new.parts:
        row = lacks.get(ask)
        if row is None:
            raise ReceiptRefused("Tagihan ini tidak ada di unit ini.")
        if amount > row.due - row.settled:
            left = formats.rupiah(max(0, row.due - row.settled))
            raise ReceiptRefused(f"Tagihan {row.label} hanya kurang {left}.", field=f"bagian-{ask}")
