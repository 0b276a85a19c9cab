"""The public catalogue: its list with filters, and the rows of cards of other pages."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection

from bekal.catalogue import kinds
from bekal.catalogue.queries.cards import TABLES, Card, cards_where
from bekal.catalogue.queries.ground import ground

PAGE_SIZE = 24
MOST_PAGES = 40
"""Pages beyond are not offered: who looks for something narrows the list."""


class ShowcaseSort(StrEnum):
    """The orders of the public list, by the word in the address."""

    BEST = "cocok"
    NEWEST = "terbaru"
    CHEAPEST = "termurah"
    DEAREST = "termahal"


class PriceRange(StrEnum):
    """What a visitor may narrow prices to, by the word in the address."""

    KNOWN = "ada"
    LOW = "sampai-50rb"
    MIDDLE = "50rb-250rb"
    HIGH = "250rb-ke-atas"


@dataclass(frozen=True)
class ShowcaseFilters:
    """What a visitor narrows the list by: words, and codes of kind, province, kanwil, unit."""

    text: str = ""
    category: str = ""
    province: str = ""
    kanwil: str = ""
    unit: str = ""
    price: PriceRange | None = None
    sort: ShowcaseSort = ShowcaseSort.BEST
    page: int = 1


@dataclass(frozen=True)
class CategoryCount:
    """A kind of products with the swatch that stands for it, and how many products are public."""

    code: str
    name: str
    swatch: str
    count: int


@dataclass(frozen=True)
class ShowcasePage:
    """One page of the public list. `pages` are those that can be opened, `total` all that fit."""

    cards: list[Card]
    total: int
    page: int
    pages: int
    suggestion: str = ""


_ORDERS = {
    ShowcaseSort.BEST: "p.added_at desc, p.id desc",
    ShowcaseSort.NEWEST: "p.added_at desc, p.id desc",
    ShowcaseSort.CHEAPEST: "price.amount nulls last, p.id desc",
    ShowcaseSort.DEAREST: "price.amount desc nulls last, p.id desc",
}
_RANGES = {
    PriceRange.KNOWN: "price.amount is not null",
    PriceRange.LOW: "price.amount <= 50000",
    PriceRange.MIDDLE: "price.amount between 50000 and 250000",
    PriceRange.HIGH: "price.amount >= 250000",
}
_COUNTS = """
select p.category_id, count(*) from catalogue_product p
join catalogue_seller s on s.id = p.seller_id
where s.unit_id = any(%(units)s) group by 1
"""


def showcase(*, filters: ShowcaseFilters, on: dt.date) -> ShowcasePage:
    """One page of the public products that the filters leave, as they are on a day.

    A page beyond the last is the last one.
    """
    floor = ground(on=on)
    conditions = ["s.unit_id = any(%(units)s)"]
    unit_ids = floor.unit_ids(province=filters.province, kanwil=filters.kanwil, unit=filters.unit)
    values: dict[str, Any] = {"units": unit_ids, "on": on}
    if filters.category:
        kind = kinds.BY_CODE.get(filters.category)
        conditions.append("p.category_id = any(%(categories)s)")
        values["categories"] = list(kind.categories) if kind else []
    if filters.price is not None:
        conditions.append(_RANGES[filters.price])
    for number, word in enumerate(filters.text.replace("\0", " ").split()[:8]):
        conditions.append(f"p.name ilike %(word{number})s")
        escaped = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        values[f"word{number}"] = f"%{escaped}%"
    where = " and ".join(conditions)
    total = _count(where, values)
    pages = min(max(1, -(-total // PAGE_SIZE)), MOST_PAGES)
    page = min(max(1, filters.page), pages)
    values |= {"count": PAGE_SIZE, "skip": PAGE_SIZE * (page - 1)}
    order = f"{_ORDERS[filters.sort]} offset %(skip)s"
    cards = cards_where(where, values, units=floor.units, on=on, order=order)
    return ShowcasePage(cards, total, page, pages)


def newest(*, on: dt.date, count: int = 8) -> list[Card]:
    """The public products that were added last."""
    units = ground(on=on).units
    values = {"units": list(units), "count": count}
    return cards_where("s.unit_id = any(%(units)s)", values, units=units, on=on)


def cards_of_unit(*, unit_id: int, on: dt.date, count: int) -> list[Card]:
    """Products of a unit, those added last first; none of a unit that is not open on the day."""
    units = ground(on=on).units
    if unit_id not in units:
        return []
    values = {"unit": unit_id, "count": count}
    return cards_where("s.unit_id = %(unit)s", values, units=units, on=on)


def category_counts(*, on: dt.date) -> list[CategoryCount]:
    """Every kind in its order, with how many public products it has on a day; none is left out."""
    units = list(ground(on=on).units)
    counts: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"units": units})
        for category, count in cursor.fetchall():
            counts[kinds.kind_of(category).code] += count
    return [
        CategoryCount(kind.code, str(kind.name), kind.swatch, counts[kind.code])
        for kind in kinds.KINDS
    ]


def _count(where: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {TABLES} where {where}", values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0
