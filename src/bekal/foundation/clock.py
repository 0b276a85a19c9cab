"""Time in Indonesia: three zones, and the local day that a fact belongs to.

Doors read the clock once, with `now`, and pass it on; everything else takes it as an argument.
Zones by province follow Keppres 41/1987.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import timezone


class Zone(StrEnum):
    """The three zones of Indonesian time; none has daylight saving."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def info(self) -> ZoneInfo:
        """The IANA zone behind the name."""
        return _INFO[self]


_INFO = {
    Zone.WIB: ZoneInfo("Asia/Jakarta"),
    Zone.WITA: ZoneInfo("Asia/Makassar"),
    Zone.WIT: ZoneInfo("Asia/Jayapura"),
}


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on or after its first day")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.first <= day <= self.last


def now() -> dt.datetime:
    """The present instant, aware. For doors alone."""
    return timezone.now()  # noqa: TID251 - the one place that reads it


def local_day(instant: dt.datetime, zone: Zone) -> dt.date:
    """The calendar day of an aware instant in a zone. Raises ValueError for a naive one.

    A naive instant would be read in the zone of the server, which is nobody's zone.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone belongs to no day")
    return instant.astimezone(zone.info).date()


def month_of(day: dt.date) -> Period:
    """The calendar month that a day lies in."""
    _, days = calendar.monthrange(day.year, day.month)
    return Period(day.replace(day=1), day.replace(day=days))


def year_so_far(year: int, *, until: dt.date) -> Period:
    """The days of a calendar year that have begun by a day, which lies in it or after it."""
    return Period(dt.date(year, 1, 1), min(dt.date(year, 12, 31), until))


def last_years(count: int, *, until: dt.date, first: int = dt.MINYEAR) -> dict[int, str]:
    """So many years as lists offer them, that of a day first; none before `first`."""
    return {year: str(year) for year in range(until.year, max(until.year - count, first - 1), -1)}
