"""What must hold while many write at once: sums under checkpoints, one rule for many clicks."""

import datetime as dt
import threading

import pytest
from django.db import OperationalError, transaction

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.ledger import actions, queries
from bekal.ledger.models import Checkpoint, Entry, SplitRule
from bekal.ledger.rules import AccountKind, Line
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

POSTERS, ENTRIES = 8, 25
FIRST_DAY = dt.date(2026, 5, 1)
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def post(unit, amount):
    actions.post_entry(
        lines=[Line(unit, AccountKind.QRIS, amount), Line(unit, AccountKind.CAPITAL, -amount)],
        key=uuid7(),
        occurred_on=TODAY,
        memo="uji",
        source="uji",
        by=YOHANA,
        now=NOON,
    )


def test_balances_stay_exact_while_checkpoints_are_made(committed_world):
    """Eight people post (and some change their mind) while a ninth makes checkpoints."""
    unit, done = committed_world.nabire, threading.Event()

    def give_up(amount):
        with transaction.atomic():
            post(unit, amount)
            transaction.set_rollback(True)

    def work(index):
        if index == POSTERS:
            made = 0
            while not done.wait(0.01):
                made += actions.make_checkpoints(by=YOHANA, now=NOON)
            return made
        for number in range(ENTRIES):
            post(unit, index + 1)
            if number % 5 == 0:
                give_up(1_000_000)
        posted.append(index)
        if len(posted) == POSTERS:
            done.set()
        return 0

    posted = []
    assert max(at_once(POSTERS + 1, work)) > 2
    expected = ENTRIES * sum(range(1, POSTERS + 1))
    assert held(unit) == {AccountKind.QRIS: expected, AccountKind.CAPITAL: -expected}
    assert queries.ledger_problems() == []
    actions.make_checkpoints(by=YOHANA, now=NOON)
    assert held(unit) == {AccountKind.QRIS: expected, AccountKind.CAPITAL: -expected}
    assert Entry.objects.count() == POSTERS * ENTRIES


def held(unit):
    return {balance.account: balance.amount for balance in queries.balances_of(unit_id=unit)}


def test_a_transaction_that_got_stuck_stops_no_checkpoint_for_long(committed_world):
    unit, posted, over = committed_world.nabire, threading.Event(), threading.Event()

    def work(index):
        if index == 0:
            with transaction.atomic():
                post(unit, 5)
                posted.set()
                over.wait(20)
            return "posted"
        posted.wait(20)
        try:
            return actions.make_checkpoints(by=YOHANA, now=NOON)
        except OperationalError as error:
            return type(error.__cause__).__name__
        finally:
            over.set()

    assert sorted(at_once(2, work)) == ["LockNotAvailable", "posted"]
    assert not Checkpoint.objects.exists()
    assert held(unit)[AccountKind.QRIS] == 5


def adopt(unit, *, key, code="bangli-2023"):
    return actions.adopt_rule(
        place_id=unit,
        activity="",
        code=code,
        citation="SK Kalapas Nabire 12/2026",
        first_day=FIRST_DAY,
        by=YOHANA,
        now=NOON,
        key=key,
    ).pk


def test_eight_clicks_with_one_key_adopt_one_rule(committed_world):
    key, unit = uuid7(), committed_world.nabire
    answers = at_once(8, lambda _: adopt(unit, key=key))
    assert len(set(answers)) == 1
    assert SplitRule.objects.filter(place_id=unit).count() == 1
    assert Event.objects.filter(object_key=f"splitrule:{answers[0]}").count() == 1
    with pytest.raises(KeyReused):
        adopt(unit, key=key, code="kepmen-1990")
    assert SplitRule.objects.filter(place_id=unit).count() == 1


def test_of_eight_people_who_adopt_for_one_day_one_succeeds(committed_world):
    unit = committed_world.nabire

    def work(_):
        try:
            return adopt(unit, key=uuid7())
        except Refused as refused:
            return refused.field

    answers = at_once(8, work)
    assert answers.count("first_day") == 7
    assert SplitRule.objects.filter(place_id=unit).count() == 1
