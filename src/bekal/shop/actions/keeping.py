"""Keeping goods and hours for an order."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from bekal.catalogue.rules import Making
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.payments.rules import Method
from bekal.production import actions as production
from bekal.production.rules import NewHold, NewWork, NoCapacity, OutOfStock, UnitPaused
from bekal.shop.actions.planning import Plan
from bekal.shop.queries import day_of
from bekal.shop.rules import PAID_BEFORE, Change, ChangeKind, OrderChanged, keeps_until


def keep(
    plan: Plan, *, method: Method, life: dt.timedelta | None = None, by: Actor, now: dt.datetime
) -> Plan:
    """Hold what lies ready and book the hours of what is made; the plan with its days.

    What was agreed on keeps the day that its unit promised, and its hours count all the same.

    What is paid before lapses by the clock (`life` is that of a code that lives long); all else is
    kept until somebody ends the order. Raises OrderChanged with what somebody else took first; the
    transaction is over then.
    """
    holds = [
        NewHold(part.id, line.product_id, line.pieces)
        for part in plan.parts
        for line in part.lines
        if line.making is Making.STOCK
    ]
    works = [
        NewWork(part.id, line.product_id, line.pieces, part.promised_on if plan.is_agreed else None)
        for part in plan.parts
        for line in part.lines
        if line.making is Making.ORDER and not plan.is_at_hand
    ]
    until = keeps_until(method=method, now=now, life=life) if method in PAID_BEFORE else None
    try:
        if holds:
            production.hold_stock(holds=holds, until=until, by=by, now=now)
        return plan.with_days(promise(works, by=by, now=now)) if works else plan
    except (OutOfStock, UnitPaused, NoCapacity) as refused:
        raise OrderChanged(_changes(refused, plan, works=works, holds=holds)) from refused


def _changes(
    refused: Refused, plan: Plan, *, works: Sequence[NewWork], holds: Sequence[NewHold]
) -> list[Change]:
    """What stands in the way, as the buyer is told."""
    units = {pk: goods.unit_id for pk, goods in plan.goods.items()}
    if isinstance(refused, OutOfStock):
        return [
            Change(ChangeKind.SHORT, each.product_id, units[each.product_id], now=each.left)
            for each in refused.shortages
        ]
    if isinstance(refused, UnitPaused):
        first = refused.product_id or holds[0].product_id
        return [Change(ChangeKind.PAUSED, first, units[first], said=refused.message)]
    return [Change(ChangeKind.FULL, work.product_id, units[work.product_id]) for work in works]


def promise(works: Iterable[NewWork], *, by: Actor, now: dt.datetime) -> dict[UUID, dt.date]:
    """Book the hours; the day on which the last work of each part is done."""
    done = production.promise_works(works=list(works), from_day=day_of(now), by=by, now=now)
    days: dict[UUID, dt.date] = {}
    for (part, _), day in done.items():
        days[part] = max(day, days.get(part, day))
    return days
