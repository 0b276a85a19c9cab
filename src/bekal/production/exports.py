"""The stock of a unit, and who works in its workshops, as files."""

from collections.abc import Iterable

from bekal.foundation.exports import csv_lines
from bekal.production.queries import Assigned, StockRow

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


WORK_HEADING = ("kode", "bengkel", "mulai", "sampai", "menit_sehari", "hari_seminggu")


def work_as_csv(rows: Iterable[Assigned]) -> str:
    """Who works where as CSV text, by code."""
    cells = (
        (row.maker, row.workshop, row.first, row.until, row.minutes_a_day, row.days_a_week)
        for row in rows
    )
    return "".join(csv_lines(WORK_HEADING, cells))
