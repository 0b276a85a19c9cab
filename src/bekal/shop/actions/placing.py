"""Placing an order: goods kept, codes given, payment asked for, or nothing of it."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.private import sealed
from bekal.payments import actions as payments
from bekal.payments.actions import Asked
from bekal.payments.rules import Method, NewAsk
from bekal.shop.actions import statements
from bekal.shop.actions.keeping import keep
from bekal.shop.actions.limits import check_limits, household_of
from bekal.shop.actions.planning import Plan, PlannedPart, planned
from bekal.shop.models import Order
from bekal.shop.rules import (
    PAID_BEFORE,
    Buyer,
    NewOrder,
    OrderRefused,
    OrderStatus,
    PartStatus,
    check_buyer,
    check_items,
    check_method,
    keeps_until,
    new_code,
)

_TRIES = 5
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
def place_order(*, order: NewOrder, by: Actor, now: dt.datetime) -> Placed:
    """Place an order: goods and hours kept, its parts written, its payment asked for; all or none.

    Prices, stock and fees are read anew. The same key with the same content answers the first
    order again. Raises OrderChanged with all that is not as the buyer saw it, OrderRefused (with
    the field) for what cannot be, and KeyReused for the same key with other content.
    """
    check_items(order.items, is_agreed=order.is_agreed)
    check_method(order.method, parts=order.parts)
    check_buyer(order.buyer, parts=order.parts)
    message = sealed(order.frozen())
    if claim_message(key=order.key, door=DOOR, body=message, by=by, now=now) is not None:
        return _first_answer(order.key)
    plan = planned(order, now=now)
    check_limits(order, plan.goods, by=by, now=now)
    plan = keep(plan, method=order.method, by=by, now=now)
    expires_at = keeps_until(method=order.method, now=now, ready_by=plan.ready_by)
    code = _write(order, plan, expires_at=expires_at, by=by, now=now)
    asked = _ask(order, plan, code=code, expires_at=expires_at, by=by, now=now)
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
    values: dict[str, Any] = {
        "id": order.key,
        "now": now,
        "by": str(by),
        "channel": order.channel.value,
        "language": order.language,
        "buyer_class": order.buyer_class.value,
        "method": order.method.value,
        "collector": plan.collector.unit_id if plan.collector else None,
        "goods_total": sum(part.goods_total for part in plan.parts),
        "shipping_total": sum(part.fee for part in plan.parts),
        "is_sample": plan.is_sample,
        "expires_at": expires_at,
        "due_on": order.due_on,
        "institution": order.institution_id,
        "reference": order.reference.strip(),
        "status": _status(order).value,
        "part_status": (PartStatus.WAITING if is_paid_before else PartStatus.ACCEPTED).value,
        "parts": _json(_part_row(part) for part in plan.parts),
        "lines": _json(row for part in plan.parts for row in _line_rows(part)),
        **_buyer_row(order.buyer, plan),
    }
    with connection.cursor() as cursor:
        for _ in range(_TRIES):
            code = new_code()
            cursor.execute(statements.PLACE, {**values, "code": code})
            if cursor.fetchone():
                return code
    raise OrderRefused("Kode pesanan belum bisa dibuat. Coba lagi.")


def _part_row(part: PlannedPart) -> dict[str, object]:
    return {
        "id": part.id,
        "unit_id": part.unit_id,
        "position": part.position,
        "delivery": part.delivery.value,
        "service_id": part.service_id,
        "service": part.service,
        "days_min": part.days_min,
        "days_max": part.days_max,
        "fee": part.fee,
        "weight_g": part.weight_g,
        "goods_total": part.goods_total,
        "promised_on": part.promised_on,
    }


def _line_rows(part: PlannedPart) -> Iterable[dict[str, object]]:
    for line in part.lines:
        yield {
            "part_id": part.id,
            "product_id": line.product_id,
            "name": line.name,
            "pieces": line.pieces,
            "unit_price": line.unit_price,
            "making": line.making.value,
        }


def _buyer_row(buyer: Buyer, plan: Plan) -> Mapping[str, str]:
    return {
        "name": buyer.name.strip(),
        "phone": buyer.phone,
        "email": buyer.email.strip(),
        "district_code": buyer.district_code,
        "district": buyer.district,
        "address": buyer.address.strip(),
        "postal_code": buyer.postal_code.strip(),
        "landmark": buyer.landmark.strip(),
        "note": buyer.note.strip(),
        "household": household_of(buyer),
    }


def _json(rows: Iterable[Mapping[str, object]]) -> str:
    return json.dumps(list(rows), default=str)


def _ask(
    order: NewOrder,
    plan: Plan,
    *,
    code: str,
    expires_at: dt.datetime | None,
    by: Actor,
    now: dt.datetime,
) -> tuple[Asked, ...]:
    """One ask by the collecting unit, or one at each counter where the buyer pays on fetching."""
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
        subject = f"order:{order.key}"
        asks = [NewAsk(order.key, subject, plan.home_id, plan.total, order.method, None, code)]
    merchant = plan.collector.merchant if plan.collector else None
    return tuple(payments.ask_payment(ask=ask, merchant=merchant, by=by, now=now) for ask in asks)


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
