"""What production answers."""

from bekal.production.queries.availability import Availability, availability, pauses, tracked
from bekal.production.queries.capacity import WorkshopDay, workshop_days
from bekal.production.queries.problems import stock_problems
from bekal.production.queries.shelves import (
    shelf_problems,
    shelves,
    told_products,
    told_products_of,
)

__all__ = [
    "Availability",
    "WorkshopDay",
    "availability",
    "pauses",
    "shelf_problems",
    "shelves",
    "stock_problems",
    "told_products",
    "told_products_of",
    "tracked",
    "workshop_days",
]
