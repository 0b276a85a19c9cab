"""Totals over the tree of places, summed from the fold of sales. Owns no table."""

from bekal.turnover.disclosure import hidden_of, is_small
from bekal.turnover.queries.datasets import BY_DAY, BY_KIND, BY_UNIT
from bekal.turnover.queries.facts import receipts, sum_problems, taken_back
from bekal.turnover.queries.shapes import (
    DayTotal,
    ProvinceTotal,
    Receipt,
    SilentUnit,
    Slice,
    TakenBack,
)
from bekal.turnover.queries.totals import (
    children,
    coverage,
    days,
    has_moved,
    provinces,
    silent_units,
    slices,
    total,
)

__all__ = [
    "BY_DAY",
    "BY_KIND",
    "BY_UNIT",
    "DayTotal",
    "ProvinceTotal",
    "Receipt",
    "SilentUnit",
    "Slice",
    "TakenBack",
    "children",
    "coverage",
    "days",
    "has_moved",
    "hidden_of",
    "is_small",
    "provinces",
    "receipts",
    "silent_units",
    "slices",
    "sum_problems",
    "taken_back",
    "total",
]
