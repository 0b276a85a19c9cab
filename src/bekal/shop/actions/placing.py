"""Placing an order: goods kept, codes given, payment asked for, or nothing of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.private import sealed
from bekal.payments.actions import Asked
from bekal.shop.actions.asking import ask_for
from bekal.shop.actions.keeping import keep
from bekal.shop.actions.limits import check_limits
from bekal.shop.actions.planning import Plan, planned
from bekal.shop.actions.writing import write_order
from bekal.shop.models import Order
from bekal.shop.queries import Known
from bekal.shop.rules import (
    PAID_BEFORE,
    NewOrder,
    OrderStatus,
    PartStatus,
    check_buyer,
    check_items,
    check_method,
    keeps_until,
)

DOOR = "shop.place_order"


@dataclass(frozen=True)
class Placed:
    """The answer to an order: its code, and what is to be paid; nothing where that comes later."""

    order_id: UUID
    code: str
    status: OrderStatus
    asked: tuple[Asked, ...]
    is_repeat: bool


@transaction.atomic
def place_order(
    *, order: NewOrder, known: Known | None = None, by: Actor, now: dt.datetime
) -> Placed:
    """Place an order: goods and hours kept, its parts written, its payment asked for; all or none.

    Prices, stock and fees are read anew; a page that has just read them to answer the same request
    hands them on as `known`, and stock and pauses are looked at under lock all the same. A draft
    with the key of the order leads to it from then on. The same key with the same content answers
    the first order again. Raises OrderChanged with all that is not as the buyer saw it,
    OrderRefused (with the field) for what cannot be, and KeyReused for the same key with other
    content.
    """
    check_items(order.items, is_agreed=order.is_agreed)
    check_method(order.method, parts=order.parts)
    check_buyer(order.buyer, parts=order.parts)
    message = sealed(order.frozen())
    if claim_message(key=order.key, door=DOOR, body=message, by=by, now=now) is not None:
        return _first_answer(order.key)
    plan = planned(order, known=known, now=now)
    check_limits(order, plan.goods, by=by, now=now)
    plan = keep(plan, method=order.method, by=by, now=now)
    expires_at = keeps_until(method=order.method, now=now, ready_by=plan.ready_by)
    code = _write(order, plan, expires_at=expires_at, by=by, now=now)
    asked = ask_for(plan, order=order, code=code, expires_at=expires_at, by=by, now=now)
    _record(order, plan, code=code, by=by, now=now)
    return Placed(order.key, code, _status(order), asked, is_repeat=False)


def _first_answer(key: UUID) -> Placed:
    code, status = Order.objects.values_list("code", "status").get(pk=key)
    return Placed(key, code, OrderStatus(status), (), is_repeat=True)


def _status(order: NewOrder) -> OrderStatus:
    return OrderStatus.WAITING if order.method in PAID_BEFORE else OrderStatus.PLACED


def _write(
    order: NewOrder, plan: Plan, *, expires_at: dt.datetime | None, by: Actor, now: dt.datetime
) -> str:
    is_paid_before = order.method in PAID_BEFORE
    head: dict[str, Any] = {
        "id": order.key,
        "now": now,
        "by": str(by),
        "channel": order.channel.value,
        "language": order.language,
        "buyer_class": order.buyer_class.value,
        "method": order.method.value,
        "collector": plan.collector.unit_id if plan.collector else None,
        "is_sample": plan.is_sample,
        "expires_at": expires_at,
        "due_on": order.due_on,
        "institution": order.institution_id,
        "reference": order.reference.strip(),
        "status": _status(order).value,
        "part_status": (PartStatus.WAITING if is_paid_before else PartStatus.ACCEPTED).value,
    }
    return write_order(head, parts=plan.parts, buyer=order.buyer)


def _record(order: NewOrder, plan: Plan, *, code: str, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(plan.home_id),
        action=DOOR,
        object_key=f"order:{order.key}",
        detail={
            "code": code,
            "method": order.method,
            "total": plan.total,
            "parts": len(plan.parts),
        },
        by=by,
        now=now,
    )
