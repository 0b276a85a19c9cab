"""Tables as XLSX files. A cell that looks like a formula is never one.

Texts are written as texts alone (OWASP, "CSV Injection": no formula, no link), numbers as numbers.
"""

import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from bekal.foundation.exports import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTH = 22


def workbook(table: Table) -> bytes:
    """The table as an XLSX file with a heading that stays in sight."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _PLAIN) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        sheet = book.add_worksheet(table.title)
        sheet.set_column(0, len(table.heading) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(table.heading):
            sheet.write_string(0, place, heading, bold)
        for number, cells in enumerate(table.rows, start=1):
            _write(sheet, number, cells)
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, number: int, cells: Sequence[object]) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, int | Decimal):
            sheet.write_number(number, place, cell)
        elif cell is not None and cell != "":
            sheet.write_string(number, place, str(cell))
