"""A deliberately damaged database is caught by each check of `bekal check`.

Damage goes round every promise: by SQL with the triggers off, in a transaction that is undone. A
check whose damage needs a world of its own is damaged in the tests of its room, which is named
here; a new check fails until it is in one of the two lists.
"""

from pathlib import Path

import pytest
from django.db import connection

from bekal.config.checks import CHECKS
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import make_checkpoints, sum_lines
from bekal.sales.actions import record_sale
from bekal.treasury.actions import draw_sample
from bekal.treasury.rules import NewSample
from tests.support.world import NOON, SITI, TODAY, YOHANA, a_sale

REPOSITORY = Path(__file__).resolve().parents[2]
LATER = NOON.replace(hour=9)
DAMAGE = {
    "every audit chain is whole": (
        ("audit_event", "update audit_event set detail = '{}' where action = 'sales.record'"),
        (
            "audit_event",
            "delete from audit_event where chain || seq in (select chain || 1 from audit_event)",
        ),
        ("audit_chain", "update audit_chain set seq = seq + 1"),
    ),
    "the ancestry says what the tenures say": (
        ("places_ancestry", "delete from places_ancestry where distance = 1"),
    ),
    "the books are balanced, checkpoints too": (
        ("ledger_entryline", "update ledger_entryline set amount = amount + 1 where amount > 0"),
        ("ledger_checkpoint", "update ledger_checkpoint set balance = balance + 1"),
    ),
    "the sums of the books say what their lines say": (
        ("ledger_spansum", "update ledger_spansum set debit = debit + 1 where span = 'day'"),
        ("ledger_spansum", "delete from ledger_spansum where span = 'year'"),
    ),
    "the sums and the ledger agree with the sales": (
        ("sales_unitday", "update sales_unitday set gross = gross + 1"),
        ("sales_saleline", "update sales_saleline set parts = '{\"capital\": 100000}'"),
    ),
    "samples drawn again are the same": (
        ("treasury_sampleitem", "update treasury_sampleitem set position = -position"),
    ),
    "the nation is the sum of kanwil, units, receipts": (
        ("sales_unitday", "update sales_unitday set gross = gross + 1"),
    ),
}
ELSEWHERE = {
    "migrations are applied": "tests/ground/test_promises.py",
    "the database role is no superuser": "tests/ground/test_promises.py",
    "triggers are in place": "tests/ground/test_promises.py",
    "constraints are in place and validated": "tests/ground/test_promises.py",
    "search texts and price spans say what the catalogue says": (
        "src/bekal/catalogue/tests/test_search.py"
    ),
    "nothing was posted inside closed days": "src/bekal/ledger/tests/test_closing.py",
    "levels, holds and hours say what their facts say": (
        "src/bekal/production/tests/test_promises.py"
    ),
    "what was made ties to the goods that came": (
        "src/bekal/production/tests/test_batch_promises.py"
    ),
    "materials, purchases and their money agree": "src/bekal/production/tests/test_materials.py",
    "harvests are of what grew, and tie to batches": "src/bekal/production/tests/test_land.py",
    "what batches used ties to the materials that went": "src/bekal/production/tests/test_uses.py",
    "price sheets sum their lines": "src/bekal/production/tests/test_costing.py",
    "receipts of the capital fund tie to the books": "src/bekal/treasury/tests/test_fund.py",
    "QRIS that reached the bank ties to its lines and the books": (
        "src/bekal/treasury/tests/test_settling.py"
    ),
    "buyers are told what the levels say": "src/bekal/production/tests/test_telling.py",
    "makers are where their status says": "src/bekal/people/tests/test_promises.py",
    "makers work where they are": "src/bekal/production/tests/test_assigning.py",
    "receipts, asks and payouts tie to the books": "src/bekal/payments/tests/test_receiving.py",
    "deposits of PNBP tie to the books and to what is owed": (
        "src/bekal/treasury/tests/test_pnbp_promises.py"
    ),
    "premi ties to sales, books and payments": "src/bekal/treasury/tests/test_premi_problems.py",
    "cash counts tie to the books": "src/bekal/treasury/tests/test_cash.py",
    "orders agree with their sales, money and goods": "src/bekal/shop/tests/test_erasing.py",
    "no buyer is known longer than the law asks": "src/bekal/shop/tests/test_erasing.py",
}
CASES = [(name, *damage) for name, damages in DAMAGE.items() for damage in damages]


def problems_of(name):
    return next(check for check in CHECKS if check.name == name).problems()


@pytest.fixture
def books(committed_world):
    """Nine receipts, with checkpoints, sums and a sample of them; every check holds."""
    world = committed_world
    for _ in range(9):
        record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=NOON)
    make_checkpoints(by=SITI, now=NOON)
    sum_lines(by=SITI, now=NOON)
    new = NewSample(uuid7(), world.nabire, Period(TODAY, TODAY), size=9, seed="uji")
    draw_sample(new=new, by=SITI, now=LATER)
    return world


def test_every_check_has_a_damage_that_it_must_catch():
    named = [*DAMAGE, *ELSEWHERE]
    assert sorted(named) == sorted(check.name for check in CHECKS)
    assert [path for path in ELSEWHERE.values() if not (REPOSITORY / path).is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_each_damage_is_caught_by_its_check(books):
    for name in DAMAGE:
        assert problems_of(name) == [], name
    missed = []
    for name, table, sql in CASES:
        with connection.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(sql)
            if not cursor.rowcount or not problems_of(name):
                missed.append((name, sql))
            cursor.execute("rollback")
    assert missed == []
