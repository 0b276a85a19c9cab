"""The picture of a campaign: what it shows, and what it never shows."""

import datetime as dt

import pytest

from bekal.campaigns.queries import picture
from bekal.campaigns.queries.snapshot import FEW_RECEIPTS, NEWEST
from bekal.campaigns.tests.declared import correct, declare, sell, take_back
from bekal.foundation.clock import Period, Zone, local_day
from bekal.sales import actions as sales
from bekal.sales.rules import BuyerClass, RefundKind
from bekal.turnover import queries as turnover
from bekal.turnover.rules import Basis
from tests.support.world import NOON, TODAY, WAYAN, YESTERDAY, a_product

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def seen(campaign, now=NOON):
    return picture(campaign=campaign, now=now)


def now_in_wib(instant):
    return local_day(dt.datetime.fromisoformat(instant), Zone.WIB)


def tiles(shown):
    return {tile.code: tile.total for tile in shown.provinces}


def hours(shown):
    return {bar.hour: bar.total for bar in shown.hours}


def test_before_any_record_all_provinces_are_silent_and_nothing_is_zero_but_the_sum(world):
    shown = seen(declare(world))
    assert (shown.state, shown.total, shown.target_percent) == ("running", 0, 0)
    assert tiles(shown) == {"51": None, "93": None, "94": None, "33": None}
    assert {tile.step for tile in shown.provinces} == {0}
    assert (shown.units_reported, shown.units_expected) == (0, 3)
    assert (shown.provinces_reported, shown.sample, shown.today) == (0, 0, TODAY)
    assert [(bar.hour, bar.total, bar.is_now) for bar in shown.hours] == [(10, 0, True)]
    assert shown.latest == shown.top == []
    assert [(buyer.buyer_class, buyer.percent) for buyer in shown.buyers] == [
        ("public", 0),
        ("officer", 0),
        ("institution", 0),
    ]


def test_a_zero_report_is_a_zero_and_a_silent_province_none(world):
    campaign = declare(world)
    sales.report_day(unit_id=world.bangli, day=TODAY, expects_sales=False, by=WAYAN, now=NOON)
    shown = seen(campaign)
    assert tiles(shown) == {"51": 0, "93": None, "94": None, "33": None}
    assert [tile.step for tile in shown.provinces if tile.code == "51"] == [1]
    assert (shown.units_reported, shown.provinces_reported) == (1, 1)


def test_total_provinces_buyers_and_turnover_are_the_same_sum(world):
    campaign = declare(world, period=Period(YESTERDAY, TODAY))
    sell(world.nabire, (world.noken, 3), sold_on=YESTERDAY)
    sell(world.merauke, (world.bread, 2), buyer_class=BuyerClass.OFFICER)
    take_back(sell(world.bangli, (world.endek, 4), buyer_class=BuyerClass.INSTITUTION), 1)
    sell(world.bangli, (world.endek, 1), sold_on=YESTERDAY - DAY)
    shown = seen(campaign)
    nation = turnover.total(
        place_id=world.centre, period=campaign.period, basis=Basis.AS_IT_WAS, on=TODAY
    )
    assert shown.total == 300_000 + 30_002 + 300_000 == nation.total.net
    assert shown.total == sum(tile.total or 0 for tile in shown.provinces)
    assert shown.total == sum(buyer.total for buyer in shown.buyers)
    assert [(buyer.total, buyer.percent) for buyer in shown.buyers] == [
        (300_000, 48),
        (30_002, 5),
        (300_000, 47),
    ]
    assert (shown.receipts, shown.refunds, shown.refunded) == (3, 1, 100_000)
    assert shown.pieces == nation.total.net_pieces == 8
    assert (shown.units_reported, shown.units_expected) == (3, 3)
    assert shown.target_percent == 63


def test_a_refund_takes_off_what_was_sold_and_is_told_in_the_ticker(world):
    campaign = declare(world)
    sale = sell(world.nabire, (world.noken, 3))
    before = seen(campaign)
    take_back(sale, 2, now=NOON + HOUR)
    after = seen(campaign, NOON + HOUR)
    assert (before.total, after.total) == (300_000, 100_000)
    assert hours(after) == {10: 300_000, 11: -200_000}
    assert after.revision > before.revision
    assert [(line.is_refund, line.amount, line.pieces) for line in after.latest] == [
        (True, 200_000, 2),
        (False, 300_000, 3),
    ]
    assert [(best.name, best.pieces) for best in after.top] == [("Noken kulit kayu", 1)]


def test_a_late_record_counts_as_soon_as_it_is_recorded_without_an_hour(world):
    campaign = declare(world)
    sell(world.nabire, (world.noken, 1), sold_on=TODAY, now=NOON + DAY)
    shown = seen(campaign, NOON + DAY)
    assert (shown.state, shown.total, shown.hourless) == ("over", 100_000, 100_000)
    assert (shown.today, shown.hours) == (TODAY, [])


def test_hours_and_the_best_are_those_of_today_and_sum_to_it(world):
    campaign = declare(world, period=Period(YESTERDAY, TODAY))
    sell(world.nabire, (world.noken, 9), sold_on=YESTERDAY)
    sell(world.nabire, (world.noken, 1), (world.coffee, 4), now=NOON - 2 * HOUR)
    sell(world.bangli, (world.endek, 2), now=NOON)
    shown = seen(campaign)
    assert hours(shown) == {8: 292_000, 9: 0, 10: 200_000}
    assert [bar.hour for bar in shown.hours if bar.is_now] == [10]
    assert shown.hourless == 0
    assert [(best.name, best.unit_name, best.pieces) for best in shown.top] == [
        ("Kopi bubuk 200 g", "Lapas Kelas IIB Nabire", 4),
        ("Kain endek", "Lapas Narkotika Kelas IIA Bangli", 2),
        ("Noken kulit kayu", "Lapas Kelas IIB Nabire", 1),
    ]
    assert all(best.drawing for best in shown.top)


def test_a_unit_with_few_receipts_is_told_by_its_province_alone(world):
    campaign = declare(world)
    for _ in range(FEW_RECEIPTS - 1):
        sell(world.nabire, (world.noken, 1))
    assert {line.place for line in seen(campaign).latest} == {"Papua Tengah"}
    sell(world.nabire, (world.noken, 1), (world.coffee, 1), now=NOON + HOUR)
    shown = seen(campaign)
    assert {line.place for line in shown.latest} == {"Lapas Kelas IIB Nabire"}
    newest = shown.latest[0]
    assert (newest.name, newest.others, newest.pieces, newest.amount) == (
        "Noken kulit kayu",
        1,
        2,
        148_000,
    )


def test_the_ticker_is_short_and_leaves_out_what_is_of_other_days(world):
    campaign = declare(world)
    for minute in range(NEWEST + 2):
        sell(world.nabire, (world.noken, 1), now=NOON + dt.timedelta(minutes=minute))
    sell(world.bangli, (world.endek, 1), sold_on=YESTERDAY, now=NOON + HOUR)
    shown = seen(campaign, NOON + HOUR)
    assert len(shown.latest) == NEWEST
    assert {line.name for line in shown.latest} == {"Noken kulit kayu"}
    assert shown.latest[0].at == NOON + dt.timedelta(minutes=NEWEST + 1)


def test_the_simulated_part_of_the_total_is_told(world):
    bench = a_product(
        world.nabire, "Bangku (contoh)", "kerajinan", price=5_000, cost=3_000, is_sample=True
    )
    campaign = declare(world)
    take_back(sell(world.nabire, (bench, 3)), 1)
    sell(world.nabire, (world.noken, 1))
    shown = seen(campaign)
    assert (shown.total, shown.sample) == (110_000, 10_000)


def test_a_unit_that_was_not_expected_is_counted_in_once_it_records(world):
    campaign = declare(world, units=[world.nabire])
    sell(world.bangli, (world.endek, 1))
    shown = seen(campaign)
    assert (shown.units_reported, shown.units_expected) == (1, 2)
    corrected = correct(campaign, world, unit_ids=frozenset({world.nabire, world.bangli}))
    assert seen(corrected).units_expected == 2


def test_more_can_come_back_than_was_sold(world):
    sale = sell(world.nabire, (world.noken, 3), sold_on=YESTERDAY)
    campaign = declare(world)
    take_back(sale, 3)
    shown = seen(campaign)
    assert (shown.total, shown.target_percent, shown.pieces) == (-300_000, 0, -3)
    assert tiles(shown)["94"] == -300_000
    assert [buyer.percent for buyer in shown.buyers] == [0, 0, 0]
    assert (shown.units_reported, shown.top) == (0, [])


@pytest.mark.parametrize(
    ("instant", "state", "today"),
    [
        ("2026-04-25T14:59+00:00", "ahead", YESTERDAY),
        ("2026-04-25T15:00+00:00", "running", YESTERDAY),  # midnight in Papua
        ("2026-04-26T17:00+00:00", "running", TODAY),
        ("2026-04-27T16:59+00:00", "running", TODAY),  # the last minute in Aceh
        ("2026-04-27T17:00+00:00", "over", TODAY),
    ],
)
def test_a_campaign_begins_in_papua_and_ends_in_aceh(world, instant, state, today):
    campaign = declare(world, period=Period(YESTERDAY, TODAY))
    shown = seen(campaign, dt.datetime.fromisoformat(instant))
    assert (shown.state, shown.today) == (state, today)
    is_wib_day = now_in_wib(instant) in campaign.period
    assert any(bar.is_now for bar in shown.hours) == is_wib_day


def test_the_year_before_is_told_at_the_same_day_and_full_hour(world):
    before = Period(dt.date(2026, 4, 1), dt.date(2026, 4, 3))
    declare(world, name="Tahun lalu", hbp_number=61, period=before)
    second = NOON - 25 * DAY
    sell(world.nabire, (world.noken, 1), sold_on=before.first, now=second)
    sell(world.nabire, (world.noken, 2), now=second - HOUR, sold_on=second.date())
    sell(world.nabire, (world.noken, 4), now=second, sold_on=second.date())
    campaign = declare(world, period=Period(YESTERDAY, TODAY))
    shown = seen(campaign, NOON + dt.timedelta(minutes=32))
    assert shown.last_year.total == 300_000
    assert shown.last_year.at == second
    assert seen(campaign, NOON - 3 * DAY).last_year is None


def test_of_several_campaigns_before_that_of_the_hbp_before_is_compared(world):
    hbp = Period(dt.date(2026, 4, 1), dt.date(2026, 4, 1))
    other = Period(dt.date(2026, 4, 5), dt.date(2026, 4, 5))
    sell(world.nabire, (world.noken, 1), sold_on=hbp.first)
    sell(world.nabire, (world.noken, 2), sold_on=other.first)
    declare(world, name="Pekan Karya", hbp_number=None, period=other)
    campaign = declare(world)
    after = NOON + DAY
    assert seen(campaign, after).last_year.total == 200_000
    declare(world, name="Tahun lalu", hbp_number=61, period=hbp)
    shown = seen(campaign, after)
    assert shown.last_year.total == 100_000
    assert shown.last_year.at == dt.datetime(2026, 4, 1, 17, 0, tzinfo=dt.UTC)


def test_a_wrong_record_that_was_corrected_is_gone(world):
    campaign = declare(world)
    take_back(sell(world.nabire, (world.noken, 3)), 3, kind=RefundKind.CORRECTION)
    shown = seen(campaign)
    assert (shown.total, shown.refunded, shown.pieces) == (0, 300_000, 0)


def test_the_whole_picture_takes_two_statements(world, django_assert_num_queries):
    campaign = declare(world)
    for day in (YESTERDAY, TODAY):
        for _ in range(4):
            sell(world.nabire, (world.noken, 1), (world.coffee, 1), sold_on=day)
    with django_assert_num_queries(2):
        seen(campaign)
