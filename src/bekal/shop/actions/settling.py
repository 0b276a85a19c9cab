"""Goods of a problem come back: written down and moved in one step. Joins what settles them."""

import datetime as dt
from collections.abc import Mapping

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.production import actions as production
from bekal.production.rules import NewMove, Reason
from bekal.sales.rules import Goods
from bekal.shop.models import GoodsBack, GoodsBackLine, OrderLine, OrderPart, Problem
from bekal.shop.rules import Settled, goods_source


def lock_goods(part: OrderPart, *, by: Actor, now: dt.datetime) -> None:
    """Take the levels of a part's goods before its unit's chain, as sales take them."""
    products = part.lines.values_list("product_id", flat=True)
    production.lock_levels(product_ids=list(products), by=by, now=now)


def settle(
    problem: Problem,
    goods: Mapping[int, Settled],
    *,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Write down what became of the goods of an accepted problem, by line, and move them.

    Its part is locked, so it is done once. What may be sold again is on the shelf with it; what may
    not comes back and is written off for the `reason`. What is not tracked does not move.
    """
    lines = OrderLine.objects.filter(pk__in=goods.keys())
    products = dict(lines.values_list("id", "product_id"))
    moves = [
        move
        for line, each in sorted(goods.items())
        for move in _moves(problem, products[line], each, reason=reason)
    ]
    tracked = production.move_stock(moves=moves, only_tracked=True, by=by, now=now)
    lost = any(each.written_off for each in goods.values())
    made = GoodsBack.objects.create(
        answer_id=problem.id,
        reason=reason if lost else "",
        settled_at=now,
        settled_by=str(by),
    )
    GoodsBackLine.objects.bulk_create(
        GoodsBackLine(goods=made, line_id=line, is_tracked=products[line] in tracked, **vars(each))
        for line, each in sorted(goods.items())
    )
    _record(problem, goods, by=by, now=now)


def _moves(problem: Problem, product_id: int, each: Settled, *, reason: str) -> list[NewMove]:
    sound, lost = (goods_source(problem.id, goods) for goods in (Goods.BACK, Goods.WRITTEN_OFF))
    moves = []
    if each.to_stock:
        moves.append(NewMove(product_id, each.to_stock, Reason.RETURN, sound))
    if each.written_off:
        moves.append(NewMove(product_id, each.written_off, Reason.RETURN, lost))
        moves.append(NewMove(product_id, -each.written_off, Reason.WRITTEN_OFF, lost, reason))
    return moves


def _record(problem: Problem, goods: Mapping[int, Settled], *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(problem.part.unit_id),
        action="shop.settle_goods",
        object_key=f"problem:{problem.id}",
        detail={
            "part": problem.part_id,
            "to_stock": sum(each.to_stock for each in goods.values()),
            "written_off": sum(each.written_off for each in goods.values()),
        },
        by=by,
        now=now,
    )
