"""The picture equals a plain recount of the facts, whatever was sold, taken back and reported."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.campaigns.queries import picture
from bekal.campaigns.tests.declared import declare
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.models import Place
from bekal.sales import actions as sales
from bekal.sales.models import DayReport, Refund, Sale
from bekal.sales.queries import refundable_lines, summary_problems
from bekal.sales.rules import BuyerClass, RefundKind
from bekal.turnover import queries as turnover
from bekal.turnover.rules import Basis
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA, a_sale

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = dt.timedelta(days=1)
PERIOD = Period(YESTERDAY, TODAY)
NIGHT = NOON + 10 * dt.timedelta(hours=1)
UNITS = {"nabire": ("noken", "coffee"), "merauke": ("bread",), "bangli": ("endek",)}

sold = st.tuples(
    st.sampled_from(sorted(UNITS)),
    st.sampled_from([TODAY - 2 * DAY, YESTERDAY, TODAY]),
    st.integers(0, 12),  # hours between noon and the record
    st.booleans(),  # whether the instant of the sale is known
    st.integers(1, 4),
    st.sampled_from(BuyerClass),
)
came_back = st.tuples(
    st.integers(0, 9), st.integers(1, 4), st.integers(0, 12), st.sampled_from(RefundKind)
)
reported = st.tuples(st.sampled_from(sorted(UNITS)), st.sampled_from([YESTERDAY, TODAY]))


def happen(world, sales_made, refunds, reports):
    """Let it happen through the actions."""
    made = []
    for unit, day, hours, has_instant, pieces, buyer in sales_made:
        now = NOON + dt.timedelta(hours=hours)
        items = [(getattr(world, good), pieces) for good in UNITS[unit]]
        sale = a_sale(
            getattr(world, unit),
            *items,
            sold_on=day,
            buyer_class=buyer,
            sold_at=now if has_instant else None,
        )
        made.append(sales.record_sale(sale=sale, by=YOHANA, now=now).sale_id)
    for number, pieces, hours, kind in refunds:
        sale_id = made[number % len(made)]
        left = [line for line in refundable_lines(sale_id=sale_id) if line.left]
        if left:
            back = {left[0].id: min(pieces, left[0].left)}
            refund = sales.NewRefund(uuid7(), sale_id, back, kind, "uji")
            now = NOON + dt.timedelta(hours=hours)
            sales.refund_sale(refund=refund, by=YOHANA, now=now)
    for unit, day in reports:
        DayReport.objects.get_or_create(
            unit_id=getattr(world, unit),
            day=day,
            defaults={
                "receipts": 0,
                "net": 0,
                "reported_at": NOON,
                "reported_by": str(YOHANA),
            },
        )


def wib_hour(instant, day):
    known = local_day(instant, Zone.WIB) == day
    return instant.astimezone(Zone.WIB.info).hour if known else None


def recount():
    """Everything again from the facts, one by one: sums, provinces with a record, units."""
    book: dict[str, Counter[Any]] = {
        name: Counter() for name in ("province", "buyer", "hour", "sums")
    }
    spoken = {(row.unit_id) for row in DayReport.objects.filter(day__range=(YESTERDAY, TODAY))}
    touched = set(spoken)
    provinces = dict(Place.objects.filter(level="unit").values_list("id", "province_id"))

    def count(sale, day, amount, pieces, at):
        touched.add(sale.unit_id)
        book["province"][provinces[sale.unit_id]] += amount
        book["buyer"][sale.buyer_class] += amount
        book["sums"]["pieces"] += pieces
        if day == TODAY:
            book["hour"][wib_hour(at, day)] += amount

    for sale in Sale.objects.prefetch_related("lines"):
        if sale.sold_on in PERIOD:
            spoken.add(sale.unit_id)
            book["sums"]["receipts"] += 1
            pieces = sum(line.pieces for line in sale.lines.all())
            count(sale, sale.sold_on, sale.total, pieces, sale.sold_at or sale.recorded_at)
    for refund in Refund.objects.select_related("sale").prefetch_related("lines"):
        if refund.counts_on in PERIOD:
            book["sums"]["refunds"] += 1
            book["sums"]["refunded"] += refund.total
            pieces = sum(line.pieces for line in refund.lines.all())
            count(refund.sale, refund.counts_on, -refund.total, -pieces, refund.recorded_at)
    return book, {provinces[unit] for unit in touched}, len(spoken)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    made=st.lists(sold, min_size=1, max_size=8),
    refunds=st.lists(came_back, max_size=5),
    reports=st.lists(reported, max_size=3),
)
def test_the_picture_is_the_recount(world, made, refunds, reports):
    with transaction.atomic():
        happen(world, made, refunds, reports)
        campaign = declare(world, period=PERIOD)
        shown = picture(campaign=campaign, now=NIGHT)
        truth, touched, spoken = recount()
        assert shown.total == sum(truth["province"].values())
        for tile in shown.provinces:
            there = tile.code in touched
            assert tile.total == (truth["province"][tile.code] if there else None)
        assert {b.buyer_class: b.total for b in shown.buyers} == {
            buyer: truth["buyer"][buyer] for buyer in BuyerClass
        }
        assert sum(buyer.percent for buyer in shown.buyers) in {0, 100}
        bars = {bar.hour: bar.total for bar in shown.hours}
        assert bars == {hour: truth["hour"][hour] for hour in bars}
        assert shown.hourless == truth["hour"][None]
        assert sum(bars.values()) + shown.hourless == sum(truth["hour"].values())
        for name in ("pieces", "receipts", "refunds", "refunded"):
            assert getattr(shown, name) == truth["sums"][name]
        assert (shown.units_reported, shown.units_expected) == (spoken, 3)
        nation = turnover.total(
            place_id=world.centre, period=PERIOD, basis=Basis.AS_IT_WAS, on=TODAY
        )
        assert shown.total == nation.total.net
        assert shown.units_reported == nation.coverage.reported
        assert summary_problems() == []
        transaction.set_rollback(True)
