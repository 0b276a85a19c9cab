"""Product lists as files. Semicolons and a byte order mark: Indonesian spreadsheets open them."""

import csv
import io
from collections.abc import Iterable

from bekal.catalogue import rules
from bekal.catalogue.queries import ProductRow

HEADING = (
    "kode",
    "nama",
    "kategori",
    "harga",
    "harga_pokok",
    "status",
    "sumber_terendah",
    "sumber_tertinggi",
    "sumber",
)


def as_csv(rows: Iterable[ProductRow]) -> str:
    """The rows as CSV text; amounts are bare rupiah, texts are guarded against being formulas."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADING)
    for row in rows:
        cells = (
            row.code,
            row.name,
            row.category,
            row.price,
            row.cost,
            row.status,
            row.source_low,
            row.source_high,
            row.source,
        )
        writer.writerow("" if cell is None else rules.safe_cell(str(cell)) for cell in cells)
    return file.getvalue()
