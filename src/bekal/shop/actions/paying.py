"""What follows when money came in for an order: sales of its parts, or a debt to the buyer.

Called by payments in the transaction of the receipt. The money stands in the collecting unit's
order_advance already, and stays there whatever happens here: a receipt is never lost.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.ledger import actions as ledger
from bekal.payments import actions as payments
from bekal.payments.actions import NewDebt
from bekal.payments.rules import Means, Method, Paid
from bekal.production import actions as production
from bekal.production.rules import NoCapacity, OutOfStock, UnitPaused
from bekal.sales.rules import PaymentKind
from bekal.shop.actions.ending import end
from bekal.shop.actions.keeping import promise
from bekal.shop.actions.selling import credit_entries, sell, shipping_entries, take
from bekal.shop.actions.standing import LockedOrder, LockedPart, finish, locked, move, take_paid
from bekal.shop.models import OrderPart
from bekal.shop.queries import NOTHING, credited_of
from bekal.shop.rules import PAID_BEFORE, OrderStatus, PartStatus

_KINDS = {
    Means.QRIS: PaymentKind.QRIS,
    Means.GATEWAY: PaymentKind.QRIS,
    Means.TRANSFER: PaymentKind.TRANSFER,
    Means.CASH: PaymentKind.CASH,
}
_BEFORE_THE_END = dt.timedelta(minutes=1)
"""Holds that lapse within so little may be gone before they are taken."""
_UNPAID = frozenset({OrderStatus.WAITING, OrderStatus.PLACED, OrderStatus.EXPIRED})


def on_paid(*, paid: Paid, by: Actor, now: dt.datetime) -> None:
    """Do what follows from money for an order ("order:<id>") or one part of it ("part:<id>").

    Paid in full, the parts become sales and go to their units; what is paid when the time is over
    gets its goods where they are still there, else the money is owed back. What is not paid in
    full waits for the rest. Joins the transaction of the receipt.
    """
    kind, _, key = paid.subject.partition(":")
    if kind == "part":
        _on_part_paid(UUID(key), paid=paid, by=by, now=now)
        return
    if paid.is_settled and _settled_at_once(UUID(key), paid=paid, by=by, now=now):
        return
    order = locked(UUID(key))
    if order is None:
        raise LookupError(f"there is no {paid.subject}")
    if order.status not in _UNPAID:
        _owe(order, paid=paid, amount=paid.amount, by=by, now=now)
    elif paid.is_settled:
        _settle(order, paid=paid, by=by, now=now)
    elif order.status is OrderStatus.EXPIRED:
        _refuse(order, paid=paid, amount=paid.amount, by=by, now=now)


def _settled_at_once(order_id: UUID, *, paid: Paid, by: Actor, now: dt.datetime) -> bool:
    """The usual way: it waits, its goods are kept, and all of it is sold. Whether it was so."""
    order = take_paid(order_id, safe_until=now + _BEFORE_THE_END, by=by, now=now)
    if order is None:
        return False
    take(order.parts, by=by, now=now)
    _sell(order, order.parts, collector_id=paid.unit_id, means=paid.means, by=by, now=now)
    return True


def _sell(
    order: LockedOrder,
    parts: Sequence[LockedPart],
    *,
    collector_id: int,
    means: Means,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Sell what of parts is not sold; shipping and what was sold on credit have theirs too.

    What came back before the invoice was paid was not paid for.
    """
    unsold = [part for part in parts if not part.is_sold]
    is_invoice = order.method is Method.INVOICE
    back = credited_of(order_ids=[order.id]) if is_invoice else {}
    fees = {part.unit_id: part.fee - back.get(part.id, NOTHING).shipping for part in parts}
    owed = {p.unit_id: p.goods_total - back.get(p.id, NOTHING).goods for p in parts if p.is_sold}
    also = shipping_entries(order, fees, collector_id=collector_id, now=now)
    also += credit_entries(order, owed, collector_id=collector_id, now=now)
    kind = _KINDS[means]
    if unsold:
        sell(order, unsold, payment=kind, collected_by=collector_id, also=also, by=by, now=now)
    elif also:
        ledger.post_entries(entries=also, by=by, now=now)


def _settle(order: LockedOrder, *, paid: Paid, by: Actor, now: dt.datetime) -> None:
    """All is paid: sell it, if it is still there."""
    try:
        days = _kept_again(order, by=by, now=now)
    except (OutOfStock, NoCapacity, UnitPaused):
        _refuse(order, paid=paid, amount=order.total, by=by, now=now)
        return
    sell_rest(order, collector_id=paid.unit_id, means=paid.means, promised=days, by=by, now=now)


def sell_rest(
    order: LockedOrder,
    *,
    collector_id: int,
    means: Means,
    promised: Mapping[UUID, dt.date] | None = None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """All that is left of an order is paid: what is not sold yet is, and goes on its way.

    What fell out of an order that goes on was not paid; what ended because its time was over was.
    `promised` are days that are new. Joins the caller's transaction; the order is locked, and its
    money stands in the advance of the unit that collects.
    """
    is_over = order.status is OrderStatus.EXPIRED
    parts = [part for part in order.parts if is_over or not part.fell_out]
    unsold = [part for part in parts if not part.is_sold]
    take(unsold, by=by, now=now)
    _sell(order, parts, collector_id=collector_id, means=means, by=by, now=now)
    move(
        order,
        OrderStatus.PAID,
        parts=unsold,
        part_status=PartStatus.ACCEPTED if order.method in PAID_BEFORE else None,
        sold=[part.id for part in unsold],
        promised=promised,
        by=by,
        now=now,
    )
    if order.method not in PAID_BEFORE:
        finish(order, paid_now=True, by=by, now=now)


def _kept_again(order: LockedOrder, *, by: Actor, now: dt.datetime) -> dict[UUID, dt.date]:
    """Keep goods and hours anew where their time is over, or nearly so; the days that are new.

    Raises OutOfStock, NoCapacity or UnitPaused, with nothing of it done.
    """
    is_over = order.expires_at is not None and order.expires_at - _BEFORE_THE_END < now
    if order.status is not OrderStatus.EXPIRED and not is_over:
        return {}
    with transaction.atomic():
        held = [part.id for part in order.parts if part.has_holds]
        if held:
            production.revive_holds(groups=held, by=by, now=now)
        works = [work for part in order.parts for work in part.works]
        return promise(works, by=by, now=now) if works else {}


def _on_part_paid(part_id: UUID, *, paid: Paid, by: Actor, now: dt.datetime) -> None:
    """A part that is paid for at its counter becomes a sale; the order is paid with the last."""
    order_id = OrderPart.objects.values_list("order_id", flat=True).get(pk=part_id)
    order = locked(order_id)
    if order is None:
        raise LookupError(f"there is no {paid.subject}")
    part = next(each for each in order.parts if each.id == part_id)
    if part.status is PartStatus.CANCELLED or part.is_sold:
        _owe(order, paid=paid, amount=paid.amount, by=by, now=now)
        return
    if not paid.is_settled:
        return
    take([part], by=by, now=now)
    sell(order, [part], payment=_KINDS[paid.means], collected_by=paid.unit_id, by=by, now=now)
    others = [p for p in order.parts if p is not part and p.status is not PartStatus.CANCELLED]
    is_last = all(other.is_sold for other in others)
    status = OrderStatus.PAID if is_last else order.status
    move(order, status, parts=[part], sold=[part.id], by=by, now=now)
    finish(order, paid_now=is_last, by=by, now=now)


def _refuse(order: LockedOrder, *, paid: Paid, amount: int, by: Actor, now: dt.datetime) -> None:
    """The goods are gone: what is kept is let go, the money owed back, and the buyer reads it."""
    if order.status is not OrderStatus.EXPIRED:
        end(order, OrderStatus.EXPIRED, by=by, now=now)
        order = replace(order, status=OrderStatus.EXPIRED)
    move(order, OrderStatus.REFUND_DUE, by=by, now=now)
    _owe(order, paid=paid, amount=amount, by=by, now=now)


def _owe(order: LockedOrder, *, paid: Paid, amount: int, by: Actor, now: dt.datetime) -> None:
    """A debt for the treasurer of the unit that collected; the order waits for it to be paid.

    What came beyond the ask, such as unique digits, goes back with it: all that was sent.
    """
    if order.status is OrderStatus.CANCELLED:
        move(order, OrderStatus.REFUND_DUE, by=by, now=now)
    debt = NewDebt(
        key=uuid5(paid.receipt_id, "owed"),
        subject=paid.subject,
        unit_id=paid.unit_id,
        amount=amount,
        why="Uang masuk sesudah pesanan berakhir",
        label=order.code,
        surplus_of=paid.receipt_id,
    )
    payments.owe_back(debt=debt, by=by, now=now)
