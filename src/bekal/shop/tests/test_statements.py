"""How little a checkout asks of the database: placing, paying and the sales of two workshops."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekal.foundation.ids import uuid7
from bekal.payments.actions import receive
from bekal.payments.rules import Means, NewReceipt
from bekal.shop.models import Order
from bekal.shop.tests.market import PROVIDER, an_order, place
from tests.support.world import NOON

pytestmark = pytest.mark.django_db

PLACED = [
    "foundation_message",  # the key is claimed
    "catalogue_product",  # goods with their prices, published or not
    "production_hold",  # what is there, and who pauses
    "shipping_courier",  # the quotes of all workshops
    "payments_merchant",  # who takes money that way
    "production_stock",  # the levels are locked
    "production_hold",  # and the pieces held
    "shop_order",  # order, parts, lines and buyer
    "payments_request",  # the payment is asked for
    "audit_event",
]
PAID = [
    "payments_request",  # the ask is locked, the receipt taken in
    "SAVEPOINT",  # what follows must not lose the money
    "payments_application",
    "ledger_account",  # the advance is booked
    "shop_order",  # the order is paid, its parts begin
    "production_stock",  # the holds are taken
    "catalogue_product",  # terms of the day
    "ledger_splitrule",  # rules of the day, for all units
    "production_stock",  # the goods go
    "sales_unitbook",  # both receipts, their lines and sums
    "ledger_account",  # both entries, and the shipping
    "audit_event",
    "set constraints",  # all promises are looked at here
    "RELEASE",
    "audit_event",
]
"""Each statement by a table that it is about."""


def asked(work):
    """The statements of some work, without the savepoint that the test itself needs."""
    with CaptureQueriesContext(connection) as context:
        work()
    return [query["sql"] for query in context.captured_queries][1:-1]


def receipt(order):
    """What a provider tells of the payment of an order."""
    kept = Order.objects.get(pk=order.key)
    return NewReceipt(
        key=uuid7(),
        unit_id=kept.collector_id or 0,
        amount=kept.total,
        method=Means.QRIS,
        provider="sandbox",
        reference=str(kept.pk),
        request_id=kept.pk,
        received_at=NOON,
    )


def checkout(market):
    """The statements of placing an order of two workshops, and of paying it."""
    order = an_order(market, ("noken", 1), ("endek", 2), ("coffee", 1))
    placing = asked(lambda: place(order))
    money = receipt(order)
    return placing, asked(lambda: receive(receipt=money, by=PROVIDER, now=NOON))


def test_a_checkout_of_two_workshops_asks_twenty_five_times(market):
    checkout(market)  # the first opens accounts and books
    placing, paying = checkout(market)
    for told, statements in ((PLACED, placing), (PAID, paying)):
        assert len(statements) == len(told), "\n".join(statements)
        for about, sql in zip(told, statements, strict=True):
            assert re.search(rf"\b{about}", sql), f"{about}: {sql[:200]}"
    assert len(placing) + len(paying) == 25
    assert Order.objects.filter(status="paid").count() == 2


def test_ten_workshops_would_cost_no_more(market):
    order = an_order(market, ("noken", 1), ("endek", 1), ("bread", 1))
    place(an_order(market, ("noken", 1), ("endek", 1), ("bread", 1)))
    assert len(asked(lambda: place(order))) == len(PLACED)
