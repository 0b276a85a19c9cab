"""Premi that was paid too much to somebody who left: settled on paper, by two persons, once."""

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.models import Entry
from bekal.ledger.queries import ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.people.tests.makers import goes_home, lets_go, receives
from bekal.treasury import actions, queries
from bekal.treasury.models import PremiClearing, PremiEarning
from bekal.treasury.queries import premi_problems
from bekal.treasury.rules.clearing import ClearingRefused, Decision
from bekal.treasury.rules.overpaid import NewPremiClearing
from bekal.treasury.rules.premi_paying import PremiRefused
from bekal.treasury.tests.premi import (
    MARKUS,
    agrees,
    claims,
    paid_run,
    prepares_for,
    saves,
    sells,
)
from bekal.treasury.tests.test_fund import fill
from bekal.treasury.tests.test_premi_allocating import held
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YOHANA

pytestmark = pytest.mark.django_db
OWED = AccountKind.PREMI_PAYABLE


def overpays(world, batches, makers):
    """Anton and Budi of Nabire are paid for ten noken by the piece; there were six: Rp3.000 and
    Rp1.000 too much. Anton's and Budi's codes."""
    agrees(world.nabire, product=world.noken)
    saves(world.nabire, 0)
    sells(world.nabire, world.noken, 1, sold_on=TODAY.replace(day=1))
    anton, budi, _ = makers
    batch = batches.add(world.nabire, world.noken, pieces=10, shares=[(anton, 90), (budi, 30)])
    claims(world.nabire)
    paid_run(world.nabire)
    batches.correct(batch, 6)
    claims(world.nabire)
    fill(world.nabire)
    return anton, budi


@pytest.fixture
def anton(world, batches, makers):
    """Who went home and was paid Rp3.000 too much by Nabire."""
    code, _ = overpays(world, batches, makers)
    goes_home(code, world.nabire)
    return code


def propose(unit, maker, amount=3_000, *, way=AccountKind.CASH, reason="", by=YOHANA, **given):
    new = NewPremiClearing(
        key=given.get("key") or uuid7(),
        unit_id=unit,
        maker=maker,
        way=way,
        amount=amount,
        paper=given.get("paper", "BA-9/2026 (uji)"),
        reason=reason,
    )
    return actions.propose_overpaid(new=new, by=by, now=NOON)


def decide(unit, clearing, *, approve=True, why="", by=MARKUS, key=None):
    new = Decision(key or uuid7(), unit, clearing, approve, why)
    actions.decide_overpaid(new=new, by=by, now=NOON)


def settled(unit, maker, amount=3_000, **given):
    clearing = propose(unit, maker, amount, **given)
    decide(unit, clearing)
    return clearing


def seen():
    """All that a refusal must leave as it was."""
    decided = PremiClearing.objects.exclude(decided_as="").count()
    counts = PremiClearing.objects.count(), PremiEarning.objects.count(), Entry.objects.count()
    return decided, *counts, Event.objects.count()


def refused(act, words, *, field=None):
    before = seen()
    with pytest.raises(ClearingRefused, match=words) as told, transaction.atomic():
        act()
    assert seen() == before
    assert field is None or told.value.field == field


def ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def left(unit):
    """Who stands on the list, with how much."""
    return {one.maker: one.amount for one in queries.overpaid_left(unit_id=unit)}


def test_only_who_left_stands_on_the_list(world, batches, makers):
    anton, budi = overpays(world, batches, makers)
    assert left(world.nabire) == {}
    goes_home(anton, world.nabire)
    assert left(world.nabire) == {anton: 3_000}
    receives(lets_go(budi, world.nabire, world.bangli), world.bangli, number="UJI-1111")
    assert left(world.nabire) == {anton: 3_000, budi: 1_000}
    assert left(world.bangli) == {}


def test_what_is_repaid_comes_into_the_box_and_stands_no_more(world, anton):
    cash = held(world.nabire, AccountKind.CASH)
    clearing = propose(world.nabire, anton)
    assert left(world.nabire) == {anton: 3_000}
    decide(world.nabire, clearing)
    assert left(world.nabire) == {}
    assert held(world.nabire, OWED, anton) == 0
    assert abs(held(world.nabire, AccountKind.CASH) - cash) == 3_000
    entry = Entry.objects.get(key=clearing)
    assert (entry.source, entry.occurred_on) == (f"overpaid:{clearing}", TODAY)
    ties()


@pytest.mark.parametrize("way", [AccountKind.CAPITAL, AccountKind.BANK])
def test_a_part_goes_each_way_and_the_rest_still_stands(world, anton, way):
    settled(world.nabire, anton, 1_000, way=way, reason="Alamatnya tidak diketahui")
    assert left(world.nabire) == {anton: 2_000}
    settled(world.nabire, anton, 2_000)
    assert left(world.nabire) == {}
    ties()


def test_what_was_settled_is_taken_off_no_later_premi(world, anton, batches, makers):
    settled(world.nabire, anton)
    batches.add(world.nabire, world.noken, pieces=2, shares=[(anton, 60)])
    claims(world.nabire)
    assert held(world.nabire, OWED, anton) == 2_000
    run = prepares_for(world.nabire, anton)
    assert sum(PremiEarning.objects.filter(run=run).values_list("amount", flat=True)) == 2_000
    ties()


def test_what_is_earned_later_is_set_off_by_itself(world, anton, batches):
    clearing = propose(world.nabire, anton)
    batches.add(world.nabire, world.noken, pieces=1, shares=[(anton, 60)])
    claims(world.nabire)
    assert left(world.nabire) == {anton: 2_000}
    refused(partial(decide, world.nabire, clearing), "hanya Rp2.000")
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares_for(world.nabire, anton)
    ties()


def test_never_more_than_stands_nor_of_whom_is_still_here(world, batches, makers):
    anton, budi = overpays(world, batches, makers)
    refused(partial(propose, world.nabire, anton), "masih di unit")
    goes_home(anton, world.nabire)
    refused(partial(propose, world.nabire, anton, 3_001), "hanya Rp3.000", field="amount")
    refused(partial(propose, world.nabire, anton, 0), "di antara Rp1", field="amount")
    refused(partial(propose, world.nabire, anton, paper=" \t"), "Isi nomor", field="paper")
    off = partial(propose, world.nabire, anton, way=AccountKind.CAPITAL)
    refused(off, "mengapa tidak ditagih", field="reason")
    empty = partial(off, way=AccountKind.OPERATING, reason="Tidak ditemukan")
    refused(empty, "Operasional hanya berisi Rp0", field="amount")
    refused(partial(propose, world.nabire, makers[2]), "masih di unit")
    assert budi not in left(world.nabire)


def test_two_proposals_settle_no_more_than_stands(world, anton):
    first, second = propose(world.nabire, anton, 2_000), propose(world.nabire, anton, 2_000)
    decide(world.nabire, first)
    refused(partial(decide, world.nabire, second), "hanya Rp1.000")
    assert left(world.nabire) == {anton: 1_000}
    ties()


def test_another_person_decides_and_a_refusal_says_why(world, anton):
    clearing = propose(world.nabire, anton, by=MARKUS)
    refused(partial(decide, world.nabire, clearing), "orang lain")
    refused(partial(decide, world.nabire, clearing, by=SITI, approve=False), "mengapa", field="why")
    decide(world.nabire, clearing, by=SITI, approve=False, why="Tagih dahulu")
    refused(partial(decide, world.nabire, clearing, by=SITI), "sudah diputuskan")
    assert left(world.nabire) == {anton: 3_000}
    with pytest.raises(LookupError), transaction.atomic():
        decide(world.bangli, clearing)


def test_twice_pressed_is_once_and_other_bytes_are_refused(world, anton):
    key, decision = uuid7(), uuid7()
    assert propose(world.nabire, anton, key=key) == propose(world.nabire, anton, key=key) == key
    with pytest.raises(KeyReused), transaction.atomic():
        propose(world.nabire, anton, 1_000, key=key)
    decide(world.nabire, key, key=decision)
    before = seen()
    decide(world.nabire, key, key=decision)
    decide(world.nabire, key)
    with pytest.raises(KeyReused), transaction.atomic():
        decide(world.nabire, key, key=decision, approve=False, why="Salah tekan")
    assert seen() == before


@pytest.mark.django_db(transaction=True)
def test_who_approves_two_at_once_settles_no_more_than_stands(world, batches, makers):
    anton, _ = overpays(world, batches, makers)
    goes_home(anton, world.nabire)
    proposed = [propose(world.nabire, anton, 2_000) for _ in range(4)]

    all_at_once(8, lambda number: decide(world.nabire, proposed[number % 4]))
    assert PremiClearing.objects.filter(decided_as="approved").count() == 1
    assert left(world.nabire) == {anton: 1_000}
    ties()


def test_both_doors_write_into_the_audit(world, anton):
    clearing = settled(world.nabire, anton)
    told = Event.objects.filter(object_key=f"overpaid:{clearing}").order_by("seq")
    assert [(event.action, event.actor) for event in told] == [
        ("treasury.propose_overpaid", str(YOHANA)),
        ("treasury.decide_overpaid", str(MARKUS)),
    ]


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


APPROVE = """
update treasury_premiclearing set decided_as = 'approved', decided_at = now(),
  decided_by = 'user:9' where id = %s
"""


def test_postgresql_keeps_paper_ways_reasons_persons_and_books(world, anton):
    clearing = propose(world.nabire, anton, 2_000)
    for sql, why in (
        ("update treasury_premiclearing set amount = 1", "decided once"),
        ("delete from treasury_premiclearing", "are final"),
        (APPROVE.replace("%s", "id"), "stands in the books"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(sql)
    copied = """
    insert into treasury_premiclearing (id, unit_id, maker_id, way, amount, paper, reason,
      proposed_at, proposed_by, decided_as, decided_why, decided_by)
    select gen_random_uuid(), unit_id, maker_id, %s, %s, %s, '', now(), 'user:1', '', '', ''
    from treasury_premiclearing
    """
    for values, why in (
        (("cash", 0, "BA"), "rests_on_paper"),
        (("cash", 1, " "), "rests_on_paper"),
        (("qris", 1, "BA"), "way_known"),
        (("capital", 1, "BA"), "written_off_with_reason"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(copied, values)
    assert PremiClearing.objects.get().pk == clearing


def test_postgresql_settles_no_more_than_stands(world, anton, monkeypatch):
    monkeypatch.setattr("bekal.treasury.actions.overpaid.check_overpaid", lambda *_, **__: None)
    clearing = propose(world.nabire, anton, 3_001)
    with pytest.raises(DatabaseError, match="no more is settled"), transaction.atomic():
        decide(world.nabire, clearing)
    poor = propose(world.nabire, anton, 3_000, way=AccountKind.OPERATING, reason="Tidak ditemukan")
    with pytest.raises(DatabaseError, match="no more is settled"), transaction.atomic():
        decide(world.nabire, poor)
    assert left(world.nabire) == {anton: 3_000}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("amount = 2000", "terbukukan"),
        ("way = 'bank'", "akun bank: terbukukan 0, disetujui 3000"),
        ("decided_as = '', decided_by = '', decided_at = null", "disetujui 0"),
    ],
)
def test_what_does_not_tie_is_told_by_the_check(world, anton, damage, words):
    settled(world.nabire, anton)
    run("set constraints all immediate")
    run("alter table treasury_premiclearing disable trigger user")
    run(f"update treasury_premiclearing set {damage}")
    told = premi_problems()
    assert any(words in one for one in told), told
