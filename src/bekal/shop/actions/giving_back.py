"""The money of an accepted problem: reversed by the frozen rule, then owed to its buyer.

Of an invoice that nobody has paid it is asked no more, and never paid out.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind
from bekal.payments import actions as payments
from bekal.payments import queries as payment_queries
from bekal.payments.actions import NewDebt
from bekal.payments.queries import Ask
from bekal.payments.rules import Method, PaidOut, State, about_of
from bekal.places import queries as places
from bekal.sales import actions as sales
from bekal.sales import queries as sales_queries
from bekal.sales.actions import NewRefund
from bekal.sales.rules import Goods, RefundKind
from bekal.shop.actions.correcting import asks_less, pay_rest
from bekal.shop.actions.failing import end_lost
from bekal.shop.actions.noticing import tell_surplus
from bekal.shop.actions.problems import locked_problem
from bekal.shop.actions.selling import out_of_advance
from bekal.shop.actions.standing import locked, move
from bekal.shop.models import (
    Answer,
    GoodsBackLine,
    Order,
    OrderPart,
    Problem,
    ProblemPaid,
    ProblemRefund,
)
from bekal.shop.rules import (
    FAULT_LABELS,
    Fault,
    OrderStatus,
    ProblemRefused,
    Verdict,
    goods_source,
)

_WAIT = "Catat dulu apa yang terjadi dengan barangnya."


@dataclass(frozen=True)
class _Back:
    """What a problem gives back: rupiah of goods and of shipping, and whose advance holds it.

    `unpaid` is the invoice that waits for its money, where no advance holds anything.
    """

    goods: int
    shipping: int
    collector_id: int
    was_on_credit: bool
    unpaid: Ask | None

    @property
    def total(self) -> int:
        """All of it."""
        return self.goods + self.shipping


@transaction.atomic
def refund_problem(*, problem_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Reverse the sale of an accepted problem's pieces, and owe its buyer the money; once.

    What nobody has paid yet, by invoice, is not owed: a credit note takes it off the invoice, and
    what came in beyond the rest goes back. No goods move: they did when they came (`settle`).
    Whoever accepted the problem cannot do this. A repeat changes nothing. Raises ProblemRefused,
    RefundRefused of sales, and LookupError for a problem that is not of the unit.
    """
    ask = _lock_order(problem_id)
    problem = locked_problem(problem_id, unit_id=unit_id)
    answer = _answer_to_refund(problem, by=by)
    if ProblemRefund.objects.filter(answer=answer).exists():
        return
    pieces = list(GoodsBackLine.objects.filter(goods_id=problem_id).select_related("line"))
    back = _back(problem, answer, pieces, ask=ask)
    _refund_goods(problem, pieces, by=by, now=now)
    if back.unpaid is None:
        _post(problem, back, by=by, now=now)
        _owe(problem, back, by=by, now=now)
    _write(problem, back, by=by, now=now)
    end_lost(problem.part_id, by=by, now=now)


def _write(problem: Problem, back: _Back, *, by: Actor, now: dt.datetime) -> None:
    """Write down that it was given back; an unpaid invoice asks less, and may be paid with it."""
    corrected = None
    if back.unpaid is not None:
        corrected = asks_less(problem, ask=back.unpaid, amount=back.total, by=by, now=now)
    ProblemRefund.objects.create(
        answer_id=problem.id,
        goods=back.goods,
        shipping=back.shipping,
        is_credited=corrected is not None,
        refunded_at=now,
        refunded_by=str(by),
    )
    if corrected is not None:
        pay_rest(problem.part.order_id, ask=corrected, by=by, now=now)
    # Whoever collects reads in its chain too who made its invoice smaller.
    units = {problem.part.unit_id, corrected.unit_id} if corrected else {problem.part.unit_id}
    detail = {"goods": back.goods, "shipping": back.shipping, "credited": corrected is not None}
    events = [
        audit.NewEvent(chain_of_place(u), "shop.refund_problem", f"problem:{problem.id}", detail)
        for u in sorted(units)
    ]
    audit.record_all(events=events, by=by, now=now)


@transaction.atomic
def on_paid_out(*, paid_out: PaidOut, by: Actor, now: dt.datetime) -> None:
    """A debt to a buyer was paid: the problem is over, or the order is refunded with its last one.

    Of what was too much for an order its buyer is told, and nothing else follows. Joins the
    transaction of the payout.
    """
    about = about_of(paid_out.subject)
    kind, _, key = about.partition(":")
    if kind == "problem":
        ProblemPaid.objects.create(refund_id=UUID(key), paid_at=now, paid_by=str(by))
        return
    order_id = UUID(key)
    if kind == "part":
        order_id = OrderPart.objects.values_list("order_id", flat=True).get(pk=order_id)
    if about != paid_out.subject:
        tell_surplus(order_id=order_id, paid_out=paid_out, by=by, now=now)
        return
    order = locked(order_id)
    if order is None or order.status is not OrderStatus.REFUND_DUE:
        return
    subjects = [order.subject, *(f"part:{part.id}" for part in order.parts)]
    debts = payment_queries.debts_about(subjects=subjects)
    if all(debt.paid_on for debt in debts):
        move(order, OrderStatus.REFUNDED, by=by, now=now)


def _lock_order(problem_id: UUID) -> Ask | None:
    """Hold the order before its part, as whoever moves it does: the refund may end it.

    Before both its invoice, as money does; that one.
    """
    asks: list[Ask] = []
    for order in Order.objects.filter(parts__problems=problem_id):
        if order.method == Method.INVOICE.value:
            asks = payment_queries.held_asks_of(subject=f"order:{order.pk}")
        locked(order.pk)
    return asks[0] if asks else None


def _answer_to_refund(problem: Problem, *, by: Actor) -> Answer:
    answer = Answer.objects.filter(problem=problem, verdict=Verdict.ACCEPTED.value).first()
    if answer is None:
        raise ProblemRefused("Laporan ini belum diterima.")
    if not hasattr(answer, "goods"):
        raise ProblemRefused(_WAIT)
    if answer.answered_by == str(by):
        raise ProblemRefused(
            "Uang dikembalikan oleh orang lain daripada yang menerima laporan ini."
        )
    return answer


def _back(
    problem: Problem, answer: Answer, pieces: list[GoodsBackLine], *, ask: Ask | None
) -> _Back:
    order = problem.part.order
    sale = sales_queries.receipt(unit_id=problem.part.unit_id, sale_id=problem.part_id)
    if sale is None:
        raise ProblemRefused("Penjualan paket ini tidak ditemukan.")
    is_credit = ask is not None and sale.collector_id is None
    collector = sale.collector_id or order.collector_id
    goods = sum((p.to_stock + p.written_off) * p.line.unit_price for p in pieces)
    return _Back(
        goods,
        answer.shipping,
        collector or problem.part.unit_id,
        was_on_credit=is_credit,
        unpaid=ask if ask is not None and ask.state is State.OPEN else None,
    )


def _refund_goods(
    problem: Problem, pieces: list[GoodsBackLine], *, by: Actor, now: dt.datetime
) -> None:
    """Give back what was paid for the pieces; they moved when they came, good and broken apart."""
    lines = {
        line.product_id: line.id for line in sales_queries.refundable_lines(sale_id=problem.part_id)
    }
    for goods in Goods:
        found = {lines[p.line.product_id]: _count(p, goods) for p in pieces}
        wanted: Mapping[int, int] = {line: n for line, n in found.items() if n}
        if wanted:
            refund = NewRefund(
                key=uuid5(problem.id, goods.value),
                sale_id=problem.part_id,
                pieces=wanted,
                kind=RefundKind.RETURN,
                reason=str(FAULT_LABELS[Fault(problem.fault)]),
                goods=goods,
                order_part=f"part:{problem.part_id}",
                goods_source=goods_source(problem.id, goods),
            )
            sales.refund_sale(refund=refund, by=by, now=now)


def _count(piece: GoodsBackLine, goods: Goods) -> int:
    return piece.to_stock if goods is Goods.BACK else piece.written_off


def _post(problem: Problem, back: _Back, *, by: Actor, now: dt.datetime) -> None:
    """Shipping goes back to the advance, and with it what was a debt of the buyer once."""
    sums = {AccountKind.SHIPPING: back.shipping}
    if back.was_on_credit:
        sums[AccountKind.RECEIVABLE] = back.goods
    for account, amount in sums.items():
        if not amount:
            continue
        out = out_of_advance(back.collector_id, {problem.part.unit_id: amount}, account)
        ledger.post_entry(
            lines=[replace(line, amount=-line.amount) for line in out],
            key=uuid5(problem.id, account.value),
            occurred_on=local_day(now, places.zone_of(unit_id=problem.part.unit_id)),
            memo=f"Uang kembali {problem.part.order.code}",
            source=f"problem:{problem.id}",
            by=by,
            now=now,
        )


def _owe(problem: Problem, back: _Back, *, by: Actor, now: dt.datetime) -> None:
    debt = NewDebt(
        key=uuid5(problem.id, "debt"),
        subject=f"problem:{problem.id}",
        unit_id=back.collector_id,
        amount=back.total,
        why=f"Barang kembali: {FAULT_LABELS[Fault(problem.fault)]}",
        label=problem.part.order.code,
    )
    payments.owe_back(debt=debt, by=by, now=now)
