"""Paying on fetching: the money is taken in, the sale is made of it, the goods change hands."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.payments import actions as payments
from bekal.payments import queries as payment_queries
from bekal.payments.rules import MEANS_LABELS, Means, NewReceipt
from bekal.shop.actions.moving import deliver_part
from bekal.shop.models import OrderPart
from bekal.shop.rules import MoveRefused


@transaction.atomic
def take_at_counter(
    *, part_id: UUID, unit_id: int, means: Means, by: Actor, now: dt.datetime
) -> None:
    """Take the money of a part that is paid on fetching, and hand the goods out.

    The money of a part is taken once: a second tap changes nothing. Raises MoveRefused where
    nothing is asked for, the part is not ready, the money could not become its sale, or it is
    there already by other means; LookupError for a part that the unit has not.
    """
    if not OrderPart.objects.filter(pk=part_id, unit_id=unit_id).exists():
        raise LookupError(f"unit {unit_id} has no part {part_id}")
    ask = payment_queries.ask_of(subject=f"part:{part_id}")
    if ask is None:
        raise MoveRefused("Pesanan ini tidak dibayar saat diambil.")
    received = payments.receive(
        receipt=NewReceipt(
            key=uuid5(part_id, "counter"),
            unit_id=unit_id,
            amount=ask.amount,
            method=means,
            provider="counter",
            reference=f"part:{part_id}",
            request_id=ask.id,
            received_at=now,
        ),
        by=by,
        now=now,
    )
    if received.is_repeat:
        _check_means(part_id, means)
    deliver_part(part_id=part_id, unit_id=unit_id, by=by, now=now)


def _check_means(part_id: UUID, means: Means) -> None:
    """Raises MoveRefused where the money of a part stands in the books by other means."""
    for first in payment_queries.receipts_of(subject=f"part:{part_id}"):
        if first.means is not means:
            told = MEANS_LABELS[first.means]
            raise MoveRefused(f"Uang pesanan ini sudah tercatat diterima lewat: {told}.")
