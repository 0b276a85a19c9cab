"""A sheet of rates, as CSV, XLSX or pasted, read row by row; and the empty sheet to fill in.

With a heading the columns are found by their names in any order, so that a downloaded table can
come back; without one they stand as in COLUMNS.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.foundation.sheets import LARGEST_FILE as LARGEST_FILE
from bekal.foundation.sheets import SheetUnreadable as SheetUnreadable
from bekal.foundation.sheets import check_rows, lines_of
from bekal.foundation.sheets import text_of as text_of
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
NOT_THERE = "tidak"
"""What stands for the first kilogram where a service does not go."""
_NEEDED = ("layanan", "tujuan", "kg_pertama", "berat_maks")


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


def read_sheet(text: str) -> list[SheetRow]:
    """Read every row for itself. Raises SheetUnreadable when there is nothing, or too much."""
    lines = lines_of(text)
    places = _heading(lines[0][1]) if lines else None
    if places is not None:
        lines = lines[1:]
    if not lines:
        raise SheetUnreadable("Isi lembar: satu tarif per baris, seperti di lembar contoh.")
    check_rows(len(lines))
    columns = places or {name: n for n, name in enumerate(COLUMNS)}
    return [_read_row(line, _named(cells, columns)) for line, cells in lines]


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
    one_day = "hari_min" if cells["hari_min"] else "hari_maks"
    last_day = "hari_maks" if cells["hari_maks"] else one_day
    terms = Terms(
        first_kg=_number(cells, "kg_pertama", formats.read_rupiah),
        next_kg=_number(cells, "kg_berikut", formats.read_rupiah) if cells["kg_berikut"] else 0,
        min_weight_g=_number(cells, "berat_min", rules.read_grams) if cells["berat_min"] else 1,
        max_weight_g=_number(cells, "berat_maks", rules.read_grams),
        days_min=_number(cells, one_day, formats.read_count),
        days_max=_number(cells, last_day, formats.read_count),
    )
    rules.check_terms(terms)
    return terms


def _number(cells: Mapping[str, str], column: str, read: Callable[[str], int]) -> int:
    """The number of a column. Raises RateRefused, which names the column."""
    try:
        return read(cells[column])
    except Refused as refused:
        raise rules.RateRefused(f"{column}: {refused.message}") from None


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
