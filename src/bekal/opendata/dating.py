"""When a source says that something was: its first and last day, as precisely as it says. Pure."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from bekal.foundation.clock import month_of
from bekal.foundation.refusals import Refused
from bekal.opendata.rules import Precision


class Undated(Refused):
    """A period that names no day, month or year; the text says so."""


@dataclass(frozen=True)
class Dated:
    """Days from `first` (None: since the beginning) to `last`, precise to `precision`."""

    first: dt.date | None
    last: dt.date
    precision: Precision
    is_about: bool = False


_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = "|".join(_SHORT)
_REMARK = re.compile(r"\s*\([^)]*\)$")
_PLAIN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_SPAN = re.compile(r"([\d-]{4,10})\.\.([\d-]{4,10})", re.ASCII)
_SHORT_SPAN = re.compile(r"(\d{4}(?:-\d{2})?)-(\d{2})\.\.(\d{2})", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_NAMED_DAYS = re.compile(rf"(\d{{1,2}})-(\d{{1,2}}) ({_MONTHS}) (\d{{4}})", re.ASCII)
_NAMED = re.compile(rf"(?:(?:mid )?({_MONTHS})-(?:end )?)?({_MONTHS}) (\d{{4}})", re.ASCII)
_PARTS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def read_period(text: str) -> Dated:
    """Read what a source says of the time: "2021", "2023-01..07", "to 2025-11-19", "8-10 Aug 2025".

    Words in brackets after it are left out. Raises Undated for what names no certain year.
    """
    plain = _REMARK.sub("", text.strip())
    if plain.startswith("to "):
        until = read_period(plain.removeprefix("to "))
        return Dated(None, until.last, until.precision)
    if plain.startswith("c."):
        about = read_period(plain.removeprefix("c."))
        return Dated(about.first, about.last, about.precision, is_about=True)
    try:
        return _read(plain)
    except ValueError:
        raise Undated(f"Waktu \u201c{text[:40]}\u201d tidak menyebut tahun yang pasti.") from None


def _read(text: str) -> Dated:
    if match := _PLAIN.fullmatch(text):
        return _point(match.groups())
    if match := _SHORT_SPAN.fullmatch(text):
        stem, first, last = match.groups()
        return _joined(f"{stem}-{first}", f"{stem}-{last}")
    if match := _YEARS.fullmatch(text) or _SPAN.fullmatch(text):
        return _joined(match[1], match[2])
    if match := _NAMED_DAYS.fullmatch(text):
        first, last, month, year = match.groups()
        return _joined(_iso(year, month, first), _iso(year, month, last))
    if match := _NAMED.fullmatch(text):
        begin, end, year = match.groups()
        months = _joined(_iso(year, begin or end), _iso(year, end))
        return replace(months, is_about=text.startswith("mid "))
    raise ValueError(text)


def _iso(year: str, month: str, day: str = "") -> str:
    number = _SHORT.index(month) + 1
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")


def _point(parts: tuple[str | None, ...]) -> Dated:
    numbers = [int(part) for part in parts if part]
    precision = _PARTS[len(numbers) - 1]
    year, month, day = [*numbers, 1, 1][:3]
    first = dt.date(year, month, day)
    last = {
        Precision.YEAR: first.replace(month=12, day=31),
        Precision.MONTH: month_of(first).last,
        Precision.DAY: first,
    }[precision]
    return Dated(first, last, precision)


def _joined(first: str, last: str) -> Dated:
    one, other = _read(first), _read(last)
    if one.first is None or other.last < one.first:
        raise ValueError(last)
    return Dated(one.first, other.last, one.precision)
