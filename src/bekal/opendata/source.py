"""The files of historical figures, read row by row.

`data/figures.csv` is what was gathered from public pages (what, scope, period, value, unit,
source), kept as it came. `data/readings.csv` is how each of its lines is read: theme, words in
Indonesian, unit of measure, the source's own base word, remarks, contradictions; or why the line
is no dated claim. Pure, the reading of the packaged files excepted.
"""

import csv
import hashlib
import io
from collections.abc import Container, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bekal.foundation.refusals import Refused
from bekal.opendata import rules
from bekal.opendata.dating import Dated, read_period

_DATA = Path(__file__).parent / "data"
FIGURES, READINGS = _DATA / "figures.csv", _DATA / "readings.csv"
SOURCE_LENGTH = 400
_MOST_DIGITS = 14
_KEY_LENGTH = 16


class RowRefused(Refused):
    """A row that is no dated claim; the text says why."""


@dataclass(frozen=True)
class Amount:
    """A number, or a range; `whole` is what it is a part of, where the source says so."""

    low: Decimal
    high: Decimal
    whole: Decimal | None = None


@dataclass(frozen=True)
class ClaimRow:
    """One readable row. `line` counts as a spreadsheet does: the heading is line 1."""

    line: int
    key: str
    digest: str
    figure: Mapping[str, str]
    reading: Mapping[str, str]
    amount: Amount
    dated: Dated

    @property
    def subject(self) -> str:
        """Whom it speaks of: in Indonesian where the file does not."""
        return self.reading["subject"] or self.figure["scope"]


@dataclass(frozen=True)
class UnreadableRow:
    """One row that is not loaded, with the reason that a person reads."""

    line: int
    what: str
    scope: str
    reason: str


def packaged_rows() -> list[ClaimRow | UnreadableRow]:
    """The rows of the files that come with Bekal."""
    return read_rows(FIGURES.read_text(encoding="utf-8"), READINGS.read_text(encoding="utf-8"))


def read_rows(figures: str, readings: str) -> list[ClaimRow | UnreadableRow]:
    """Read every row of the figures, each for itself: one bad row does not spoil the others."""
    known = {row["line"]: row for row in csv.DictReader(io.StringIO(readings), delimiter=";")}
    rows: list[ClaimRow | UnreadableRow] = []
    for line, record in enumerate(csv.DictReader(io.StringIO(figures)), start=2):
        figure = {key: (cell or "").strip() for key, cell in record.items() if key}
        try:
            rows.append(_read_row(line, figure, known.get(str(line))))
        except Refused as refused:
            rows.append(UnreadableRow(line, figure["what"], figure["scope"], refused.message))
    return rows


def _read_row(line: int, figure: Mapping[str, str], reading: Mapping[str, str] | None) -> ClaimRow:
    if reading is None:
        raise RowRefused("Baris ini belum ada bacaannya di readings.csv.")
    if reading["refused"]:
        raise RowRefused(reading["refused"])
    _check_words(reading)
    if not figure["source"] or len(figure["source"]) > SOURCE_LENGTH:
        raise RowRefused("Sumbernya kosong atau terlalu panjang.")
    return ClaimRow(
        line=line,
        key=_digest(figure["what"], figure["scope"], figure["period"], figure["source"]),
        digest=_digest(*figure.values(), *reading.values()),
        figure=figure,
        reading=reading,
        amount=read_amount(figure["value"]),
        dated=read_period(figure["period"]),
    )


def _check_words(reading: Mapping[str, str]) -> None:
    known: dict[str, Container[str]] = {
        "theme": set(rules.Theme),
        "kind": set(rules.SubjectKind),
        "measure": rules.MEASURES.keys(),
        "base": rules.BASES.keys(),
        "qualifier": rules.QUALIFIERS.keys(),
        "event": rules.EVENTS,
        "series": {"", *rules.SERIES},
    }
    for field, words in known.items():
        if reading[field] not in words:
            raise RowRefused(f"Kata \u201c{reading[field]}\u201d pada {field} tidak dikenal.")
    if not reading["title"]:
        raise RowRefused("Bacaannya belum berisi judul.")


def read_amount(text: str) -> Amount:
    """Read "48000000", "3.2", "300000-500000" or "8 of 14". Raises RowRefused otherwise."""
    part, _, whole = text.partition(" of ")
    low, _, high = part.partition("-")
    amount = Amount(_number(low), _number(high or low), _number(whole) if whole else None)
    if amount.high < amount.low:
        raise RowRefused(f"Rentang \u201c{text}\u201d terbalik.")
    return amount


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip()) if len(text) <= _MOST_DIGITS else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise RowRefused(f"Nilai \u201c{text[:40]}\u201d bukan satu angka.")
    return number


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_KEY_LENGTH]
