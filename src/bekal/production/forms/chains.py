"""What the chains across units are asked for in their address; nonsense narrows nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.foundation.clock import Period, last_years, year_so_far

_LONGEST = 60
_YEARS = 5


@dataclass(frozen=True)
class ChainAsked:
    """A year up to a day, a kanwil by its code, words of a unit's or a product's name, a page."""

    year: int
    until: dt.date
    text: str
    kanwil: str
    page: int

    @property
    def period(self) -> Period:
        """The days of the year that have begun."""
        return year_so_far(self.year, until=self.until)

    @property
    def years_offered(self) -> dict[int, str]:
        """The last years, the present one first."""
        return last_years(_YEARS, until=self.until)

    @property
    def is_narrowed(self) -> bool:
        """Whether some may be left out."""
        return bool(self.text or self.kanwil)


def read_chain_asked(asked: Mapping[str, str], *, today: dt.date) -> ChainAsked:
    """Read an address: tahun, cari, kanwil, halaman."""
    years = {text: year for year, text in last_years(_YEARS, until=today).items()}
    return ChainAsked(
        year=years.get(asked.get("tahun", ""), today.year),
        until=today,
        text=" ".join(asked.get("cari", "").split())[:_LONGEST],
        kanwil=asked.get("kanwil", "")[:_LONGEST],
        page=formats.read_page(asked.get("halaman", "")),
    )
