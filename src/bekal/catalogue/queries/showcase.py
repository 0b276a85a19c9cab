"""The public catalogue: its list with filters and words, and the rows of cards of other pages."""

import datetime as dt
from dataclasses import replace

from bekal.catalogue import kinds
from bekal.catalogue.queries.cards import Card, cards_by_ids
from bekal.catalogue.queries.facets import counts_of, facets
from bekal.catalogue.queries.ground import Ground, ground
from bekal.catalogue.queries.paging import Look, Stretch, cut, page_of
from bekal.catalogue.queries.search import search
from bekal.catalogue.queries.showcase_shapes import (
    CategoryCount,
    Filters,
    ShowcaseFilters,
    ShowcasePage,
    ShowcaseSort,
)
from bekal.catalogue.queries.sieve import listed
from bekal.catalogue.queries.traits import Counts


def showcase(*, filters: ShowcaseFilters, on: dt.date, is_forgiving: bool = False) -> ShowcasePage:
    """One page of the public products that the filters leave, as they are on a day.

    A page beyond the last is the last one. Where it `is_forgiving`, codes of no place narrow
    nothing; the page says what it was `asked`. Three statements, with a typing error four, one more
    where a link leads beyond an end of the list, and two more when something has changed.
    """
    floor = ground(on=on)
    if is_forgiving:
        filters = _of_places(filters, floor)
    if filters.text:
        return _searched(filters, floor=floor, on=on)
    counts = floor.counts(filters.sieve)
    stretch = page_of(
        lambda look: listed(filters, floor=floor, on=on, look=look),
        total=counts.total,
        page=filters.page,
        mark=filters.mark,
    )
    return _page(filters, stretch, floor=floor, on=on, counts=counts, total=counts.total)


def newest(*, on: dt.date, count: int = 8) -> list[Card]:
    """The public products that were added last."""
    floor = ground(on=on)
    filters = ShowcaseFilters(sort=ShowcaseSort.NEWEST)
    ids = listed(filters, floor=floor, on=on, look=Look(count))
    return cards_by_ids(ids, units=floor.units, on=on)


def cards_of_unit(*, unit_id: int, on: dt.date, count: int) -> list[Card]:
    """Products of a unit, what can be bought first, then those added last.

    None of a unit that is not open on the day.
    """
    floor = ground(on=on)
    unit = floor.units.get(unit_id)
    if unit is None:
        return []
    ids = listed(ShowcaseFilters(unit=unit.code), floor=floor, on=on, look=Look(count))
    return cards_by_ids(ids, units=floor.units, on=on)


def category_counts(*, on: dt.date) -> list[CategoryCount]:
    """Every kind in its order, with how many public products it has on a day; none is left out."""
    counts = ground(on=on).counts(Filters()).kinds
    return [
        CategoryCount(kind.code, str(kind.name), kind.swatch, counts.get(kind.code, 0))
        for kind in kinds.KINDS
    ]


def _of_places(filters: ShowcaseFilters, floor: Ground) -> ShowcaseFilters:
    """The filters without codes of provinces, kanwil and units that are none on the day."""
    units = floor.units.values()
    return replace(
        filters,
        province=filters.province if filters.province in {u.province_code for u in units} else "",
        kanwil=filters.kanwil if filters.kanwil in {k.code for k in floor.kanwil.values()} else "",
        unit=filters.unit if filters.unit in {unit.code for unit in units} else "",
    )


def _searched(filters: ShowcaseFilters, *, floor: Ground, on: dt.date) -> ShowcasePage:
    found = search(filters, floor=floor, on=on)
    stretch = cut(found.ids, page=filters.page, mark=filters.mark)
    counts = counts_of(found, filters, floor)
    page = _page(filters, stretch, floor=floor, on=on, counts=counts, total=len(found.ids))
    return replace(page, suggestion=found.said, is_loose=found.is_loose, is_more=found.is_more)


def _page(
    filters: ShowcaseFilters,
    stretch: Stretch,
    *,
    floor: Ground,
    on: dt.date,
    counts: Counts | None,
    total: int,
) -> ShowcasePage:
    return ShowcasePage(
        cards=cards_by_ids(stretch.ids, units=floor.units, on=on),
        total=total,
        page=stretch.page,
        pages=stretch.pages,
        has_before=stretch.has_before,
        has_after=stretch.has_after,
        facets=facets(floor, filters, counts),
        asked=filters,
        unit_name=_unit_name(filters, floor),
    )


def _unit_name(filters: ShowcaseFilters, floor: Ground) -> str:
    names = (unit.name for unit in floor.units.values() if unit.code == filters.unit)
    return next(names, "") if filters.unit else ""
