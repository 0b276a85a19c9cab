"""What resellers may buy of which units, and at what."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Sheeted
from bekal.institutions.models import ResaleTerms
from bekal.institutions.rules import ResalePrice, resale_price
from bekal.shop import queries as shop
from bekal.shop.queries import Institution, InstitutionFilters
from bekal.shop.rules import InstitutionKind

_MOST = 500


@dataclass(frozen=True)
class Resold:
    """A product for a reseller, at its own price, by the terms of its unit."""

    goods: Sheeted
    terms: ResaleTerms
    price: ResalePrice


def resellers() -> list[Institution]:
    """The resellers that were checked, by name."""
    filters = InstitutionFilters(kind=InstitutionKind.RESELLER, state=shop.CHECKED)
    return list(shop.institutions(filters=filters).order_by("name", "id"))


def resale_terms(*, institution_id: UUID, on: dt.date) -> list[ResaleTerms]:
    """The terms of a reseller that are in force on a day, one for each unit that gives any."""
    rows = ResaleTerms.objects.filter(institution_id=institution_id, valid_from__lte=on)
    newest = rows.order_by("unit_id", "-valid_from", "-id").distinct("unit_id")
    return [one for one in newest if one.percent]


def unit_resale(*, unit_id: int) -> list[ResaleTerms]:
    """All terms that a unit has set, the newest first."""
    return list(ResaleTerms.objects.filter(unit_id=unit_id).order_by("-valid_from", "-id")[:200])


def resale_goods(*, terms: Sequence[ResaleTerms], on: dt.date) -> list[Resold]:
    """What may be bought by terms: what can be ordered and has a price. Two statements."""
    by_unit = {one.unit_id: one for one in terms}
    goods = [
        one
        for one in catalogue.sheeted(unit_ids=list(by_unit), most=_MOST, on=on)
        if one.price and one.is_orderable
    ]
    costs = catalogue.sale_terms(product_ids=[one.product_id for one in goods], on=on)
    found = []
    for one in goods:
        held = by_unit[one.unit_id]
        cost = costs[one.product_id].cost
        price = resale_price(price=one.price or 0, percent=held.percent, cost=cost)
        found.append(Resold(one, held, price))
    return found
