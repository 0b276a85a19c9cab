"""What the treasury's own list says of a unit's deposits, row by row. Pure.

No layout of the export of OMSPAN is in our sources, so none is assumed: a person says once which
column holds what, and the unit remembers it.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.foundation.sheets import SheetUnreadable, check_rows, lines_of
from bekal.treasury.rules.pnbp import read_ntpn

COLUMN_LENGTH = 120
_AMOUNT = re.compile(
    r"(?:rp\.?\s*)?(\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{2}))?", re.IGNORECASE | re.ASCII
)
_DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{2,4})", re.ASCII)
_YEAR_FIRST = 4


@dataclass(frozen=True)
class Columns:
    """Which columns of a sheet hold what, by the words of its heading; no day may be there."""

    ntpn: str
    amount: str
    day: str = ""


@dataclass(frozen=True)
class TreasuryLine:
    """One row of the treasury's list; with a `problem` it cannot be used."""

    line: int
    ntpn: str = ""
    amount: int = 0
    day: dt.date | None = None
    problem: str = ""


class Tie(StrEnum):
    """How a row of the treasury's list and our deposits tie; the values stand in addresses."""

    MATCHED = "cocok"
    AMOUNT = "jumlah-beda"
    UNKNOWN = "tanpa-setoran"
    MISSING = "tanpa-baris"


TIE_LABELS = {
    Tie.MATCHED: "Cocok",
    Tie.AMOUNT: "NTPN sama, jumlah berbeda",
    Tie.UNKNOWN: "Ada di kas negara, belum tercatat di sini",
    Tie.MISSING: "Tercatat di sini, belum ada di kas negara",
}


def tie_of(*, ours: int | None, theirs: int | None) -> Tie:
    """How one NTPN ties: what our deposit says beside the treasury, in rupiah; None for nothing."""
    if ours is None:
        return Tie.UNKNOWN
    if theirs is None:
        return Tie.MISSING
    return Tie.MATCHED if ours == theirs else Tie.AMOUNT


def heading_of(text: str) -> list[str]:
    """The words of a sheet's first row. Raises SheetUnreadable when there is none."""
    lines = lines_of(text)
    if not lines:
        raise SheetUnreadable("Pilih berkas, atau tempelkan isinya dengan judul kolomnya.")
    return [cell for cell in dict.fromkeys(lines[0][1]) if cell]


def read_list(text: str, columns: Columns) -> list[TreasuryLine]:
    """Read every row below the heading for itself.

    Raises SheetUnreadable when a column is missing, nothing stands below, or too much.
    """
    lines = lines_of(text)
    heading = lines[0][1] if lines else []
    missing = [name for name in vars(columns).values() if name and name not in heading]
    if missing:
        raise SheetUnreadable(f"Kolom {', '.join(missing)} tidak ada di lembar ini.")
    if len(lines) < 2:  # noqa: PLR2004 - the heading and a row
        raise SheetUnreadable("Lembar ini tidak memuat baris di bawah judulnya.")
    check_rows(len(lines))
    places = {what: heading.index(name) for what, name in vars(columns).items() if name}
    return [_read_row(line, cells, places) for line, cells in lines[1:]]


def _read_row(line: int, cells: Sequence[str], places: Mapping[str, int]) -> TreasuryLine:
    said = {what: cells[at] if at < len(cells) else "" for what, at in places.items()}
    try:
        ntpn = read_ntpn(said["ntpn"])
        return TreasuryLine(line, ntpn, read_amount(said["amount"]), read_day(said.get("day", "")))
    except Refused as refused:
        return TreasuryLine(line, said["ntpn"][:40], problem=refused.message)


def read_amount(text: str) -> int:
    """Rupiah as sheets write them, "1,000,000.00" as well as "1.000.000". Raises Refused."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or (match[2] or "00") != "00":
        raise Refused("Jumlahnya tidak terbaca sebagai rupiah bulat.")
    amount = formats.read_rupiah(re.sub(r"[.,]", "", match[1]))
    if not amount:
        raise Refused("Jumlahnya nol.")
    return amount


def read_day(text: str) -> dt.date | None:
    """A day as sheets write it, also with a time behind it; None for none. Raises Refused."""
    if not text:
        return None
    match = _DAY.match(text)
    if match is None:
        raise Refused("Tanggalnya tidak terbaca.")
    first, month, last = match.groups()
    year, day = (first, last) if len(first) == _YEAR_FIRST else (last, first)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Refused("Tanggalnya tidak terbaca.") from None
