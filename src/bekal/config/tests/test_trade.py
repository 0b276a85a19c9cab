"""The simulated trade of the demo: marked everywhere, uneven, and recorded in the order of time."""

import datetime as dt
import random

import pytest
from django.db.models import F

from bekal.audit.queries import chain_problems
from bekal.catalogue.models import Product
from bekal.config import reference
from bekal.config.demo import market, trade
from bekal.foundation.actors import command_actor
from bekal.sales.models import DayReport, Refund, Sale
from bekal.sales.queries import summary_problems
from bekal.sales.rules import BuyerClass

pytestmark = pytest.mark.django_db
DEMO = command_actor("demo")
NOW = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
"""A Friday, 15.00 WIB."""


@pytest.fixture
def _small_demo(monkeypatch):
    """The real field with few trading units and few days."""
    monkeypatch.setattr(market, "UNITS", 8)
    monkeypatch.setattr(market, "ZERO_UNITS", 3)
    monkeypatch.setattr(market, "DAYS", 9)
    monkeypatch.setattr(market, "RETURNED", 0.2)
    reference.load_places(by=DEMO, now=NOW)
    reference.load_rules(by=DEMO, now=NOW)
    reference.load_products(by=DEMO, now=NOW)
    trade.make_goods(by=DEMO, now=NOW)


@pytest.mark.usefixtures("_small_demo")
def test_a_month_of_trade_is_simulated_ordered_and_whole():
    said = trade.make_sales(by=DEMO, now=NOW)
    assert "simulated receipts" in said
    sales = Sale.objects.all()
    assert sales.count() > 20
    assert not sales.filter(is_sample=False).exists()
    assert not sales.filter(recorded_at__gt=NOW).exists()
    assert not sales.filter(sold_at__gte=F("recorded_at")).exists()
    for unit in set(sales.values_list("unit_id", flat=True)):
        recorded = list(
            sales.filter(unit_id=unit).order_by("number").values_list("recorded_at", flat=True)
        )
        assert recorded == sorted(recorded)
    assert Refund.objects.exists()
    assert DayReport.objects.filter(receipts=0).exists()
    assert chain_problems() == []
    assert summary_problems() == []


def test_no_unit_that_guides_children_trades(monkeypatch):
    monkeypatch.setattr(market, "UNITS", 2_000)
    reference.load_places(by=DEMO, now=NOW)
    trading, _ = trade._workshops(on=NOW.date())
    assert len(trading) > 400
    assert "LPKA" not in {place.kind for place in trading}


@pytest.mark.usefixtures("_small_demo")
def test_simulated_goods_are_marked_and_say_so_in_their_name():
    goods = Product.objects.filter(is_sample=True)
    assert goods.count() == 8 * market.GOODS_OF_A_UNIT
    assert all("(contoh)" in good.name for good in goods)


@pytest.mark.usefixtures("_small_demo")
def test_live_sales_bear_the_present_hour_and_can_come_back():
    assert trade.one_refund(by=DEMO, now=NOW) == "nothing to take back yet"
    trade.one_sale(by=DEMO, now=NOW)
    assert Sale.objects.get().sold_at == NOW
    assert "one piece back" in trade.one_refund(by=DEMO, now=NOW)
    assert Refund.objects.count() == 1


def test_trade_follows_the_week_the_hours_and_the_sizes():
    chance = random.Random(1)
    friday, sunday = dt.date(2026, 11, 20), dt.date(2026, 11, 22)

    def of(size, day):
        return sum(market.receipts_on(chance, size, day) for _ in range(600))

    assert of(market.LARGE, friday) > 3 * of(market.MIDDLE, friday) / 2 > of(market.SMALL, friday)
    assert of(market.MIDDLE, friday) > of(market.MIDDLE, sunday)
    hours = [market.hour_of(chance).hour for _ in range(2000)]
    assert min(hours) >= 8
    assert hours.count(10) > 3 * hours.count(17)


def test_institutions_order_seldom_and_buyers_are_mostly_the_public():
    shares = market.BUYERS
    assert shares[BuyerClass.PUBLIC] > shares[BuyerClass.OFFICER] > shares[BuyerClass.INSTITUTION]


def test_the_pause_between_live_sales_is_longer_by_night_and_never_dead():
    chance = random.Random(2)
    by_day = sum(market.pause(chance, 10) for _ in range(300))
    by_night = sum(market.pause(chance, 2) for _ in range(300))
    assert by_night > 2 * by_day
    assert max(market.pause(chance, 2) for _ in range(300)) <= 20
