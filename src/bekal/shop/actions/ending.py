"""Ending an order that nobody paid: by its buyer, by a person of a unit, or by the clock."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.payments import actions as payments
from bekal.payments import queries as payment_queries
from bekal.payments.actions import NewDebt
from bekal.payments.queries import Ask
from bekal.payments.rules import Method, State
from bekal.production import actions as production
from bekal.shop.actions.standing import LockedOrder, LockedPart, finish, locked, move
from bekal.shop.models import Order, OrderPart
from bekal.shop.rules import BEGUN_BY_INVOICE, GONE, CancelRefused, OrderStatus, PartStatus

_AT_ONCE = 200
_UNPAID = frozenset({OrderStatus.DRAFT, OrderStatus.WAITING, OrderStatus.PLACED})


@transaction.atomic
def cancel_order(*, order_id: UUID, by: Actor, now: dt.datetime) -> OrderStatus:
    """End an order before it is paid: its goods go back, its asks end; how it stands then.

    A repeat changes nothing. Raises CancelRefused when it is paid for, sent, over by itself, or of
    a quotation that a workshop has begun; LookupError for an unknown order.
    """
    states = end_asks(order_id, by=by, now=now)
    order = locked(order_id)
    if order is None:
        raise LookupError(f"there is no order {order_id}")
    if order.status in {OrderStatus.CANCELLED, OrderStatus.REFUND_DUE}:
        return order.status
    if order.status not in _UNPAID or State.SETTLED in states or _is_under_way(order):
        raise CancelRefused(
            _("Pesanan ini sudah dibayar atau sudah berakhir, jadi tidak bisa dibatalkan di sini.")
        )
    status = end(order, OrderStatus.CANCELLED, by=by, now=now)
    _record(order, "cancel_order", by=by, now=now)
    return status


@transaction.atomic
def expire_orders(*, by: Actor, now: dt.datetime) -> int:
    """End the orders whose time to pay is over; returns how many. Jobs call it every minute.

    At most 200 at once; orders that somebody is moving right now are left for the next time.
    """
    over = (
        Order.objects.filter(status__in=[s.value for s in _UNPAID], expires_at__lte=now)
        .order_by("expires_at", "id")
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)[:_AT_ONCE]
    )
    ended = 0
    for order_id in list(over):
        order = locked(order_id)
        if order is not None:
            end(order, OrderStatus.EXPIRED, by=by, now=now)
            ended += 1
    return ended


def end_asks(
    order_id: UUID, *, part_id: UUID | None = None, by: Actor, now: dt.datetime
) -> list[State]:
    """End what is still asked for an order, or at the counter of one part; how each stands then.

    Call it before the order is locked: money locks its ask first. Joins the transaction.
    """
    asks = _asks_of([f"part:{part_id}"]) if part_id else _asks(order_id)
    return [
        payments.cancel_ask(request_id=ask.id, by=by, now=now)
        for ask in asks
        if ask.state is State.OPEN
    ]


def drop(order: LockedOrder, part: LockedPart, *, by: Actor, now: dt.datetime) -> None:
    """Let one part that has a counter of its own fall out of an order that goes on without it.

    The order is paid, or done, where all that is left of it is. Joins the caller's transaction;
    the order is locked and what was asked for the part has ended.
    """
    let_go([part], by=by, now=now)
    _owe_parts_paid(order, _asks_of([part.subject]), by=by, now=now)
    others = [p for p in order.parts if p is not part and p.status is not PartStatus.CANCELLED]
    is_last = order.status is OrderStatus.PLACED and all(other.is_sold for other in others)
    status, gone = OrderStatus.PAID if is_last else order.status, PartStatus.CANCELLED
    move(order, status, parts=[part], part_status=gone, by=by, now=now)
    finish(order, paid_now=is_last, ended=part.id, ended_as=gone, by=by, now=now)


def end(order: LockedOrder, status: OrderStatus, *, by: Actor, now: dt.datetime) -> OrderStatus:
    """Let go what an order keeps. Parts that are paid for stay; money for the rest is owed back.

    Joins the caller's transaction; the order is locked.
    """
    unsold = [part for part in order.parts if not part.is_sold]
    sold = len(unsold) < len(order.parts)
    let_go(unsold, by=by, now=now)
    owed = _owe_parts_paid(order, _asks(order.id), by=by, now=now)
    status = OrderStatus.PAID if sold else status
    cancelled = [part for part in unsold if part.status is not PartStatus.CANCELLED]
    move(order, status, parts=cancelled, part_status=PartStatus.CANCELLED, by=by, now=now)
    if owed and not sold:
        again = locked(order.id)
        if again is not None:
            move(again, OrderStatus.REFUND_DUE, by=by, now=now)
            return OrderStatus.REFUND_DUE
    return status


def let_go(parts: list[LockedPart], *, by: Actor, now: dt.datetime) -> None:
    """What is kept for parts that are not sold is free for others. Joins the transaction."""
    groups = [part.id for part in parts]
    if any(part.has_holds for part in parts):
        production.release_holds(groups=groups, by=by, now=now)
    if any(part.works for part in parts):
        production.release_work(groups=groups, by=by, now=now)


def _owe_parts_paid(order: LockedOrder, asks: list[Ask], *, by: Actor, now: dt.datetime) -> int:
    """What came in for an ask that was never paid in full is owed back; rupiah."""
    owed = 0
    for ask in asks:
        if 0 < ask.settled < ask.amount:
            debt = NewDebt(
                key=uuid5(ask.id, "unfinished"),
                subject=ask.subject,
                unit_id=ask.unit_id,
                amount=ask.settled,
                why="Pesanan berakhir sebelum lunas",
                label=order.code,
            )
            payments.owe_back(debt=debt, by=by, now=now)
            owed += ask.settled
    return owed


def _asks(order_id: UUID) -> list[Ask]:
    """All that was asked for an order, as one or at each counter."""
    part_ids = OrderPart.objects.filter(order_id=order_id).values_list("pk", flat=True)
    return _asks_of([f"order:{order_id}", *(f"part:{pk}" for pk in part_ids)])


def _asks_of(subjects: list[str]) -> list[Ask]:
    return [ask for subject in subjects for ask in payment_queries.asks_of(subject=subject)]


def _is_under_way(order: LockedOrder) -> bool:
    begun = BEGUN_BY_INVOICE if order.method is Method.INVOICE else GONE
    return any(part.is_sold or part.status in begun for part in order.parts)


def _record(order: LockedOrder, act: str, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(order.collector_id or order.parts[0].unit_id),
        action=f"shop.{act}",
        object_key=f"order:{order.id}",
        detail={"code": order.code},
        by=by,
        now=now,
    )
