"""What PostgreSQL and `bekal check` promise of clearings, asked round Python."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.treasury import queries
from bekal.treasury.tests.test_cash import sell
from bekal.treasury.tests.test_clearing import settled, short

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
        (f"{update}decided_as = 'approved', decided_at = now(), decided_by = 'user:1'", "two_pers"),
        (f"{update}decided_as = 'refused', decided_at = now(), decided_by = 'user:9'", "two_pers"),
        (f"{update}amount = 2", "decided once"),
        ("delete from treasury_cashclearing", "are final"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(sql)
    run(f"{update}decided_as = 'approved', decided_at = now(), decided_by = 'user:9'")
    with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
        run(f"{update}decided_as = 'refused', decided_why = 'x', decided_by = 'user:8'")


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
