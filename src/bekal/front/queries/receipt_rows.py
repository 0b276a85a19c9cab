"""A receipt as the desk lists it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from bekal.sales.rules import is_voidable


@dataclass(frozen=True)
class ReceiptRow:
    """One of the last receipts; rupiah gross, and what was taken back of it.

    `order_part` names the part of an order that made the sale; empty for a record by hand.
    """

    id: UUID
    number: str
    sold_on: dt.date
    buyer: str
    payment: str
    total: int
    returned: int
    is_sample: bool
    recorded_at: dt.datetime
    order_part: str

    def is_voidable(self, *, now: dt.datetime) -> bool:
        """Whether whoever recorded it may still take it back; an order's goes back by its page."""
        is_left = not self.order_part and self.returned < self.total
        return is_left and is_voidable(recorded_at=self.recorded_at, now=now)
