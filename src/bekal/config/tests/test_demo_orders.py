"""The simulated orders of the demo: something on every pile of a unit's desk, all of it marked."""

import pytest

from bekal.catalogue.models import Review
from bekal.config.demo.orders import make_orders
from bekal.config.demo.reviews import make_reviews
from bekal.config.demo.shipping import make_rates
from bekal.config.demo.shop import make_shop
from bekal.foundation.clock import Zone
from bekal.ledger.queries import ledger_problems
from bekal.payments.queries import payment_problems
from bekal.production.queries import stock_problems
from bekal.sales.queries import summary_problems
from bekal.shipping.actions import load_districts
from bekal.shop.models import Order, OrderBuyer
from bekal.shop.queries import count_to_refund, desk_counts, order_problems
from tests.support.world import NOON, SETUP, SITI, TODAY, a_product

pytestmark = pytest.mark.django_db


def test_a_desk_of_the_demo_has_orders_and_reports(world):
    load_districts(by=SETUP, now=NOON)
    a_product(
        world.merauke,
        "Keset sabut (contoh)",
        "kerajinan",
        price=25_000,
        cost=13_000,
        is_sample=True,
    )
    for make in (make_rates, make_shop):
        make(by=SETUP, now=NOON)
    assert make_orders(by=SETUP, now=NOON) == "5 simulated orders, 2 reports"
    counts = desk_counts(unit_id=world.merauke, today=TODAY, zone=Zone.WIT)
    assert (counts.prepare, counts.hand_over, counts.problems) == (2, 1, 1)
    assert count_to_refund(unit_id=world.merauke, by=SITI) == 1
    assert all(Order.objects.values_list("is_sample", flat=True))
    assert set(OrderBuyer.objects.values_list("name", flat=True)) == {"Pembeli Contoh"}
    checks = (order_problems, summary_problems, ledger_problems, payment_problems, stock_problems)
    assert [check() for check in checks] == [[]] * 5
    assert make_reviews(by=SETUP, now=NOON) == "3 simulated reviews, 2 that wait"
    after = desk_counts(unit_id=world.merauke, today=TODAY, zone=Zone.WIT)
    assert (after.prepare, after.hand_over, after.problems) == (2, 1, 1)
    assert all(each.text.startswith("Ulasan contoh") for each in Review.objects.exclude(text=""))
    assert all(each.product.is_sample for each in Review.objects.all())
    assert [check() for check in checks] == [[]] * 5


def test_without_goods_nothing_is_ordered(world):
    load_districts(by=SETUP, now=NOON)
    a_product(
        world.merauke,
        "Keset sabut (contoh)",
        "kerajinan",
        price=25_000,
        cost=13_000,
        is_sample=True,
    )
    assert make_orders(by=SETUP, now=NOON) == "no simulated orders, for nothing lies ready"
    assert make_reviews(by=SETUP, now=NOON) == "no simulated reviews, for nothing lies ready"
    assert not Order.objects.exists()
