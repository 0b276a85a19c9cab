"""The simulated orders by WhatsApp: two wait on the officer's desk, from people who are none."""

import pytest

from bekal.catalogue.queries import contacts_of
from bekal.config.demo.messages import make_messages
from bekal.config.demo.shop import make_shop
from bekal.shop.models import Order, OrderBuyer
from tests.support.world import NOON, SETUP, a_product

pytestmark = pytest.mark.django_db


def test_two_orders_wait_to_be_confirmed(world):
    for name in ("Keset sabut (contoh)", "Peci rajut (contoh)"):
        a_product(world.merauke, name, "kerajinan", price=25_000, cost=13_000, is_sample=True)
    make_shop(by=SETUP, now=NOON)
    assert make_messages(by=SETUP, now=NOON) == "2 orders to confirm"
    assert set(Order.objects.values_list("status", "channel", "is_sample")) == {
        ("draft", "whatsapp", True)
    }
    assert all("Contoh" in name for name in OrderBuyer.objects.values_list("name", flat=True))
    assert contacts_of(unit_ids=[world.merauke])[world.merauke].is_sample


def test_where_nothing_can_be_ordered_nothing_waits(world):
    assert make_messages(by=SETUP, now=NOON) == "0 orders to confirm"
    assert not Order.objects.exists()
