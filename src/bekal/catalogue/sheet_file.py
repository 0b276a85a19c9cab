"""A sheet of prices and costs, pasted or uploaded, read row by row. Pure.

Columns are code, price, cost, divided by semicolons, tabs or commas; with a heading they are found
by the names "kode", "harga", "harga pokok" in any order, so that a downloaded list can come back.
An empty cell leaves that sheet of the product alone.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bekal.catalogue import rules
from bekal.foundation import codes, formats
from bekal.foundation.refusals import Refused

LARGEST_FILE = 200_000
MOST_ROWS = 500
_COLUMNS = ("kode", "harga", "harga pokok")


class SheetUnreadable(Refused):
    """The sheet as a whole cannot be read."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the pasted sheet."""
        super().__init__(message, field="sheet")


@dataclass(frozen=True)
class FileRow:
    """One row: the amounts to write (None: leave alone), or the problem that keeps it out.

    `line` counts as a spreadsheet does, from 1.
    """

    line: int
    code: str
    price: int | None = None
    cost: int | None = None
    problem: str = ""


def read_file(content: bytes) -> str:
    """The text of an uploaded file. Raises SheetUnreadable when it is too large or no text."""
    if len(content) > LARGEST_FILE:
        raise SheetUnreadable("Berkas lebih besar dari 200 KB. Bagi menjadi beberapa berkas.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetUnreadable("Simpan lembar sebagai CSV UTF-8, lalu unggah lagi.") from None


def read_sheet(text: str) -> list[FileRow]:
    """Read every row for itself. Raises SheetUnreadable when there is nothing, or too much."""
    if len(text) > LARGEST_FILE:
        raise SheetUnreadable("Isi lembar terlalu panjang. Bagi menjadi beberapa bagian.")
    lines = _lines(text.lstrip("\ufeff"))
    places = _heading(lines[0][1]) if lines else None
    if places is not None:
        lines = lines[1:]
    if not lines:
        raise SheetUnreadable("Isi lembar: kode; harga; harga pokok, satu produk per baris.")
    if len(lines) > MOST_ROWS:
        raise SheetUnreadable(f"Paling banyak {MOST_ROWS} baris sekali impor.")
    columns = places or dict(zip(_COLUMNS, range(3), strict=True))
    rows = [_read_row(line, cells, columns) for line, cells in lines]
    return _without_repeats(rows)


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their line numbers."""
    first = text.split("\n", 1)[0]
    divider = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=divider)
    lines = []
    try:
        for record in reader:
            cells = [rules.tidy(cell) for cell in record]
            if any(cells):
                lines.append((reader.line_num, cells))
    except csv.Error:
        raise SheetUnreadable("Lembar tidak terbaca. Periksa tanda kutipnya.") from None
    return lines


def _heading(cells: Sequence[str]) -> dict[str, int] | None:
    """Where the columns stand when the first row is a heading."""
    names = [cell.lower().replace("_", " ") for cell in cells]
    if "kode" not in names:
        return None
    return {name: names.index(name) for name in _COLUMNS if name in names}


def _read_row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> FileRow:
    typed = [cells[columns[n]] if columns.get(n, len(cells)) < len(cells) else "" for n in _COLUMNS]
    code = typed[0]
    try:
        code = codes.encode(codes.decode(code), length=rules.CODE_LENGTH)
        price = formats.read_rupiah(typed[1]) if typed[1] else None
        cost = formats.read_rupiah(typed[2]) if typed[2] else None
        if price is not None:
            rules.check_amount(sheet=rules.Sheet.PRICE, amount=price)
        if price is None and cost is None:
            return FileRow(line, code, problem="Isi harga atau harga pokok baris ini.")
    except Refused as refused:
        return FileRow(line, code[:40], problem=refused.message)
    return FileRow(line, code, price, cost)


def _without_repeats(rows: Sequence[FileRow]) -> list[FileRow]:
    """A code that stands twice is a question for a person, not for the order of the rows."""
    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        if not row.problem and row.code in seen:
            problem = f"Kode ini sudah ada di baris {seen[row.code]}."
            kept.append(FileRow(row.line, row.code, problem=problem))
        else:
            kept.append(row)
        seen.setdefault(row.code, row.line)
    return kept
