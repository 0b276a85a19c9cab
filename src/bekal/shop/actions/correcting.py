"""An invoice asks less, for a part that fell out of it or goods that came back unpaid."""

import datetime as dt
from uuid import UUID, uuid5

from bekal.foundation.actors import Actor
from bekal.payments import actions as payments
from bekal.payments import queries as payment_queries
from bekal.payments.actions import NewCreditNote, NewDebt
from bekal.payments.queries import Ask
from bekal.payments.rules import Means, State, surplus_of
from bekal.shop.actions.ending import let_go
from bekal.shop.actions.paying import sell_rest
from bekal.shop.actions.standing import LockedOrder, LockedPart, locked, move
from bekal.shop.models import Problem
from bekal.shop.rules import FAULT_LABELS, Fault, PartStatus


def take_off(
    order: LockedOrder, part: LockedPart, *, ask: Ask, reason: str, by: Actor, now: dt.datetime
) -> Ask:
    """Let a part fall out, and let the invoice ask for it no more; how the ask stands then.

    Joins the caller's transaction; the ask and the order are locked. `pay_rest` follows.
    """
    let_go([part], by=by, now=now)
    gone = PartStatus.CANCELLED
    move(order, order.status, parts=[part], part_status=gone, by=by, now=now)
    note = NewCreditNote(
        key=uuid5(part.id, "credit"),
        request_id=ask.id,
        about=part.subject,
        amount=part.goods_total + part.fee,
        why=reason,
    )
    return payments.credit_invoice(note=note, by=by, now=now)


def asks_less(problem: Problem, *, ask: Ask, amount: int, by: Actor, now: dt.datetime) -> Ask:
    """Let an invoice ask no more for what a problem of one of its parts gives back; how it stands.

    Joins the caller's transaction; the ask and the order are locked. `pay_rest` follows.
    """
    note = NewCreditNote(
        key=uuid5(problem.id, "credit"),
        request_id=ask.id,
        about=f"problem:{problem.id}",
        amount=amount,
        why=str(FAULT_LABELS[Fault(problem.fault)]),
    )
    return payments.credit_invoice(note=note, by=by, now=now)


def pay_rest(order_id: UUID, *, ask: Ask, by: Actor, now: dt.datetime) -> None:
    """Where what came in is enough for what is left of the order, it is paid.

    So it is where nothing is left of it. What came in beyond that is owed back. Joins the caller's
    transaction; `ask` is as it stands since it asks less.
    """
    left = locked(order_id) if ask.state is State.SETTLED else None
    if left is None:
        return
    came = payment_queries.receipts_of(subject=left.subject)
    means = came[-1].means if came else Means.TRANSFER
    sell_rest(left, collector_id=ask.unit_id, means=means, by=by, now=now)
    if ask.beyond:
        debt = NewDebt(
            key=uuid5(ask.id, "beyond"),
            subject=surplus_of(left.subject),
            unit_id=ask.unit_id,
            amount=ask.beyond,
            why="Faktur dikurangi sesudah sebagian dibayar",
            label=left.code,
        )
        payments.owe_back(debt=debt, by=by, now=now)
