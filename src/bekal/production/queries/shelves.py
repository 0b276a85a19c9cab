"""What buyers may know of a product, read off its level, its work and its unit's pauses."""

import datetime as dt
from collections.abc import Collection
from dataclasses import astuple, dataclass
from typing import Any

from django.db import connection

from bekal.catalogue.rules import FEW, NewShelf, ShelfState
from bekal.foundation.clock import Zone, local_day
from bekal.production.queries.availability import Made, promised

# A pause that nobody has ended goes on, also past its time: the job of the minute ends it.
_SHELVES = """
select p.id, s.on_hand - s.held, w.workshop_id, w.minutes_a_piece, w.days_ahead, pause.sentence
from catalogue_product p
join catalogue_seller seller on seller.id = p.seller_id
left join production_stock s on s.product_id = p.id
left join production_work w on w.product_id = p.id
left join production_pause pause on pause.unit_id = seller.unit_id and pause.ended_at is null
where p.id = any(%(products)s) or (
  %(products)s::bigint[] is null and (s.product_id is not null or w.product_id is not null))
order by p.id
"""
_PRODUCTS = """
select product_id from production_stock union select product_id from production_work order by 1
"""
_OF_UNIT = """
select p.id from catalogue_product p join catalogue_seller seller on seller.id = p.seller_id
left join production_stock s on s.product_id = p.id
left join production_work w on w.product_id = p.id
where seller.unit_id = %s and (s.product_id is not null or w.product_id is not null) order by p.id
"""
_TOLD = """
select one.product_id, told.state, told.left, told.days, told.sentence
from (select product_id from production_stock union select product_id from production_work) one
left join catalogue_shelf told on told.product_id = one.product_id
left join production_stock s on s.product_id = one.product_id
where s.product_id is null or s.told = least(greatest(s.on_hand - s.held, 0), %s)
order by one.product_id
"""


@dataclass(frozen=True)
class _Goods:
    product_id: int
    free: int
    made: Made | None
    pause: str | None

    @property
    def is_to_order(self) -> bool:
        """Whether buyers are told of work, since none lies ready."""
        return self.pause is None and self.free <= 0 and self.made is not None


def shelves(*, product_ids: Collection[int] | None, now: dt.datetime) -> list[NewShelf]:
    """The shelves of products, or of all that are tracked or made to order.

    One statement, and another for the hours of the workshops where something is made to order.
    """
    products = None if product_ids is None else list(product_ids)
    with connection.cursor() as cursor:
        cursor.execute(_SHELVES, {"products": products})
        goods = [_goods(row) for row in cursor.fetchall()]
    today = local_day(now, Zone.WIB)
    made = {each.product_id: each.made for each in goods if each.made and each.is_to_order}
    days = promised(made, today=today) if made else {}
    return [_shelf(each, done_on=days.get(each.product_id), today=today) for each in goods]


def told_products() -> list[int]:
    """The ids of all products of which the catalogue is told; one statement."""
    return _ids(_PRODUCTS)


def told_products_of(*, unit_id: int) -> list[int]:
    """The same of one unit; one statement."""
    return _ids(_OF_UNIT, unit_id)


def shelf_problems(*, now: dt.datetime) -> list[str]:
    """Where the catalogue tells buyers something else than it was told, or should have been.

    Levels that have just changed are about to be told of, and no problem.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [FEW + 1])
        told = {row[0]: row for row in cursor.fetchall()}
    return [
        f"etalase produk {shelf.product_id}: {told[shelf.product_id][1:]}, menurut stok {shelf}"
        for shelf in shelves(product_ids=None, now=now)
        if shelf.product_id in told and told[shelf.product_id] != astuple(shelf)
    ]


def _ids(sql: str, *values: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _goods(row: tuple[Any, ...]) -> _Goods:
    product_id, free, workshop, minutes, days_ahead, pause = row
    made = Made(workshop, minutes, days_ahead) if workshop is not None else None
    return _Goods(product_id, free or 0, made, pause)


def _shelf(goods: _Goods, *, done_on: dt.date | None, today: dt.date) -> NewShelf:
    product = goods.product_id
    if goods.pause is not None:
        return NewShelf(product, ShelfState.PAUSED, sentence=goods.pause)
    if goods.free > 0:
        few = goods.free <= FEW
        return NewShelf(
            product, ShelfState.FEW if few else ShelfState.READY, left=goods.free if few else None
        )
    if done_on is not None:
        return NewShelf(product, ShelfState.MADE, days=max(1, (done_on - today).days))
    return NewShelf(product, ShelfState.SOLD_OUT)
