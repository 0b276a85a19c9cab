"""What PostgreSQL and `bekal check` promise of clearings, asked round Python."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.ledger.actions import post_entry
from bekal.ledger.models import Entry
from bekal.ledger.rules import AccountKind
from bekal.treasury import queries
from bekal.treasury.models import CashClearing
from bekal.treasury.rules.clearing import Way, clearing_lines
from bekal.treasury.tests.test_cash import held, sell
from bekal.treasury.tests.test_clearing import decide, over, propose, settled, short
from bekal.treasury.tests.test_fund import fill
from tests.support.world import NOON, SITI, TODAY, YOHANA

pytestmark = pytest.mark.django_db


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


ROW = """
insert into treasury_cashclearing (id, unit_id, way, amount, paper, proposed_at, proposed_by,
  decided_as, decided_why, decided_by)
values (gen_random_uuid(), %(unit)s, %(way)s, %(amount)s, %(paper)s, now(), 'user:1',
  %(decided_as)s, '', '')
"""


def test_postgresql_keeps_paper_ways_persons_and_decisions(world):
    fine = {
        "unit": world.nabire,
        "way": "borne",
        "amount": 1,
        "paper": "BA-1",
        "decided_as": "",
    }
    for change, why in (
        ({"amount": 0}, "rests_on_paper"),
        ({"paper": " "}, "rests_on_paper"),
        ({"way": "pnbp"}, "way_known"),
        ({"decided_as": "approved"}, "begins undecided"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(ROW, fine | change)
    run(ROW, fine)
    update = "update treasury_cashclearing set "
    for sql, why in (
        (f"{update}decided_as = 'refused', decided_at = now(), decided_by = 'user:9'", "two_pers"),
        (f"{update}amount = 2", "decided once"),
        (f"{update}{APPROVED}", "stands in the books"),
        ("delete from treasury_cashclearing", "are final"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(sql)


APPROVED = "decided_as = 'approved', decided_at = now(), decided_by = 'user:9'"


def posts(unit, clearing, *, amount, way):
    """The entry of a clearing, whoever asks for it."""
    post_entry(
        lines=clearing_lines(unit_id=unit, way=way, amount=amount),
        key=clearing,
        occurred_on=TODAY,
        memo="uji",
        source=f"clearing:{clearing}",
        by=SITI,
        now=NOON,
    )


def approves(clearing):
    run(f"update treasury_cashclearing set {APPROVED} where id = %s", [clearing])


def test_postgresql_lets_another_person_approve_what_stands_in_the_books_once(world):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire)
    posts(world.nabire, clearing, amount=10_000, way=Way.REPLACED)
    mine = APPROVED.replace("user:9", str(YOHANA))
    with pytest.raises(DatabaseError, match="two_pers"), transaction.atomic():
        run(f"update treasury_cashclearing set {mine}")
    approves(clearing)
    with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
        run("update treasury_cashclearing set decided_as = 'refused', decided_why = 'x'")


@pytest.mark.parametrize(
    ("way", "amount", "posted", "why"),
    [
        (Way.REPLACED, 10_000, 10_001, "stands in the books"),
        (Way.REPLACED, 10_000, 9_999, "stands in the books"),
        (Way.BORNE, 10_000, 10_000, ""),
    ],
)
def test_postgresql_looks_at_what_was_posted(world, way, amount, posted, why):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire, amount, way=way)
    posts(world.nabire, clearing, amount=posted, way=way)
    if not why:
        return approves(clearing)
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        approves(clearing)
    assert CashClearing.objects.get().decided_as == ""
    return None


@pytest.mark.parametrize(
    ("way", "happens"),
    [
        (Way.REPLACED, lambda unit: settled(unit, 4_000)),
        (Way.BORNE, lambda unit: fill(unit, held(unit, AccountKind.CAPITAL))),
    ],
)
def test_postgresql_settles_no_more_than_stands_nor_than_the_fund_holds(
    world, monkeypatch, way, happens
):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire, way=way)
    happens(world.nabire)
    monkeypatch.setattr("bekal.treasury.actions.clearing.check_clearing", lambda *_, **__: None)
    before = Entry.objects.count()
    with pytest.raises(DatabaseError, match="no more is settled"), transaction.atomic():
        decide(world.nabire, clearing)
    assert Entry.objects.count() == before
    assert CashClearing.objects.get(pk=clearing).decided_as == ""


def test_postgresql_gives_back_no_cash_that_is_not_there(world, monkeypatch):
    over(world.nabire, 10_000)
    clearing = propose(world.nabire, 110_000, way=Way.GIVEN_BACK)
    fill(world.nabire, -50_000)
    monkeypatch.setattr("bekal.treasury.actions.clearing.check_clearing", lambda *_, **__: None)
    with pytest.raises(DatabaseError, match="no more is settled"), transaction.atomic():
        decide(world.nabire, clearing)
    assert CashClearing.objects.get().decided_as == ""


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("amount = 9000", "akun cash_difference: terbukukan -10000, disetujui -9000"),
        ("way = 'borne'", "akun capital: terbukukan 0, disetujui 10000"),
        ("unit_id = %(bangli)s", "selisih kas di buku 0, menurut hitungan dan penyelesaiannya"),
        (
            "decided_as = '', decided_by = '', decided_at = null",
            "akun cash: terbukukan 10000, disetujui 0",
        ),
    ],
)
def test_a_clearing_that_does_not_tie_is_told_by_the_check(world, damage, words):
    sell(world)
    short(world.nabire)
    settled(world.nabire)
    run("set constraints all immediate")
    run("alter table treasury_cashclearing disable trigger user")
    run(f"update treasury_cashclearing set {damage}", {"bangli": world.bangli})
    told = queries.cash_problems()
    assert any(words in one for one in told), told


def test_money_posted_past_counts_and_clearings_is_told_by_the_check(world):
    sell(world)
    short(world.nabire)
    settled(world.nabire)
    run("set constraints all immediate")
    run("alter table ledger_entry disable trigger user")
    run("update ledger_entry set source = 'uji' where source like 'clearing:%%'")
    assert len(queries.cash_problems()) == 2
