"""What each workshop of a basket offers: its couriers' quotes, or fetching."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekal.catalogue.queries import Goods, PickupPoint
from bekal.shipping import queries as shipping
from bekal.shipping.queries import Offer, Parcel, Quote
from bekal.shop.queries.baskets import BasketShown, Workshop
from bekal.shop.queries.looking import day_of, parcels_of
from bekal.shop.rules import Delivery
from bekal.ui.filters import rupiah


@dataclass(frozen=True)
class WorkshopOffer:
    """A workshop with what couriers offer to an address; `problem` says why that is nothing.

    `is_fetched` where the buyer said that all is fetched.
    """

    workshop: Workshop
    weight_g: int
    offer: Offer
    is_fetched: bool

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What each courier takes, the cheapest first."""
        return self.offer.quotes

    @property
    def problem(self) -> str:
        """Why there is no quote, as the buyer reads it."""
        return str(self.offer.problem.sentence) if self.offer.problem else ""

    def notes(self, *, point: PickupPoint | None = None) -> dict[str, str]:
        """What stands below each choice: the days and the fee, or where the `point` is."""
        notes = {str(q.service_id): f"{days_of(q)}, {rupiah(q.fee)}" for q in self.quotes}
        free = _("tanpa ongkos")
        return {**notes, Delivery.PICKUP.value: f"{free}, {point.line}" if point else free}


def days_of(quote: Quote) -> str:
    """How long a courier takes, in words."""
    if quote.days_max == 0:
        return _("hari yang sama")
    if quote.days_min == quote.days_max:
        return _("1 hari") if quote.days_max == 1 else _("%(days)s hari") % {"days": quote.days_max}
    return _("%(first)s sampai %(last)s hari") % {"first": quote.days_min, "last": quote.days_max}


def offers_of(
    *, basket: BasketShown, district_code: str, now: dt.datetime
) -> Sequence[WorkshopOffer]:
    """What each workshop offers to a kecamatan; without one, all is fetched. One statement."""
    items = basket.items()
    parcels = parcels_of(items, basket.seen.goods)
    found = (
        shipping.quotes_of_units(
            parcels=list(parcels.values()), district_code=district_code, on=day_of(now)
        )
        if district_code and parcels
        else {}
    )
    return [
        WorkshopOffer(
            workshop,
            parcels[workshop.unit_id].weight_g,
            found.get(workshop.unit_id, Offer()),
            not district_code,
        )
        for workshop in basket.workshops
    ]


def postage_of(*, goods: Goods, district_code: str, on: dt.date) -> Offer:
    """What couriers take for one piece of a product to a kecamatan. One statement."""
    parcel = Parcel(goods.unit_id, goods.weight_g, goods.volume_cm3)
    found = shipping.quotes_of_units(parcels=[parcel], district_code=district_code, on=on)
    return found[goods.unit_id]
