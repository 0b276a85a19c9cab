"""The stock of a unit as a file."""

from collections.abc import Iterable

from bekal.foundation.exports import csv_lines
from bekal.production.queries import StockRow

HEADING = (
    "kode",
    "nama",
    "kategori",
    "stok",
    "dipesan",
    "bebas",
    "batas_menipis",
    "keadaan",
    "dihitung_sejak",
)


def as_csv(rows: Iterable[StockRow]) -> str:
    """The rows as CSV text; what nobody counts has no numbers."""
    return "".join(csv_lines(HEADING, (_cells(row) for row in rows)))


def _cells(row: StockRow) -> tuple[object, ...]:
    is_counted = row.on_hand is not None
    return (
        row.code,
        row.name,
        row.category,
        row.on_hand,
        row.held if is_counted else None,
        row.free,
        row.low_mark if is_counted else None,
        row.standing,
        row.since,
    )
