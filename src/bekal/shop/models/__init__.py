"""Orders, who ordered, and how they moved."""

from bekal.shop.models.buyers import OrderBuyer
from bekal.shop.models.moves import OrderMove, PartMove
from bekal.shop.models.orders import Order, OrderLine, OrderPart

__all__ = ["Order", "OrderBuyer", "OrderLine", "OrderMove", "OrderPart", "PartMove"]
