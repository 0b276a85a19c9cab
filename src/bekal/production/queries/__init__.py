"""What production answers."""

from bekal.production.queries.availability import Availability, availability, pauses, tracked
from bekal.production.queries.capacity import WorkshopDay, workshop_days
from bekal.production.queries.levels import (
    Alerts,
    MoveLine,
    StockFilters,
    StockRow,
    StockSort,
    alerts,
    moves_of,
    stock_of_unit,
    stock_row,
)
from bekal.production.queries.problems import stock_problems
from bekal.production.queries.shelves import (
    shelf_problems,
    shelves,
    told_products,
    told_products_of,
)

__all__ = [
    "Alerts",
    "Availability",
    "MoveLine",
    "StockFilters",
    "StockRow",
    "StockSort",
    "WorkshopDay",
    "alerts",
    "availability",
    "moves_of",
    "pauses",
    "shelf_problems",
    "shelves",
    "stock_of_unit",
    "stock_problems",
    "stock_row",
    "told_products",
    "told_products_of",
    "tracked",
    "workshop_days",
]
