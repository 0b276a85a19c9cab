"""QRIS money that a bank statement says has come: for which days, with which fee. Pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.clock import Period
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind, Line

REASON_LENGTH = 200
LONGEST_WAIT = dt.timedelta(days=7)
"""How far back the days of a settlement are looked for; a weekend and a holiday fit in."""
MOST_FEE = 100
"""A suggestion is made up to a fee of one in so many rupiah; more is for a person to say. Ours."""
FEE_WORDS = "Biaya QRIS (MDR) dipotong penyelenggara"


class SettlingRefused(Refused):
    """The line cannot be settled so; nothing was changed."""


@dataclass(frozen=True)
class Suggested:
    """The days of QRIS that a bank line may be the money of; certain where no fee was taken."""

    days: Period
    gross: int
    fee: int

    @property
    def is_certain(self) -> bool:
        """Whether the sums are equal to the rupiah."""
        return self.fee == 0


@dataclass(frozen=True)
class NewSettling:
    """A line of a bank statement that is QRIS money, with the fee that was kept back.

    `days` are those whose QRIS it is; None where a person says so by hand, with a reason.
    """

    key: UUID
    unit_id: int
    line_id: int
    fee: int
    days: Period | None
    reason: str = ""

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        return frozen_bytes(
            {
                "unit": self.unit_id,
                "line": self.line_id,
                "amount": self.fee,
                "from": self.days.first if self.days else None,
                "until": self.days.last if self.days else None,
                "reason": self.reason,
            }
        )


def suggestion(
    *, amount: int, day: dt.date, by_day: Mapping[dt.date, int], taken: Collection[dt.date]
) -> Suggested | None:
    """The days up to `day` whose QRIS together is `amount`, or a little more for the fee.

    `by_day` is what QRIS brought each day; days in `taken` are settled. The one without a fee goes
    first, then the smallest fee; None when nothing fits, or two spans fit equally well.
    """
    found: list[Suggested] = []
    for back in range(LONGEST_WAIT.days + 1):
        last, gross = day - dt.timedelta(days=back), 0
        for length in range(LONGEST_WAIT.days + 1):
            first = last - dt.timedelta(days=length)
            if first in taken:
                break
            gross += by_day.get(first, 0)
            ends_filled = by_day.get(first) and by_day.get(last)
            if ends_filled and 0 <= gross - amount <= gross // MOST_FEE:
                found.append(Suggested(Period(first, last), gross, gross - amount))
    found.sort(key=lambda one: one.fee)
    if len(found) > 1 and found[0].fee == found[1].fee:
        return None
    return found[0] if found else None


def settling_lines(*, unit_id: int, amount: int, fee: int) -> list[Line]:
    """The entry of QRIS money that reached the bank; what was kept back is a cost of operating."""
    lines = [
        Line(unit_id, AccountKind.BANK, amount),
        Line(unit_id, AccountKind.OPERATING, fee),
        Line(unit_id, AccountKind.QRIS, -amount - fee),
    ]
    return [line for line in lines if line.amount]
