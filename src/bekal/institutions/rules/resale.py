"""On which terms resellers buy: less than the price by a percentage, never below the cost. Pure."""

from dataclasses import dataclass

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

MOST_PERCENT = 50


class ResaleRefused(Refused):
    """Terms or an order of a reseller that cannot be."""


@dataclass(frozen=True)
class ResalePrice:
    """What one piece costs a reseller; `is_at_cost` when the discount would go below the cost."""

    amount: int
    is_at_cost: bool


def least_price(*, price: int, cost: int | None) -> int:
    """What a piece is never sold below: its cost, or its price where that is less; else nothing."""
    return 0 if cost is None else min(price, cost)


def resale_price(*, price: int, percent: int, cost: int | None) -> ResalePrice:
    """The price less a percentage, in the unit's favour to the rupiah, and never below the cost."""
    less = price - price * percent // 100
    if cost is not None and less < cost:
        return ResalePrice(least_price(price=price, cost=cost), is_at_cost=True)
    return ResalePrice(less, is_at_cost=False)


def check_resale(*, percent: int, least: int) -> None:
    """Refuse terms beyond half the price, or for less than one piece. Raises ResaleRefused."""
    if not 0 <= percent <= MOST_PERCENT:
        raise ResaleRefused(f"Isi potongan dari 0 sampai {MOST_PERCENT} persen.", field="percent")
    if not 0 < least <= formats.LARGEST_COUNT:
        raise ResaleRefused("Isi paling sedikit berapa barang sekali pesan.", field="least")
