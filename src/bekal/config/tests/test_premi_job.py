"""The job of the night divides premi unit by unit, once, whatever one of them says."""

import pytest

from bekal.config.jobs import nightly_premi
from bekal.foundation import clock
from bekal.ledger.queries import ledger_problems
from bekal.people.tests.makers import rules, who_may_work
from bekal.production.tests.batches import DAY, makes
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, works
from bekal.treasury import actions
from bekal.treasury.models import Allocation, PremiEarning
from bekal.treasury.queries import premi_problems, units_to_divide
from bekal.treasury.tests.premi import agrees, earned, sells
from tests.support.world import NOON, TODAY, YESTERDAY

pytestmark = pytest.mark.django_db
CLAIMS = "bekal.treasury.actions.premi_nightly.claim_agreements"


def sold(unit, product, number):
    """A unit where one maker made a dozen yesterday, and two were sold today; the maker."""
    limits(unit, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    workshop = a_workshop(unit, name="Bengkel anyam")
    maker = who_may_work(unit, number=number)
    works(maker, unit, workshop, first=TODAY - 10 * DAY)
    makes(unit, workshop, product, made_on=YESTERDAY, shares=((maker, 60),))
    sells(unit, product, 2)
    return maker


@pytest.fixture
def two(world, monkeypatch):
    """Nabire and Bangli, each with premi to divide; the two makers."""
    rules()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return sold(world.nabire, world.noken, "UJI-1"), sold(world.bangli, world.endek, "UJI-2")


def all_ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def test_every_unit_is_divided_and_twice_in_one_night_changes_nothing(world, two):
    petrus, ketut = two
    agrees(world.nabire, product=world.noken)
    assert units_to_divide() == sorted([world.nabire, world.bangli])
    nightly_premi(0)
    assert earned(world.nabire) == {petrus: 40_000 + 12_000}
    assert set(earned(world.bangli)) == {ketut}
    assert {one.allocated_by for one in Allocation.objects.all()} == {"job:nightly_premi"}
    assert units_to_divide() == [world.nabire]  # its agreement is looked at every night
    before = list(PremiEarning.objects.order_by("id").values())
    nightly_premi(0)
    assert list(PremiEarning.objects.order_by("id").values()) == before
    assert Allocation.objects.count() == 3
    all_ties()


def test_a_unit_that_fails_is_named_and_leaves_the_others_done(world, two, monkeypatch):
    petrus, ketut = two
    first, second = sorted([world.nabire, world.bangli])
    claims = actions.claim_agreements

    def fails_at_the_first(*, unit_id, **given):
        if unit_id == first:
            raise ValueError("kaput")
        return claims(unit_id=unit_id, **given)

    monkeypatch.setattr(CLAIMS, fails_at_the_first)
    with pytest.raises(RuntimeError, match=rf"not divided in the units \[{first}\]"):
        nightly_premi(0)
    assert earned(first) == {}  # what was divided of it before it failed went too
    assert set(earned(second)) <= {petrus, ketut}
    assert earned(second)
    all_ties()
    monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    nightly_premi(0)
    assert earned(first)
    all_ties()


def test_a_unit_without_batches_or_agreements_is_not_looked_at(world):
    sells(world.nabire, world.noken, 2)
    assert units_to_divide() == []
    nightly_premi(0)
    assert not Allocation.objects.exists()


def test_the_night_waits_with_a_month_until_it_is_over(world, monkeypatch):
    rules()
    limits(world.nabire, valid_from=TODAY - 60 * DAY, now=NOON - 60 * DAY)
    workshop = a_workshop(world.nabire, name="Bengkel anyam")
    maker = who_may_work(world.nabire)
    works(maker, world.nabire, workshop, first=TODAY - 10 * DAY)
    agrees(world.nabire, workshop=workshop, amount=300_000, first=TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOON + 3 * DAY)  # 30 April, still being worked
    nightly_premi(0)
    assert earned(world.nabire) == {}
    monkeypatch.setattr(clock, "now", lambda: NOON + 4 * DAY)
    nightly_premi(0)
    assert earned(world.nabire) == {maker: 40_000}
    all_ties()
