"""Counting cash: the notes and coins there are, and what a count says. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind, Line

REASON_LENGTH = 200
MOST_PIECES = 99_999


@dataclass(frozen=True)
class Denomination:
    """A note ("n") or a coin ("c") of so many rupiah."""

    kind: str
    value: int

    @property
    def code(self) -> str:
        """How a count names it, such as "n1000"."""
        return f"{self.kind}{self.value}"

    @property
    def word(self) -> str:
        """Note or coin, for people."""
        return "Kertas" if self.kind == "n" else "Logam"


DENOMINATIONS = tuple(
    Denomination(kind, value)
    for kind, values in (
        ("n", (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)),
        ("c", (1_000, 500, 200, 100)),
    )
    for value in values
)
"""What is counted, the largest first.

Notes of the emission of 2022, coins of 2016: Bank Indonesia, www.bi.go.id/id/rupiah.
"""
_VALUES = {one.code: one.value for one in DENOMINATIONS}


class CashRefused(Refused):
    """The count or the explanation cannot be so; nothing was changed."""


@dataclass(frozen=True)
class Flows:
    """A unit's cash by the books: at the last count, and what moved it until the end of a day.

    `opening` is what was last counted, or the books before the day where nobody ever counted;
    `adjusted` what was recorded for earlier days since, or put right by a count of the same day.
    """

    opening: int
    adjusted: int
    money_in: int
    money_out: int

    @property
    def expected(self) -> int:
        """What the books say that there is at the end of the day."""
        return self.opening + self.adjusted + self.money_in - self.money_out


@dataclass(frozen=True)
class NewCount:
    """A count of the cash of a unit at the end of a day.

    `pieces` are numbers by the code of a denomination; empty when the person says that the cash is
    what the books say. `replaces` is the count that it puts right, the unit's last one.
    """

    key: UUID
    unit_id: int
    day: dt.date
    pieces: Mapping[str, int] = field(default_factory=dict)
    expected: int | None = None
    reason: str = ""
    replaces: UUID | None = None

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        content: dict[str, Any] = {
            "unit": self.unit_id,
            "day": self.day,
            "denominations": ", ".join(f"{n} x {c}" for c, n in sorted(self.pieces.items()) if n),
            "expected": self.expected,
            "reason": self.reason,
            "replaces": self.replaces,
        }
        return frozen_bytes(content)


def counted(pieces: Mapping[str, int]) -> int:
    """Rupiah of the pieces. Raises CashRefused for an unknown denomination or a wild number."""
    for code, number in pieces.items():
        if code not in _VALUES:
            raise CashRefused("Pecahan ini tidak dikenal. Muat ulang halamannya.")
        if not 0 <= number <= MOST_PIECES:
            raise CashRefused("Jumlah lembar atau keping tidak masuk akal.", field=code)
    return sum(_VALUES[code] * number for code, number in pieces.items())


def check_day(day: dt.date, *, today: dt.date, closed: dt.date | None) -> None:
    """Refuse days to come and days whose books are closed. Raises CashRefused."""
    if day > today:
        raise CashRefused("Hari itu belum tiba.", field="day")
    if closed is not None and day <= closed:
        raise CashRefused("Buku hari itu sudah ditutup. Hitung kas hari ini.", field="day")


def difference_lines(*, unit_id: int, difference: int) -> list[Line]:
    """The entry of a difference: the cash as it is, and what nobody has explained yet."""
    return [
        Line(unit_id, AccountKind.CASH, difference),
        Line(unit_id, AccountKind.CASH_DIFFERENCE, -difference),
    ]
