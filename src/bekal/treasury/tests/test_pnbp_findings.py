"""Each thing that auditors keep finding: one case is caught, and a clean one is left alone."""

import datetime as dt

import pytest
from django.db import connection

from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Base, Form, Line, Share, SplitRule
from bekal.sales.actions import record_sale
from bekal.sales.rules import BuyerClass, PaymentKind
from bekal.treasury.queries import findings_of
from bekal.treasury.rules import Collected, Pattern, missing, short_by
from bekal.treasury.tests.deposits import billed, comes_back, deposits, pays, sells
from tests.support import world as known

pytestmark = pytest.mark.django_db
YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
OLD, NEW = dt.date(2026, 3, 1), dt.date(2026, 4, 20)


def found(*units, pattern=None):
    """What is found in these units, of one pattern where it is named."""
    every = findings_of(unit_ids=units, period=YEAR, on=known.TODAY, now=known.NOON)
    return [one for one in every if pattern in {None, one.pattern}]


def test_a_unit_that_sells_deposits_and_takes_back_in_time_has_no_finding(world):
    sale = sells(world.bangli, world.endek, 2, sold_on=NEW)
    comes_back(sale)
    deposits(world.bangli, 50_000)
    sells(world.bangli, world.endek)
    sells(world.nabire, world.noken, payment=PaymentKind.CREDIT)
    assert found(world.bangli, world.nabire) == []


def test_what_is_not_deposited_for_a_month_is_found_with_its_oldest_sale(world):
    sells(world.bangli, world.endek, sold_on=OLD)
    sells(world.bangli, world.endek, sold_on=NEW)
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount) == (Pattern.LATE, 50_000)
    assert one.sentence == (
        "Rp50.000 belum disetor lebih dari 30 hari; penjualan tertua 1 Maret 2026, 57 hari."
    )


def test_a_deposit_that_came_late_is_found_after_it_was_paid(world):
    sells(world.bangli, world.endek, sold_on=OLD)
    made = deposits(world.bangli, 50_000)
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount, one.source) == (Pattern.LATE, 50_000, f"deposit:{made}")
    assert "57 hari sesudah penjualan tertua" in one.sentence


def test_a_deposit_in_time_is_not_found_late(world):
    sells(world.bangli, world.endek, sold_on=OLD)
    made = billed(world.bangli, 50_000)
    pays(world.bangli, made, paid_on=OLD + dt.timedelta(days=30))
    assert found(world.bangli) == []


def test_a_price_below_the_list_that_a_person_gave_is_found(world):
    sale = known.a_sale(world.bangli, (world.endek, 2, 60_000))
    record_sale(sale=sale, by=known.WAYAN, now=known.NOON)
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount, one.source) == (Pattern.SHORT, 40_000, f"sale:{sale.key}")
    assert "dijual Rp60.000, daftar harga Rp100.000" in one.sentence
    assert one.sentence.endswith("Kurang Rp40.000.")


def test_a_price_that_an_institution_agreed_on_or_above_the_list_is_clean(world):
    for price, buyer in ((60_000, BuyerClass.INSTITUTION), (120_000, BuyerClass.PUBLIC)):
        sale = known.a_sale(world.bangli, (world.endek, 1, price), buyer_class=buyer)
        record_sale(sale=sale, by=known.WAYAN, now=known.NOON)
    assert found(world.bangli) == []


def test_a_part_that_is_less_than_its_rule_gives_is_found(world):
    sale = sells(world.bangli, world.endek)
    damaged(
        "sales_saleline",
        """update sales_saleline set parts = parts || '{"pnbp_payable": 40000}'""",
    )
    (one,) = found(world.bangli, pattern=Pattern.SHORT)
    assert (one.amount, one.source) == (10_000, f"sale:{sale}")
    assert "aturannya memberi Rp50.000, tercatat Rp40.000" in one.sentence


def test_a_sale_under_a_rule_that_did_not_hold_on_its_day_is_found(world):
    sale = sells(world.bangli, world.endek, sold_on=NEW)
    assert found(world.bangli) == []
    known.adopt(world.bangli, "kepmen-1990", first_day=dt.date(2026, 4, 1))
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount, one.source) == (Pattern.UNFOUNDED, 50_000, f"sale:{sale}")
    assert "tidak berlaku pada hari itu" in one.sentence


def test_a_sale_under_the_rule_of_another_unit_is_found(world):
    sells(world.bangli, world.endek)
    sells(world.nabire, world.noken)
    damaged(
        "sales_saleline",
        f"update sales_saleline set rule_id = (select id from ledger_splitrule "
        f"where place_id = {world.bangli}) where product_id = {world.noken}",
    )
    (one,) = found(world.nabire, pattern=Pattern.UNFOUNDED)
    assert "milik tempat lain" in one.sentence


def test_money_in_the_states_account_that_no_sale_brought_is_found(world):
    posts(world.bangli, AccountKind.CASH, AccountKind.PNBP_PAYABLE, 7_000)
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount, one.source) == (Pattern.UNFOUNDED, 7_000, "belanja:1")
    assert "tanpa penjualan: Beli paku" in one.sentence


def test_money_that_left_the_states_account_for_anything_but_a_deposit_is_found(world):
    sells(world.bangli, world.endek)
    posts(world.bangli, AccountKind.PNBP_PAYABLE, AccountKind.CASH, 30_000)
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount) == (Pattern.SPENT, 30_000)
    assert "bukan setoran: Beli paku" in one.sentence


def test_more_owed_than_all_the_money_there_is_found(world):
    sells(world.bangli, world.endek, 2)
    posts(world.bangli, AccountKind.CAPITAL, AccountKind.CASH, 100_000)
    assert found(world.bangli) == []
    posts(world.bangli, AccountKind.OPERATING, AccountKind.CASH, 60_000)
    (one,) = found(world.bangli)
    assert (one.pattern, one.amount) == (Pattern.SPENT, 60_000)
    assert one.sentence == (
        "Terutang Rp100.000; uang di kas, bank, dan QRIS Rp40.000; yang masih akan masuk Rp0. "
        "Kurang Rp60.000."
    )


def test_money_that_will_still_come_in_is_not_missing(world):
    sells(world.bangli, world.endek, payment=PaymentKind.CREDIT)
    assert found(world.bangli) == []


def test_findings_are_of_the_units_and_days_that_are_asked_for(world):
    sale = known.a_sale(world.bangli, (world.endek, 2, 60_000))
    record_sale(sale=sale, by=known.WAYAN, now=known.NOON)
    assert found(world.nabire) == []
    before = Period(dt.date(2026, 1, 1), dt.date(2026, 4, 26))
    there = findings_of(unit_ids=[world.bangli], period=before, on=known.TODAY, now=known.NOON)
    assert there == []


def test_a_search_in_more_units_asks_no_more(world, django_assert_max_num_queries):
    for unit, product in ((world.bangli, world.endek), (world.nabire, world.noken)):
        record_sale(sale=known.a_sale(unit, (product, 1, 50_000)), by=known.WAYAN, now=known.NOON)
    with django_assert_max_num_queries(9):
        assert len(found(world.bangli, world.nabire, world.merauke)) == 2


RULE = SplitRule(
    1,
    "uji",
    Base.AFTER_COST,
    (Share(AccountKind.PNBP_PAYABLE, Form.PERCENT, 1500), Share(AccountKind.CAPITAL, Form.REST)),
    "uji",
    "",
)


@pytest.mark.parametrize(
    ("price", "listed", "pnbp", "by_hand", "short"),
    [
        (100, 100, 6, True, 0),
        (100, 100, 7, True, 0),
        (100, 100, 5, True, 1),
        (80, 100, 3, True, 3),
        (80, 100, 3, False, 0),
        (60, 100, 0, True, 6),
        (50, 55, 0, True, 0),
    ],
)
def test_what_is_short_is_reckoned_by_the_rule(price, listed, pnbp, by_hand, short):
    line = Collected(1, price, listed, 60, 1, pnbp, by_hand)
    assert short_by(RULE, line)[0] == short


@pytest.mark.parametrize(
    ("owed", "money", "awaited", "gap"),
    [(0, -5, 0, 0), (10, 10, 0, 0), (10, 4, 6, 0), (10, 4, 0, 6), (10, -4, 3, 7), (10, 4, -6, 6)],
)
def test_what_is_missing_is_owed_beyond_all_that_is_there_or_awaited(owed, money, awaited, gap):
    assert missing(owed=owed, money=money, awaited=awaited) == gap


def posts(unit_id, debit, credit, amount):
    """Somebody books what no door of ours would."""
    post_entry(
        lines=[Line(unit_id, debit, amount), Line(unit_id, credit, -amount)],
        key=uuid7(),
        occurred_on=known.TODAY,
        memo="Beli paku",
        source="belanja:1",
        by=known.WAYAN,
        now=known.NOON,
    )


def damaged(table, sql):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(sql)
