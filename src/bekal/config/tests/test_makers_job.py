"""The job of the night erases what was known of makers who went home long enough ago."""

import datetime as dt

import pytest

from bekal.config.jobs import nightly_forgetting_of_makers
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.people.models import Fact, Maker
from bekal.people.tests.makers import a_maker, goes_home, rules
from tests.support.world import NOON, SITI, TODAY

pytestmark = pytest.mark.django_db


def test_what_was_known_goes_after_three_months_and_the_name_after_five_years(world, monkeypatch):
    rules()
    code, here = a_maker(world.nabire), a_maker(world.nabire, number="UJI-2")
    goes_home(code, world.nabire)

    def night_after(days):
        monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=days))
        nightly_forgetting_of_makers(0)
        facts = Fact.objects.filter(maker_id=code).exists()
        return facts, Maker.objects.get(pk=code).erased_at is not None

    assert night_after(89) == (True, False)
    assert night_after(90) == (False, False)
    assert night_after(1_825) == (False, False)
    assert night_after(1_826) == (False, True)
    assert Fact.objects.filter(maker_id=here).exists()
    assert Maker.objects.get(pk=here).erased_at is None


def test_whoever_has_savings_is_kept_until_they_are_paid(world, monkeypatch):
    rules()
    code = a_maker(world.nabire)
    goes_home(code, world.nabire)

    def money(amount):
        saved = Line(world.nabire, AccountKind.PREMI_SAVED, -amount, maker=code)
        post_entry(
            lines=[Line(world.nabire, AccountKind.CASH, amount), saved],
            key=uuid7(),
            occurred_on=TODAY,
            memo="uji",
            source="uji:1",
            by=SITI,
            now=NOON,
        )

    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=1_826))
    money(15_000)
    nightly_forgetting_of_makers(0)
    assert Maker.objects.get(pk=code).erased_at is None
    money(-15_000)
    nightly_forgetting_of_makers(0)
    assert Maker.objects.get(pk=code).erased_at is not None
