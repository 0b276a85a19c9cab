"""Months of the books: which one is next, and what keeps it open. Pure."""

import calendar
import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.clock import Period
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused

NOTE_LENGTH = 300


class MonthRefused(Refused):
    """The month cannot be closed or opened so; nothing was changed."""


@dataclass(frozen=True)
class NewPaper:
    """A month of a unit that somebody wants to be closed, by its first day."""

    key: UUID
    unit_id: int
    month: dt.date
    note: str = ""

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        return frozen_bytes({"unit": self.unit_id, "month": self.month, "note": self.note})


def month_of(first: dt.date) -> Period:
    """The days of a month."""
    last = calendar.monthrange(first.year, first.month)[1]
    return Period(first.replace(day=1), first.replace(day=last))


def next_month(
    *, closed: dt.date | None, first_day: dt.date | None, today: dt.date
) -> dt.date | None:
    """The first day of the month that can be closed next; None where none is over.

    `closed` is the last closed day, `first_day` the first of the books.
    """
    if closed is not None:
        first = (closed + dt.timedelta(days=1)).replace(day=1)
    elif first_day is not None:
        first = first_day.replace(day=1)
    else:
        return None
    return first if month_of(first).last < today else None
