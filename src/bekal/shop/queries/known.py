"""What a page has read of an order a moment ago, so that placing it need not ask again."""

from collections.abc import Mapping
from dataclasses import dataclass

from bekal.payments.queries import MerchantShown
from bekal.shipping.queries import Offer
from bekal.shop.queries.looking import Look


@dataclass(frozen=True)
class Known:
    """Goods and stock as they stand, what couriers offer and who takes money, both by unit."""

    look: Look
    offers: Mapping[int, Offer]
    merchants: Mapping[int, MerchantShown]
