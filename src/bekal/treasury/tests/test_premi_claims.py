"""What is earned by the piece follows the batch, also when it is corrected, and is paid once."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.accounts.rules import Role
from bekal.foundation.refusals import Refused
from bekal.ledger.queries import ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.people.tests.makers import rules, who_may_work
from bekal.production.tests.batches import DAY, corrects, makes
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, works
from bekal.treasury import actions
from bekal.treasury.models import Allocation, PremiAgreement, PremiEarning, PremiRun, PremiRunLine
from bekal.treasury.queries import premi_problems
from bekal.treasury.rules.premi_paying import PremiRefused
from bekal.treasury.rules.premi_terms import TermsRefused, of_a_batch
from bekal.treasury.tests.premi import (
    MARKUS,
    agrees,
    approves,
    cancels,
    claims,
    earned,
    paid_run,
    pays,
    prepares,
    saves,
    sells,
)
from bekal.treasury.tests.test_premi_allocating import held, refused
from bekal.treasury.tests.test_premi_pages import PREMI
from tests.support.pages import words
from tests.support.world import NOON, TODAY, YESTERDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(world, batches, makers):
    """Ten noken of Anton and Budi by an agreement of a thousand a piece, claimed; the batch."""
    agrees(world.nabire, product=world.noken)
    saves(world.nabire)
    batch = batches.add(
        world.nabire, world.noken, pieces=10, shares=[(makers[0], 90), (makers[1], 30)]
    )
    assert claims(world.nabire) == 2
    return batch


def earns_cash(unit, product):
    """A sale of before all batches: money in the till, and premi that waits."""
    sells(unit, product, 1, sold_on=TODAY - 9 * DAY)


def all_ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def test_a_batch_that_had_more_pieces_gives_the_difference_once(world, batches, makers, claimed):
    anton, budi, _ = makers
    batches.correct(claimed, 12)
    assert claims(world.nabire) == 2
    assert claims(world.nabire) == 0
    assert earned(world.nabire) == {anton: 9_000, budi: 3_000}
    assert held(world.nabire, AccountKind.CAPITAL) == -12_000
    assert set(PremiEarning.objects.values_list("pieces", flat=True)) == {10, 2}
    batches.correct(claimed, 11)
    batches.correct(claimed, 12)
    assert claims(world.nabire) == 0  # what was said and taken back in between leaves nothing
    all_ties()


def test_a_batch_that_had_fewer_takes_back_what_was_not_paid(world, batches, makers, claimed):
    earns_cash(world.nabire, world.noken)
    anton, budi, _ = makers
    batches.correct(claimed, 6)
    claims(world.nabire)
    assert earned(world.nabire) == {anton: 4_500, budi: 1_500}
    run = paid_run(world.nabire)
    assert sorted(PremiRunLine.objects.filter(run=run).values_list("earned", flat=True)) == [
        1_500,
        4_500,
    ]
    all_ties()


def test_what_was_paid_too_much_comes_off_the_next_premi(world, batches, makers, claimed):
    earns_cash(world.nabire, world.noken)
    anton, budi, _ = makers
    paid_run(world.nabire)
    batches.correct(claimed, 6)
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares(world.nabire)  # claims first, and finds nobody with something to get
    claims(world.nabire)
    assert held(world.nabire, AccountKind.PREMI_PAYABLE, anton) == -3_000
    batches.add(world.nabire, world.noken, pieces=2, shares=[(anton, 60)])
    batches.add(world.nabire, world.noken, pieces=2, shares=[(budi, 60)])
    again = paid_run(world.nabire)
    assert list(PremiRunLine.objects.filter(run=again).values_list("maker", "earned")) == [
        (budi, 1_000)
    ]
    assert held(world.nabire, AccountKind.PREMI_PAYABLE, anton) == -1_000
    assert earned(world.nabire) == {anton: 6_500, budi: 3_500}
    all_ties()


def test_a_batch_that_was_taken_back_gives_nothing(world, batches, claimed):
    batches.correct(claimed, 0)
    claims(world.nabire)
    assert earned(world.nabire) == {}
    assert held(world.nabire, AccountKind.CAPITAL) == 0
    batches.correct(claimed, 3)
    claims(world.nabire)
    assert sum(earned(world.nabire).values()) == 3_000
    all_ties()


def test_a_correction_on_the_page_of_production_is_claimed_by_the_next(world):
    rules()
    limits(world.nabire, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    workshop = a_workshop(world.nabire, name="Bengkel anyam")
    petrus = who_may_work(world.nabire)
    works(petrus, world.nabire, workshop, first=TODAY - 10 * DAY)
    agrees(world.nabire, product=world.noken)
    batch = makes(
        world.nabire, workshop, world.noken, made_on=YESTERDAY, good=12, shares=((petrus, 60),)
    )
    claims(world.nabire)
    corrects(world.nabire, batch, good=9)
    claims(world.nabire)
    assert earned(world.nabire) == {petrus: 9_000}
    all_ties()


def test_no_agreement_ends_before_what_it_has_given(world, batches, claimed):
    agreement = PremiAgreement.objects.get()
    with pytest.raises(TermsRefused, match="26 April 2026 sudah diperoleh") as no:
        actions.end_agreement(
            unit_id=world.nabire,
            agreement_id=agreement.pk,
            last=YESTERDAY - DAY,
            by=MARKUS,
            now=NOON,
        )
    assert no.value.field == "last"
    assert PremiAgreement.objects.get().ended_at is None
    actions.end_agreement(
        unit_id=world.nabire, agreement_id=agreement.pk, last=YESTERDAY, by=MARKUS, now=NOON
    )
    agrees(world.nabire, product=world.noken, first=TODAY)
    assert claims(world.nabire) == 0
    batches.correct(claimed, 11)
    claims(world.nabire)
    assert sum(earned(world.nabire).values()) == 11_000
    all_ties()


def test_postgres_gives_the_same_claim_of_a_batch_once_and_lets_no_month_fall(world, claimed):
    copied = """
    insert into treasury_premiearning (allocation_id, unit_id, maker_id, source, batch,
      pieces, minutes, minutes_of_all, amount, earned_on)
    select allocation_id, unit_id, maker_id, %s, {batch}, pieces, minutes,
      minutes_of_all, {amount}, earned_on from treasury_premiearning limit 1
    """
    source = PremiEarning.objects.values_list("source", flat=True)[0]
    assert refused(copied.format(batch="batch", amount="amount"), source)
    assert refused(copied.format(batch="null", amount="-1"), "agreement:1:2026-04")
    assert PremiEarning.objects.count() == 2


def test_the_page_says_that_a_batch_was_corrected(world, batches, makers, claimed, person):
    batches.correct(claimed, 6)
    claims(world.nabire)
    client = person("Markus", (Role.KEPALA_UPT, "nabire"))
    page = words(client.get(f"{PREMI}pembuat/{makers[0]}/"))
    assert "Upah tetap (uji), koreksi catatan produksi" in page
    assert "-Rp3.000" in page
    less = PremiEarning.objects.get(maker=makers[0], amount__lt=0)
    why = words(client.get(f"{PREMI}mengapa/{less.pk}/"))
    assert "Koreksi catatan produksi, barang -4" in why
    assert "-Rp3.000" in why


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("make"), st.integers(1, 9), st.integers(1, 7)),
        st.tuples(st.just("fix"), st.integers(0, 9), st.integers(0, 12)),
        st.tuples(st.just("claim"), st.just(0), st.just(0)),
        st.tuples(st.just("sell"), st.integers(1, 3), st.just(0)),
        st.tuples(st.just("prepare"), st.just(0), st.just(0)),
        st.tuples(st.just("pay"), st.just(0), st.just(0)),
        st.tuples(st.just("cancel"), st.just(0), st.just(0)),
    ),
    max_size=16,
)


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(steps=STEPS)
def test_whatever_is_corrected_and_paid_each_piece_that_stands_is_earned_once(
    world, batches, makers, steps
):
    batches.known.clear()
    with transaction.atomic():
        agrees(world.nabire, product=world.noken, amount=333)
        saves(world.nabire)
        earns_cash(world.nabire, world.noken)
        for what, one, two in steps:
            act(world, batches, makers, step=(what, one, two))
            all_ties()
        claims(world.nabire)
        stands = should_have(batches)
        assert by_agreement() == stands
        assert claims(world.nabire) == 0
        assert by_agreement() == stands
        nobody_is_paid_more_than_they_earned()
        all_ties()
        transaction.set_rollback(True)


def act(world, batches, makers, *, step):
    """One step; what is refused changed nothing, and is passed over."""
    what, one, two = step
    unit = world.nabire
    runs = PremiRun.objects.filter(paid_at=None, cancelled_at=None)
    with suppress(Refused), transaction.atomic():
        if what == "make":
            shares = [(maker, 7 + two * place) for place, maker in enumerate(makers)][: 1 + one % 3]
            made_on = TODAY - dt.timedelta(days=two)
            batches.add(unit, world.noken, pieces=one, shares=shares, made_on=made_on)
        elif what == "fix" and batches.known:
            batches.correct(list(batches.known)[one % len(batches.known)], two)
        elif what == "claim":
            claims(unit)
        elif what == "sell":
            sells(unit, world.noken, one)
        elif what == "prepare":
            prepares(unit)
        elif what == "pay" and runs:
            approves(unit, runs[0].pk)
            pays(unit, runs[0].pk)
        elif what == "cancel" and runs:
            cancels(unit, runs[0].pk)


def should_have(batches):
    """What the batches as they stand give each maker, by (batch, maker)."""
    return {
        (one.batch_id, claim.maker): claim.amount
        for _, one in batches.known.values()
        for claim in of_a_batch(333, pieces=one.pieces, shares=one.shares)
        if claim.amount
    }


def by_agreement():
    """What was claimed, by (batch, maker)."""
    sums: dict[tuple[object, str], int] = {}
    rows = PremiEarning.objects.filter(allocation__in=Allocation.objects.exclude(agreement=None))
    for batch, maker, amount in rows.values_list("batch", "maker", "amount"):
        sums[batch, maker] = sums.get((batch, maker), 0) + amount
    return {key: amount for key, amount in sums.items() if amount}


def nobody_is_paid_more_than_they_earned():
    """What runs pay is what stands in them; what is open is the rest."""
    paid = sum(PremiRunLine.objects.filter(run__cancelled_at=None).values_list("earned", flat=True))
    whole = sum(PremiEarning.objects.values_list("amount", flat=True))
    left = sum(PremiEarning.objects.filter(run=None).values_list("amount", flat=True))
    assert paid + left == whole
