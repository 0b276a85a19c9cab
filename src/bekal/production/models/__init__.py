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
from bekal.production.models.costing import CostLine, CostSheet
from bekal.production.models.land import (
    Harvest,
    HarvestUndone,
    Planting,
    PlantingEnd,
    Plot,
    PlotEnd,
    PlotReopened,
)
from bekal.production.models.materials import (
    Material,
    MaterialEnd,
    MaterialLevel,
    MaterialMove,
    Purchase,
    PurchaseLine,
    PurchaseUndone,
)
from bekal.production.models.pauses import Pause
from bekal.production.models.quality import (
    PieceLabel,
    QualityCheck,
    QualityPoint,
    QualityResult,
)
from bekal.production.models.stock import Hold, Stock, StockMove
from bekal.production.models.tools import Tool, ToolFact, WorkshopTrade
from bekal.production.models.transfers import StockTransfer
from bekal.production.models.uses import MaterialUse

__all__ = [
    "Assignment",
    "Batch",
    "BatchBook",
    "BatchCorrection",
    "BatchShare",
    "Capacity",
    "CapacityDay",
    "CapacityUse",
    "CostLine",
    "CostSheet",
    "Harvest",
    "HarvestUndone",
    "Hold",
    "Material",
    "MaterialEnd",
    "MaterialLevel",
    "MaterialMove",
    "MaterialUse",
    "NoProduction",
    "Pause",
    "PieceLabel",
    "Planting",
    "PlantingEnd",
    "Plot",
    "PlotEnd",
    "PlotReopened",
    "Purchase",
    "PurchaseLine",
    "PurchaseUndone",
    "QualityCheck",
    "QualityPoint",
    "QualityResult",
    "Stock",
    "StockMove",
    "StockTransfer",
    "Tool",
    "ToolFact",
    "Work",
    "WorkLimit",
    "Workshop",
    "WorkshopTrade",
]
