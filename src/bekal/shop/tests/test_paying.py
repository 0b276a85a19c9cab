"""What follows when money comes: sales, or a debt; never a receipt that is lost."""

import datetime as dt

import pytest

from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import adopt_rule
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.payments.actions import pay_out
from bekal.payments.models import Debt, Doubt, Request
from bekal.payments.queries import digits_of, payment_problems, unapplied_of
from bekal.payments.rules import Means, Method
from bekal.production.actions import pause_unit
from bekal.production.models import CapacityUse, Hold
from bekal.production.queries import stock_problems
from bekal.production.rules import Reason
from bekal.production.tests.goods import level, move
from bekal.sales.models import Sale, SaleLine
from bekal.sales.queries import summary_problems
from bekal.shop.actions import cancel_order, deliver_part, expire_orders, hand_over_part, ready_part
from bekal.shop.models import Order, OrderMove, PartMove
from bekal.shop.rules import CancelRefused, Delivery, MoveRefused, OrderChannel
from bekal.shop.tests.market import AFTER, MINUTE, RINA, an_order, pay, place
from tests.support.world import NOON, SETUP, YOHANA

pytestmark = pytest.mark.django_db
BUYING = {AccountKind.ORDER_ADVANCE, AccountKind.SHIPPING, AccountKind.QRIS, AccountKind.SETTLEMENT}


def held(unit_id):
    """What accounts of orders hold, summed over other units."""
    found: dict[AccountKind, int] = {}
    for balance in balances_of(unit_id=unit_id):
        if balance.amount and balance.account in BUYING:
            found[balance.account] = found.get(balance.account, 0) + balance.amount
    return found


def all_ties_out():
    checks = (summary_problems, ledger_problems, chain_problems, payment_problems, stock_problems)
    assert [check() for check in checks] == [[]] * 5
    return True


def ordered(market, *items, **changes):
    order = an_order(market, *items, **changes)
    place(order)
    return Order.objects.get(pk=order.key)


def statuses(order):
    order.refresh_from_db()
    parts = order.parts.order_by("position")
    return order.status, [part.status for part in parts]


def test_a_paid_order_becomes_one_sale_for_each_part(market):
    order = ordered(market, ("noken", 1), ("endek", 2), ("coffee", 1))
    pay(order.pk)
    assert statuses(order) == ("paid", ["accepted", "accepted"])
    sales = {sale.unit_id: sale for sale in Sale.objects.all()}
    for part in order.parts.all():
        sale = sales[part.unit_id]
        assert (sale.pk, part.sale_id, sale.total) == (part.pk, part.pk, part.goods_total)
        assert (sale.channel, sale.payment, sale.collector_id) == ("online", "qris", market.bangli)
    assert all_ties_out()


def test_the_money_goes_where_it_belongs_and_nothing_stays_with_the_buyer(market):
    order = ordered(market, ("noken", 1), ("endek", 2))
    pay(order.pk)
    assert held(market.bangli) == {
        AccountKind.QRIS: 336_000,
        AccountKind.SETTLEMENT: -118_000,
        AccountKind.SHIPPING: -18_000,
    }
    assert held(market.nabire) == {AccountKind.SETTLEMENT: 118_000, AccountKind.SHIPPING: -18_000}


def test_goods_that_were_held_go_with_the_sale(market):
    order = ordered(market, ("noken", 3))
    assert level(market.noken) == (10, 3)
    pay(order.pk)
    assert level(market.noken) == (7, 0)
    assert Hold.objects.get().status == "taken"


def test_the_same_money_told_twice_pays_once(market):
    order = ordered(market, ("noken", 1))
    pay(order.pk, reference="QR-1")
    again = pay(order.pk, reference="QR-1")
    assert again.is_repeat
    assert Sale.objects.count() == 1
    assert OrderMove.objects.filter(status="paid").count() == 1


def test_what_is_not_paid_in_full_waits_for_the_rest(market):
    order = ordered(market, ("noken", 1))
    pay(order.pk, 100_000)
    assert statuses(order) == ("waiting", ["waiting"])
    assert held(market.nabire)[AccountKind.ORDER_ADVANCE] == -100_000
    pay(order.pk, 18_000)
    assert statuses(order) == ("paid", ["accepted"])
    assert held(market.nabire) == {AccountKind.QRIS: 118_000, AccountKind.SHIPPING: -18_000}


def test_a_transfer_with_its_digits_is_paid_and_the_digits_are_known(market):
    order = ordered(market, ("noken", 1), method=Method.TRANSFER)
    pay(order.pk, means=Means.TRANSFER)
    assert statuses(order)[0] == "paid"
    assert Sale.objects.get().payment == "transfer"
    assert all_ties_out()


def test_an_order_that_nobody_paid_gives_its_goods_back(market):
    order = ordered(market, ("noken", 3), ("chair", 1))
    assert expire_orders(by=SETUP, now=NOON + 19 * MINUTE) == 0
    assert expire_orders(by=SETUP, now=AFTER) == 1
    assert expire_orders(by=SETUP, now=AFTER) == 0
    assert statuses(order) == ("expired", ["cancelled"])
    assert level(market.noken) == (10, 0)
    assert not CapacityUse.objects.filter(released_at__isnull=True).exists()


def test_money_that_comes_when_the_time_is_over_gets_goods_that_are_still_there(market):
    order = ordered(market, ("noken", 3), ("chair", 1))
    promised = order.parts.get().promised_on
    expire_orders(by=SETUP, now=AFTER)
    pay(order.pk, now=AFTER + dt.timedelta(days=2))
    assert statuses(order) == ("paid", ["accepted"])
    assert level(market.noken) == (7, 0)
    assert order.parts.get().promised_on > promised
    assert CapacityUse.objects.filter(released_at__isnull=True).exists()
    assert all_ties_out()


def test_money_in_the_last_minute_is_safe_though_nobody_ran_the_job(market):
    order = ordered(market, ("noken", 10))
    assert order.expires_at == NOON + 20 * MINUTE
    pay(order.pk, now=AFTER)
    assert statuses(order) == ("paid", ["accepted"])
    assert level(market.noken) == (0, 0)


def test_money_that_comes_when_the_goods_are_gone_is_owed_back(market):
    order = ordered(market, ("noken", 3), ("endek", 1))
    expire_orders(by=SETUP, now=AFTER)
    move(market.noken, -9, Reason.DONATED, now=AFTER)
    pay(order.pk, now=AFTER + MINUTE)
    assert statuses(order) == ("refund_due", ["cancelled", "cancelled"])
    debt = Debt.objects.get()
    assert (debt.subject, debt.unit_id, debt.amount) == (
        f"order:{order.pk}",
        market.nabire,
        445_000,
    )
    assert held(market.nabire) == {AccountKind.QRIS: 445_000, AccountKind.ORDER_ADVANCE: -445_000}
    assert not Sale.objects.exists()
    assert all_ties_out()


def test_late_money_lets_go_of_all_goods_and_hours_though_nobody_ran_the_job(market):
    order = ordered(market, ("noken", 10), ("chair", 1))
    place(an_order(market, ("noken", 5)), now=AFTER)
    pay(order.pk, now=AFTER + MINUTE)
    assert statuses(order) == ("refund_due", ["cancelled"])
    assert Debt.objects.get().amount == order.total
    assert level(market.noken) == (10, 5)
    assert not CapacityUse.objects.filter(released_at__isnull=True).exists()
    assert not Sale.objects.exists()
    assert all_ties_out()


def test_late_money_for_work_that_a_paused_unit_cannot_promise_is_owed_back(market):
    order = ordered(market, ("noken", 1), ("chair", 1))
    expire_orders(by=SETUP, now=AFTER)
    pause_unit(unit_id=market.nabire, sentence="Tutup.", until=None, by=YOHANA, now=AFTER)
    pay(order.pk, now=AFTER + MINUTE)
    assert statuses(order) == ("refund_due", ["cancelled"])
    assert Debt.objects.get().amount == order.total
    assert level(market.noken) == (10, 0)
    assert not CapacityUse.objects.filter(released_at__isnull=True).exists()
    assert all_ties_out()


def test_money_for_a_cancelled_order_is_owed_back(market):
    order = ordered(market, ("noken", 1))
    assert cancel_order(order_id=order.pk, by=RINA, now=NOON + MINUTE) == "cancelled"
    assert level(market.noken) == (10, 0)
    pay(order.pk, now=NOON + 2 * MINUTE)
    assert statuses(order) == ("refund_due", ["cancelled"])
    assert Debt.objects.get().amount == 118_000
    assert not Sale.objects.exists()


def test_what_came_for_an_order_that_was_never_paid_in_full_is_owed_back(market):
    order = ordered(market, ("noken", 1), method=Method.TRANSFER)
    pay(order.pk, 100_000, means=Means.TRANSFER)
    late = NOON + dt.timedelta(days=2)
    assert expire_orders(by=SETUP, now=late) == 1
    assert statuses(order) == ("refund_due", ["cancelled"])
    pay(order.pk, 10_000, means=Means.TRANSFER, now=late)
    pay(order.pk, 8_000, means=Means.TRANSFER, now=late)
    assert sorted(Debt.objects.values_list("amount", flat=True)) == [8_000, 10_000, 100_000]
    assert all_ties_out()


def test_a_transfer_that_comes_too_late_goes_back_whole_with_its_unique_digits(market):
    order = ordered(market, ("noken", 1), method=Method.TRANSFER)
    cancel_order(order_id=order.pk, by=RINA, now=NOON + MINUTE)
    sent = Request.objects.get().payable
    pay(order.pk, means=Means.TRANSFER, now=NOON + 2 * MINUTE, reference="T1")
    again = pay(order.pk, means=Means.TRANSFER, now=NOON + 3 * MINUTE, reference="T1")
    assert again.is_repeat
    debt = Debt.objects.get()
    assert (debt.amount, debt.surplus) == (sent, sent - 118_000)
    assert digits_of(unit_id=market.nabire) == 0
    assert unapplied_of(unit_id=market.nabire) == []
    assert all_ties_out()
    pay_out(
        key=uuid7(),
        debt_id=debt.pk,
        unit_id=market.nabire,
        means=Means.TRANSFER,
        proof="TRX-1",
        paid_on=NOON.date(),
        by=YOHANA,
        now=NOON + 4 * MINUTE,
    )
    assert statuses(order) == ("refunded", ["cancelled"])
    assert {b.account: b.amount for b in balances_of(unit_id=market.nabire) if b.amount} == {}
    assert all_ties_out()


def test_cancelling_twice_is_cancelling_once_and_a_paid_order_is_not_cancelled(market):
    order = ordered(market, ("noken", 1))
    for _ in range(2):
        cancel_order(order_id=order.pk, by=RINA, now=NOON + MINUTE)
    assert OrderMove.objects.filter(status="cancelled").count() == 1
    assert Request.objects.get().closed_as == "cancelled"
    paid = ordered(market, ("coffee", 1))
    pay(paid.pk)
    with pytest.raises(CancelRefused, match="sudah dibayar"):
        cancel_order(order_id=paid.pk, by=RINA, now=NOON + MINUTE)
    assert statuses(paid) == ("paid", ["accepted"])


def test_a_sale_that_cannot_be_recorded_keeps_the_money_and_tells_a_person(market):
    order = ordered(market, ("endek", 1))
    adopt_rule(
        place_id=market.bangli,
        activity="tekstil",
        code="kepmen-1990",
        citation="uji",
        first_day=None,
        by=SETUP,
        now=NOON,
    )
    received = pay(order.pk)
    assert (received.applied, received.loose) == (0, 118_000)
    assert Doubt.objects.get().receipt_id == received.receipt_id
    assert statuses(order) == ("waiting", ["waiting"])
    assert not Sale.objects.exists()
    assert all_ties_out()


def test_a_rule_that_changes_between_order_and_payment_divides_what_is_paid_after(market):
    before, after = (ordered(market, ("coffee", 1)) for _ in range(2))
    pay(before.pk)
    change = {"place_id": market.nabire, "activity": "", "code": "bangli-2023", "citation": "uji"}
    adopt_rule(**change, first_day=None, by=SETUP, now=NOON)
    pay(after.pk, reference="uji-2")
    first, second = (line.parts for line in SaleLine.objects.order_by("pk"))
    assert first[AccountKind.COST_RECOVERY] == 31_333
    assert second == {"premi_unallocated": 16_800, "capital": 7_200, "pnbp_payable": 24_000}
    assert sum(first.values()) == sum(second.values()) == 48_000
    assert all_ties_out()


class TestPickUp:
    @pytest.fixture
    def order(self, market):
        return ordered(
            market,
            ("noken", 1),
            ("bread", 2),
            delivery=Delivery.PICKUP,
            method=Method.AT_PICKUP,
        )

    def test_each_counter_takes_its_own_money_and_the_last_makes_the_order_paid(
        self, market, order
    ):
        first, second = order.parts.order_by("position")
        pay(first.pk, means=Means.CASH)
        assert statuses(order)[0] == "placed"
        assert Sale.objects.get().collector_id == market.nabire
        pay(second.pk, means=Means.CASH)
        assert statuses(order) == ("paid", ["accepted", "accepted"])
        assert {s.payment for s in Sale.objects.all()} == {"cash"}
        assert all_ties_out()

    def test_nothing_is_handed_out_before_it_is_paid_for(self, market, order):
        part = order.parts.get(unit_id=market.nabire)
        step = {"part_id": part.pk, "unit_id": market.nabire, "by": YOHANA, "now": NOON}
        ready_part(**step)
        with pytest.raises(MoveRefused, match="belum dibayar"):
            deliver_part(**step)
        pay(part.pk, means=Means.CASH)
        deliver_part(**step)
        deliver_part(**step)
        moves = PartMove.objects.filter(part=part).order_by("id").values_list("status", flat=True)
        assert list(moves) == ["accepted", "ready", "delivered"]

    def test_the_order_is_done_when_the_last_part_is_there(self, market, order):
        for part in order.parts.all():
            pay(part.pk, means=Means.CASH)
            step = {"part_id": part.pk, "unit_id": part.unit_id, "by": YOHANA, "now": NOON}
            ready_part(**step)
            deliver_part(**step)
        assert statuses(order) == ("done", ["delivered", "delivered"])

    def test_who_does_not_come_within_a_week_keeps_what_was_paid_and_loses_the_rest(
        self, market, order
    ):
        pay(order.parts.get(unit_id=market.nabire).pk, means=Means.CASH)
        assert expire_orders(by=SETUP, now=NOON + dt.timedelta(days=8)) == 1
        assert statuses(order) == ("paid", ["accepted", "cancelled"])
        assert level(market.bread) == (10, 0)


class TestInvoice:
    @pytest.fixture
    def order(self, market):
        return ordered(
            market,
            ("noken", 2),
            ("endek", 1),
            method=Method.INVOICE,
            channel=OrderChannel.INSTITUTION,
        )

    def sent(self, order):
        for part in order.parts.all():
            step = {"part_id": part.pk, "unit_id": part.unit_id, "by": YOHANA, "now": NOON}
            ready_part(**step)
            hand_over_part(**step, tracking_number=" jne 0123-456 ")

    def test_what_leaves_before_its_invoice_is_paid_is_sold_on_credit(self, market, order):
        self.sent(order)
        assert {(s.payment, s.channel, s.collector_id) for s in Sale.objects.all()} == {
            ("credit", "order", None)
        }
        assert statuses(order) == ("placed", ["sent", "sent"])
        assert set(order.parts.values_list("tracking_number", flat=True)) == {"JNE0123-456"}
        assert all_ties_out()

    def test_the_invoice_settles_what_was_sold_on_credit(self, market, order):
        self.sent(order)
        pay(order.pk, means=Means.TRANSFER, now=NOON + dt.timedelta(days=14))
        assert statuses(order) == ("paid", ["sent", "sent"])
        for unit in (market.nabire, market.bangli):
            accounts = {b.account: b.amount for b in balances_of(unit_id=unit) if b.amount}
            assert AccountKind.RECEIVABLE not in accounts
            assert AccountKind.ORDER_ADVANCE not in accounts
        assert Sale.objects.count() == 2
        assert all_ties_out()

    def test_an_invoice_that_is_paid_before_anything_is_sent_makes_sales_of_that_day(self, order):
        pay(order.pk, means=Means.TRANSFER)
        assert {s.payment for s in Sale.objects.all()} == {"transfer"}
        self.sent(order)
        assert Sale.objects.count() == 2
        assert all_ties_out()


def test_a_part_of_another_unit_is_not_found(market):
    order = ordered(market, ("noken", 1))
    pay(order.pk)
    part = order.parts.get()
    with pytest.raises(LookupError):
        ready_part(part_id=part.pk, unit_id=market.bangli, by=YOHANA, now=NOON)
    assert statuses(order) == ("paid", ["accepted"])
