"""A sheet of rates, as CSV, XLSX or pasted, read row by row; and the empty sheet to fill in.

With a heading the columns are found by their names in any order, so that a downloaded table can
come back; without one they stand as in COLUMNS.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import python_calamine
import xlsxwriter

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.shipping import rules
from bekal.shipping.rules import Terms

COLUMNS = (
    "layanan",
    "tujuan",
    "kg_pertama",
    "kg_berikut",
    "berat_min",
    "berat_maks",
    "hari_min",
    "hari_maks",
)
LARGEST_FILE = 1_000_000
LARGEST_UNPACKED = 20_000_000
LARGEST_TEXT = 300_000
MOST_ROWS = 2_000
LONGEST_CELL = 120
NOT_THERE = "tidak"
"""What stands for the first kilogram where a service does not go."""
_NEEDED = COLUMNS[:3]


class SheetUnreadable(Refused):
    """The sheet as a whole cannot be read."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the sheet."""
        super().__init__(message, field="sheet")


@dataclass(frozen=True)
class SheetRow:
    """One row: service and area as they are written, and the terms (None: it does not go there).

    `problem` keeps the row out. `line` counts as a spreadsheet does, from 1.
    """

    line: int
    service: str
    area: str
    terms: Terms | None = None
    problem: str = ""


def text_of(content: bytes) -> str:
    """What an uploaded file says, as the text of a CSV. Raises SheetUnreadable."""
    if len(content) > LARGEST_FILE:
        raise SheetUnreadable("Berkas lebih besar dari 1 MB. Bagi menjadi beberapa berkas.")
    if content[:2] == b"PK":
        return _written(_cells_of_xlsx(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetUnreadable("Simpan lembar sebagai XLSX atau CSV UTF-8.") from None


def _cells_of_xlsx(content: bytes) -> list[list[object]]:
    """The cells of the first sheet, from its first row on."""
    said = "Berkas XLSX ini tidak terbaca. Simpan lagi dari aplikasi lembar kerja Anda."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > LARGEST_UNPACKED:
            raise SheetUnreadable("Isi berkas XLSX terlalu besar. Bagi menjadi beberapa berkas.")
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > MOST_ROWS + 1 or sheet.total_width > len(COLUMNS) * 4:
            raise SheetUnreadable(f"Paling banyak {MOST_ROWS} baris sekali impor.")
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


def read_sheet(text: str) -> list[SheetRow]:
    """Read every row for itself. Raises SheetUnreadable when there is nothing, or too much."""
    if len(text) > LARGEST_TEXT:
        raise SheetUnreadable("Isi lembar terlalu panjang. Bagi menjadi beberapa bagian.")
    lines = _lines(text.lstrip("\ufeff"))
    places = _heading(lines[0][1]) if lines else None
    if places is not None:
        lines = lines[1:]
    if not lines:
        raise SheetUnreadable("Isi lembar: satu tarif per baris, seperti di lembar contoh.")
    if len(lines) > MOST_ROWS:
        raise SheetUnreadable(f"Paling banyak {formats.thousands(MOST_ROWS)} baris sekali impor.")
    columns = places or {name: n for n, name in enumerate(COLUMNS)}
    return [_read_row(line, _named(cells, columns)) for line, cells in lines]


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their line numbers."""
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


def _heading(cells: Sequence[str]) -> dict[str, int] | None:
    """Where the columns stand when the first row is a heading."""
    names = ["_".join(cell.lower().replace("_", " ").split()) for cell in cells]
    found = {name: names.index(name) for name in COLUMNS if name in names}
    if not found:
        return None
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise SheetUnreadable(f"Kolom {', '.join(missing)} tidak ada. Lihat lembar contoh.")
    return found


def _named(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {
        name: cells[columns[name]] if columns.get(name, len(cells)) < len(cells) else ""
        for name in COLUMNS
    }


def _read_row(line: int, cells: Mapping[str, str]) -> SheetRow:
    row = SheetRow(line, cells["layanan"], cells["tujuan"])
    try:
        if not row.service or not row.area:
            raise rules.RateRefused("Isi layanan dan tujuan.")
        return SheetRow(line, row.service, row.area, _read_terms(cells))
    except Refused as refused:
        return SheetRow(line, row.service, row.area, problem=refused.message)


def _read_terms(cells: Mapping[str, str]) -> Terms | None:
    """The numbers of a row; None for "tidak". Raises Refused for what is no number."""
    if cells["kg_pertama"].lower() == NOT_THERE:
        return None
    terms = Terms(
        first_kg=formats.read_rupiah(cells["kg_pertama"]),
        next_kg=formats.read_rupiah(cells["kg_berikut"] or "0"),
        min_weight_g=rules.read_grams(cells["berat_min"]) if cells["berat_min"] else 1,
        max_weight_g=rules.read_grams(cells["berat_maks"]),
        days_min=formats.read_count(cells["hari_min"] or cells["hari_maks"]),
        days_max=formats.read_count(cells["hari_maks"] or cells["hari_min"]),
    )
    rules.check_terms(terms)
    return terms


def template(services: Sequence[str]) -> bytes:
    """An XLSX sheet to fill in: the heading, an example row for each service, and how to write."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold, grey = book.add_format({"bold": True}), book.add_format({"font_color": "#474c58"})
        sheet = book.add_worksheet("Tarif")
        sheet.write_row(0, 0, COLUMNS, bold)
        for n, service in enumerate(services, start=1):
            sheet.write_row(n, 0, (service, "semua"))
        sheet.set_column(0, 1, 28)
        sheet.set_column(2, 7, 12)
        sheet.freeze_panes(1, 0)
        help_sheet = book.add_worksheet("Cara mengisi")
        help_sheet.set_column(0, 0, 100)
        for n, line in enumerate(_HELP):
            help_sheet.write_string(n, 0, line, grey)
    return file.getvalue()


_HELP = (
    "Satu tarif per baris di lembar Tarif. Isi contoh di sana boleh dihapus.",
    "layanan: nama kurir dan layanan seperti di halaman Ongkos kirim, misalnya JNE REG.",
    "tujuan: semua, nama provinsi (Sulawesi Tengah), atau nama kabupaten/kota (Kota Palu).",
    "kg_pertama, kg_berikut: rupiah bulat. Tulis tidak di kg_pertama bila kurir tidak ke sana.",
    "berat_min, berat_maks: kg, misalnya 0,5 atau 30. Kosongkan berat_min bila tidak ada.",
    "hari_min, hari_maks: lama kirim dalam hari.",
)
