"""Settling what cash differed: on paper, by two persons, never more than stands."""

import datetime as dt
from functools import partial

import pytest
from django.db import transaction

from bekal.audit.models import Event
from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger import queries as ledger
from bekal.ledger.actions import close_books
from bekal.ledger.models import Entry
from bekal.ledger.rules import AccountKind, Prepared
from bekal.treasury import queries
from bekal.treasury.actions import decide_clearing, propose_clearing
from bekal.treasury.models import CashClearing
from bekal.treasury.rules.clearing import ClearingRefused, Decision, NewClearing, Way
from bekal.treasury.tests.test_cash import count, held, sell
from bekal.treasury.tests.test_fund import fill
from tests.support.world import NOON, SITI, TODAY, YOHANA

RINA = user_actor(9)
"""Head of Lapas Nabire."""
DIFFERENCE = AccountKind.CASH_DIFFERENCE
pytestmark = pytest.mark.django_db


def short(unit, by=10_000, *, sold_at=None):
    """The cash of today is counted, and is less than the books say; Rp100.000 before."""
    pieces = {"n50000": 1, "n1000": (50_000 - by) // 1_000}
    return count(unit, day=sold_at or TODAY, pieces=pieces, reason="Belum tahu")


def over(unit, by=10_000):
    """The cash of today is counted, and is more than the books say; Rp100.000 before."""
    return count(unit, pieces={"n100000": 1, "n1000": by // 1_000}, reason="Belum tahu")


def propose(unit, amount=10_000, *, way=Way.REPLACED, paper="BA-7/2026 (uji)", by=YOHANA, key=None):
    new = NewClearing(key or uuid7(), unit, way, amount, paper)
    return propose_clearing(new=new, by=by, now=NOON)


def decide(unit, clearing, *, approve=True, why="", by=RINA, key=None, now=NOON):
    decide_clearing(new=Decision(key or uuid7(), unit, clearing, approve, why), by=by, now=now)


def settled(unit, amount=10_000, **given):
    clearing = propose(unit, amount, **given)
    decide(unit, clearing)
    return clearing


def seen():
    """All that a refusal must leave as it was."""
    decided = CashClearing.objects.exclude(decided_as="").count()
    return CashClearing.objects.count(), decided, Entry.objects.count(), Event.objects.count()


def refused(act, words, *, field=None):
    before = seen()
    with pytest.raises(ClearingRefused, match=words) as told, transaction.atomic():
        act()
    assert seen() == before
    assert field is None or told.value.field == field


def ties():
    assert queries.cash_problems() == []
    assert ledger.ledger_problems() == []


def test_cash_that_was_missing_is_put_into_the_box(world):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire)
    assert held(world.nabire, DIFFERENCE) == 10_000
    decide(world.nabire, clearing)
    assert held(world.nabire, DIFFERENCE) == 0
    assert held(world.nabire) == 100_000
    entry = Entry.objects.get(source=f"clearing:{clearing}")
    assert (entry.occurred_on, entry.memo) == (TODAY, "Selisih kas: Diganti tunai")
    ties()


def test_cash_that_was_missing_is_borne_by_the_fund_in_part(world):
    sell(world)
    short(world.nabire)
    fund = held(world.nabire, AccountKind.CAPITAL)
    settled(world.nabire, 4_000, way=Way.BORNE, by=SITI)
    assert held(world.nabire, DIFFERENCE) == 6_000
    assert held(world.nabire, AccountKind.CAPITAL) == fund + 4_000
    assert held(world.nabire) == 90_000
    ties()


def test_cash_that_was_more_goes_to_the_fund_or_back_to_whose_it_is(world):
    sell(world)
    over(world.nabire)
    fund = held(world.nabire, AccountKind.CAPITAL)
    settled(world.nabire, 3_000, way=Way.ADDED)
    settled(world.nabire, 7_000, way=Way.GIVEN_BACK)
    assert held(world.nabire, DIFFERENCE) == 0
    assert held(world.nabire, AccountKind.CAPITAL) == fund - 3_000
    assert held(world.nabire) == 103_000
    ties()


def test_never_more_than_stands_and_only_what_fits(world):
    sell(world)
    refused(partial(propose, world.nabire), "Tidak ada kas yang kurang", field="way")
    short(world.nabire)
    refused(partial(propose, world.nabire, 10_001), "hanya Rp10.000", field="amount")
    refused(partial(propose, world.nabire, 0), "di antara Rp1", field="amount")
    refused(partial(propose, world.nabire, way=Way.ADDED), "kas yang lebih", field="way")
    refused(partial(propose, world.nabire, paper=" \t "), "Isi nomor", field="paper")


def test_what_was_settled_meanwhile_is_not_settled_again(world):
    sell(world)
    short(world.nabire)
    first, second = propose(world.nabire, 8_000), propose(world.nabire, 8_000, by=SITI)
    decide(world.nabire, first)
    refused(partial(decide, world.nabire, second), "hanya Rp2.000")
    assert held(world.nabire, DIFFERENCE) == 2_000
    ties()


def test_the_fund_bears_no_more_than_it_holds(world):
    fill(world.nabire, 9_000)
    count(world.nabire, pieces={"n1000": 0}, reason="Hilang")
    first = propose(world.nabire, 5_000, way=Way.BORNE)
    fill(world.nabire, -3_000)
    refused(partial(propose, world.nabire, 6_001, way=Way.BORNE), "hanya Rp6.000", field="amount")
    second = propose(world.nabire, 2_000, way=Way.BORNE)
    decide(world.nabire, first)
    refused(partial(decide, world.nabire, second), "Dana penunjang hanya Rp1.000")
    assert held(world.nabire, DIFFERENCE) == 4_000
    ties()


def test_no_cash_is_given_back_that_is_not_there(world):
    over(world.nabire, 10_000)
    clearing = propose(world.nabire, 110_000, way=Way.GIVEN_BACK)
    fill(world.nabire, -50_000)
    refused(partial(decide, world.nabire, clearing), "Kas menurut buku hanya Rp60.000")


def test_another_person_decides_and_a_refusal_says_why(world):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire, by=RINA)
    refused(partial(decide, world.nabire, clearing), "orang lain")
    refused(partial(decide, world.nabire, clearing, by=SITI, approve=False), "mengapa", field="why")
    decide(world.nabire, clearing, by=SITI, approve=False, why=" Belum ada berita acaranya ")
    row = CashClearing.objects.get()
    assert (row.decided_as, row.decided_why) == ("refused", "Belum ada berita acaranya")
    refused(partial(decide, world.nabire, clearing, by=SITI), "sudah diputuskan")
    assert held(world.nabire, DIFFERENCE) == 10_000
    ties()


def test_the_same_again_changes_nothing_and_other_bytes_are_refused(world):
    sell(world)
    short(world.nabire)
    key, decision = uuid7(), uuid7()
    assert propose(world.nabire, key=key) == propose(world.nabire, key=key, by=SITI) == key
    with pytest.raises(KeyReused), transaction.atomic():
        propose(world.nabire, 9_000, key=key)
    decide(world.nabire, key, key=decision)
    before = seen()
    decide(world.nabire, key, key=decision)
    decide(world.nabire, key)
    with pytest.raises(KeyReused), transaction.atomic():
        decide(world.nabire, key, key=decision, approve=False, why="Salah tekan")
    assert seen() == before
    assert held(world.nabire, DIFFERENCE) == 0


def test_another_unit_decides_nothing(world):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire)
    before = seen()
    with pytest.raises(LookupError), transaction.atomic():
        decide(world.bangli, clearing)
    assert seen() == before


def test_books_that_are_closed_today_take_no_clearing(world):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire)
    later = NOON + dt.timedelta(days=1)
    close_books(
        unit_id=world.nabire,
        through=TODAY,
        reason="",
        prepared=Prepared(SITI, NOON),
        key=uuid7(),
        by=YOHANA,
        now=later,
    )
    refused(partial(decide, world.nabire, clearing), "sudah ditutup")
    decide(world.nabire, clearing, now=later)
    assert Entry.objects.get(source=f"clearing:{clearing}").occurred_on == later.date()
    ties()


def test_both_doors_write_into_the_audit(world):
    sell(world)
    short(world.nabire)
    clearing = settled(world.nabire)
    told = Event.objects.filter(object_key=f"clearing:{clearing}").order_by("seq")
    assert [(event.action, event.actor) for event in told] == [
        ("treasury.propose_clearing", str(YOHANA)),
        ("treasury.decide_clearing", str(RINA)),
    ]
    assert "BA-7/2026" in told[0].detail
