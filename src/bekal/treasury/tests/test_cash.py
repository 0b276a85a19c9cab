"""Counting cash: what the books say, what there is, what differs and why."""

import datetime as dt
import json
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger import queries as ledger
from bekal.ledger.actions import close_books, sum_lines
from bekal.ledger.models import Entry
from bekal.ledger.rules import AccountKind, Prepared
from bekal.sales.actions import record_sale
from bekal.treasury import queries
from bekal.treasury.actions import count_cash
from bekal.treasury.models import CashCount
from bekal.treasury.queries.cash import DAY_TO_COUNT
from bekal.treasury.rules.cash import CashRefused, NewCount
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YESTERDAY, YOHANA, a_sale

HUNDRED = {"n100000": 1}
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def sell(world, *, on=TODAY):
    """One noken for Rp100.000 in cash."""
    record_sale(sale=a_sale(world.nabire, (world.noken, 1), sold_on=on), by=YOHANA, now=NOON)


def count(unit, *, by=YOHANA, **given):
    new = NewCount(**{"key": uuid7(), "unit_id": unit, "day": TODAY, **given})
    return count_cash(new=new, by=by, now=NOON)


def held(unit, kind=AccountKind.CASH):
    found = {row.account: row.amount for row in ledger.balances_of(unit_id=unit)}
    return found.get(kind, 0)


def refused(act, words):
    before = (CashCount.objects.count(), Entry.objects.count())
    with pytest.raises(CashRefused, match=words):
        act()
    assert (CashCount.objects.count(), Entry.objects.count()) == before


def test_cash_that_is_as_the_books_say_is_one_word(world):
    sell(world)
    row = CashCount.objects.get(pk=count(world.nabire))
    assert (row.opening, row.money_in, row.expected, row.counted) == (0, 100_000, 100_000, 100_000)
    assert (row.difference, row.pieces) == (0, {})
    assert queries.to_count(unit_id=world.nabire, day=TODAY) is None
    assert queries.cash_problems() == []


def test_the_day_to_count_is_found_by_the_sums_and_by_the_lines_since(
    world, django_assert_num_queries
):
    def asked(day=TODAY):
        with django_assert_num_queries(1):
            return queries.to_count(unit_id=world.nabire, day=day)

    assert asked() is None
    sell(world, on=YESTERDAY)
    assert (asked(), asked(YESTERDAY - DAY)) == (YESTERDAY, None)
    sum_lines(by=SITI, now=NOON)
    assert (asked(), asked(YESTERDAY - DAY)) == (YESTERDAY, None)
    sell(world)
    assert (asked(), asked(YESTERDAY)) == (TODAY, YESTERDAY)
    count(world.nabire, day=YESTERDAY)
    assert (asked(), asked(YESTERDAY)) == (TODAY, None)
    sum_lines(by=SITI, now=NOON)
    assert (asked(), asked(YESTERDAY)) == (TODAY, None)
    count(world.nabire)
    assert asked() is None


def test_after_years_the_day_to_count_is_found_without_reading_their_lines(world):
    for _ in range(3):
        sell(world)
    sum_lines(by=SITI, now=NOON)
    with connection.cursor() as cursor:
        asked = {"unit": world.nabire, "day": TODAY}
        cursor.execute(f"explain (analyze, format json) {DAY_TO_COUNT}", asked)
        (plan,) = cursor.fetchone()[0]
    read = [node for node in nodes(plan["Plan"]) if node.get("Relation Name") in LINES]
    assert read
    assert sum(node["Actual Rows"] * node["Actual Loops"] for node in read) == 0


LINES = {"ledger_entryline", "ledger_entry"}


def nodes(plan):
    """A node of a plan and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def test_a_difference_is_posted_with_its_reason(world):
    sell(world)
    pieces = {"n50000": 1, "n20000": 2, "c500": 10, "c100": 0}
    count(world.nabire, pieces=pieces, reason="  Kembalian   keliru ")
    row = CashCount.objects.get()
    assert (row.counted, row.difference, row.reason) == (95_000, -5_000, "Kembalian keliru")
    assert row.pieces == {"n50000": 1, "n20000": 2, "c500": 10}
    assert held(world.nabire) == 95_000
    assert held(world.nabire, AccountKind.CASH_DIFFERENCE) == 5_000
    assert queries.cash_problems() == []


def test_a_day_is_not_closed_with_a_difference_that_nobody_explains(world):
    sell(world)
    refused(partial(count, world.nabire, pieces={"n50000": 1}), "Tulis sebabnya")


def test_nothing_in_the_box_is_a_count_too(world):
    sell(world)
    count(world.nabire, pieces={"n100000": 0}, reason="Dibawa ke bank, setoran belum dicatat")
    assert held(world.nabire) == 0
    assert queries.cash_problems() == []


def test_the_next_day_begins_with_what_was_counted(world):
    sell(world, on=YESTERDAY)
    count(world.nabire, day=YESTERDAY, pieces={"n50000": 1, "n20000": 2}, reason="Belum tahu")
    sell(world)
    sell(world, on=YESTERDAY)  # recorded late
    flows = queries.flows_on(unit_id=world.nabire, day=TODAY)
    assert (flows.opening, flows.adjusted, flows.money_in) == (90_000, 100_000, 100_000)
    count(world.nabire, pieces={"n100000": 2, "n50000": 2}, reason="Uang kemarin ditemukan")
    assert held(world.nabire, AccountKind.CASH_DIFFERENCE) == 0
    assert queries.cash_problems() == []


def test_a_count_is_put_right_by_another_that_refers_to_it(world):
    sell(world)
    first = count(world.nabire, pieces={"n50000": 1}, reason="Salah hitung")
    count(world.nabire, pieces=HUNDRED, replaces=first, reason="Satu lembar lagi di laci")
    second = CashCount.objects.get(replaces=first)
    assert (second.expected, second.difference) == (50_000, 50_000)
    assert held(world.nabire, AccountKind.CASH_DIFFERENCE) == 0
    again = partial(count, world.nabire, replaces=first)
    refused(again, "terakhir yang bisa diperbaiki")
    assert queries.cash_problems() == []


def test_a_day_is_counted_once_and_in_order(world):
    count(world.nabire)
    refused(partial(count, world.nabire), "sudah dihitung")
    refused(partial(count, world.nabire, day=YESTERDAY), "sesudahnya sudah dihitung")
    refused(partial(count, world.nabire, day=TODAY + dt.timedelta(1)), "belum tiba")


def test_a_day_of_closed_books_is_not_counted(world):
    close_books(
        unit_id=world.nabire,
        through=YESTERDAY,
        reason="",
        prepared=Prepared(SITI, NOON),
        key=uuid7(),
        by=YOHANA,
        now=NOON,
    )
    refused(partial(count, world.nabire, day=YESTERDAY), "sudah ditutup")


def test_books_that_moved_meanwhile_are_looked_at_again(world):
    sell(world)
    refused(partial(count, world.nabire, expected=0), "Buku berubah")


@pytest.mark.parametrize("pieces", [{"n75000": 1}, {"n1000": -1}, {"c100": 100_000}])
def test_what_is_no_money_is_not_counted(world, pieces):
    refused(partial(count, world.nabire, pieces=pieces), r"tidak dikenal|tidak masuk akal")


def test_the_same_count_again_changes_nothing_and_another_is_kept_apart(world):
    sell(world)
    key = uuid7()
    assert count(world.nabire, key=key) == count(world.nabire, key=key, by=SITI) == key
    with pytest.raises(KeyReused), transaction.atomic():
        count(world.nabire, key=key, pieces=HUNDRED)
    assert CashCount.objects.count() == 1


ROW = """
insert into treasury_cashcount (id, unit_id, number, day, pieces, opening, adjusted, money_in,
  money_out, expected, counted, difference, reason, replaces_id, counted_at, counted_by)
values (gen_random_uuid(), %(unit)s, %(number)s, %(day)s, %(pieces)s, 0, 0, %(expected)s, 0,
  %(expected)s, %(counted)s, %(difference)s, %(reason)s, %(replaces)s, now(), 'user:1')
"""


def test_postgresql_keeps_the_order_and_the_sums_of_counts(world):
    first = count(world.nabire)
    fine = {
        "unit": world.nabire,
        "number": 2,
        "day": TODAY + dt.timedelta(1),
        "pieces": json.dumps({"n1000": 5}),
        "expected": 5_000,
        "counted": 5_000,
        "difference": 0,
        "reason": "",
        "replaces": None,
    }
    for change, why in (
        ({"number": 3}, "follows the last"),
        ({"day": TODAY}, "follows the last"),
        ({"day": TODAY, "replaces": uuid7()}, "follows the last"),
        ({"replaces": first}, "follows the last"),
        ({"pieces": json.dumps({"n1000": 4})}, "make what was counted"),
        ({"pieces": "{}", "expected": 4_000, "difference": 1_000, "reason": "x"}, "make what"),
        ({"expected": 4_000}, "adds_up"),
        ({"expected": 4_000, "difference": 1_000, "reason": " "}, "has_reason"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(ROW, fine | change)
    for sql in ("update treasury_cashcount set counted = 1", "delete from treasury_cashcount"):
        with pytest.raises(DatabaseError, match="are final"), transaction.atomic():
            run(sql)
    run(ROW, fine)


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_count_that_does_not_tie_is_told_by_the_check(world):
    sell(world)
    count(world.nabire, pieces={"n50000": 1}, reason="Belum tahu")
    run("set constraints all immediate")
    run("alter table treasury_cashcount disable trigger user")
    run("update treasury_cashcount set counted = 60000, difference = -40000")
    told = queries.cash_problems()
    assert len(told) == 3
    assert "terbukukan -50000" in told[1] or "terbukukan -50000" in told[0]
    assert "selisih kas di buku -50000, menurut hitungan dan penyelesaiannya -40000" in told[2]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_count_a_day_while_it_sells_one_does(committed_world):
    """Four count by pieces and four as the books say, while a ninth sells: the books tie."""
    world = committed_world
    sell(world)

    def work(index):
        if index == 8:
            return [sell(world) for _ in range(5)]
        given = {"pieces": HUNDRED, "reason": "Bersamaan"} if index % 2 else {}
        return count(world.nabire, **given)

    answers = all_at_once(9, work)
    assert sum(isinstance(answer, CashRefused) for answer in answers) == 7
    row = CashCount.objects.get()
    assert held(world.nabire) == 600_000 + row.difference
    assert queries.cash_problems() == []
    assert ledger.ledger_problems() == []
