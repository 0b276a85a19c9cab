"""Asking for the money of an order."""

import datetime as dt

from bekal.foundation.actors import Actor
from bekal.payments import actions as payments
from bekal.payments.actions import Asked
from bekal.payments.rules import Method, NewAsk
from bekal.shop.actions.planning import Plan
from bekal.shop.rules import NewOrder


def ask_for(
    plan: Plan,
    *,
    order: NewOrder,
    code: str,
    expires_at: dt.datetime | None,
    life: dt.timedelta | None = None,
    by: Actor,
    now: dt.datetime,
) -> tuple[Asked, ...]:
    """One ask by the collecting unit, or one at each counter where the buyer pays on fetching.

    `expires_at` is the end of what is kept for the counter; `life` that of a code which lives
    longer than is usual.
    """
    if order.method is Method.AT_PICKUP:
        asks = [
            NewAsk(
                part.id,
                f"part:{part.id}",
                part.unit_id,
                part.goods_total,
                order.method,
                expires_at,
                code,
            )
            for part in plan.parts
        ]
    else:
        subject, until = f"order:{order.key}", now + life if life else None
        asks = [NewAsk(order.key, subject, plan.home_id, plan.total, order.method, until, code)]
    merchant = plan.collector.merchant if plan.collector else None
    return tuple(payments.ask_payment(ask=ask, merchant=merchant, by=by, now=now) for ask in asks)
