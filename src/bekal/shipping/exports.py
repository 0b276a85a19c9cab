"""The table as a file, and a row of it as it is typed into the form."""

from collections.abc import Iterable
from typing import Any

from bekal.foundation.exports import csv_lines
from bekal.shipping import rules
from bekal.shipping.queries import RateRow
from bekal.shipping.sheet_file import COLUMNS, NOT_THERE

HEADING = (*COLUMNS, "berlaku_mulai", "keadaan")
_NATION_AS_TYPED = "semua"


def as_csv(rows: Iterable[RateRow]) -> str:
    """The rows as CSV text, in the columns that the import reads."""
    return "".join(csv_lines(HEADING, (_cells(row) for row in rows)))


def _cells(row: RateRow) -> tuple[object, ...]:
    typed = as_typed(row)
    there = row.terms is not None
    return (
        row.service,
        typed["area"],
        typed["first_kg"] if there else NOT_THERE,
        *(typed[name] if there else None for name in _NUMBERS),
        row.valid_from,
        row.state,
    )


_NUMBERS = ("next_kg", "min_weight", "max_weight", "days_min", "days_max")


def as_typed(row: RateRow | None) -> dict[str, Any]:
    """What a person would type to write this row, field by field of the form."""
    if row is None:
        return {}
    area = _NATION_AS_TYPED if row.area_code == rules.NATION else row.area
    if row.terms is None:
        return {"area": area, "serves": "tidak"}
    terms = row.terms
    return {
        "area": area,
        "serves": "ya",
        "first_kg": terms.first_kg,
        "next_kg": terms.next_kg,
        "min_weight": rules.typed_weight(terms.min_weight_g),
        "max_weight": rules.typed_weight(terms.max_weight_g),
        "days_min": terms.days_min,
        "days_max": terms.days_max,
    }
