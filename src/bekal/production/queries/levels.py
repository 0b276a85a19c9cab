"""The stock of a unit as its people see it: levels, moves, and what needs a look."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet, Sum

from bekal.catalogue import queries as catalogue
from bekal.foundation.clock import Zone, local_day
from bekal.production.models import StockMove
from bekal.production.rules import STANDING_KINDS, Reason, Standing, standing_of

ROWS_A_PAGE = 40
MOVES_A_PAGE = 30
_ROWS = """
select p.id, p.code, p.name, c.name, p.is_sample, s.on_hand, coalesce(s.held, 0),
  coalesce(s.low_mark, 0), s.since, w.product_id is not null
from catalogue_product p
join catalogue_seller seller on seller.id = p.seller_id
join catalogue_category c on c.code = p.category_id
left join production_stock s on s.product_id = p.id
left join production_work w on w.product_id = p.id
where seller.unit_id = %(unit)s and (%(code)s::text is null or p.code = %(code)s)
order by lower(p.name), p.id
"""
# A pause past its time is over, though nobody has ended it yet.
ALERTS = """
select count(*) filter (where s.on_hand < 0),
  count(*) filter (where s.on_hand >= 0 and s.on_hand < s.held),
  count(*) filter (where s.on_hand >= s.held and s.on_hand - s.held <= s.low_mark
                   and not (s.on_hand = s.held and w.product_id is not null)),
  coalesce((select sentence from production_pause where unit_id = %(unit)s and ended_at is null
            and (until is null or until > %(now)s)), ''),
  (select count(*) from production_materiallevel l
   join production_material m on m.id = l.material_id
   where m.unit_id = %(unit)s and l.quantity < 0),
  (select count(*) from catalogue_product p
   join catalogue_seller seller on seller.id = p.seller_id and seller.unit_id = %(unit)s
   join lateral (
     select amount from catalogue_price
     where product_id = p.id and valid_from <= %(today)s
     order by valid_from desc, id desc limit 1) price on true
   join lateral (
     select amount from catalogue_cost
     where product_id = p.id and valid_from <= %(today)s
     order by valid_from desc, id desc limit 1) cost on true
   where price.amount < cost.amount),
  (select count(distinct g.plot_id) from production_planting g
   join production_plot plot on plot.id = g.plot_id
   left join production_plantingend e on e.planting_id = g.id
   where plot.unit_id = %(unit)s and e.planting_id is null and g.harvest_from <= %(today)s
     and not exists (select from production_harvest h
       left join production_harvestundone u on u.harvest_id = h.id
       where h.planting_id = g.id and u.harvest_id is null)),
  (select count(*) from production_plot plot
   where plot.unit_id = %(unit)s and not exists (
     select from production_plotend gone
     left join production_plotreopened again on again.end_id = gone.id
     where gone.plot_id = plot.id and again.end_id is null) and not exists (
     select from production_planting g
     left join production_plantingend e on e.planting_id = g.id
     where g.plot_id = plot.id and e.planting_id is null)),
  (select count(*) from production_stocktransfer t
   where t.to_unit_id = %(unit)s and t.ended_at is null)
from production_stock s
join catalogue_product p on p.id = s.product_id
join catalogue_seller seller on seller.id = p.seller_id and seller.unit_id = %(unit)s
left join production_work w on w.product_id = s.product_id
"""


class StockSort(StrEnum):
    """How the list is ordered, in the words of its choice."""

    NAME = "nama"
    FEWEST = "paling sedikit bebas"
    MOST = "paling banyak bebas"


@dataclass(frozen=True)
class StockFilters:
    """What a person narrows the list by; `text` is part of a name, or the beginning of a code."""

    text: str = ""
    standing: Standing | None = None
    sort: StockSort = StockSort.NAME
    page: int = 1

    @property
    def is_sifted(self) -> bool:
        """Whether more than the search was chosen."""
        return bool(self.standing or self.sort is not StockSort.NAME)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.text or self.standing)


@dataclass(frozen=True)
class StockRow:
    """A product of a unit with its level; `on_hand` is None when nobody counts it."""

    product_id: int
    code: str
    name: str
    category: str
    is_sample: bool
    on_hand: int | None
    held: int
    low_mark: int
    since: dt.date | None
    is_made: bool

    @property
    def free(self) -> int | None:
        """What is there and not held."""
        return None if self.on_hand is None else self.on_hand - self.held

    @property
    def standing(self) -> Standing:
        """Its one standing."""
        return standing_of(
            on_hand=self.on_hand, held=self.held, low_mark=self.low_mark, is_made=self.is_made
        )

    @property
    def standing_kind(self) -> str:
        """The colour of its standing, as ui's tags name it."""
        return STANDING_KINDS[self.standing]


@dataclass(frozen=True)
class MoveLine:
    """A move as the history shows it, with the level after it."""

    moved_at: dt.datetime
    reason: Reason
    pieces: int
    level: int
    source: str
    note: str
    moved_by: str


@dataclass(frozen=True)
class MadeToday:
    """What was said of a day: batches, or that nothing was made; and whether anybody has work."""

    batches: int = 0
    is_idle: bool = False
    has_work: bool = False


@dataclass(frozen=True)
class Alerts:
    """How many products of a unit need a look, and the sentence of its pause if it pauses.

    `minus` are below nothing, `short` below what is held, `low` at their mark or under it; of
    `materials` more was used than came; `below_cost` are sold for less than they cost.
    `harvests` are plots whose harvest is due, on `idle` ones nothing grows; `coming` are transfers
    on the way to the unit.
    """

    minus: int
    short: int
    low: int
    pause: str
    materials: int = 0
    below_cost: int = 0
    harvests: int = 0
    idle: int = 0
    coming: int = 0
    made: MadeToday = MadeToday()


def stock_of_unit(*, unit_id: int, filters: StockFilters) -> list[StockRow]:
    """The unit's products with their levels, as filtered and sorted; one statement."""
    rows = [row for row in _rows(unit_id) if _fits(row, filters)]
    if filters.sort is StockSort.NAME:
        return rows
    sign = 1 if filters.sort is StockSort.FEWEST else -1
    return sorted(rows, key=lambda row: (row.free is None, sign * (row.free or 0)))


def stock_row(*, unit_id: int, code: str) -> StockRow | None:
    """A product of a unit by its code, however it is typed; None when there is none."""
    written = catalogue.written_code(code)
    return next(iter(_rows(unit_id, code=written)), None) if written else None


def moves_of(*, product_id: int, on_hand: int, page: int) -> Page[MoveLine]:
    """One page of a product's moves, newest first, each with the level after it.

    `on_hand` is the level now. Two statements, three on later pages.
    """
    found: QuerySet[Any, Any] = StockMove.objects.filter(product_id=product_id).order_by("-id")
    shown = Paginator(found, MOVES_A_PAGE).get_page(page)
    moves: list[StockMove] = list(shown.object_list)
    level = on_hand
    if moves and shown.has_previous():
        newer = StockMove.objects.filter(product_id=product_id, id__gt=moves[0].pk)
        level -= newer.aggregate(n=Sum("pieces", default=0))["n"]
    shown.object_list = list(_lines(moves, level=level))
    return shown


def alerts(*, unit_id: int, now: dt.datetime) -> Alerts:
    """What of a unit's stock needs a look, and whether it pauses; one statement."""
    with connection.cursor() as cursor:
        today = local_day(now, Zone.WIB)
        cursor.execute(ALERTS, {"unit": unit_id, "now": now, "today": today})
        return Alerts(*cursor.fetchone())


def _rows(unit_id: int, *, code: str | None = None) -> list[StockRow]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"unit": unit_id, "code": code})
        return [StockRow(*row) for row in cursor.fetchall()]


def _fits(row: StockRow, filters: StockFilters) -> bool:
    text = filters.text.casefold()
    return (filters.standing is None or row.standing is filters.standing) and (
        text in row.name.casefold() or row.code.casefold().startswith(text)
    )


def _lines(moves: Iterable[StockMove], *, level: int) -> Iterable[MoveLine]:
    for move in moves:
        yield MoveLine(
            move.moved_at,
            Reason(move.reason),
            move.pieces,
            level,
            move.source,
            move.note,
            move.moved_by,
        )
        level -= move.pieces
