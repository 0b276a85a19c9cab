"""Facts of selling, and their sums."""

from bekal.sales.models.facts import DayReport, Refund, RefundLine, Sale, SaleLine, UnitBook
from bekal.sales.models.imports import SalesSheet, SheetRow
from bekal.sales.models.summaries import Leaf, ProductHour, UnitDay

__all__ = [
    "DayReport",
    "Leaf",
    "ProductHour",
    "Refund",
    "RefundLine",
    "Sale",
    "SaleLine",
    "SalesSheet",
    "SheetRow",
    "UnitBook",
    "UnitDay",
]
