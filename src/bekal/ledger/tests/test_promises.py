"""What PostgreSQL refuses, whoever asks: every test here goes round the Python."""

import datetime as dt
import threading
from functools import partial
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.ledger import actions, queries
from bekal.ledger.models import Account, Entry, EntryLine, SplitRule
from bekal.ledger.rules import AccountKind, Line
from tests.support.world import NOON, TODAY, YOHANA, adopt

KEY = UUID("01900000-0000-7000-8000-000000000001")
ALL_TO_CAPITAL = '[{"account":"capital","form":"rest","value":0}]'
ENTRY = """
insert into ledger_entry (key, occurred_on, memo, source, posted_at, posted_by, xid)
values (gen_random_uuid(), '2026-04-27', 'langsung', 'x', now(), 'x', 0) returning id
"""


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else None


def check_now():
    """Deferred promises are kept at commit; in a test, which never commits, ask now."""
    run("set constraints all immediate")
    run("set constraints all deferred")


def post(world, *, key=KEY, amount=100_000):
    return actions.post_entry(
        lines=[
            Line(world.nabire, AccountKind.CASH, amount),
            Line(world.nabire, AccountKind.CAPITAL, -amount),
        ],
        key=key,
        occurred_on=TODAY,
        memo="uji",
        source="uji",
        by=YOHANA,
        now=NOON,
    )


@pytest.fixture
def book(world):
    """A posted entry, and the ids of the cash and capital accounts of two units."""
    entry = post(world)
    post_elsewhere = [
        Line(world.merauke, AccountKind.CASH, 1),
        Line(world.merauke, AccountKind.CAPITAL, -1),
    ]
    actions.post_entry(
        lines=post_elsewhere,
        key=uuid7(),
        occurred_on=TODAY,
        memo="uji",
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    check_now()
    accounts = {(a.unit_id, a.kind): a.pk for a in Account.objects.all()}
    return {
        "entry": entry,
        "unit": world.nabire,
        "other_unit": world.merauke,
        "cash": accounts[world.nabire, "cash"],
        "capital": accounts[world.nabire, "capital"],
        "other_cash": accounts[world.merauke, "cash"],
        "other_capital": accounts[world.merauke, "capital"],
    }


def add_lines(*lines, entry=None):
    """An entry with these (account, unit, amount) lines, by raw SQL in one statement."""
    values = ", ".join(f"({account}, {unit}, {amount})" for account, unit, amount in lines)
    pick = f"select {entry} as id" if entry else ENTRY
    run(
        f"with e as ({pick}) insert into ledger_entryline"
        f" (entry_id, account_id, unit_id, amount, xid)"
        f" select e.id, l.*, 0 from e, (values {values}) as l"
    )


@transaction.atomic
def checked(act):
    act()
    check_now()


def refused(sql_or_call, *params):
    """The statement fails and leaves the books as they were."""
    before = (Entry.objects.count(), EntryLine.objects.count())
    act = sql_or_call if callable(sql_or_call) else partial(run, sql_or_call, params or None)
    with pytest.raises(DatabaseError) as error:
        checked(act)
    assert (Entry.objects.count(), EntryLine.objects.count()) == before
    return str(error.value)


def test_a_balanced_entry_is_taken(book):
    add_lines((book["cash"], book["unit"], 5), (book["capital"], book["unit"], -5))
    check_now()
    assert queries.ledger_problems() == []


def test_an_entry_without_lines_is_refused(book):
    assert "no lines" in refused(ENTRY)


def test_an_entry_with_one_line_is_refused(book):
    assert "sum to zero" in refused(lambda: add_lines((book["cash"], book["unit"], 5)))


def test_an_entry_whose_lines_do_not_sum_to_zero_is_refused(book):
    lines = [(book["cash"], book["unit"], 5), (book["capital"], book["unit"], -4)]
    assert "sum to zero" in refused(lambda: add_lines(*lines))


def test_an_entry_balanced_as_a_whole_but_not_for_each_unit_is_refused(book):
    lines = [(book["cash"], book["unit"], 5), (book["other_capital"], book["other_unit"], -5)]
    assert "sum to zero" in refused(lambda: add_lines(*lines))


def test_a_line_of_zero_is_refused(book):
    lines = [(book["cash"], book["unit"], 0), (book["capital"], book["unit"], 0)]
    refused(lambda: add_lines(*lines))


def test_a_line_that_names_another_unit_than_its_account_s_is_refused(book):
    lines = [(book["other_cash"], book["unit"], 5), (book["capital"], book["unit"], -5)]
    assert "of_its_account" in refused(lambda: add_lines(*lines))


@pytest.mark.parametrize(
    "sql",
    [
        "update ledger_entry set memo = 'lain'",
        "update ledger_entryline set amount = amount * 2",
        "delete from ledger_entryline",
        "delete from ledger_entry",
        "update ledger_account set kind = 'bank' where kind = 'cash'",
        "delete from ledger_account",
    ],
)
def test_posted_rows_are_never_edited_or_deleted(book, sql):
    assert "append_only" in refused(sql) or "Cannot" in refused(sql)


def test_no_session_can_ask_the_promises_to_look_away(book):
    ids = run("select tgname from pg_trigger where tgname like %s", ["pgtrigger_append_only%"])
    everything = "{" + ",".join(row[0] for row in ids) + "}"

    def edit():
        run("select set_config('pgtrigger.ignore', %s, true)", [everything])
        run("update ledger_entryline set amount = amount * 2")

    assert "final" in refused(edit)


def test_a_key_is_posted_once(book):
    sql = ENTRY.replace("gen_random_uuid()", f"'{KEY}'")
    assert "ledger_entry_key" in refused(sql)


@pytest.mark.django_db(transaction=True)
def test_lines_cannot_come_later_even_when_they_balance(committed_world):
    entry = post(committed_world)
    accounts = {a.kind: a.pk for a in Account.objects.all()}
    unit = committed_world.nabire
    lines = [(accounts["cash"], unit, 5), (accounts["capital"], unit, -5)]
    message = refused(lambda: add_lines(*lines, entry=entry))
    assert "of_its_transaction" in message


@pytest.mark.django_db(transaction=True)
def test_a_forged_transaction_number_does_not_help(committed_world):
    entry = post(committed_world)
    xid = Entry.objects.get(pk=entry).xid
    accounts = {a.kind: a.pk for a in Account.objects.all()}
    sql = (
        "insert into ledger_entryline (entry_id, account_id, unit_id, amount, xid)"
        " values (%s, %s, %s, 5, %s), (%s, %s, %s, -5, %s)"
    )
    unit = committed_world.nabire
    values = [entry, accounts["cash"], unit, xid, entry, accounts["capital"], unit, xid]
    assert "of_its_transaction" in refused(sql, *values)


@pytest.mark.django_db(transaction=True)
def test_the_books_cannot_be_emptied_outside_a_test_database(committed_world):
    post(committed_world)
    body = run("select prosrc from pg_proc where proname like 'pgtrigger_not_emptied%' limit 1")
    assert "current_database() not like" in body[0][0]
    assert "rows of % are final" in body[0][0]


@pytest.mark.slow
def test_sixteen_posts_with_one_key_make_one_entry(committed_world):
    outcomes, gate = [], threading.Barrier(16)

    def work():
        gate.wait()
        try:
            outcomes.append(post(committed_world))
        except actions.AlreadyPosted:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o is None for o in outcomes) == [False] + [True] * 15
    assert (Entry.objects.count(), EntryLine.objects.count()) == (1, 2)


def rule(world, *, during, place=None, activity=""):
    run(
        "insert into ledger_splitrule (place_id, activity, name, base, shares, citation, source,"
        " during, adopted_at, adopted_by) values (%s, %s, 'uji', 'gross', %s, 'uji', '',"
        " %s::daterange, now(), 'x')",
        [
            place or world.merauke,
            activity,
            '[{"account":"capital","form":"rest","value":0}]',
            during,
        ],
    )


def test_two_rules_of_one_place_and_activity_never_overlap(world):
    rule(world, during="[2026-01-01,2026-06-01)")
    rule(world, during="[2026-06-01,)")
    rule(world, during="[2026-01-01,)", activity="jasa")
    count = SplitRule.objects.count()
    with pytest.raises(DatabaseError, match="one_at_a_time"), transaction.atomic():
        rule(world, during="[2026-05-31,2026-06-01)")
    assert SplitRule.objects.count() == count


@pytest.mark.parametrize(
    "shares",
    [
        "[]",
        '[{"account":"capital","form":"percent","value":9999}]',
        '[{"account":"capital","form":"percent","value":10001}]',
        '[{"account":"capital","form":"percent","value":10000},{"account":"premi_unallocated","form":"rest"}]',
        '[{"account":"capital","form":"rest"},{"account":"premi_unallocated","form":"rest"}]',
        '[{"account":"capital","form":"percent","value":5000},{"account":"capital","form":"rest"}]',
        '[{"account":"capital","form":"per_piece","value":-5},{"account":"operating","form":"rest"}]',
        '[{"account":"cash","form":"rest"}]',
        '[{"account":"capital","form":"some"}]',
        '[{"account":"capital","form":"percent"},{"account":"operating","form":"rest","value":0}]',
        '[{"account":"capital","value":1},{"account":"operating","form":"rest","value":0}]',
        '[{"form":"percent","value":1},{"account":"operating","form":"rest","value":0}]',
        '[{"account":"capital","form":"rest","value":4000}]',
        '[{"account":"capital","form":"rest"}]',
    ],
)
def test_shares_that_make_no_whole_are_refused(world, shares):
    count = SplitRule.objects.count()
    with pytest.raises(DatabaseError, match="one whole"), transaction.atomic():
        run(
            "insert into ledger_splitrule (place_id, activity, name, base, shares, citation,"
            " source, during, adopted_at, adopted_by) values (%s, '', 'uji', 'gross', %s, 'uji',"
            " '', daterange(null, null), now(), 'x')",
            [world.merauke, shares],
        )
    assert SplitRule.objects.count() == count


@pytest.mark.parametrize(
    "change",
    [
        "shares = '[]'",
        "citation = 'lain'",
        "during = daterange('2020-01-01', null)",
        "place_id = place_id + 1",
    ],
)
def test_a_rule_in_the_book_is_final_but_for_its_end(world, change):
    with pytest.raises(DatabaseError, match="a rule is final"), transaction.atomic():
        run(f"update ledger_splitrule set {change}")
    adopt(world.centre, "bangli-2023", first_day=dt.date(2027, 1, 1))
    with pytest.raises(DatabaseError, match="a rule is final"), transaction.atomic():
        run(
            "update ledger_splitrule set during = daterange(lower(during), '2028-01-01')"
            " where not upper_inf(during)"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        run("delete from ledger_splitrule")


def test_a_rule_is_closed_only_by_the_next(world):
    close = "update ledger_splitrule set during = daterange(lower(during), %s) where place_id = %s"

    def end():
        run(close, [dt.date(2027, 1, 1), world.bangli])

    assert "the next begins" in refused(end)
    adopt(world.bangli, "kepmen-1990", first_day=dt.date(2027, 1, 1))
    check_now()


@pytest.mark.parametrize("activity", ["Kerajinan", "kerajinan ", " ", "a;b"])
def test_an_activity_that_no_category_can_have_is_refused(world, activity):
    with pytest.raises(DatabaseError, match="activity_is_a_code"), transaction.atomic():
        rule(world, during="[2026-01-01,)", activity=activity)


def test_a_debt_between_units_that_stands_in_one_book_alone_is_refused(book):
    """Each unit sums to zero, and yet Merauke would know nothing of what Nabire owes it."""
    here, there = book["unit"], book["other_unit"]
    settlement = run(
        "insert into ledger_account (unit_id, kind, counterpart_id)"
        " values (%s, 'settlement', %s) returning id",
        [here, there],
    )[0][0]
    message = refused(lambda: add_lines((book["cash"], here, 5), (settlement, here, -5)))
    assert "the books of both" in message


def test_premi_is_kept_for_a_maker_and_nothing_else_is(book):
    """Premi without a maker belongs to nobody; a maker on the cash box is a mistake."""
    put = "insert into ledger_account (unit_id, kind, maker) values (%s, %s, %s)"
    for kind, maker in (("premi_payable", ""), ("premi_saved", ""), ("cash", "PB-AAAA-BBBB")):
        message = refused(lambda kind=kind, maker=maker: run(put, [book["unit"], kind, maker]))
        assert "ledger_account_maker_of_premi" in message


def test_what_two_makers_are_owed_stands_in_two_accounts(world):
    m = world.merauke
    actions.post_entry(
        lines=[
            Line(m, AccountKind.PREMI_UNALLOCATED, 5_000),
            Line(m, AccountKind.PREMI_PAYABLE, -3_000, maker="PB-AAAA-BBBB"),
            Line(m, AccountKind.PREMI_PAYABLE, -2_000, maker="PB-CCCC-DDDD"),
        ],
        key=KEY,
        occurred_on=TODAY,
        memo="premi",
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    check_now()
    owed = {b.maker: b.amount for b in queries.balances_of(unit_id=m) if b.maker}
    assert owed == {"PB-AAAA-BBBB": -3_000, "PB-CCCC-DDDD": -2_000}


def test_goods_on_consignment_stand_between_the_two_units(world):
    """Design section 5: goods of Merauke at Nabire's table; each unit sums to zero by itself."""
    n, m = world.nabire, world.merauke
    actions.post_entry(
        lines=[
            Line(n, AccountKind.CASH, 100_000),
            Line(n, AccountKind.SETTLEMENT, -100_000, counterpart_id=m),
            Line(m, AccountKind.SETTLEMENT, 100_000, counterpart_id=n),
            Line(m, AccountKind.PREMI_UNALLOCATED, -35_000),
            Line(m, AccountKind.CAPITAL, -15_000),
            Line(m, AccountKind.PNBP_PAYABLE, -50_000),
        ],
        key=KEY,
        occurred_on=TODAY,
        memo="titip jual",
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    check_now()
    owed = [b for b in queries.balances_of(unit_id=n) if b.account is AccountKind.SETTLEMENT]
    assert [(b.counterpart_id, b.amount) for b in owed] == [(m, -100_000)]


def test_balances_by_checkpoint_are_the_sums_of_the_lines(world):
    post(world, key=uuid7())
    assert actions.make_checkpoints(by=YOHANA, now=NOON) == 2
    post(world, key=uuid7(), amount=7)
    held = {b.account: b.amount for b in queries.balances_of(unit_id=world.nabire)}
    assert held == {AccountKind.CASH: 100_007, AccountKind.CAPITAL: -100_007}
    assert actions.make_checkpoints(by=YOHANA, now=NOON + dt.timedelta(days=1)) == 2
    assert actions.make_checkpoints(by=YOHANA, now=NOON + dt.timedelta(days=2)) == 0
    assert queries.ledger_problems() == []
    run("update ledger_checkpoint set balance = balance + 1")
    assert any("saldo acuan" in problem for problem in queries.ledger_problems())
