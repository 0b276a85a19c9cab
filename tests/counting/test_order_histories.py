"""Random histories of orders: stock, money and turnover stay true, whatever comes in what order.

A machine places (by invoice too), pays (in part, twice, late), cancels, lets time run out,
prepares, sends, gives parts up, sells at the counter and takes back: from the counter goods and
money at once, of an order first the goods and then, any time later, the money. After each step
everything that Bekal checks by night must hold, and what came in must stand where the plain book of
this test says.
"""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from hypothesis.stateful import run_state_machine_as_test as run

from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ledger.models import EntryLine
from bekal.ledger.queries import ledger_problems
from bekal.payments.actions import expire_asks
from bekal.payments.models import Debt, Receipt, Request
from bekal.payments.queries import payment_problems
from bekal.payments.rules import Method
from bekal.production.actions import rebuild_shelves, release_expired
from bekal.production.models import Stock, StockMove
from bekal.production.queries import shelf_problems, stock_problems
from bekal.sales.actions import NewRefund, record_sale, refund_sale
from bekal.sales.models import Refund, RefundLine, Sale, SaleLine, UnitDay
from bekal.sales.queries import refundable_lines, summary_problems
from bekal.sales.rules import RefundKind
from bekal.shop.actions import (
    answer_problem,
    cancel_order,
    deliver_part,
    expire_orders,
    fail_part,
    hand_over_part,
    prepare_part,
    ready_part,
    refund_problem,
    report_problem,
    settle_goods,
    take_parcel_back,
)
from bekal.shop.models import Answer, GoodsBackLine, Order, OrderPart, ProblemRefund
from bekal.shop.queries import goods_problems, order_problems
from bekal.shop.rules import (
    Delivery,
    Fault,
    NewAnswer,
    NewProblem,
    OrderChannel,
    OrderStatus,
    Settled,
    Verdict,
    WhereGoods,
)
from bekal.shop.tests.market import RINA, an_order, open_market, pay, place
from bekal.shop.tests.office import made_ready
from tests.support.world import NOON, SITI, TODAY, YOHANA, a_sale

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GOODS = ("noken", "coffee", "bread", "endek")
ITEMS = st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 4)), min_size=1, max_size=3)
WHICH = st.integers(0, 9)
MONEY = {"cash", "bank", "qris"}
PIECES_AT_FIRST = 10


def once_each(items):
    """A product stands in one line of an order."""
    return tuple(dict(items).items())


class Orders(RuleBasedStateMachine):
    """A day of the shop, in a transaction that is never committed."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.market = open_market()
        self.now = NOON
        self.keys = []
        self.received = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def order_at(self, which):
        return self.keys[which % len(self.keys)]

    def one_of(self, rows, which):
        """One of these rows, in a list; none where there are none."""
        found = list(rows)
        return [found[which % len(found)]] if found else []

    def tried(self, act):
        """A refusal is part of life, and leaves nothing behind."""
        try:
            with transaction.atomic():
                return act()
        except Refused:
            return None

    @initialize()
    def two_orders_have_come_to_their_buyers(self):
        for item in ("noken", "endek"):
            order = an_order(self.market, (item, 3))
            place(order, now=self.now)
            self.keys.append(order.key)
            self.pays(which=-1, share=1)
            self.is_prepared_and_sent(which=-1, steps=4, most=3)

    @rule(items=ITEMS, is_fetched=st.booleans())
    def places(self, items, is_fetched):
        delivery = Delivery.PICKUP if is_fetched else Delivery.COURIER
        order = an_order(self.market, *once_each(items), delivery=delivery)
        if self.tried(lambda: place(order, now=self.now)):
            self.keys.append(order.key)

    @rule(item=st.sampled_from(GOODS), pieces=st.integers(1, 4))
    def places_to_pay_at_the_counter(self, item, pieces):
        order = an_order(
            self.market, (item, pieces), delivery=Delivery.PICKUP, method=Method.AT_PICKUP
        )
        if self.tried(lambda: place(order, now=self.now)):
            self.keys.append(order.key)

    @rule(items=ITEMS, has_begun=st.booleans())
    def is_ordered_by_invoice(self, items, has_begun):
        order = an_order(
            self.market,
            *once_each(items),
            method=Method.INVOICE,
            channel=OrderChannel.INSTITUTION,
            due_on=TODAY,
        )
        if self.tried(lambda: place(order, now=self.now)):
            self.keys.append(order.key)
            if has_begun:
                first = OrderPart.objects.filter(order_id=order.key).order_by("position")[0]
                made_ready(first)

    @precondition(lambda self: self.keys)
    @rule(which=WHICH, part=WHICH, are_goods_here=st.booleans())
    def a_workshop_gives_its_part_up(self, which, part, are_goods_here):
        parts = list(OrderPart.objects.filter(order_id=self.order_at(which)).order_by("position"))
        one = parts[part % len(parts)]
        self.tried(
            lambda: fail_part(
                part_id=one.pk,
                unit_id=one.unit_id,
                reason="Bahan habis.",
                are_goods_here=are_goods_here,
                by=YOHANA,
                now=self.now,
            )
        )

    @precondition(lambda self: self.keys)
    @rule(which=WHICH, share=st.sampled_from([1, 1, 1, 2]))
    def pays(self, which, share):
        ask = Request.objects.filter(subject=f"order:{self.order_at(which)}").first()
        if ask is not None:
            amount = max(1, ask.payable // share)
            pay(ask.pk, amount, now=self.now)
            self.received += amount

    @precondition(lambda self: self.keys)
    @rule(which=WHICH)
    def cancels(self, which):
        self.tried(lambda: cancel_order(order_id=self.order_at(which), by=RINA, now=self.now))

    @rule(minutes=st.sampled_from([1, 9, 25, 24 * 60]))
    def time_passes_and_the_jobs_run(self, minutes):
        self.now += dt.timedelta(minutes=minutes)
        expire_asks(by=YOHANA, now=self.now)
        expire_orders(by=YOHANA, now=self.now)
        release_expired(by=YOHANA, now=self.now)
        rebuild_shelves(by=YOHANA, now=self.now)  # the days of what is made are counted anew

    @precondition(lambda self: self.keys)
    @rule(which=WHICH, steps=st.integers(1, 4), most=st.integers(1, 3))
    def is_prepared_and_sent(self, which, steps, most):
        parts = OrderPart.objects.filter(order_id=self.order_at(which)).order_by("position")
        for part in parts[:most]:
            acts = [prepare_part, ready_part, self.sent, deliver_part][:steps]
            for act in acts:
                self.tried(
                    lambda act=act, part=part: act(
                        part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=self.now
                    )
                )

    @rule(which=WHICH)
    def a_courier_brings_it_back(self, which):
        for part in self.one_of(OrderPart.objects.filter(status="sent").order_by("id"), which):
            of = {"part_id": part.pk, "unit_id": part.unit_id}
            self.tried(lambda of=of: take_parcel_back(**of, by=YOHANA, now=self.now))

    def sent(self, **what):
        hand_over_part(tracking_number="JNE0123456", **what)

    @rule(item=st.sampled_from(GOODS), pieces=st.integers(1, 12))
    def sells_at_the_counter(self, item, pieces):
        units = {"noken": "nabire", "coffee": "nabire", "bread": "merauke", "endek": "bangli"}
        unit, product = getattr(self.market, units[item]), getattr(self.market, item)
        sale = a_sale(unit, (product, pieces), sold_on=None, sold_at=self.now, key=uuid7())
        record_sale(sale=sale, by=YOHANA, now=self.now)

    @rule(which=WHICH, pieces=st.integers(1, 2))
    def takes_back_at_the_counter(self, which, pieces):
        sales = Sale.objects.filter(order_part="").order_by("recorded_at", "id")
        sale = sales[which : which + 1].first()
        left = [one for one in refundable_lines(sale_id=sale.pk) if one.left] if sale else []
        if left:
            back = {left[0].id: min(pieces, left[0].left)}
            refund = NewRefund(uuid7(), sale.pk, back, RefundKind.RETURN, "Cacat")
            refund_sale(refund=refund, by=SITI, now=self.now)

    @rule(which=WHICH, pieces=st.integers(1, 3), where=st.sampled_from(WhereGoods))
    def accepts_what_a_buyer_reports(self, which, pieces, where):
        came = OrderPart.objects.filter(status="delivered").order_by("status_at", "id")
        for part in self.one_of(came, which):
            line = part.lines.order_by("id").first()
            food = line.product_id in {self.market.coffee, self.market.bread}
            fault = Fault.SPOILED if food else Fault.DAMAGED
            told = NewProblem(uuid7(), part.pk, fault, {line.pk: pieces})
            answer = NewAnswer(Verdict.ACCEPTED, where=where, pieces=told.pieces)
            if self.tried(lambda told=told: report_problem(problem=told, by=RINA, now=self.now)):
                of = {"problem_id": told.key, "unit_id": part.unit_id}
                answer_problem(**of, answer=answer, by=YOHANA, now=self.now)

    @rule(which=WHICH, broken=st.integers(0, 2))
    def sees_what_came_back(self, which, broken):
        for of, taken in self.accepted(which):
            lost = {line: min(broken, n) for line, n in taken.items()}
            goods = {line: Settled(n - lost[line], lost[line]) for line, n in taken.items()}
            told = {**of, "goods": goods, "reason": "Sobek"}
            self.tried(lambda told=told: settle_goods(**told, by=YOHANA, now=self.now))

    @rule(which=WHICH)
    def gives_the_money_of_a_report_back(self, which):
        for of, _ in self.accepted(which):
            self.tried(lambda of=of: refund_problem(**of, by=SITI, now=self.now))

    def accepted(self, which):
        """One of the accepted problems, with the pieces of its lines."""
        for answer in self.one_of(Answer.objects.order_by("answered_at", "problem_id"), which):
            of = {"problem_id": answer.pk, "unit_id": answer.problem.part.unit_id}
            yield of, dict(answer.lines.values_list("line_id", "pieces"))

    @invariant()
    def everything_that_is_checked_by_night_holds(self):
        problems = [
            *stock_problems(),
            *ledger_problems(),
            *payment_problems(),
            *summary_problems(),
            *chain_problems(),
            *shelf_problems(now=self.now),
            *goods_problems(),
            *order_problems(),
        ]
        assert problems == []

    @invariant()
    def pieces_are_where_they_were_or_sold(self):
        sold = Counter(dict(SaleLine.objects.values_list("product").annotate(n=Sum("pieces"))))
        at_counters = RefundLine.objects.filter(line__sale__order_part="")
        back = Counter(dict(at_counters.values_list("line__product").annotate(n=Sum("pieces"))))
        sound = GoodsBackLine.objects.values_list("line__product").annotate(n=Sum("to_stock"))
        back.update(dict(sound))
        for product, on_hand in Stock.objects.values_list("pk", "on_hand"):
            assert on_hand == PIECES_AT_FIRST - sold[product] + back[product]

    @invariant()
    def goods_of_orders_move_when_they_come_and_never_with_their_money(self):
        of_orders = Refund.objects.exclude(order_part="").values_list("id", flat=True)
        with_money = [f"refund:{refund}" for refund in of_orders]
        assert not StockMove.objects.filter(source__in=with_money).exists()
        lines = GoodsBackLine.objects.filter(goods__answer__refund__isnull=False)
        given = RefundLine.objects.exclude(line__sale__order_part="")
        assert sum(given.values_list("pieces", flat=True)) == sum(
            to_stock + lost for to_stock, lost in lines.values_list("to_stock", "written_off")
        )

    @invariant()
    def money_that_came_stands_somewhere(self):
        assert sum(Receipt.objects.values_list("amount", flat=True)) == self.received
        kinds = EntryLine.objects.values_list("account__kind").annotate(n=Sum("amount"))
        sums = Counter(dict(kinds))
        sold_at_counters = sum(Sale.objects.filter(payment="cash").values_list("total", flat=True))
        back_at_counters = sum(
            RefundLine.objects.filter(line__sale__payment="cash").values_list("amount", flat=True)
        )
        assert sum(sums[kind] for kind in MONEY) == (
            self.received + sold_at_counters - back_at_counters
        )
        assert sums["settlement"] == 0

    @invariant()
    def an_order_is_sold_once_or_not_at_all(self):
        for order in Order.objects.prefetch_related("parts"):
            parts = list(order.parts.all())
            sold = [part for part in parts if part.sale_id]
            left = [part for part in parts if part.sale_id or part.status != "cancelled"]
            on_credit = order.method == Method.INVOICE and order.status == OrderStatus.PLACED
            assert on_credit or len(sold) in {0, len(left)}
            if sold and not on_credit:
                ids = [part.sale_id for part in sold]
                total = sum(Sale.objects.filter(pk__in=ids).values_list("total", flat=True))
                assert total == sum(part.goods_total for part in left)

    @invariant()
    def an_invoice_asks_for_what_is_left_of_it(self):
        for order in Order.objects.filter(method=Method.INVOICE).prefetch_related("parts"):
            ask = Request.objects.get(subject=f"order:{order.pk}")
            left = [p for p in order.parts.all() if p.sale_id or p.status != "cancelled"]
            if order.status in {OrderStatus.PLACED, OrderStatus.PAID, OrderStatus.DONE}:
                back = ProblemRefund.objects.filter(
                    answer__problem__part__order=order, is_credited=True
                )
                credited = sum(goods + fee for goods, fee in back.values_list("goods", "shipping"))
                assert ask.due == sum(part.goods_total + part.fee for part in left) - credited
                assert (ask.settled >= ask.due) is (order.status != OrderStatus.PLACED)
                debts = Debt.objects.filter(subject=f"surplus:{ask.subject}")
                owed = sum(debts.values_list("amount", flat=True))
                assert owed == max(0, ask.settled - ask.due)

    @invariant()
    def turnover_is_what_was_sold_less_what_came_back(self):
        days = UnitDay.objects.aggregate(
            gross=Sum("gross", default=0), returned=Sum("returned", default=0)
        )
        assert days["gross"] == sum(Sale.objects.values_list("total", flat=True))
        assert days["returned"] == sum(RefundLine.objects.values_list("amount", flat=True))


@pytest.mark.usefixtures("db")
def test_orders_keep_stock_money_and_turnover_true():
    few = settings(
        max_examples=20,
        stateful_step_count=18,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run(Orders, settings=few)
