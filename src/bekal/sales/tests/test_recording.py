import dataclasses
import datetime as dt

import pytest

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused, Refused
from bekal.ledger.models import Entry
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind, NeedsCost
from bekal.sales import actions, queries
from bekal.sales.models import DayReport, Leaf, Sale, SaleLine, UnitDay
from bekal.sales.rules import BuyerClass, PaymentKind
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, WAYAN, YESTERDAY, YOHANA, a_product, a_sale, adopt


def record(sale, by=YOHANA, now=NOON):
    return actions.record_sale(sale=sale, by=by, now=now)


def nothing_was_written():
    return not any(
        model.objects.exists() for model in (Sale, SaleLine, Entry, Leaf, UnitDay, Message)
    )


def held(unit_id):
    return {b.account: b.amount for b in balances_of(unit_id=unit_id)}


def test_a_sale_is_split_by_the_kepmen_to_the_rupiah(world):
    answer = record(a_sale(world.nabire, (world.noken, 1)))
    line = SaleLine.objects.get()
    assert line.parts == {
        "cost_recovery": 60_000,
        "premi_unallocated": 20_000,
        "capital": 14_000,
        "pnbp_payable": 6_000,
    }
    assert held(world.nabire) == {
        AccountKind.CASH: 100_000,
        AccountKind.COST_RECOVERY: -60_000,
        AccountKind.PREMI_UNALLOCATED: -20_000,
        AccountKind.CAPITAL: -14_000,
        AccountKind.PNBP_PAYABLE: -6_000,
    }
    assert (answer.number, answer.is_repeat) == (1, False)
    assert Event.objects.latest("id").action == "sales.record"


def test_a_sale_at_bangli_is_split_on_gross_without_a_cost_sheet(world):
    record(a_sale(world.bangli, (world.endek, 1)), by=WAYAN)
    assert SaleLine.objects.get().parts == {
        "premi_unallocated": 35_000,
        "capital": 15_000,
        "pnbp_payable": 50_000,
    }


def test_receipt_numbers_run_through_each_unit_by_itself(world):
    numbers = [record(a_sale(world.nabire, (world.noken, 1))).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert record(a_sale(world.bangli, (world.endek, 1)), by=WAYAN).number == 1


def test_the_sums_move_with_the_sale(world):
    sale = a_sale(world.nabire, (world.noken, 2), (world.coffee, 3), buyer_class=BuyerClass.OFFICER)
    record(sale)
    day = UnitDay.objects.get()
    assert (day.unit_id, day.day, day.receipts) == (world.nabire, TODAY, 1)
    assert (day.gross, day.pieces, day.returned) == (344_000, 5, 0)
    leaves = Leaf.objects.order_by("category")
    assert [(x.category, x.gross, x.pieces, x.buyer_class) for x in leaves] == [
        ("kerajinan", 200_000, 2, "officer"),
        ("minuman", 144_000, 3, "officer"),
    ]
    assert day.pnbp + day.premi + day.capital + day.cost_recovery == day.gross
    assert queries.summary_problems() == [] == ledger_problems() == chain_problems()


def test_a_typed_price_is_the_price_and_the_sheet_s_is_kept_beside_it(world):
    record(a_sale(world.nabire, (world.noken, 2, 90_000)))
    line = SaleLine.objects.get()
    assert (line.unit_price, line.list_price, line.gross) == (90_000, 100_000, 180_000)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (dt.datetime(2026, 4, 26, 14, 59, tzinfo=dt.UTC), dt.date(2026, 4, 26)),  # 23.59 WIT
        (dt.datetime(2026, 4, 26, 15, 1, tzinfo=dt.UTC), dt.date(2026, 4, 27)),  # 00.01 WIT
    ],
)
def test_a_sale_near_a_papuan_midnight_lands_on_papua_s_own_day(world, instant, day):
    record(a_sale(world.nabire, (world.noken, 1), sold_on=None, sold_at=instant))
    assert (Sale.objects.get().sold_on, Sale.objects.get().zone) == (day, "WIT")
    assert UnitDay.objects.get().day == day
    assert Entry.objects.get().occurred_on == day


def test_a_papuan_officer_just_after_midnight_may_record_today_while_jakarta_is_a_day_behind(world):
    after_midnight = dt.datetime(2026, 4, 26, 15, 5, tzinfo=dt.UTC)
    record(a_sale(world.nabire, (world.noken, 1), sold_on=TODAY), now=after_midnight)
    assert Sale.objects.get().sold_on == TODAY


@pytest.mark.parametrize("payment", list(PaymentKind))
def test_the_money_stands_where_the_buyer_paid(world, payment):
    record(a_sale(world.nabire, (world.noken, 1), payment=payment))
    money = {
        PaymentKind.CASH: AccountKind.CASH,
        PaymentKind.QRIS: AccountKind.QRIS,
        PaymentKind.TRANSFER: AccountKind.BANK,
        PaymentKind.CREDIT: AccountKind.RECEIVABLE,
    }
    assert held(world.nabire)[money[payment]] == 100_000


def test_the_same_key_and_content_answers_the_first_sale_again(world):
    sale = a_sale(world.nabire, (world.noken, 1))
    first, again = record(sale), record(sale, now=NOON + dt.timedelta(hours=2))
    assert (again.sale_id, again.number, again.is_repeat) == (first.sale_id, first.number, True)
    assert Sale.objects.count() == Entry.objects.count() == 1
    assert UnitDay.objects.get().gross == 100_000


def test_the_same_key_with_other_content_is_refused_and_changes_nothing(world):
    sale = a_sale(world.nabire, (world.noken, 1))
    record(sale)
    with pytest.raises(KeyReused):
        record(dataclasses.replace(sale, payment=PaymentKind.QRIS))
    assert Sale.objects.get().payment == "cash"
    assert UnitDay.objects.get().gross == 100_000


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda w: a_sale(w.nabire), "Pilih paling sedikit satu produk"),
        (lambda w: a_sale(w.nabire, (w.noken, 0)), "paling sedikit 1"),
        (lambda w: a_sale(w.nabire, (w.noken, -3)), "paling sedikit 1"),
        (lambda w: a_sale(w.nabire, (w.noken, 1), (w.noken, 2)), "satu baris"),
        (lambda w: a_sale(w.nabire, (w.noken, 1, 0)), "paling sedikit Rp1"),
        (lambda w: a_sale(w.nabire, (w.noken, 10**6, 10**6 + 1)), "paling besar"),
        (lambda w: a_sale(w.nabire, (w.endek, 1)), "tidak ada di katalog unit Anda"),
        (lambda w: a_sale(w.nabire, (987_654, 1)), "tidak ada di katalog unit Anda"),
        (
            lambda w: a_sale(w.nabire, (w.noken, 1), sold_on=dt.date(2026, 4, 28)),
            "sesudah hari ini",
        ),
        (lambda w: a_sale(w.nabire, (w.noken, 1), sold_on=dt.date(2025, 4, 1)), "setahun"),
        (lambda w: a_sale(w.nabire, (w.noken, 1), sold_on=None), "Isi tanggal"),
        (
            lambda w: a_sale(w.nabire, (w.noken, 1), sold_on=dt.date(2026, 1, 1)),
            "belum punya harga",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_written(world, make, text):
    with pytest.raises(Refused) as refusal:
        record(make(world))
    assert text in refusal.value.message
    assert nothing_was_written()


def test_a_product_without_a_price_cannot_be_sold_even_at_a_typed_price(world):
    bare = a_product(world.nabire, "Sapu lidi", "kerajinan", cost=1_000)
    with pytest.raises(Refused, match="belum punya harga"):
        record(a_sale(world.nabire, (bare, 1, 20_000)))
    assert nothing_was_written()


def test_a_product_without_a_cost_needs_a_gross_rule(world):
    bare = a_product(world.nabire, "Sapu lidi", "kerajinan", price=20_000)
    with pytest.raises(NeedsCost, match="belum punya harga pokok"):
        record(a_sale(world.nabire, (bare, 1)))
    assert nothing_was_written()


def test_the_rule_nearest_to_the_unit_and_the_activity_wins(world):
    adopt(world.papua, "lpp-semarang-2023")
    assert parts_of(world, world.noken) == {"premi": 50_000, "pnbp": 35_000, "capital": 15_000}
    adopt(world.nabire, "tangerang-2017", activity="kerajinan")
    assert parts_of(world, world.noken) == {"premi": 50_000, "pnbp": 15_000, "capital": 35_000}
    adopt(world.nabire, "bangli-2023")
    assert parts_of(world, world.noken) == {"premi": 50_000, "pnbp": 15_000, "capital": 35_000}


def parts_of(world, product):
    answer = record(a_sale(world.nabire, (product, 1, 100_000)))
    parts = SaleLine.objects.get(sale_id=answer.sale_id).parts
    return {
        "premi": parts["premi_unallocated"],
        "pnbp": parts["pnbp_payable"],
        "capital": parts["capital"],
    }


def test_a_later_rule_leaves_recorded_sales_as_they_were_frozen(world):
    first = record(a_sale(world.nabire, (world.noken, 1), sold_on=YESTERDAY))
    adopt(world.centre, "bangli-2023", first_day=TODAY)
    record(a_sale(world.nabire, (world.noken, 1)))
    assert SaleLine.objects.get(sale_id=first.sale_id).parts["pnbp_payable"] == 6_000
    assert UnitDay.objects.get(day=TODAY).pnbp == 50_000
    late = record(a_sale(world.nabire, (world.noken, 1), sold_on=YESTERDAY))
    assert SaleLine.objects.get(sale_id=late.sale_id).parts["pnbp_payable"] == 6_000


def test_simulated_goods_are_marked_and_never_share_a_receipt_with_real_ones(world):
    sample = a_product(
        world.nabire, "Gelang contoh", "kerajinan", price=5_000, cost=1_000, is_sample=True
    )
    with pytest.raises(Refused, match="data contoh"):
        record(a_sale(world.nabire, (sample, 1), (world.noken, 1)))
    record(a_sale(world.nabire, (sample, 2)))
    record(a_sale(world.nabire, (world.noken, 1)))
    assert UnitDay.objects.get().sample_gross == 10_000


def test_recording_a_sale_asks_the_database_nine_times(world, django_assert_num_queries):
    record(a_sale(world.nabire, (world.noken, 1)))  # opens the accounts
    sale = a_sale(world.nabire, (world.noken, 1), (world.coffee, 2))
    with django_assert_num_queries(9):  # the test's own savepoint and its release are two
        record(sale)


@pytest.mark.slow
def test_sixteen_clicks_at_once_make_one_sale(committed_world):
    sale = a_sale(committed_world.nabire, (committed_world.noken, 1))
    answers = at_once(16, lambda _: record(sale))
    assert len({(a.sale_id, a.number) for a in answers}) == 1
    assert [a.is_repeat for a in answers].count(False) == 1
    assert (Sale.objects.count(), Entry.objects.count()) == (1, 1)
    assert UnitDay.objects.get().gross == 100_000


@pytest.mark.slow
def test_eight_officers_of_one_unit_at_once_lose_nothing_and_number_without_gaps(committed_world):
    w = committed_world
    at_once(8, lambda _: [record(a_sale(w.nabire, (w.noken, 1))) for _ in range(5)])
    assert sorted(Sale.objects.values_list("number", flat=True)) == list(range(1, 41))
    assert UnitDay.objects.get().gross == 40 * 100_000
    assert queries.summary_problems() == [] == ledger_problems() == chain_problems()


def test_the_units_that_reported_are_known(world):
    record(a_sale(world.nabire, (world.noken, 1)))
    actions.report_day(unit_id=world.bangli, day=TODAY, expects_sales=False, by=WAYAN, now=NOON)
    ids = [world.nabire, world.merauke, world.bangli]
    reported = queries.reported_units(unit_ids=ids, period=Period(TODAY, TODAY))
    assert reported == {world.nabire, world.bangli}


def test_a_zero_report_is_refused_where_there_are_sales_and_changes_nothing(world):
    record(a_sale(world.nabire, (world.noken, 1)))
    with pytest.raises(actions.ReportRefused, match="Sudah ada 1 penjualan"):
        actions.report_day(
            unit_id=world.nabire, day=TODAY, expects_sales=False, by=YOHANA, now=NOON
        )
    assert queries.day_of(unit_id=world.nabire, day=TODAY).report is None


def test_a_day_reported_twice_is_reported_once(world):
    first, again = (
        actions.report_day(unit_id=world.nabire, day=TODAY, expects_sales=False, by=YOHANA, now=t)
        for t in (NOON, NOON + dt.timedelta(minutes=1))
    )
    assert first.pk == again.pk
    assert again.reported_at == NOON


def test_a_day_to_come_cannot_be_reported(world):
    with pytest.raises(actions.ReportRefused):
        actions.report_day(
            unit_id=world.nabire,
            day=TODAY + dt.timedelta(days=1),
            expects_sales=False,
            by=YOHANA,
            now=NOON,
        )
    assert queries.day_of(unit_id=world.nabire, day=TODAY + dt.timedelta(days=1)).report is None


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(2024, 10, 19), dt.date(2025, 4, 1)])
def test_a_day_long_past_or_before_the_unit_began_cannot_be_reported(world, day):
    with pytest.raises(actions.ReportRefused):
        actions.report_day(unit_id=world.nabire, day=day, expects_sales=False, by=YOHANA, now=NOON)
    assert not DayReport.objects.exists()


def test_a_day_whose_only_sale_was_a_mistake_may_be_reported_as_zero(world):
    sale = record(a_sale(world.nabire, (world.noken, 1)))
    actions.void_sale(key=uuid7(), sale_id=sale.sale_id, by=YOHANA, now=NOON)
    report = actions.report_day(
        unit_id=world.nabire, day=TODAY, expects_sales=False, by=YOHANA, now=NOON
    )
    assert report.net == 0
