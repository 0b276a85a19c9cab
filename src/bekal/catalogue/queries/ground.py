"""The ground of a day on which all public pages of the catalogue stand: open units, and counts.

They change when a unit, a product or a price does, and are read by every page; counting 20,000
products takes 40 ms. Each process keeps those of one day in memory for as long as nothing happened
under the topics `catalogue` and `places`: the promise by which whole pages are kept too.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from bekal.audit import queries as audit
from bekal.catalogue import kinds
from bekal.catalogue.queries.showcase_shapes import Filters, PriceRange
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level

TOPICS = ("catalogue", "places")
_CELLS = """
select s.id, s.unit_id, p.category_id,
       case when price.amount is null then 'none' when price.amount <= 50000 then 'low'
            when price.amount <= 250000 then 'middle' else 'high' end as band,
       count(p.id)
from catalogue_seller s
left join catalogue_product p on p.seller_id = s.id
left join catalogue_pricespan price on price.product_id = p.id
  and price.since <= %(on)s and (price.until is null or price.until > %(on)s)
group by 1, 2, 3, 4
"""
_BANDS = {
    None: {"none", "low", "middle", "high"},
    PriceRange.KNOWN: {"low", "middle", "high"},
    PriceRange.LOW: {"low"},
    PriceRange.MIDDLE: {"middle"},
    PriceRange.HIGH: {"high"},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many public products of a kind and price band a unit, or a region, has."""

    kind: str
    province: str
    kanwil: str
    band: str
    count: int


@dataclass(frozen=True)
class Counts:
    """Products left by some filters, and by each choice of one of them with the others kept."""

    total: int
    kinds: Mapping[str, int]
    provinces: Mapping[str, int]
    kanwil: Mapping[str, int]
    prices: Mapping[str, int] | None


@dataclass(frozen=True)
class Ground:
    """The units that are open on a day and the kanwil above them, by id; sellers and counts."""

    units: Mapping[int, PlaceNow]
    kanwil: Mapping[int, PlaceNow]
    sellers: Mapping[int, int]
    cells_of_unit: Mapping[int, list[Cell]]
    _counted: dict[Filters, Counts] = field(default_factory=dict)

    @cached_property
    def closed_sellers(self) -> list[int]:
        """Sellers whose unit is not open on the day: their products are not public."""
        return [seller for seller, unit in self.sellers.items() if unit not in self.units]

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of all units together."""
        sums: Counter[tuple[str, str, str, str]] = Counter()
        for cell in (cell for cells in self.cells_of_unit.values() for cell in cells):
            sums[cell.kind, cell.province, cell.kanwil, cell.band] += cell.count
        return [Cell(*key, count) for key, count in sums.items()]

    @cached_property
    def provinces(self) -> list[tuple[str, str]]:
        """Code and name of the provinces with products, by name."""
        selling = {cell.province for cell in self.cells}
        pairs = {(u.province_code or "", u.province or "") for u in self.units.values()}
        return sorted((pair for pair in pairs if pair[0] in selling), key=lambda pair: pair[1])

    @cached_property
    def kanwil_names(self) -> list[tuple[str, str]]:
        """Code and name of the kanwil with products, by name."""
        selling = {cell.kanwil for cell in self.cells}
        pairs = ((each.code, each.name) for each in self.kanwil.values() if each.code in selling)
        return sorted(pairs, key=lambda pair: pair[1])

    def kanwil_of(self, unit: PlaceNow) -> PlaceNow | None:
        """The kanwil above a unit."""
        return self.kanwil.get(unit.parent_id or 0)

    def sellers_of_unit(self, unit_id: int) -> list[int]:
        """The seller of a unit, if it has one."""
        return [seller for seller, unit in self.sellers.items() if unit == unit_id]

    def kanwil_code(self, unit: PlaceNow) -> str:
        """The code of the kanwil above a unit, or nothing."""
        above = self.kanwil_of(unit)
        return above.code if above else ""

    def sellers_of(self, filters: Filters) -> list[int]:
        """Sellers of the open units in a province, under a kanwil, or of one unit."""
        return [
            seller
            for seller, unit_id in self.sellers.items()
            if (unit := self.units.get(unit_id))
            and filters.province in {"", unit.province_code}
            and filters.kanwil in {"", self.kanwil_code(unit)}
            and filters.unit in {"", unit.code}
        ]

    def counts(self, filters: Filters) -> Counts:
        """How many products each choice would leave; kept for the next who asks the same."""
        if filters not in self._counted:
            if len(self._counted) > 500:  # noqa: PLR2004 - nobody fills the memory by asking
                self._counted.clear()
            self._counted[filters] = counted(self._cells_for(filters), filters)
        return self._counted[filters]

    def _cells_for(self, filters: Filters) -> list[Cell]:
        if not filters.unit:
            return self.cells
        units = [unit.id for unit in self.units.values() if unit.code == filters.unit]
        return [cell for unit in units for cell in self.cells_of_unit.get(unit, [])]


def counted(cells: Iterable[Cell], filters: Filters) -> Counts:
    """Sum cells up: each facet counts what all the other filters leave."""
    total = 0
    kind_counts, provinces, kanwil = Counter[str](), Counter[str](), Counter[str]()
    bands = Counter[str]()
    for cell in cells:
        misses = [
            filters.category not in {"", cell.kind},
            filters.province not in {"", cell.province},
            filters.kanwil not in {"", cell.kanwil},
            cell.band not in _BANDS[filters.price],
        ]
        missed = sum(misses)
        total += 0 if missed else cell.count
        for place, (counter, key) in enumerate(
            [
                (kind_counts, cell.kind),
                (provinces, cell.province),
                (kanwil, cell.kanwil),
                (bands, cell.band),
            ]
        ):
            if missed == misses[place]:
                counter[key] += cell.count
    prices: dict[str, int] = {
        choice: sum(bands[band] for band in _BANDS[choice]) for choice in PriceRange
    }
    return Counts(total, kind_counts, provinces, kanwil, prices)


_kept: dict[tuple[dt.date, int], Ground] = {}


def ground(*, on: dt.date) -> Ground:
    """The ground of a day. One statement, and two more when something has changed."""
    key = (on, audit.revision(topics=TOPICS))
    found = _kept.get(key)
    if found is None:
        found = _ground(on)
        _kept.clear()
        _kept[key] = found
    return found


def forget() -> None:
    """Forget what is kept: for tests, whose transactions never happened."""
    _kept.clear()


def _ground(on: dt.date) -> Ground:
    standing = places.standing(on=on)
    units = {pk: place for pk, place in standing.items() if place.level is Level.UNIT}
    kanwil = {pk: place for pk, place in standing.items() if place.level is Level.KANWIL}
    made = Ground(units, kanwil, {}, {})
    sellers: dict[int, int] = {}
    cells: dict[int, list[Cell]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, {"on": on})
        for seller, unit_id, category, band, count in cursor.fetchall():
            sellers[seller] = unit_id
            unit = units.get(unit_id)
            if unit is not None and count:
                kind = kinds.kind_of(category).code
                cell = Cell(kind, unit.province_code or "", made.kanwil_code(unit), band, count)
                cells.setdefault(unit_id, []).append(cell)
    return Ground(units, kanwil, sellers, cells)
