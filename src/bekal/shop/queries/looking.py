"""What stands before somebody who wants goods: how they are now, and what of them changed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Goods
from bekal.catalogue.rules import Making
from bekal.foundation.clock import Zone, local_day
from bekal.production import queries as production
from bekal.production.queries import Availability
from bekal.production.rules import Kind
from bekal.shipping.queries import Parcel
from bekal.shop.queries.limits import over_limit
from bekal.shop.rules import Change, ChangeKind, OrderItem


@dataclass(frozen=True)
class Look:
    """Some products as they are now, and all that is not as the buyer saw it."""

    goods: Mapping[int, Goods]
    available: Mapping[int, Availability]
    changes: tuple[Change, ...]

    def of(self, product_id: int) -> list[Change]:
        """What changed of one product."""
        return [change for change in self.changes if change.product_id == product_id]


def day_of(now: dt.datetime) -> dt.date:
    """The day whose prices and rates the shop goes by, everywhere the same."""
    return local_day(now, Zone.WIB)


def look(
    *,
    items: Sequence[OrderItem],
    goods: Mapping[int, Goods] | None = None,
    known: Look | None = None,
    is_agreed: bool = False,
    had: Mapping[int, int] | None = None,
    now: dt.datetime,
) -> Look:
    """The products of these items as they are now; two statements, three with work to order.

    One less where their `goods` have been asked for already, none where all of it is `known`.

    What was agreed in a quotation may cost what was agreed, and needs no stock: its workshop has
    promised to make it. `had` is what the buyer bought of limited goods already, where that is
    known.
    """
    wanted = {item.product_id: item.pieces for item in items}
    if known is not None:
        goods, available = known.goods, known.available
    else:
        if goods is None:
            goods = catalogue.goods_for_sale(product_ids=wanted, on=day_of(now))
        available = production.availability(product_ids=wanted, now=now, pieces=wanted)
    changes = [
        change
        for item in items
        for change in _changes(
            item,
            goods.get(item.product_id),
            available.get(item.product_id),
            is_agreed=is_agreed,
            had=(had or {}).get(item.product_id, 0),
        )
    ]
    return Look(goods, available, (*changes, *_mixed(goods.values())))


def is_made(item: OrderItem, available: Availability) -> bool:
    """Whether these pieces are made when they are ordered, since they do not lie ready."""
    return available.kind is not Kind.READY or (available.left or 0) < item.pieces


def parcels_of(items: Iterable[OrderItem], goods: Mapping[int, Goods]) -> dict[int, Parcel]:
    """What each unit would send, by unit; its size is known when that of every piece is."""
    weights: dict[int, int] = {}
    volumes: dict[int, int | None] = {}
    for item in items:
        what = goods[item.product_id]
        weights[what.unit_id] = weights.get(what.unit_id, 0) + item.pieces * what.weight_g
        so_far = volumes.get(what.unit_id, 0)
        known = so_far is not None and what.volume_cm3 is not None
        volumes[what.unit_id] = (
            so_far + item.pieces * what.volume_cm3 if known else None  # type: ignore[operator]
        )
    return {unit: Parcel(unit, weights[unit], volumes[unit]) for unit in weights}


def _changes(
    item: OrderItem,
    goods: Goods | None,
    available: Availability | None,
    *,
    is_agreed: bool,
    had: int,
) -> Iterable[Change]:
    if goods is None or available is None or goods.price is None:
        yield Change(ChangeKind.GONE, item.product_id, goods.unit_id if goods else None)
        return
    changed = partial(Change, product_id=item.product_id, unit_id=goods.unit_id)
    if available.pause:
        yield changed(ChangeKind.PAUSED, said=available.pause)
    elif not is_agreed and not goods.is_published:
        yield changed(ChangeKind.GONE)
    elif not is_agreed:
        too_many = _too_many(item, goods, available, had=had)
        if too_many is not None:
            yield too_many
        if goods.price != item.unit_price:
            yield changed(ChangeKind.PRICE, was=item.unit_price, now=goods.price)


def _too_many(item: OrderItem, goods: Goods, available: Availability, *, had: int) -> Change | None:
    """That so many cannot be had: none at all, more than one buyer may have, or than lie there.

    Of the two numbers the smaller one is told: who heeds it need not be told of the other.
    """
    told = partial(Change, product_id=item.product_id, unit_id=goods.unit_id)
    if available.kind is Kind.NONE:
        return told(ChangeKind.FULL if goods.making is Making.ORDER else ChangeKind.SHORT)
    limit, left = over_limit(item, goods, had=had), available.left or 0
    if available.kind is Kind.READY and left < (limit.now if limit else item.pieces):
        return told(ChangeKind.SHORT, now=left)
    return limit


def _mixed(goods: Iterable[Goods]) -> list[Change]:
    """Samples of the demo and real goods never share an order."""
    goods = list(goods)
    if len({each.is_sample for each in goods}) < 2:  # noqa: PLR2004 (real or sample)
        return []
    return [
        Change(ChangeKind.MIXED, each.product_id, each.unit_id) for each in goods if each.is_sample
    ]
