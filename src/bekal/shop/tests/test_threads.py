"""Many at once: nothing is sold twice, nothing is placed twice, nothing hangs."""

import dataclasses

import pytest

from bekal.foundation.ids import uuid7
from bekal.ledger.queries import ledger_problems
from bekal.payments.models import Request
from bekal.payments.rules import Method
from bekal.production.actions import move_stock
from bekal.production.models import Hold
from bekal.production.queries import stock_problems
from bekal.production.rules import NewMove, Reason
from bekal.production.tests.goods import level
from bekal.sales.models import Sale
from bekal.sales.queries import summary_problems
from bekal.shop.actions import cancel_order, expire_orders
from bekal.shop.models import Order
from bekal.shop.rules import (
    MOST_TO_FETCH,
    CancelRefused,
    ChangeKind,
    Delivery,
    OrderChanged,
    OrderRefused,
)
from bekal.shop.tests.market import AFTER, RINA, a_buyer, an_order, pay, place
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, SETUP

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def left(product, pieces):
    """So many pieces lie ready."""
    on_hand, _ = level(product)
    new = NewMove(product, pieces - on_hand, Reason.MOVED, f"uji:{uuid7()}")
    move_stock(moves=[new], by=SETUP, now=NOON)


def test_eight_clicks_with_one_key_place_one_order(committed_market):
    order = an_order(committed_market, ("noken", 1), ("endek", 1))
    answers = at_once(8, lambda _: place(order))
    assert len({(answer.code, answer.order_id) for answer in answers}) == 1
    assert [answer.is_repeat for answer in answers].count(False) == 1
    assert Order.objects.count() == Request.objects.count() == 1
    assert level(committed_market.noken) == (10, 1)


def test_twenty_buyers_race_for_five_pieces(committed_market):
    market = committed_market
    left(market.noken, 5)
    orders = [
        an_order(market, ("coffee" if n % 2 else "noken", 1), buyer=a_buyer(phone=f"+62811{n:07}"))
        for n in range(20)
    ]
    both = [
        dataclasses.replace(order, items=an_order(market, ("noken", 1)).items) for order in orders
    ]
    answers = all_at_once(20, lambda n: place(both[n]))
    placed = [answer for answer in answers if not isinstance(answer, Exception)]
    refused = [answer for answer in answers if isinstance(answer, OrderChanged)]
    assert (len(placed), len(refused)) == (5, 15), answers
    assert {change.kind for no in refused for change in no.changes} == {ChangeKind.SHORT}
    assert level(market.noken) == (5, 5)
    at_once(5, lambda n: pay(placed[n].order_id))
    assert Sale.objects.count() == 5
    assert level(market.noken) == (0, 0)
    assert [stock_problems(), ledger_problems(), summary_problems()] == [[], [], []]


def test_baskets_that_cross_wait_for_each_other_in_no_circle(committed_market):
    market = committed_market
    for product in (market.noken, market.endek, market.bread):
        left(product, 100)
    pairs = [("noken", "endek"), ("endek", "noken"), ("bread", "endek"), ("noken", "bread")]

    def one(n):
        first, second = pairs[n % 4]
        order = an_order(market, (first, 1), (second, 1), buyer=a_buyer(phone=f"+62812{n:07}"))
        place(order)
        pay(order.key)

    at_once(8, one)
    assert Sale.objects.count() == 16
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert [stock_problems(), ledger_problems(), summary_problems()] == [[], [], []]


def test_the_same_payment_told_by_eight_at_once_is_one(committed_market):
    order = an_order(committed_market, ("noken", 1), ("endek", 1))
    place(order)
    at_once(8, lambda _: pay(order.key, reference="QR-8"))
    assert Sale.objects.count() == 2
    assert Order.objects.get().status == "paid"


def test_paying_and_cancelling_at_once_is_one_of_them_and_never_a_loss(committed_market):
    for _ in range(4):
        order = an_order(committed_market, ("coffee", 1))
        place(order)

        def one(n, order=order):
            if n:
                return cancel_order(order_id=order.key, by=RINA, now=NOON)
            return pay(order.key)

        answers = all_at_once(2, one)
        assert not [a for a in answers if isinstance(a, Exception) and type(a) is not CancelRefused]
        assert Order.objects.get(pk=order.key).status in {"paid", "refund_due"}
    assert [stock_problems(), ledger_problems()] == [[], []]


def test_paying_and_expiring_at_once_loses_nothing(committed_market):
    orders = [an_order(committed_market, ("coffee", 1)) for _ in range(4)]
    for order in orders:
        place(order)

    def one(n):
        if n % 2:
            return expire_orders(by=SETUP, now=AFTER)
        return pay(orders[n // 2].key, now=AFTER)

    at_once(8, one)
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert Sale.objects.count() == 4
    assert not Hold.objects.exclude(status="taken").exists()
    assert [stock_problems(), ledger_problems()] == [[], []]


def test_eight_orders_to_be_fetched_at_once_are_three(committed_market):
    orders = [
        an_order(committed_market, ("noken", 1), delivery=Delivery.PICKUP, method=Method.AT_PICKUP)
        for _ in range(8)
    ]
    answers = all_at_once(8, lambda n: place(orders[n]))
    refused = [each for each in answers if isinstance(each, OrderRefused)]
    assert (Order.objects.count(), len(refused)) == (MOST_TO_FETCH, 8 - MOST_TO_FETCH), answers
    assert level(committed_market.noken) == (10, MOST_TO_FETCH)
