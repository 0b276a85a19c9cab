"""Books that are closed: nothing goes inside, what comes late counts on the first open day."""

import datetime as dt
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger import actions, queries
from bekal.ledger.models import Closing, Entry
from bekal.ledger.rules import AccountKind, BooksRefused, Line, Prepared
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YOHANA

MARCH = dt.date(2026, 3, 31)
IN_MARCH = dt.date(2026, 3, 20)
FIRST_OPEN = dt.date(2026, 4, 1)
APRIL = Period(FIRST_OPEN, dt.date(2026, 4, 30))
pytestmark = pytest.mark.django_db


def close(unit, through=MARCH, *, by=YOHANA, prepared_by=SITI, reason="", key=None):
    actions.close_books(
        unit_id=unit,
        through=through,
        reason=reason,
        prepared=Prepared(prepared_by, NOON),
        key=key or uuid7(),
        by=by,
        now=NOON,
    )


def reopen(unit, through=None, *, reason="Nota kertas tertinggal", key=None):
    actions.reopen_books(
        unit_id=unit, through=through, reason=reason, key=key or uuid7(), by=YOHANA, now=NOON
    )


def post(*lines, on=IN_MARCH):
    entry = actions.post_entry(
        lines=[Line(unit, kind, amount, other) for unit, kind, amount, other in lines],
        key=uuid7(),
        occurred_on=on,
        memo="uji",
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    return Entry.objects.get(pk=entry)


def post_in(unit, *, on=IN_MARCH):
    return post((unit, AccountKind.CASH, 5, None), (unit, AccountKind.CAPITAL, -5, None), on=on)


def refused(act):
    """The database refuses it, and nothing was written."""
    before = (Entry.objects.count(), Closing.objects.count())
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    assert (Entry.objects.count(), Closing.objects.count()) == before
    return str(error.value)


def run(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_an_entry_of_a_closed_day_counts_on_the_first_open_one_and_keeps_its_day(world):
    close(world.nabire)
    entry = post_in(world.nabire)
    assert (entry.occurred_on, entry.late_from) == (FIRST_OPEN, IN_MARCH)
    (late,) = queries.late_entries(unit_id=world.nabire, period=APRIL)
    assert (late.late_from, late.occurred_on, late.amount) == (IN_MARCH, FIRST_OPEN, 5)
    assert queries.late_entries(unit_id=world.merauke, period=APRIL) == []


def test_an_entry_of_an_open_day_is_not_moved(world):
    close(world.nabire)
    entry = post_in(world.nabire, on=TODAY)
    assert (entry.occurred_on, entry.late_from) == (TODAY, None)


def test_other_units_are_not_closed(world):
    close(world.nabire)
    assert post_in(world.merauke).occurred_on == IN_MARCH


def test_an_entry_of_several_units_counts_on_the_first_day_that_is_open_for_all(world):
    close(world.nabire)
    close(world.merauke, dt.date(2026, 4, 10))
    entry = post(
        (world.nabire, AccountKind.CASH, 9, None),
        (world.nabire, AccountKind.SETTLEMENT, -9, world.merauke),
        (world.merauke, AccountKind.SETTLEMENT, 9, world.nabire),
        (world.merauke, AccountKind.CAPITAL, -9, None),
    )
    assert (entry.occurred_on, entry.late_from) == (dt.date(2026, 4, 11), IN_MARCH)


def test_the_database_refuses_an_entry_inside_closed_days(world):
    entry = post_in(world.nabire)
    close(world.nabire)
    lines = (
        "with e as (insert into ledger_entry (key, occurred_on, memo, source, posted_at, posted_by,"
        " xid) values (gen_random_uuid(), %s, 'x', 'x', now(), 'x', 0) returning id)"
        " insert into ledger_entryline (entry_id, account_id, unit_id, amount, xid)"
        " select e.id, l.account_id, l.unit_id, l.amount, 0 from e, ledger_entryline l"
        " where l.entry_id = %s"
    )
    assert "are closed" in refused(partial(run, lines, [MARCH, entry.pk]))
    run(lines, [FIRST_OPEN, entry.pk])


def test_the_database_keeps_two_persons_and_the_order_of_closings(world):
    one = (
        "insert into ledger_closing (id, unit_id, number, act, through, before, reason,"
        " prepared_at, prepared_by, decided_at, decided_by, last_entry) values"
        " (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s, %s, now(), 'user:1', 0)"
    )
    unit = world.nabire
    alone = [unit, 1, "close", MARCH, None, "", NOON, "user:1"]
    assert "by_two_persons" in refused(partial(run, one, alone))
    close(unit)
    for sql_row, why in (
        ([unit, 1, "close", TODAY, MARCH, "", NOON, "user:3"], "follows the last"),
        ([unit, 2, "close", TODAY, None, "", NOON, "user:3"], "follows the last"),
        ([unit, 2, "close", IN_MARCH, MARCH, "", NOON, "user:3"], "goes_on_or_back"),
        ([unit, 2, "reopen", None, MARCH, " ", None, ""], "with_reason"),
        ([unit, 2, "reopen", TODAY, MARCH, "keliru", None, ""], "goes_on_or_back"),
    ):
        assert why in refused(partial(run, one, sql_row))
    for sql in ("update ledger_closing set reason = 'x'", "delete from ledger_closing"):
        assert "are final" in refused(partial(run, sql, None))


def test_whoever_prepared_a_closing_does_not_decide_on_it(world):
    with pytest.raises(BooksRefused, match="orang lain"):
        close(world.nabire, by=SITI)
    assert queries.closed_through(unit_id=world.nabire) is None


@pytest.mark.parametrize(
    ("through", "words"),
    [(TODAY, "setelah harinya lewat"), (IN_MARCH, "sudah ditutup"), (MARCH, "sudah ditutup")],
)
def test_days_that_are_not_over_or_closed_are_not_closed(world, through, words):
    close(world.nabire)
    with pytest.raises(BooksRefused, match=words):
        close(world.nabire, through)
    assert Closing.objects.count() == 1


def test_reopened_books_take_entries_on_their_day_again(world):
    close(world.nabire)
    reopen(world.nabire, dt.date(2026, 2, 28))
    assert post_in(world.nabire).late_from is None
    assert queries.closed_through(unit_id=world.nabire) == dt.date(2026, 2, 28)
    last, first = queries.closings_of(unit_id=world.nabire)
    assert (last.before, last.reason) == (MARCH, "Nota kertas tertinggal")
    assert (first.prepared_by, first.decided_by) == (str(SITI), str(YOHANA))
    assert queries.last_closings(unit_ids=[world.nabire, world.bangli]) == {world.nabire: last}
    assert Event.objects.filter(action="ledger.reopen_books").count() == 1


def test_books_are_reopened_for_a_reason_and_where_they_are_closed(world):
    with pytest.raises(BooksRefused, match="tidak tertutup"):
        reopen(world.nabire)
    close(world.nabire)
    with pytest.raises(BooksRefused, match="tidak tertutup"):
        reopen(world.nabire, MARCH)
    with pytest.raises(BooksRefused, match="alasannya"):
        reopen(world.nabire, reason="  ")
    assert Closing.objects.count() == 1


def test_a_key_closes_or_opens_once(world):
    key = uuid7()
    close(world.nabire, key=key)
    for act in (
        partial(close, world.nabire, TODAY - dt.timedelta(1)),
        partial(reopen, world.nabire),
    ):
        with pytest.raises(BooksRefused, match="kiriman yang sama"):
            act(key=key)
    assert Closing.objects.count() == 1


def test_what_an_account_held_on_a_day_is_read_off_the_days_of_the_books(world):
    close(world.nabire)
    post_in(world.nabire)
    post_in(world.nabire, on=TODAY)
    held = partial(queries.balance_through, unit_id=world.nabire, account=AccountKind.CASH)
    assert [held(day=day) for day in (MARCH, FIRST_OPEN, TODAY)] == [0, 5, 10]
    assert queries.first_days(unit_ids=[world.nabire, world.bangli]) == {world.nabire: FIRST_OPEN}


def test_an_entry_that_got_inside_closed_days_is_told_by_the_check(world):
    post_in(world.nabire)
    close(world.nabire)
    assert queries.closing_problems() == []
    entry = post_in(world.nabire)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table ledger_entry disable trigger user")
        cursor.execute(
            "update ledger_entry set occurred_on = late_from, late_from = null where id = %s",
            [entry.pk],
        )
        cursor.execute("alter table ledger_entry enable trigger user")
    (problem,) = queries.closing_problems()
    assert f"jurnal {entry.pk}" in problem


def test_a_closing_that_follows_nothing_is_told_by_the_check(world):
    close(world.nabire)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table ledger_closing disable trigger user")
        cursor.execute("update ledger_closing set before = '2026-01-31'")
        cursor.execute("alter table ledger_closing enable trigger user")
    (problem,) = queries.closing_problems()
    assert "tidak menyambung" in problem


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_posting_and_closing_at_once_leaves_everything_before_or_after(committed_world):
    """Seven people post into March while an eighth closes it, ten times for ten units' worth."""
    unit = committed_world.nabire
    post_in(unit)  # the accounts are there

    def work(index):
        if index == 0:
            close(unit)
            return "closed"
        return [post_in(unit).pk for _ in range(15)]

    answers = all_at_once(8, work)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    closing = Closing.objects.get()
    inside = Entry.objects.filter(occurred_on=IN_MARCH)
    after = Entry.objects.filter(occurred_on=FIRST_OPEN, late_from=IN_MARCH)
    assert inside.count() + after.count() == 1 + 7 * 15
    assert all(entry.pk <= closing.last_entry for entry in inside)
    assert all(entry.pk > closing.last_entry for entry in after)
    assert queries.closing_problems() == []
    assert queries.ledger_problems() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_close_a_month_one_does(committed_world):
    answers = all_at_once(8, lambda _: close(committed_world.nabire))
    assert answers.count(None) == 1
    assert sum(isinstance(answer, BooksRefused) for answer in answers) == 7
    assert Closing.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_holds_an_account_sees_what_nobody_else_moves_meanwhile(committed_world):
    """Eight people take what the fund holds; one finds it."""
    unit = committed_world.nabire
    post_in(unit, on=TODAY)

    def work(_):
        with transaction.atomic():
            held = -actions.hold_account(
                unit_id=unit, account=AccountKind.CAPITAL, by=SITI, now=NOON
            )
            if held:
                post(
                    (unit, AccountKind.CAPITAL, held, None),
                    (unit, AccountKind.CASH, -held, None),
                    on=TODAY,
                )
            return held

    assert sorted(all_at_once(8, work)) == [0] * 7 + [5]


def test_an_account_that_was_never_used_holds_nothing(world):
    held = actions.hold_account(
        unit_id=world.nabire, account=AccountKind.CAPITAL, by=SITI, now=NOON
    )
    assert held == 0
