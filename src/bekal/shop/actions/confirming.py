"""A person of the unit takes an order on, or declines it."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.payments.rules import Method
from bekal.shop.actions import statements
from bekal.shop.actions.asking import ask_for
from bekal.shop.actions.ending import end
from bekal.shop.actions.keeping import keep
from bekal.shop.actions.limits import check_limits, household_of
from bekal.shop.actions.planning import Plan, PlannedLine, planned
from bekal.shop.actions.standing import LockedOrder, locked
from bekal.shop.models import Closing, OrderBuyer, OrderPart
from bekal.shop.rules import (
    MESSAGE_LIFE,
    PAID_BEFORE,
    REASON_LENGTH,
    TAKEN_OTHERWISE,
    Buyer,
    Confirmation,
    ConfirmRefused,
    NewOrder,
    OrderItem,
    OrderStatus,
    PartAsked,
    PartStatus,
    check_buyer,
    check_items,
    check_method,
    keeps_until,
)

_TAKEN_ON = frozenset({OrderStatus.WAITING, OrderStatus.PLACED, OrderStatus.PAID, OrderStatus.DONE})
_LIVES = {Method.QRIS: MESSAGE_LIFE, Method.GATEWAY: MESSAGE_LIFE, Method.TRANSFER: MESSAGE_LIFE}
_BUYER = (
    "name",
    "phone",
    "email",
    "district_code",
    "district",
    "address",
    "postal_code",
    "landmark",
    "note",
)

_KEPT = frozenset({"email", "note"})
"""What the officer's page does not ask."""


@transaction.atomic
def confirm_order(
    *, part_id: UUID, unit_id: int, said: Confirmation, by: Actor, now: dt.datetime
) -> OrderStatus:
    """Take on an order that waits for it: its goods are kept, its money asked for; or nothing.

    Pieces that were agreed on meanwhile take the place of those that were ordered, each with an
    Amendment; stock, prices and fees are read anew. What a colleague took on already stays as it
    is. Raises OrderChanged with all that is not as the officer saw it, ConfirmRefused when it is
    over, was declined or taken on with other pieces, OrderRefused (with the field) for what cannot
    be, LookupError for no such part.
    """
    order = _order(part_id, unit_id)
    if order.status in _TAKEN_ON:
        _check_same(order, said)
        return order.status
    _check_waits(order, now=now)
    new = _as_asked(order, said)
    check_items(new.items)
    check_method(said.method, parts=new.parts)
    check_buyer(new.buyer, parts=new.parts)
    plan = planned(new, now=now)
    plan = plan.of_lines(_lines(order, plan))
    check_limits(new, plan.goods, by=by, now=now)
    life = _LIVES.get(said.method)
    plan = keep(plan, method=said.method, life=life, by=by, now=now)
    expires_at = keeps_until(method=said.method, now=now, ready_by=plan.ready_by, life=life)
    amended = _amend(order, plan, by=by, now=now)
    status = _write(order, plan, method=said.method, expires_at=expires_at, by=by, now=now)
    ask_for(plan, order=new, code=order.code, expires_at=expires_at, life=life, by=by, now=now)
    _record(order, unit_id, "confirm_order", amended=amended, by=by, now=now)
    return status


@transaction.atomic
def decline_order(
    *, part_id: UUID, unit_id: int, reason: str, by: Actor, now: dt.datetime
) -> OrderStatus:
    """Decline an order that waits to be confirmed; its buyer reads why. A repeat changes nothing.

    Raises ConfirmRefused without a reason or when it was taken on, LookupError for no such part.
    """
    told = " ".join(reason.split())
    if not 1 <= len(told) <= REASON_LENGTH:
        raise ConfirmRefused("Tulis alasannya, paling panjang 200 huruf.", field="reason")
    order = _order(part_id, unit_id)
    if order.status is OrderStatus.CANCELLED:
        return order.status
    _check_waits(order, now=now)
    Closing.objects.create(order_id=order.id, reason=told, closed_at=now, closed_by=str(by))
    status = end(order, OrderStatus.CANCELLED, by=by, now=now)
    _record(order, unit_id, "decline_order", by=by, now=now)
    return status


@transaction.atomic
def address_order(*, part_id: UUID, unit_id: int, told: Buyer, by: Actor, now: dt.datetime) -> None:
    """Write down where an order that waits to be confirmed goes, as its buyer told the officer.

    Nothing happens where it waits no more. Raises LookupError for no such part.
    """
    order = _order(part_id, unit_id)
    if order.status is not OrderStatus.DRAFT:
        return
    values = {name: getattr(told, name).strip() for name in _BUYER if name not in _KEPT}
    OrderBuyer.objects.filter(order_id=order.id).update(**values, household=household_of(told))
    _record(order, unit_id, "address_order", by=by, now=now)


def _order(part_id: UUID, unit_id: int) -> LockedOrder:
    parts = OrderPart.objects.filter(pk=part_id, unit_id=unit_id)
    order_id = parts.values_list("order_id", flat=True).first()
    order = locked(order_id) if order_id else None
    if order is None:
        raise LookupError(f"unit {unit_id} has no part {part_id}")
    return order


def _check_same(order: LockedOrder, said: Confirmation) -> None:
    """A colleague who was first is not undone; whoever agreed on other pieces is told so."""
    (part,) = order.parts
    stands = {product: pieces for product, pieces, *_ in part.lines}
    if any(stands.get(product, 0) != pieces for product, pieces in said.pieces.items()):
        raise ConfirmRefused(TAKEN_OTHERWISE)


def _check_waits(order: LockedOrder, *, now: dt.datetime) -> None:
    if order.status in _TAKEN_ON:
        raise ConfirmRefused("Pesanan ini sudah dikonfirmasi.")
    is_over = order.expires_at is not None and order.expires_at <= now
    if order.status is not OrderStatus.DRAFT or is_over:
        raise ConfirmRefused("Pesanan ini sudah berakhir. Minta pembeli memesan lagi.")


def _as_asked(order: LockedOrder, said: Confirmation) -> NewOrder:
    """The order with what the officer chose, at the prices of today that the officer saw."""
    (part,) = order.parts
    if order.buyer_class is None:
        raise LookupError(f"{order.code} does not say who buys")
    row = OrderBuyer.objects.get(order_id=order.id)
    return NewOrder(
        key=order.id,
        items=tuple(
            OrderItem(product, left, said.prices.get(product, price))
            for product, pieces, price, _ in part.lines
            if (left := said.pieces.get(product, pieces))
        ),
        parts=(PartAsked(part.unit_id, said.delivery, said.service_id, said.fee),),
        buyer=Buyer(**{name: getattr(row, name) for name in _BUYER}),
        buyer_class=order.buyer_class,
        method=said.method,
        channel=order.channel,
    )


def _lines(order: LockedOrder, plan: Plan) -> tuple[PlannedLine, ...]:
    """The lines as they were written: the buyer pays what they saw, of pieces that became others.

    Those come to be as it is planned now.
    """
    (part,), (to_be,) = order.parts, plan.parts
    now = {line.product_id: line for line in to_be.lines}
    return tuple(
        PlannedLine(product, "", new.pieces, price, making if new.pieces == pieces else new.making)
        for product, pieces, price, making in part.lines
        if (new := now.get(product))
    )


def _amend(
    order: LockedOrder, plan: Plan, *, by: Actor, now: dt.datetime
) -> dict[str, tuple[int, int]]:
    """Write the pieces that were agreed on after all; from and to, by the id of the product."""
    (part,), (to_be,) = order.parts, plan.parts
    new = {line.product_id: (line.pieces, line.making) for line in to_be.lines}
    was = {product: (pieces, making) for product, pieces, _, making in part.lines}
    left = {product: new.get(product, (0, making)) for product, (_, making) in was.items()}
    changed = {pk: (was[pk][0], pieces) for pk, (pieces, _) in left.items() if was[pk][0] != pieces}
    if changed:
        rows = [{"product_id": pk, "pieces": left[pk][0], "making": left[pk][1]} for pk in changed]
        values: dict[str, Any] = {
            "amended": json.dumps(rows),
            "part": part.id,
            "now": now,
            "by": str(by),
        }
        with connection.cursor() as cursor:
            cursor.execute(statements.AMEND, values)
    return {str(product): told for product, told in changed.items()}


def _write(
    order: LockedOrder,
    plan: Plan,
    *,
    method: Method,
    expires_at: dt.datetime | None,
    by: Actor,
    now: dt.datetime,
) -> OrderStatus:
    """Fill in what was open; the part first, since the order tells its buyer of the sum."""
    (part,) = plan.parts
    is_paid_before = method in PAID_BEFORE
    status = OrderStatus.WAITING if is_paid_before else OrderStatus.PLACED
    values = {
        **vars(part),
        "goods_total": part.goods_total,
        "delivery": part.delivery.value,
        "order": order.id,
        "method": method.value,
        "collector": plan.collector.unit_id if plan.collector else None,
        "expires_at": expires_at,
        "status": status.value,
        "part_status": (PartStatus.WAITING if is_paid_before else PartStatus.ACCEPTED).value,
        "now": now,
        "by": str(by),
    }
    del values["lines"]
    with connection.cursor() as cursor:
        cursor.execute(statements.CONFIRM_PART, values)
        cursor.execute(statements.CONFIRM, values)
    return status


def _record(
    order: LockedOrder,
    unit_id: int,
    act: str,
    *,
    amended: Mapping[str, tuple[int, int]] | None = None,
    by: Actor,
    now: dt.datetime,
) -> None:
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"shop.{act}",
        object_key=f"order:{order.id}",
        detail={"code": order.code, **({"amended": amended} if amended else {})},
        by=by,
        now=now,
    )
