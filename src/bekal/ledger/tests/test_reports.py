"""Reports over any days: the same with sums, without them and half way."""

import datetime as dt
import random
from collections import defaultdict

import pytest
from django.core.paginator import Paginator
from django.db import connection, transaction

from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import make_checkpoints, post_entry, rebuild_sums, sum_lines
from bekal.ledger.models import EntryLine, SpanSum
from bekal.ledger.queries import (
    BookLines,
    Sought,
    books_problems,
    entries_of_days,
    entry_of_unit,
    turns,
    turns_by_account,
)
from bekal.ledger.queries.reports import SINGLE_ACCOUNTS
from bekal.ledger.rules import AccountKind, Line, spans_before, spans_between
from tests.support.world import NOON, SITI, TODAY, YESTERDAY

CASH, BANK, PREMI = AccountKind.CASH, AccountKind.BANK, AccountKind.PREMI_PAYABLE
APRIL = Period(dt.date(2026, 4, 1), dt.date(2026, 4, 30))


def move(unit, amount, *, on=TODAY, to=CASH, source="sale:1", maker="PB-1"):
    return post_entry(
        lines=[Line(unit, to, amount), Line(unit, PREMI, -amount, maker=maker)],
        key=uuid7(),
        occurred_on=on,
        memo="uji",
        source=source,
        by=SITI,
        now=NOON,
    )


def told(unit, period=APRIL):
    return {
        (turn.kind, turn.cause): (turn.opening, turn.debit, turn.credit)
        for turn in turns(unit_ids=[unit], period=period)
    }


def days_of(spans):
    """Every day that some spans cover, as often as they cover it."""
    covered: dict[dt.date, int] = defaultdict(int)
    for _, low, high in spans:
        day = low
        while day < high:
            covered[day] += 1
            day += dt.timedelta(days=1)
    return covered


def test_spans_cover_each_day_of_a_period_once():
    chance = random.Random(7)
    for _ in range(300):
        first = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(1200))
        last = first + dt.timedelta(days=chance.randrange(1200))
        covered = days_of(spans_between(Period(first, last)))
        assert set(covered.values()) == {1}
        assert (min(covered), max(covered)) == (first, last)


def test_spans_before_a_day_are_few_and_end_the_day_before():
    assert spans_before(dt.date(2026, 1, 1)) == [("year", dt.date(1, 1, 1), dt.date(2026, 1, 1))]
    assert [span[0] for span in spans_before(dt.date(2026, 4, 27))] == ["year", "month", "day"]


@pytest.mark.django_db
def test_an_entry_before_the_period_is_in_its_opening_and_one_after_it_nowhere(world):
    move(world.nabire, 100, on=dt.date(2025, 12, 31))
    move(world.nabire, 30)
    move(world.nabire, 7, on=dt.date(2026, 5, 1))
    assert told(world.nabire) == {
        (CASH, "sale"): (100, 30, 0),
        (PREMI, "sale"): (-100, 0, 30),
    }


@pytest.mark.django_db(transaction=True)
def test_sums_change_no_answer_and_late_entries_of_old_days_are_added(committed_world):
    unit = committed_world.nabire
    move(unit, 100, on=dt.date(2025, 12, 31))
    move(unit, 30, source="refund:1")
    before = told(unit)
    assert sum_lines(by=SITI, now=NOON) > 0
    assert told(unit) == before
    move(unit, 5, on=dt.date(2025, 11, 2))
    assert told(unit)[CASH, "sale"] == (105, 0, 0)
    assert sum_lines(by=SITI, now=NOON) > 0
    assert told(unit)[CASH, "sale"] == (105, 0, 0)
    assert sum_lines(by=SITI, now=NOON) == 0
    assert books_problems() == []


@pytest.mark.django_db(transaction=True)
def test_random_histories_give_the_same_report_as_adding_every_line(committed_world):
    chance = random.Random(20260427)
    units = [committed_world.nabire, committed_world.bangli]
    for step in range(60):
        day = dt.date(2025, 11, 1) + dt.timedelta(days=chance.randrange(200))
        amount = chance.choice([-1, 1]) * chance.randrange(1, 9_999)
        move(
            chance.choice(units),
            amount,
            on=day,
            to=chance.choice([CASH, BANK]),
            source=f"{chance.choice(['sale', 'refund'])}:{step}",
            maker=f"PB-{chance.randrange(3)}",
        )
        if step % 17 == 0:
            sum_lines(by=SITI, now=NOON)
    for _ in range(20):
        first = dt.date(2025, 10, 1) + dt.timedelta(days=chance.randrange(200))
        period = Period(first, first + dt.timedelta(days=chance.randrange(150)))
        assert sums(turns(unit_ids=units, period=period)) == by_every_line(units, period)
    assert rebuild_sums(by=SITI, now=NOON) > 0
    assert books_problems() == []


def sums(found):
    kept: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for turn in found:
        for place, amount in enumerate((turn.opening, turn.debit, turn.credit)):
            kept[turn.unit_id, turn.kind, turn.cause][place] += amount
    return {key: tuple(value) for key, value in kept.items() if any(value)}


def by_every_line(units, period):
    kept: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in EntryLine.objects.filter(unit__in=units).select_related("entry", "account"):
        key = line.unit_id, AccountKind(line.account.kind), line.entry.source.partition(":")[0]
        if line.entry.occurred_on < period.first:
            kept[key][0] += line.amount
        elif line.entry.occurred_on in period:
            kept[key][1 if line.amount > 0 else 2] += abs(line.amount)
    return {key: tuple(value) for key, value in kept.items() if any(value)}


@pytest.mark.django_db
def test_the_sums_of_all_accounts_of_a_unit_are_zero(world):
    move(world.nabire, 100, on=YESTERDAY)
    move(world.nabire, 30)
    found = turns(unit_ids=[world.nabire], period=Period(TODAY, TODAY))
    assert sum(turn.opening for turn in found) == 0
    assert sum(turn.debit - turn.credit for turn in found) == 0
    assert sum(turn.closing for turn in found) == 0


@pytest.mark.django_db
def test_makers_are_told_one_by_one_and_sum_to_their_kind(world):
    move(world.nabire, 100, on=YESTERDAY, maker="PB-1")
    move(world.nabire, 30, maker="PB-2")
    found = turns_by_account(unit_id=world.nabire, kind=PREMI, period=Period(TODAY, TODAY))
    assert [(turn.maker, turn.opening, turn.credit) for turn in found] == [
        ("PB-1", -100, 0),
        ("PB-2", 0, 30),
    ]


@pytest.mark.django_db(transaction=True)
def test_each_account_is_told_as_by_adding_its_lines_summed_or_not(committed_world):
    chance = random.Random(20261129)
    unit = committed_world.nabire
    for step in range(60):
        day = dt.date(2025, 11, 1) + dt.timedelta(days=chance.randrange(200))
        amount = chance.choice([-1, 1]) * chance.randrange(1, 9_999)
        move(unit, amount, on=day, maker=f"PB-{chance.randrange(4)}")
        if step % 13 == 0:
            make_checkpoints(by=SITI, now=NOON)
        if step % 17 == 0:
            sum_lines(by=SITI, now=NOON)
    for _ in range(30):
        first = dt.date(2025, 10, 1) + dt.timedelta(days=chance.randrange(200))
        period = Period(first, first + dt.timedelta(days=chance.randrange(150)))
        found = turns_by_account(unit_id=unit, kind=PREMI, period=period)
        told_now = {turn.maker: (turn.opening, turn.debit, turn.credit) for turn in found}
        assert told_now == makers_by_every_line(unit, period)


def makers_by_every_line(unit, period):
    """(opening, debit, credit) of each maker that has any, by adding up their lines."""
    kept: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    lines = EntryLine.objects.filter(unit_id=unit, account__kind=PREMI)
    for maker, day, amount in lines.values_list("account__maker", "entry__occurred_on", "amount"):
        if day < period.first:
            kept[maker][0] += amount
        elif day <= period.last:
            kept[maker][1 if amount > 0 else 2] += abs(amount)
    return {maker: tuple(told) for maker, told in kept.items() if any(told)}


@pytest.mark.django_db(transaction=True)
def test_years_before_a_period_are_not_read_for_single_accounts(committed_world):
    unit = committed_world.nabire
    for day in range(40):
        move(unit, 100, on=dt.date(2024, 1, 1) + dt.timedelta(days=day), maker=f"PB-{day % 2}")
    make_checkpoints(by=SITI, now=NOON)
    sum_lines(by=SITI, now=NOON)
    move(unit, 30, maker="PB-1")
    asked = {"unit": unit, "kind": PREMI.value, "first": TODAY, "last": TODAY}
    with connection.cursor() as cursor:
        cursor.execute("set enable_seqscan = off")
        cursor.execute(f"explain (analyze, format json) {SINGLE_ACCOUNTS}", asked)
        (plan,) = cursor.fetchone()[0]
    assert lines_read(plan["Plan"]) <= 4  # the one that is new, by each of two ways


def lines_read(node):
    """How many lines a plan read, of a node and all below it."""
    below = sum(lines_read(one) for one in node.get("Plans", ()))
    mine = node.get("Relation Name") == "ledger_entryline"
    return below + (node["Actual Rows"] * node["Actual Loops"] if mine else 0)


@pytest.mark.django_db(transaction=True)
def test_the_lines_of_a_book_are_in_the_order_of_days_summed_or_not(committed_world):
    unit = committed_world.nabire
    move(unit, 30)
    move(unit, 5, on=YESTERDAY)
    sum_lines(by=SITI, now=NOON)
    move(unit, 7, on=YESTERDAY)
    move(unit, 900, on=dt.date(2026, 3, 1))
    lines = BookLines(Sought(unit, APRIL, kinds=[CASH]))
    page = Paginator(lines, 2).get_page(1)
    assert page.paginator.count == 3
    assert [(line.amount, line.running) for line in page] == [(5, 5), (7, 12)]
    assert [(line.amount, line.running) for line in lines[2:]] == [(30, 42)]


@pytest.mark.django_db
def test_a_book_is_narrowed_to_a_cause_and_to_a_maker(world):
    move(world.nabire, 30, maker="PB-1")
    move(world.nabire, 5, source="refund:1", maker="PB-2")
    by_cause = BookLines(Sought(world.nabire, APRIL, kinds=[CASH], cause="refund"))
    by_maker = BookLines(Sought(world.nabire, APRIL, kinds=[PREMI], maker="PB-1"))
    assert [line.amount for line in by_cause[:9]] == [5]
    assert [line.amount for line in by_maker[:9]] == [-30]
    assert len(BookLines(Sought(world.bangli, APRIL))) == 0


@pytest.mark.django_db
def test_entries_of_a_day_have_the_lines_of_the_unit_alone(world):
    entry = post_entry(
        lines=[
            Line(world.merauke, CASH, 15),
            Line(world.merauke, AccountKind.SETTLEMENT, -15, counterpart_id=world.nabire),
            Line(world.nabire, AccountKind.SETTLEMENT, 15, counterpart_id=world.merauke),
            Line(world.nabire, PREMI, -15, maker="PB-1"),
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo="titip jual",
        source="sale:2",
        by=SITI,
        now=NOON,
    )
    found, count = entries_of_days(
        sought=Sought(world.nabire, Period(TODAY, TODAY)), limit=10, offset=0
    )
    assert ([one.pk for one in found], count) == ([entry], 1)
    assert {line.unit_id for line in found[0].lines.all()} == {world.nabire}
    own = entry_of_unit(unit_id=world.nabire, entry_id=entry)
    assert own is not None
    assert own.pk == entry
    assert entry_of_unit(unit_id=world.bangli, entry_id=entry) is None


@pytest.mark.django_db(transaction=True)
def test_a_sum_that_lies_is_found_at_its_day_and_at_its_month(committed_world):
    move(committed_world.nabire, 30)
    sum_lines(by=SITI, now=NOON)
    for span, words in (("day", "jumlah hari"), ("month", "jumlah harinya")):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "update ledger_spansum set debit = debit + 1 where span = %s and kind = 'cash'",
                [span],
            )
            assert any(words in problem for problem in books_problems())
            transaction.set_rollback(True)
    assert books_problems() == []
    assert SpanSum.objects.filter(span="year").count() == 2
