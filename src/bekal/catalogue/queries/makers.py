"""Who makes what: workshops for the public pages, and what home tells of the whole catalogue."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from bekal.catalogue import kinds
from bekal.catalogue.queries.cards import TABLES, Card, cards_where
from bekal.catalogue.queries.ground import Ground, ground
from bekal.catalogue.queries.showcase_shapes import CategoryCount
from bekal.places.queries import PlaceNow

_MADE = f"""
select s.unit_id, p.category_id, count(*), count(*) filter (where p.is_sample),
  count(price.amount) filter (where not p.is_sample)
from {TABLES} where s.unit_id = any(%(units)s) group by 1, 2
"""
_EXAMPLE = f"""
select p.code, p.name, p.category_id, s.unit_id, p.is_sample, price.amount, cost.amount
from {TABLES}
join lateral (
  select amount from catalogue_cost where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) cost on cost.amount < price.amount
where s.unit_id = any(%(units)s)
order by p.is_sample, array_position(%(first)s::text[], p.category_id::text) nulls last, p.id
limit 1
"""
_NEWEST = """
select p.name, p.code from catalogue_product p join catalogue_seller s on s.id = p.seller_id
where s.unit_id = any(%(units)s) order by p.added_at desc, p.id desc limit %(count)s
"""
_ON_SALE = "s.unit_id = any(%(units)s)"
# One real cloth before all others, then the newest day, and on it what has a price.
_CLOTH_THEN_NEWEST = """
p.id = (
  select n.id from catalogue_product n join catalogue_seller ns on ns.id = n.seller_id
  where ns.unit_id = any(%(units)s) and n.name ilike %(cloth)s and n.category_id = 'tekstil'
   and not n.is_sample
  order by n.added_at desc, n.id desc limit 1
) desc nulls last, p.is_sample, p.added_at::date desc, price.amount is null, p.id desc
"""
_CLOTH = "kain tenun"
_RECENT = 60


@dataclass(frozen=True)
class Maker:
    """A unit with what it makes: products, those that are simulated, real ones with a price.

    `kinds` are the kinds of its products with how many of each, most first.
    """

    unit: PlaceNow
    kanwil: PlaceNow | None
    products: int
    samples: int
    priced: int
    kinds: tuple[CategoryCount, ...]

    @property
    def real(self) -> int:
        """How many of its products are no simulation."""
        return self.products - self.samples


@dataclass(frozen=True)
class Example:
    """A product of which price and cost (rupiah, one piece) are known on a day."""

    code: str
    name: str
    category_code: str
    unit: PlaceNow
    is_sample: bool
    price: int
    cost: int

    @property
    def path(self) -> str:
        """The last part of its address: slug and code."""
        return kinds.path_of(self.name, self.code)


@dataclass(frozen=True)
class FrontPage:
    """The catalogue in brief: kinds, makers, what is new, one cloth, one example."""

    kinds: tuple[CategoryCount, ...]
    makers: list[Maker]
    newest: list[Card]
    cloth: Card | None
    example: Example | None

    @property
    def products(self) -> int:
        """How many products are public."""
        return sum(kind.count for kind in self.kinds)

    @property
    def busiest(self) -> Maker | None:
        """The unit with most real products; the first by name of several."""
        return max(self.makers, key=lambda maker: maker.real, default=None)


_kept: dict[tuple[str, int], tuple[Ground, FrontPage]] = {}
"""By language and number of cards, as the names of kinds are in the language of the page."""


def makers(*, on: dt.date) -> list[Maker]:
    """The open units that have a product, by name; two statements, four when all is new."""
    return _makers(ground(on=on), on=on)


def maker(*, unit: PlaceNow, on: dt.date) -> Maker:
    """What one unit makes or, when it is closed, made; one statement."""
    rows = _rows(_MADE, {"units": [unit.id], "on": on})
    return _maker(unit, None, rows)


def front_page(*, on: dt.date, newest: int) -> FrontPage:
    """What home shows of the catalogue on a day: kept for as long as its ground is the same.

    One statement, six when all is new. Sales change home every second, and nothing of this.
    """
    floor = ground(on=on)
    asked = (get_language() or "", newest)
    stood, page = _kept.get(asked, (None, None))
    if page is None or stood is not floor:
        page = _front_page(floor, on=on, newest=newest)
        _kept[asked] = (floor, page)
    return page


def _front_page(floor: Ground, *, on: dt.date, newest: int) -> FrontPage:
    units = list(floor.units)
    found = _makers(floor, on=on)
    cards = cards_where(
        _ON_SALE,
        {"units": units, "cloth": f"%{_CLOTH}%", "count": _RECENT + 1},
        units=floor.units,
        on=on,
        order=_CLOTH_THEN_NEWEST,
    )
    return FrontPage(
        kinds=_added(kind for each in found for kind in each.kinds),
        makers=found,
        newest=_varied(cards, newest),
        cloth=next((card for card in cards if _is_cloth(card)), None),
        example=_example(floor, on=on),
    )


def newest_paths(*, on: dt.date, count: int) -> list[str]:
    """The last parts of the addresses of public products, newest first; two statements."""
    values = {"units": list(ground(on=on).units), "count": count}
    return [kinds.path_of(name, code) for name, code in _rows(_NEWEST, values)]


def _varied(cards: Sequence[Card], count: int) -> list[Card]:
    """Some of the newest: of many workshops, drawn ones before those with just a swatch."""
    units, drawings = set(), set()
    first: list[Card] = []
    for card in sorted(cards, key=lambda card: card.drawing.startswith("sw-")):
        if card.unit_code not in units and card.drawing not in drawings:
            units.add(card.unit_code)
            drawings.add(card.drawing)
            first.append(card)
    rest = [card for card in cards if card not in first]
    return (first + rest)[:count]


def _is_cloth(card: Card) -> bool:
    return _CLOTH in card.name.lower() and not card.is_sample


def _example(floor: Ground, *, on: dt.date) -> Example | None:
    """A real product if any is priced with its cost, else a simulated one; cloth before others."""
    asked = {"units": list(floor.units), "on": on, "first": ["tekstil"]}
    for code, name, category, unit_id, *rest in _rows(_EXAMPLE, asked):
        return Example(code, name, category, floor.units[unit_id], *rest)
    return None


def _makers(floor: Ground, *, on: dt.date) -> list[Maker]:
    rows_of: dict[int, list[tuple[Any, ...]]] = {}
    for row in _rows(_MADE, {"units": list(floor.units), "on": on}):
        rows_of.setdefault(row[0], []).append(row)
    found = [
        _maker(floor.units[unit_id], floor.kanwil.get(floor.units[unit_id].parent_id or 0), rows)
        for unit_id, rows in rows_of.items()
    ]
    return sorted(found, key=lambda each: (each.unit.name.casefold(), each.unit.id))


def _maker(unit: PlaceNow, kanwil: PlaceNow | None, rows: Sequence[tuple[Any, ...]]) -> Maker:
    counts = [_count(row[1], row[2]) for row in rows]
    return Maker(
        unit=unit,
        kanwil=kanwil,
        products=sum(row[2] for row in rows),
        samples=sum(row[3] for row in rows),
        priced=sum(row[4] for row in rows),
        kinds=tuple(sorted(_added(counts), key=lambda each: -each.count)),
    )


def _count(category: str, products: int) -> CategoryCount:
    kind = kinds.kind_of(category)
    return CategoryCount(kind.code, str(kind.name), kind.swatch, products)


def _added(counts: Iterable[CategoryCount]) -> tuple[CategoryCount, ...]:
    """One count for each kind, in the order of the kinds."""
    sums: Counter[str] = Counter()
    for each in counts:
        sums[each.code] += each.count
    return tuple(
        CategoryCount(kind.code, str(kind.name), kind.swatch, sums[kind.code])
        for kind in kinds.KINDS
        if sums[kind.code]
    )


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
