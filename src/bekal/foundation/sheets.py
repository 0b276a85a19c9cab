"""Sheets that people send, as CSV, XLSX or pasted: told as the text of a CSV, and read in rows.

The text may travel in a form between a look and an act. Pure.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable

import python_calamine

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

LARGEST_FILE = 1_000_000
LARGEST_UNPACKED = 20_000_000
LARGEST_TEXT = 300_000
MOST_ROWS = 2_000
LONGEST_CELL = 120
_WIDEST = 64
_NO_SHEET = "Simpan lembar sebagai XLSX atau CSV UTF-8."
_PDF = "%PDF-"
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


class SheetUnreadable(Refused):
    """The sheet as a whole cannot be read."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the sheet."""
        super().__init__(message, field="sheet")


def text_of(
    content: bytes, *, widest: int = _WIDEST, largest: int = LARGEST_FILE, most: int = MOST_ROWS
) -> str:
    """What an uploaded file says, as the text of a CSV. Raises SheetUnreadable.

    A file has at most `largest` bytes, whole millions, and `most` rows.
    """
    if len(content) > largest:
        raise SheetUnreadable(
            f"Berkas lebih besar dari {largest // 1_000_000} MB. Bagi menjadi beberapa berkas."
        )
    if content[:2] == b"PK":
        return _written(_cells_of_xlsx(content, widest=widest, most=most))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetUnreadable(_NO_SHEET) from None
    if text.startswith(_PDF) or _NO_TEXT.search(text):
        raise SheetUnreadable(_NO_SHEET)
    return text


def _cells_of_xlsx(content: bytes, *, widest: int, most: int) -> list[list[object]]:
    """The cells of the first sheet, from its first row on."""
    said = "Berkas XLSX ini tidak terbaca. Simpan lagi dari aplikasi lembar kerja Anda."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > LARGEST_UNPACKED:
            raise SheetUnreadable("Isi berkas XLSX terlalu besar. Bagi menjadi beberapa berkas.")
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > most + 1 or sheet.total_width > widest:
            raise SheetUnreadable(f"Paling banyak {most} baris sekali impor.")
        rows = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, IndexError):
        raise SheetUnreadable(said) from None
    return [list(row) for row in rows]


def _written(rows: Iterable[Iterable[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue()


def _plain(cell: object) -> str:
    """A cell as a person would type it: whole numbers without ".0", 1.5 as "1,5"."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    return str(cell)


def lines_of(text: str, *, longest: int = LARGEST_TEXT) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their line numbers as a spreadsheet counts, from 1.

    Raises SheetUnreadable for what is too long, or cannot be read.
    """
    if len(text) > longest:
        raise SheetUnreadable("Isi lembar terlalu panjang. Bagi menjadi beberapa bagian.")
    text = text.lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    divider = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=divider)
    lines = []
    try:
        for record in reader:
            cells = [" ".join(cell.split()).lstrip("'")[:LONGEST_CELL] for cell in record]
            if any(cells):
                lines.append((reader.line_num, cells))
    except csv.Error:
        raise SheetUnreadable("Lembar tidak terbaca. Periksa tanda kutipnya.") from None
    return lines


def check_rows(count: int, *, most: int = MOST_ROWS) -> None:
    """Refuse more rows than are read at once. Raises SheetUnreadable."""
    if count > most:
        raise SheetUnreadable(f"Paling banyak {formats.thousands(most)} baris sekali impor.")
