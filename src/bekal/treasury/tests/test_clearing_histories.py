"""Counts and clearings after one another and at once: what stands is what nobody settled."""

from contextlib import suppress
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.foundation.clock import Period
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind
from bekal.treasury import queries
from bekal.treasury.models import CashClearing, CashCount
from bekal.treasury.rules.clearing import (
    SHORT,
    Box,
    ClearingRefused,
    Way,
    check_clearing,
    clearing_lines,
    ways_of,
)
from bekal.treasury.tests.test_cash import HUNDRED, count, held, sell
from bekal.treasury.tests.test_clearing import (
    DIFFERENCE,
    decide,
    over,
    propose,
    refused,
    settled,
    short,
    ties,
)
from tests.support.threads import all_at_once
from tests.support.world import TODAY, YESTERDAY

pytestmark = pytest.mark.django_db


def test_money_that_was_replaced_came_in_on_its_day(world):
    sell(world, on=YESTERDAY)
    short(world.nabire, sold_at=YESTERDAY)
    settled(world.nabire)
    flows = queries.flows_on(unit_id=world.nabire, day=TODAY)
    assert (flows.opening, flows.money_in, flows.expected) == (90_000, 10_000, 100_000)
    count(world.nabire, expected=100_000, pieces=HUNDRED)
    ties()


def test_money_that_was_given_back_went_out_on_its_day(world):
    sell(world)
    over(world.nabire)
    settled(world.nabire, way=Way.GIVEN_BACK)
    flows = queries.flows_on(unit_id=world.nabire, day=TODAY)
    assert (flows.money_in, flows.money_out, flows.expected) == (100_000, 10_000, 100_000)


def test_a_count_that_was_settled_can_still_be_put_right(world):
    """The missing note is found after the fund bore it: it stands as more, for the fund."""
    sell(world)
    first = short(world.nabire)
    settled(world.nabire, way=Way.BORNE)
    fund = held(world.nabire, AccountKind.CAPITAL)
    count(world.nabire, pieces=HUNDRED, replaces=first, reason="Ditemukan di laci")
    assert held(world.nabire, DIFFERENCE) == -10_000
    settled(world.nabire, way=Way.ADDED)
    assert held(world.nabire, DIFFERENCE) == 0
    assert held(world.nabire, AccountKind.CAPITAL) == fund - 10_000
    ties()


def test_a_count_put_right_after_the_money_was_replaced_expects_it(world):
    sell(world)
    first = short(world.nabire)
    settled(world.nabire)
    count(world.nabire, pieces=HUNDRED, replaces=first)
    second = CashCount.objects.get(replaces=first)
    assert (second.expected, second.money_in, second.difference) == (100_000, 110_000, 0)
    ties()


def test_what_no_longer_stands_is_not_approved(world):
    sell(world)
    first = short(world.nabire)
    clearing = propose(world.nabire)
    count(world.nabire, pieces=HUNDRED, replaces=first, reason="Ditemukan di laci")
    refused(partial(decide, world.nabire, clearing), "Tidak ada kas yang kurang")
    decide(world.nabire, clearing, approve=False, why="Uangnya ditemukan")
    ties()


def test_recorded_and_counted_are_one_on_the_day_of_the_clearing(world):
    sell(world, on=YESTERDAY)
    short(world.nabire, sold_at=YESTERDAY)
    settled(world.nabire)
    count(world.nabire, pieces=HUNDRED)
    (day,) = queries.days_beside(unit_id=world.nabire, period=Period(TODAY, TODAY))
    assert (day.recorded, day.came) == ({"cash": 10_000}, {"cash": 10_000})


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.just(0), st.sampled_from(Way)),
        st.tuples(st.just("count"), st.integers(0, 250), st.sampled_from(Way)),
        st.tuples(st.just("propose"), st.integers(1, 60_000), st.sampled_from(Way)),
        st.tuples(st.just("approve"), st.integers(0, 9), st.sampled_from(Way)),
        st.tuples(st.just("refuse"), st.integers(0, 9), st.sampled_from(Way)),
    ),
    max_size=14,
)


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(steps=STEPS)
def test_whatever_is_counted_and_settled_what_stands_is_what_nobody_settled(world, steps):
    with transaction.atomic():
        for what, number, way in steps:
            before = queries.box_of(unit_id=world.nabire)
            with suppress(Refused), transaction.atomic():
                act(world, what, number, way)
            agree(world.nabire, before, what)
        ties()
        transaction.set_rollback(True)


def act(world, what, number, way):
    """One step; what is refused changed nothing, and is passed over."""
    unit = world.nabire
    if what == "sell":
        sell(world)
    elif what == "count":
        last = queries.last_count(unit_id=unit)
        recount(unit, last and last.pk, {"n1000": number})
    elif what == "propose":
        propose(unit, number, way=way)
    elif papers := list(CashClearing.objects.filter(decided_as="").order_by("id")):
        paper = papers[number % len(papers)]
        decide(unit, paper.pk, approve=what == "approve", why="uji")


def agree(unit, before, what):
    """What stands follows from the facts, and an approval only ever brings it nearer to nothing."""
    after = queries.box_of(unit_id=unit)
    found = sum(CashCount.objects.values_list("difference", flat=True))
    for row in CashClearing.objects.filter(decided_as="approved"):
        found += row.amount if Way(row.way) in SHORT else -row.amount
    assert after.difference == found
    if what == "approve":
        assert 0 <= after.difference * before.difference <= before.difference**2
        moved = after.difference - before.difference
        assert after.cash + -after.fund - before.cash + before.fund == moved
        assert min(after.cash, after.fund) >= min(before.cash, before.fund, 0)
    elif what in {"propose", "refuse"}:
        assert after == before


@given(
    difference=st.integers(-(10**9), 10**9),
    cash=st.integers(-(10**6), 10**9),
    fund=st.integers(-(10**6), 10**9),
    amount=st.integers(-5, 2 * 10**9),
    way=st.sampled_from(Way),
)
def test_what_may_be_settled_is_never_more_than_stands_and_is_there(
    difference, cash, fund, amount, way
):
    try:
        check_clearing(way, amount, box=Box(difference, cash=cash, fund=fund))
    except ClearingRefused:
        return
    lines = {
        line.account: line.amount for line in clearing_lines(unit_id=1, way=way, amount=amount)
    }
    assert way in ways_of(difference)
    assert sum(lines.values()) == 0
    left = difference - lines[DIFFERENCE]
    assert abs(left) == abs(difference) - amount
    assert left * difference >= 0
    assert cash + lines.get(AccountKind.CASH, 0) >= min(cash, 0)
    assert fund - lines.get(AccountKind.CAPITAL, 0) >= min(fund, 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_approvals_that_race_for_the_last_rupiah_no_more_is_settled_than_stands(
    committed_world,
):
    """One fits, by either way: the difference is held, not only what settles it."""
    unit = committed_world.nabire
    sell(committed_world)
    short(unit)
    ways = [Way.REPLACED, Way.BORNE] * 3
    papers = [propose(unit, 6_000, way=way) for way in ways]
    answers = all_at_once(6, lambda number: decide(unit, papers[number]))
    assert sum(answer is None for answer in answers) == 1, answers
    assert sum(isinstance(answer, ClearingRefused) for answer in answers) == 5, answers
    assert held(unit, DIFFERENCE) == 4_000
    ties()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", [Way.REPLACED, Way.BORNE])
def test_a_count_that_races_an_approval_leaves_books_that_tie(committed_world, way):
    """Four rounds: the note is found while the head approves; whichever comes first counts."""
    unit = committed_world.nabire
    sell(committed_world)
    last = None
    for _ in range(4):
        last = recount(unit, last, {"n50000": 1, "n20000": 2})
        clearing = propose(unit, -queries.box_of(unit_id=unit).difference, way=way)
        answers = all_at_once(
            2,
            lambda number, last=last, clearing=clearing: (
                recount(unit, last, HUNDRED) if number else decide(unit, clearing)
            ),
        )
        assert not isinstance(answers[1], Exception), answers[1]
        assert answers[0] is None or isinstance(answers[0], ClearingRefused), answers[0]
        last = answers[1]
        ties()
        surplus = queries.box_of(unit_id=unit).difference
        assert surplus == (10_000 if way is Way.BORNE and answers[0] is None else 0)
        if surplus:
            settled(unit, surplus, way=Way.ADDED)
    assert CashCount.objects.count() == 8


def recount(unit, last, pieces):
    """Count the cash of today anew."""
    return count(unit, pieces=pieces, reason="Dihitung lagi", replaces=last)
