"""What production answers."""

from bekal.production.queries.availability import Availability, availability, pauses, tracked
from bekal.production.queries.capacity import WorkshopDay, workshop_days
from bekal.production.queries.problems import stock_problems

__all__ = [
    "Availability",
    "WorkshopDay",
    "availability",
    "pauses",
    "stock_problems",
    "tracked",
    "workshop_days",
]
