"""The simulated counts of cash: one to the rupiah, one short of some, named as what they are."""

import datetime as dt

import pytest

from bekal.config.demo.cash import make_cash
from bekal.sales.actions import record_sale
from bekal.treasury.models import CashCount, FundRequest
from bekal.treasury.queries import cash_problems
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_sale

pytestmark = pytest.mark.django_db


def test_two_days_are_counted_and_a_tool_is_asked_for(world):
    day = TODAY - dt.timedelta(days=3)
    sale = a_sale(world.merauke, (world.bread, 3), sold_on=day)
    record_sale(sale=sale, by=YOHANA, now=NOON)
    assert make_cash(by=SETUP, now=NOON) == "2 counts"
    first, second = CashCount.objects.order_by("number")
    assert (first.difference, second.reason) == (0, "CONTOH: kembalian keliru")
    assert FundRequest.objects.get().what.startswith("CONTOH")
    assert cash_problems() == []
