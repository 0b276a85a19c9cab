"""What lists of units and findings are asked for in their address; nonsense narrows nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bekal.foundation.clock import Period, last_years, year_so_far
from bekal.treasury.pnbp_listed import UnitSort
from bekal.treasury.rules import FIRST_YEAR, Pattern

_LONGEST = 60
_YEARS = 5


@dataclass(frozen=True)
class Asked:
    """A year up to a day, a kanwil by its code, words of a unit's name, an order, a pattern."""

    year: int
    until: dt.date
    text: str
    kanwil: str
    sort: UnitSort
    pattern: Pattern | None

    @property
    def period(self) -> Period:
        """The days of the year that have begun."""
        return year_so_far(self.year, until=self.until)

    @property
    def years_offered(self) -> dict[int, str]:
        """The last years, the present one first."""
        return last_years(_YEARS, until=self.until, first=FIRST_YEAR)

    @property
    def is_narrowed(self) -> bool:
        """Whether some may be left out."""
        return bool(self.text or self.kanwil or self.pattern)


def read_asked(asked: Mapping[str, str], *, today: dt.date) -> Asked:
    """Read an address: tahun, cari, kanwil, urut, pola."""
    typed, sort, pattern = (asked.get(name, "") for name in ("tahun", "urut", "pola"))
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today.year  # noqa: PLR2004
    return Asked(
        year=min(max(year, FIRST_YEAR), today.year),
        until=today,
        text=" ".join(asked.get("cari", "").split())[:_LONGEST],
        kanwil=asked.get("kanwil", "")[:_LONGEST],
        sort=UnitSort(sort) if sort in {str(one) for one in UnitSort} else UnitSort.OWED,
        pattern=Pattern(pattern) if pattern in {str(one) for one in Pattern} else None,
    )
