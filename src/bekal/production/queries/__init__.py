"""What production answers."""

from bekal.production.queries.assignments import (
    Assigned,
    assigned_on,
    assignment_of,
    assignments_now,
    assignments_past,
    limit_on,
    limits_of,
    unassigned,
)
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
from bekal.production.queries.pausing import pauses_of
from bekal.production.queries.problems import stock_problems, work_problems
from bekal.production.queries.shelves import (
    shelf_problems,
    shelves,
    told_products,
    told_products_of,
)
from bekal.production.queries.workshops import (
    HoursAhead,
    MadeRow,
    WorkshopRow,
    hours_ahead,
    times_of,
    works_of,
    workshop_of,
    workshops_of,
)

__all__ = [
    "Alerts",
    "Assigned",
    "Availability",
    "HoursAhead",
    "MadeRow",
    "MoveLine",
    "StockFilters",
    "StockRow",
    "StockSort",
    "WorkshopDay",
    "WorkshopRow",
    "alerts",
    "assigned_on",
    "assignment_of",
    "assignments_now",
    "assignments_past",
    "availability",
    "hours_ahead",
    "limit_on",
    "limits_of",
    "moves_of",
    "pauses",
    "pauses_of",
    "shelf_problems",
    "shelves",
    "stock_of_unit",
    "stock_problems",
    "stock_row",
    "times_of",
    "told_products",
    "told_products_of",
    "tracked",
    "unassigned",
    "work_problems",
    "works_of",
    "workshop_days",
    "workshop_of",
    "workshops_of",
]
