"""Filters of the public list as conditions of SQL, and the lists that need no words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.catalogue import kinds
from bekal.catalogue.models.products import SAMPLES_AFTER
from bekal.catalogue.queries import traits
from bekal.catalogue.queries.ground import Ground
from bekal.catalogue.queries.paging import Look
from bekal.catalogue.queries.showcase_shapes import (
    Filters,
    Mark,
    PriceRange,
    ShowcaseFilters,
    ShowcaseSort,
)

_RANGES = {
    PriceRange.KNOWN: "true",
    PriceRange.LOW: "price.amount <= 50000",
    PriceRange.MIDDLE: "price.amount > 50000 and price.amount <= 250000",
    PriceRange.HIGH: "price.amount > 250000",
}
_OF_KIND = "p.category_id = any(%(categories)s)"
_OF_NO_OTHER_KIND = "p.category_id <> all(%(categories)s)"
# One number, so that PostgreSQL knows how many lie beyond any place of the list, and an index leads
# there. Real products stand before simulated ones ("Contoh"), which fill a demo; and in the usual
# order what can be bought before what cannot, whichever of them it is.
_BY_AGE = (f"p.id - p.is_sample::int * {SAMPLES_AFTER}",)
_BY_OFFER = (
    f"p.id + p.is_offered::int * {2 * SAMPLES_AFTER} - p.is_sample::int * {SAMPLES_AFTER}",
)
_LAST_RANK = 3
_BY_PRICE = ("price.amount", "price.product_id * -1")


@dataclass(frozen=True)
class Sieve:
    """A condition on products `p`, joined to their `price` where `joins` says so."""

    where: str
    joins: str
    values: Mapping[str, Any]


def sieve(filters: Filters, *, floor: Ground, on: dt.date) -> Sieve:
    """The condition that leaves the public products that fit. Closed units are left out."""
    conditions: list[str] = []
    values: dict[str, Any] = traits.days_of(on)
    if filters.province or filters.kanwil or filters.unit:
        conditions.append("p.seller_id = any(%(sellers)s)")
        values["sellers"] = floor.sellers_of(filters)
    elif floor.closed_sellers:
        conditions.append("p.seller_id <> all(%(closed)s)")
        values["closed"] = floor.closed_sellers
    if filters.category:
        conditions.append(_OF_KIND if filters.category != kinds.OTHER.code else _OF_NO_OTHER_KIND)
        values["categories"] = _categories_of(filters.category)
    conditions += _traits(filters)
    joins = traits.PRICE_JOIN if filters.price or filters.stock else ""
    if filters.stock:
        joins += traits.LISTING_JOINS
    return Sieve(" and ".join(conditions) or "true", joins, values)


def _traits(filters: Filters) -> list[str]:
    conditions = [
        _RANGES[filters.price] if filters.price else "",
        traits.OF_STOCK[filters.stock] if filters.stock else "",
        traits.HALAL if filters.is_halal else "",
        traits.NEW if filters.is_new else "",
    ]
    return [condition for condition in conditions if condition]


def _categories_of(kind: str) -> list[str]:
    """The categories of a kind; of the rest, those of all other kinds."""
    if kind == kinds.OTHER.code:
        others = (each for each in kinds.KINDS if each is not kinds.OTHER)
        return [category for each in others for category in each.categories]
    return list(kinds.BY_CODE[kind].categories) if kind in kinds.BY_CODE else []


def listed(filters: ShowcaseFilters, *, floor: Ground, on: dt.date, look: Look) -> Sequence[int]:
    """Ids of a stretch of the list without words. One statement, none for none."""
    if not look.count:
        return []
    fine = sieve(filters.sieve, floor=floor, on=on)
    keys = _keys(filters)
    falls = (filters.sort is not ShowcaseSort.CHEAPEST) != look.is_back
    order = ", ".join(f"{key} desc" if falls else key for key in keys)
    places = _place(look.mark, keys) if look.mark else {}
    named = ", ".join(f"%({name})s" for name in places)
    beyond = f" and ({', '.join(keys)}) {'<' if falls else '>'} ({named})" if places else ""
    sql = (
        f"select p.id from catalogue_product p {fine.joins} where {fine.where}{beyond} "
        f"order by {order} limit %(count)s offset %(skip)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**fine.values, **places, "skip": look.skip, "count": look.count})
        return [row[0] for row in cursor.fetchall()]


def _keys(filters: ShowcaseFilters) -> tuple[str, ...]:
    if filters.is_by_price:
        return _BY_PRICE
    return _BY_AGE if filters.sort is ShowcaseSort.NEWEST else _BY_OFFER


def _place(mark: Mark, keys: Sequence[str]) -> dict[str, int]:
    if keys is _BY_PRICE:
        return {"amount": mark.first, "product": -mark.id}
    rank = min(mark.first, _LAST_RANK)
    best = 2 if keys is _BY_OFFER else 0
    return {"place": mark.id + (best - rank) * SAMPLES_AFTER}
