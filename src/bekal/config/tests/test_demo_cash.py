"""The simulated counts of cash: one to the rupiah, one short of some, named as what they are."""

import datetime as dt

import pytest

from bekal.config.demo.cash import make_cash
from bekal.config.tests.signed_up import accounts
from bekal.sales.actions import record_sale
from bekal.treasury.models import CashClearing, CashCount, FundRequest
from bekal.treasury.queries import cash_problems
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_sale

pytestmark = pytest.mark.django_db


def test_two_days_are_counted_some_is_settled_and_a_tool_is_asked_for(world):
    people = accounts()
    day = TODAY - dt.timedelta(days=3)
    sale = a_sale(world.merauke, (world.bread, 3), sold_on=day)
    record_sale(sale=sale, by=YOHANA, now=NOON)
    assert make_cash(by=SETUP, now=NOON) == "2 counts"
    first, second = CashCount.objects.order_by("number")
    assert (first.difference, second.reason) == (0, "CONTOH: kembalian keliru")
    done, waits = CashClearing.objects.order_by("-amount")
    assert (done.decided_as, done.proposed_by, done.decided_by, done.amount) == (
        "approved",
        people["petugas"],
        people["kepala_upt"],
        1_200,
    )
    assert (waits.decided_as, waits.amount) == ("", 500)
    assert FundRequest.objects.get().what.startswith("CONTOH")
    assert cash_problems() == []
