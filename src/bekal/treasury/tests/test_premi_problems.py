"""What is damaged about premi is seen: each way of going round the promises is found."""

import pytest
from django.db import connection

from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.people.tests.makers import goes_home
from bekal.treasury.queries import premi_problems
from bekal.treasury.tests.premi import (
    agrees,
    claims,
    comes_back,
    divides,
    gets_savings,
    paid_run,
    saves,
    sells,
)
from tests.support.world import NOON, SITI, TODAY

pytestmark = pytest.mark.django_db
TABLES = (
    "treasury_premiearning",
    "treasury_allocatedline",
    "treasury_allocatedpart",
    "treasury_premirun",
    "treasury_premirunline",
    "treasury_savingspayment",
)


@pytest.fixture
def paid(world, batches, makers):
    """Premi divided, paid, saved, taken back and paid out."""
    shares = [(makers[0], 60), (makers[1], 60)]
    batches.add(world.nabire, world.noken, pieces=9, shares=shares)
    saves(world.nabire)
    line = sells(world.nabire, world.noken, 2)
    paid_run(world.nabire)
    goes_home(makers[0], world.nabire)
    gets_savings(world.nabire, makers[0])
    comes_back(line, 1)
    sells(world.nabire, world.noken, 3)
    divides(world.nabire)
    assert premi_problems() == []
    return world.nabire


def damage(table, change, which):
    """Change rows as nobody may, with the promises of their table switched off."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for each in TABLES:
            cursor.execute(f"alter table {each} disable trigger user")
        cursor.execute(f"update treasury_{table} set {change} where {which}")
        assert cursor.rowcount > 0
        for each in TABLES:
            cursor.execute(f"alter table {each} enable trigger user")


def one(table, of="min"):
    """The first (or last) row of a table."""
    return f"id = (select {of}(id) from treasury_{table})"


def test_a_claim_that_is_not_what_the_batch_gives_is_found(paid, world, batches, makers):
    agrees(paid, product=world.noken)
    claims(paid)
    assert premi_problems() == []
    damage("premiearning", "pieces = pieces + 1", "line_id is null and amount > 0")
    assert any("masing-masing 1000" in problem for problem in premi_problems())
    damage("premiearning", "pieces = pieces - 1, amount = -amount", "line_id is null")
    assert any("dari 1 perjanjian" in problem for problem in premi_problems())


@pytest.mark.parametrize(
    ("table", "change", "which", "sentence"),
    [
        ("premiearning", "amount = amount + 1", one("premiearning"), "berhak atas"),
        ("premiearning", "run_id = null", "run_id is not null", "haknya"),
        ("allocatedline", "amount = amount + 1", one("allocatedline"), "keluar dari premi"),
        ("allocatedline", "amount = amount - 1", one("allocatedline", "max"), "menurut nota"),
        ("allocatedpart", "borne = borne + 5", one("allocatedpart"), "menurut pembuatnya"),
        ("premirunline", "earned = earned + 2, usable = usable + 2", "true", "haknya"),
        ("premirunline", "usable = usable + 1, saved = saved - 1", "true", "menurut daftarnya"),
        ("savingspayment", "amount = amount + 1", "true", "menurut daftarnya"),
    ],
)
def test_a_damage_is_found(paid, table, change, which, sentence):
    damage(table, change, which)
    assert any(sentence in problem for problem in premi_problems()), premi_problems()


def test_money_that_moves_a_makers_account_without_a_paper_is_found(paid, makers):
    post_entry(
        lines=[
            Line(paid, AccountKind.PREMI_SAVED, 700, maker=makers[1]),
            Line(paid, AccountKind.CASH, -700),
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo="uji",
        source="uji:1",
        by=SITI,
        now=NOON,
    )
    assert any("premi_saved: saldo" in problem for problem in premi_problems())
