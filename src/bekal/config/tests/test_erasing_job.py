"""The worker forgets buyers at night, batch by batch, and the check finds what was left."""

import datetime as dt

import pytest
from django.conf import settings

from bekal.config import checks, jobs
from bekal.foundation import clock
from bekal.shop.actions import expire_orders
from bekal.shop.models import OrderBuyer
from bekal.shop.tests.market import AFTER, an_order, open_market, place
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db
CHECK = "no buyer is known longer than the law asks"


def problems():
    (check,) = [check for check in checks.CHECKS if check.name == CHECK]
    return check.problems()


def test_who_never_paid_five_years_ago_is_forgotten_at_night(world, monkeypatch):
    market = open_market(world)
    for _ in range(3):
        place(an_order(market, ("noken", 1)))
    expire_orders(by=SETUP, now=AFTER)
    late = NOON + dt.timedelta(days=settings.BEKAL_BUYER_DATA_DAYS + 4)
    monkeypatch.setattr(clock, "now", lambda: late)
    monkeypatch.setattr("bekal.shop.actions.erasing._AT_ONCE", 2)
    assert len(problems()) == 3
    jobs.nightly_erasing_of_buyers(timestamp=0)
    assert problems() == []
    assert set(OrderBuyer.objects.values_list("name", "erased_by")) == {
        ("", "job:nightly_erasing_of_buyers")
    }
