"""The public catalogue: its list with filters and words, and the rows of cards of other pages."""

import datetime as dt

from bekal.catalogue import kinds
from bekal.catalogue.queries.cards import Card, cards_by_ids
from bekal.catalogue.queries.facets import counts_of, facets
from bekal.catalogue.queries.ground import Ground, ground
from bekal.catalogue.queries.search import search
from bekal.catalogue.queries.showcase_shapes import (
    CategoryCount,
    Filters,
    ShowcaseFilters,
    ShowcasePage,
)
from bekal.catalogue.queries.sieve import listed

PAGE_SIZE = 24
MOST_PAGES = 100
"""Pages beyond are not offered: who looks for something narrows the list. So the last page of a
large catalogue costs what that of a small one does."""


def showcase(*, filters: ShowcaseFilters, on: dt.date) -> ShowcasePage:
    """One page of the public products that the filters leave, as they are on a day.

    A page beyond the last is the last one. Three statements, with a typing error four, and two
    more when something has changed.
    """
    floor = ground(on=on)
    if filters.text:
        return _searched(filters, floor=floor, on=on)
    counts = floor.counts(filters.sieve)
    page, pages = _page(filters.page, counts.total)
    skip = PAGE_SIZE * (page - 1)
    ids = listed(filters, floor=floor, on=on, skip=skip, count=PAGE_SIZE) if counts.total else []
    return ShowcasePage(
        cards=cards_by_ids(ids, units=floor.units, on=on),
        total=counts.total,
        page=page,
        pages=pages,
        facets=facets(floor, counts),
        unit_name=_unit_name(filters, floor),
    )


def newest(*, on: dt.date, count: int = 8) -> list[Card]:
    """The public products that were added last."""
    floor = ground(on=on)
    ids = listed(ShowcaseFilters(), floor=floor, on=on, skip=0, count=count)
    return cards_by_ids(ids, units=floor.units, on=on)


def cards_of_unit(*, unit_id: int, on: dt.date, count: int) -> list[Card]:
    """Products of a unit, those added last first; none of a unit that is not open on the day."""
    floor = ground(on=on)
    unit = floor.units.get(unit_id)
    if unit is None:
        return []
    ids = listed(ShowcaseFilters(unit=unit.code), floor=floor, on=on, skip=0, count=count)
    return cards_by_ids(ids, units=floor.units, on=on)


def category_counts(*, on: dt.date) -> list[CategoryCount]:
    """Every kind in its order, with how many public products it has on a day; none is left out."""
    counts = ground(on=on).counts(Filters()).kinds
    return [
        CategoryCount(kind.code, str(kind.name), kind.swatch, counts.get(kind.code, 0))
        for kind in kinds.KINDS
    ]


def _searched(filters: ShowcaseFilters, *, floor: Ground, on: dt.date) -> ShowcasePage:
    found = search(filters, floor=floor, on=on)
    page, pages = _page(filters.page, len(found.ids))
    ids = found.ids[PAGE_SIZE * (page - 1) : PAGE_SIZE * page]
    return ShowcasePage(
        cards=cards_by_ids(ids, units=floor.units, on=on),
        total=len(found.ids),
        page=page,
        pages=pages,
        facets=facets(floor, counts_of(found, filters, floor)),
        suggestion=found.said,
        is_more=found.is_more,
        unit_name=_unit_name(filters, floor),
    )


def _page(asked: int, total: int) -> tuple[int, int]:
    pages = min(max(1, -(-total // PAGE_SIZE)), MOST_PAGES)
    return min(max(1, asked), pages), pages


def _unit_name(filters: ShowcaseFilters, floor: Ground) -> str:
    names = (unit.name for unit in floor.units.values() if unit.code == filters.unit)
    return next(names, "") if filters.unit else ""
