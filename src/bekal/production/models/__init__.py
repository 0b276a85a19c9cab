"""Goods that are there, hours that are there, and what keeps both from being sold twice."""

from bekal.production.models.assignments import Assignment, WorkLimit
from bekal.production.models.batches import (
    Batch,
    BatchBook,
    BatchCorrection,
    BatchShare,
    NoProduction,
)
from bekal.production.models.capacity import Capacity, CapacityDay, CapacityUse, Work, Workshop
from bekal.production.models.pauses import Pause
from bekal.production.models.stock import Hold, Stock, StockMove

__all__ = [
    "Assignment",
    "Batch",
    "BatchBook",
    "BatchCorrection",
    "BatchShare",
    "Capacity",
    "CapacityDay",
    "CapacityUse",
    "Hold",
    "NoProduction",
    "Pause",
    "Stock",
    "StockMove",
    "Work",
    "WorkLimit",
    "Workshop",
]
