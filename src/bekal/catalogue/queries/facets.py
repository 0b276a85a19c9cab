"""The choices of the filters, each with how many products it would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bekal.catalogue import kinds
from bekal.catalogue.queries.ground import Cell, Counts, Ground, counted
from bekal.catalogue.queries.search import Found
from bekal.catalogue.queries.showcase_shapes import PRICE_NAMES, Choice, Facets, Filters


def facets(floor: Ground, counts: Counts | None) -> Facets:
    """Every kind, province, kanwil and price range that there is; without counts none has one."""
    known = counts or Counts(0, {}, {}, {}, None)
    is_known = counts is not None

    def choices(
        pairs: Iterable[tuple[str, object]], numbers: Mapping[str, int] | None
    ) -> list[Choice]:
        count_of = numbers.get if is_known and numbers is not None else None
        return [
            Choice(code, str(name), (count_of(code) or 0) if count_of else None)
            for code, name in pairs
        ]

    return Facets(
        kinds=choices(((kind.code, kind.name) for kind in kinds.KINDS), known.kinds),
        provinces=choices(floor.provinces, known.provinces),
        kanwil=choices(floor.kanwil_names, known.kanwil),
        prices=choices(PRICE_NAMES.items(), known.prices),
    )


def counts_of(found: Found, filters: Filters, floor: Ground) -> Counts | None:
    """What the choices would leave of what was found; None when not all of it is at hand.

    A filter that is set has already left out what its other choices would show, so these are
    counted only among products that were found without one. Prices are not counted.
    """
    if found.is_more or filters.only() != Filters():
        return None
    cells: Counter[tuple[str, str, str]] = Counter()
    for seller, category in zip(found.sellers, found.categories, strict=True):
        unit = floor.units.get(floor.sellers.get(seller, 0))
        if unit is not None:
            kind = kinds.kind_of(category).code
            cells[kind, unit.province_code or "", floor.kanwil_code(unit)] += 1
    told = counted([Cell(*key, "none", count) for key, count in cells.items()], Filters())
    return Counts(told.total, told.kinds, told.provinces, told.kanwil, None)
