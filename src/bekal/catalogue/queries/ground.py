"""The ground of a day on which all public pages of the catalogue stand: open units, and counts.

They change when a unit, a product, a price or a shelf does, and are read by every page; reading
20,000 products takes some 80 ms. Each process keeps those of one day in memory for as long as
nothing happened under the topics `catalogue`, `places` and `ledger` (rules by which sales are
split): the promise by which whole pages are kept too.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db import connection

from bekal.audit import queries as audit
from bekal.catalogue import wording
from bekal.catalogue.queries import traits
from bekal.catalogue.queries.goods import GROSS_ON
from bekal.catalogue.queries.showcase_shapes import Filters
from bekal.catalogue.queries.traits import Cells, Counts, Traits, counted, sum_up
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level

TOPICS = ("catalogue", "places", "ledger")
# Every seller comes, also one without products: it may be of a unit that is closed. The rule that
# splits is looked up once for a category of a unit: for each product it takes five times as long.
_GOODS = f"""
with gross as materialized (
  select s.unit_id, p.category_id, {GROSS_ON} as is_gross
  from (select distinct seller_id, category_id from catalogue_product) p
  join catalogue_seller s on s.id = p.seller_id
)
select s.id, s.unit_id, p.id, p.category_id, p.words
from catalogue_seller s left join (
  select p.id, p.seller_id, p.category_id, {traits.WORDS} as words
  from catalogue_product p {traits.JOINS}
  join gross on gross.unit_id = s.unit_id and gross.category_id = p.category_id
) p on p.seller_id = s.id
"""


@dataclass(frozen=True)
class Ground:
    """The units that are open on a day and the kanwil above them, by id; sellers and counts.

    `goods` are the traits of every public product.
    """

    units: Mapping[int, PlaceNow]
    kanwil: Mapping[int, PlaceNow]
    sellers: Mapping[int, int]
    goods: Mapping[int, Traits]
    cells_of_unit: Mapping[int, Cells]
    _counted: dict[Filters, Counts] = field(default_factory=dict)

    @cached_property
    def closed_sellers(self) -> list[int]:
        """Sellers whose unit is not open on the day: their products are not public."""
        return [seller for seller, unit in self.sellers.items() if unit not in self.units]

    @cached_property
    def cells(self) -> Cells:
        """The cells of all units together."""
        return sum_up(self.cells_of_unit.values())

    @cached_property
    def makers(self) -> list[tuple[PlaceNow, list[str]]]:
        """The units with products, each with the words that it is called by."""
        return [
            (unit, wording.words_of(f"{unit.name} {unit.province}"))
            for pk, unit in self.units.items()
            if pk in self.cells_of_unit
        ]

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

    def sellers_of(self, filters: Filters) -> list[int]:
        """Sellers of the open units in a province, under a kanwil, or of one unit."""
        return [
            seller
            for seller, unit_id in self.sellers.items()
            if (unit := self.units.get(unit_id))
            and filters.province in {"", unit.province_code}
            and filters.kanwil in {"", _region(unit, self.kanwil)[1]}
            and filters.unit in {"", unit.code}
        ]

    def counts(self, filters: Filters) -> Counts:
        """How many products each choice would leave; kept for the next who asks the same."""
        if filters not in self._counted:
            if len(self._counted) > 500:  # noqa: PLR2004 - nobody fills the memory by asking
                self._counted.clear()
            self._counted[filters] = self._count(filters)
        return self._counted[filters]

    def _count(self, filters: Filters) -> Counts:
        units = self.units_near(filters)
        chosen = [unit for unit in self.units.values() if unit.code == filters.unit]
        cells = self._cells_of(chosen) if filters.unit else self.cells
        of_units = {unit.code: counted(self._cells_of([unit]), filters).total for unit in units}
        return replace(counted(cells, filters), units=of_units)

    def units_near(self, filters: Filters) -> list[PlaceNow]:
        """The units with products in the province or under the kanwil that is chosen, by name."""
        if not filters.province and not filters.kanwil:
            return []
        sellers = self.sellers_of(replace(filters.only(), unit=""))
        near = {self.sellers[seller] for seller in sellers}
        found = [self.units[unit] for unit in near if self.cells_of_unit.get(unit)]
        return sorted(found, key=lambda unit: (unit.name.casefold(), unit.id))

    def _cells_of(self, units: Iterable[PlaceNow]) -> Cells:
        return sum_up(self.cells_of_unit.get(unit.id, Cells()) for unit in units)


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
    regions = {pk: _region(unit, kanwil) for pk, unit in units.items()}
    sellers: dict[int, int] = {}
    known: dict[tuple[tuple[str, str], str, str], Traits] = {}
    goods: dict[int, Traits] = {}
    cells: defaultdict[int, Cells] = defaultdict(Cells)
    with connection.cursor() as cursor:
        cursor.execute(_GOODS, traits.days_of(on))
        for seller, unit_id, product, category, words in cursor.fetchall():
            sellers[seller] = unit_id
            if product is None or unit_id not in regions:
                continue
            key = regions[unit_id], category, words
            if key not in known:
                known[key] = traits.read(*key)
            goods[product] = found = known[key]
            cells[unit_id][found] += 1
    return Ground(units, kanwil, sellers, goods, cells)


def _region(unit: PlaceNow, kanwil: Mapping[int, PlaceNow]) -> tuple[str, str]:
    above = kanwil.get(unit.parent_id or 0)
    return unit.province_code or "", above.code if above else ""
