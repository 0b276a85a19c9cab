"""The choices of the filters, each with how many products it would leave."""

from collections.abc import Iterable, Mapping

from bekal.catalogue import kinds
from bekal.catalogue.queries.ground import Ground
from bekal.catalogue.queries.search import Found
from bekal.catalogue.queries.showcase_shapes import (
    HALAL_NAME,
    NEW_NAME,
    PRICE_NAMES,
    STOCK_NAMES,
    Choice,
    Facets,
    Filters,
)
from bekal.catalogue.queries.traits import YES, Counts, counted_all


def facets(floor: Ground, filters: Filters, counts: Counts | None) -> Facets:
    """Every choice of every filter that there is; without counts none has one."""

    def choices(
        pairs: Iterable[tuple[str, object]], numbers: Mapping[str, int] | None
    ) -> list[Choice]:
        return [
            Choice(code, str(name), None if numbers is None else numbers.get(code, 0))
            for code, name in pairs
        ]

    def told(name: str) -> Mapping[str, int] | None:
        found: Mapping[str, int] | None = getattr(counts, name) if counts else None
        return found

    near = ((unit.code, unit.name) for unit in floor.units_near(filters))
    return Facets(
        kinds=choices(((kind.code, kind.name) for kind in kinds.KINDS), told("kinds")),
        provinces=choices(floor.provinces, told("provinces")),
        kanwil=choices(floor.kanwil_names, told("kanwil")),
        units=choices(near, told("units")),
        prices=choices(PRICE_NAMES.items(), told("prices")),
        stock=choices(STOCK_NAMES.items(), told("stock")),
        halal=Choice(YES, str(HALAL_NAME), counts.halal if counts else None),
        new=Choice(YES, str(NEW_NAME), counts.new if counts else None),
    )


def counts_of(found: Found, filters: Filters, floor: Ground) -> Counts | None:
    """What the choices would leave of what was found; None when not all of it is at hand.

    A filter that is set has already left out what its other choices would show, so these are
    counted only among products that were found without one.
    """
    if found.is_more or filters.only() != Filters():
        return None
    return counted_all([floor.goods[pk] for pk in found.ids if pk in floor.goods])
