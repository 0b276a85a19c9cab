"""The sums of a product by the hour of WIB, which the live page shows."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.sales import actions, queries
from bekal.sales.models import ProductHour, UnitDay
from bekal.sales.queries import refundable_lines
from bekal.sales.rules import RefundKind, hour_of
from tests.support.world import NOON, SETUP, TODAY, YESTERDAY, YOHANA, a_product, a_sale

HOUR = dt.timedelta(hours=1)


def record(sale, now=NOON):
    return actions.record_sale(sale=sale, by=YOHANA, now=now)


def give_back(answer, pieces, *, kind=RefundKind.RETURN, now=NOON):
    line = refundable_lines(sale_id=answer.sale_id)[0]
    refund = actions.NewRefund(uuid7(), answer.sale_id, {line.id: pieces}, kind, "Retak")
    actions.refund_sale(refund=refund, by=YOHANA, now=now)


def kept():
    rows = ProductHour.objects.order_by("day", "hour", "product_id")
    return list(
        rows.values_list(
            "product_id", "day", "hour", "pieces", "pieces_returned", "gross", "returned"
        )
    )


def test_sales_of_a_product_in_one_hour_are_one_row(world):
    record(a_sale(world.nabire, (world.noken, 1), (world.coffee, 2)))
    record(a_sale(world.nabire, (world.noken, 3)))
    record(a_sale(world.nabire, (world.noken, 1)), now=NOON + HOUR)
    assert kept() == [
        (world.noken, TODAY, 10, 4, 0, 400_000, 0),
        (world.coffee, TODAY, 10, 2, 0, 96_000, 0),
        (world.noken, TODAY, 11, 1, 0, 100_000, 0),
    ]
    assert queries.summary_problems() == []


def test_a_sale_keeps_the_hour_in_which_it_was_made_when_it_comes_late(world):
    record(a_sale(world.nabire, (world.noken, 1), sold_at=NOON - 2 * HOUR))
    assert kept() == [(world.noken, TODAY, 8, 1, 0, 100_000, 0)]


def test_a_record_of_yesterday_has_no_hour(world):
    record(a_sale(world.nabire, (world.noken, 1), sold_on=YESTERDAY))
    record(a_sale(world.nabire, (world.noken, 2), sold_on=YESTERDAY))
    assert kept() == [(world.noken, YESTERDAY, None, 3, 0, 300_000, 0)]
    assert queries.summary_problems() == []


def test_what_came_back_stands_in_the_hour_in_which_it_did(world):
    answer = record(a_sale(world.nabire, (world.noken, 3)))
    give_back(answer, 1, now=NOON + 2 * HOUR)
    assert kept()[1:] == [(world.noken, TODAY, 12, 0, 1, 0, 100_000)]
    assert queries.summary_problems() == []


def test_a_correction_of_yesterday_s_record_has_no_hour(world):
    answer = record(a_sale(world.nabire, (world.noken, 3), sold_on=YESTERDAY))
    give_back(answer, 3, kind=RefundKind.CORRECTION)
    assert kept() == [(world.noken, YESTERDAY, None, 3, 3, 300_000, 300_000)]


@pytest.mark.parametrize(
    ("instant", "hour"),
    [
        ("2026-04-26T17:00+00:00", 0),
        ("2026-04-27T16:59+00:00", 23),
        ("2026-04-27T17:00+00:00", None),
        # Half past midnight in Papua is still yesterday on the clock of WIB.
        ("2026-04-26T15:30+00:00", None),
    ],
)
def test_the_hour_is_that_of_the_day_by_the_clock_of_wib(instant, hour):
    assert hour_of(dt.datetime.fromisoformat(instant), day=TODAY) == hour


def test_simulated_goods_that_come_back_are_told_apart(world):
    bench = a_product(
        world.nabire, "Bangku (contoh)", "kerajinan", price=5_000, cost=3_000, is_sample=True
    )
    answer = record(a_sale(world.nabire, (bench, 3)))
    give_back(answer, 1)
    give_back(record(a_sale(world.nabire, (world.noken, 2))), 1)
    day = UnitDay.objects.get()
    assert (day.sample_gross, day.sample_returned) == (15_000, 5_000)
    assert (day.gross, day.returned) == (215_000, 105_000)
    assert queries.summary_problems() == []


@pytest.mark.parametrize("wrong", ["pieces = pieces + 1", "hour = 3", "returned = 1"])
def test_a_wrong_hour_is_found_and_made_again(world, wrong):
    record(a_sale(world.nabire, (world.noken, 1)))
    before = kept()
    with connection.cursor() as cursor:
        cursor.execute(f"update sales_producthour set {wrong}")
    assert queries.summary_problems() == [
        f"jam produk {world.noken} hari {TODAY}: tidak sama dengan faktanya"
    ]
    actions.rebuild_summaries(by=SETUP, now=NOON)
    assert kept() == before
    assert queries.summary_problems() == []


@pytest.mark.parametrize("hour", ["-1", "24", "10"])
def test_no_other_hours_than_those_of_a_day_each_once(world, hour):
    record(a_sale(world.nabire, (world.noken, 1)))
    copy = "select product_id, day, {}, 1, 0, 1, 0 from sales_producthour"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into sales_producthour (product_id, day, hour, pieces, pieces_returned, gross,"
            " returned) " + copy.format(hour)
        )
