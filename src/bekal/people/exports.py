"""The makers of a unit as a file: codes and dates, no name."""

from collections.abc import Iterable

from bekal.foundation.exports import csv_lines
from bekal.people.queries import MakerRow

HEADING = ("kode", "keberadaan", "sejak", "sampai", "boleh_bekerja", "kurang", "habis_pertama")


def as_csv(rows: Iterable[MakerRow]) -> str:
    """The rows as CSV text."""
    return "".join(csv_lines(HEADING, (_cells(row) for row in rows)))


def _cells(row: MakerRow) -> tuple[object, ...]:
    if not row.is_here:
        return (row.code, row.presence, row.since, row.left_on, None, None, None)
    may = "ya" if row.judgement.is_eligible else "belum"
    missing = ", ".join(f"{each.label}: {each.reason}" for each in row.judgement.failures)
    return (row.code, row.presence, row.since, row.left_on, may, missing, row.ends_on)
