"""Sheets for other channels as files. A cell that looks like a formula is never one.

XLSX is written with texts as texts alone (OWASP, "CSV Injection": no formula, no link), row by row;
CSV as all files of the house, sent as it is read.
"""

import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

from bekal.foundation import exports
from bekal.institutions.channels import Cell, Channel, Line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTH = 22


def as_csv(channel: Channel, lines: Iterable[Line]) -> Iterator[str]:
    """The lines of the sheet as a CSV file."""
    return exports.csv_lines(channel.heading, (channel.cells(line) for line in lines))


def as_xlsx(channel: Channel, lines: Iterable[Line]) -> bytes:
    """The sheet as an XLSX file."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _PLAIN) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        sheet = book.add_worksheet("Produk")
        sheet.set_column(0, len(channel.columns) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(channel.heading):
            sheet.write_string(0, place, heading, bold)
        for number, line in enumerate(lines, start=1):
            _write(sheet, number, channel.cells(line))
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, number: int, cells: Sequence[Cell]) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(number, place, cell)
        elif cell:
            sheet.write_string(number, place, cell)
