"""Premi is paid once, by three persons, and what was saved comes out at release."""

import datetime as dt

import pytest

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.models import Entry
from bekal.ledger.queries import ledger_problems, owed_to_makers
from bekal.ledger.rules import AccountKind
from bekal.people.tests.makers import goes_home, lets_go, receives
from bekal.treasury.models import PremiEarning, PremiRun, PremiRunLine, SavingsPayment
from bekal.treasury.queries import makers_owed, premi_problems
from bekal.treasury.rules.premi_paying import MoneyIn, PremiRefused
from bekal.treasury.tests.premi import (
    MARKUS,
    approves,
    cancels,
    comes_back,
    divides,
    earned,
    gets_savings,
    paid_run,
    pays,
    prepares,
    saves,
    sells,
)
from bekal.treasury.tests.test_premi_allocating import held, refused
from tests.support.world import SITI, TODAY, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture
def premi(world, batches, makers):
    """Nabire sold two of five noken of Anton and Budi, and saves a half."""
    shares = [(makers[0], 90), (makers[1], 30)]
    batches.add(world.nabire, world.noken, pieces=5, shares=shares)
    saves(world.nabire)
    return sells(world.nabire, world.noken, 2)


def owed(unit, maker):
    """(not paid, saved) of a maker in a unit."""
    sums = {one.account: one.amount for one in owed_to_makers(unit_id=unit, makers=[maker])}
    return sums.get(AccountKind.PREMI_PAYABLE, 0), sums.get(AccountKind.PREMI_SAVED, 0)


def all_ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def test_a_run_pays_half_and_saves_half(world, premi, makers):
    anton, budi, _ = makers
    run = prepares(world.nabire)
    assert owed(world.nabire, anton) == (30_000, 0)
    assert sorted(PremiRunLine.objects.values_list("maker", "earned", "usable", "saved")) == sorted(
        [(anton, 30_000, 15_000, 15_000), (budi, 10_000, 5_000, 5_000)]
    )
    approves(world.nabire, run)
    before = -held(world.nabire, AccountKind.CASH)
    pays(world.nabire, run)
    assert -held(world.nabire, AccountKind.CASH) == before - 20_000
    assert owed(world.nabire, anton) == (0, 15_000)
    assert owed(world.nabire, budi) == (0, 5_000)
    assert makers_owed() == {anton, budi}
    all_ties()


def test_each_step_is_done_by_somebody_else(world, premi):
    run = prepares(world.nabire)
    with pytest.raises(PremiRefused):
        approves(world.nabire, run, by=YOHANA)
    with pytest.raises(PremiRefused):
        pays(world.nabire, run)
    approves(world.nabire, run)
    for one in (YOHANA, MARKUS):
        with pytest.raises(PremiRefused):
            pays(world.nabire, run, by=one)
    assert PremiRun.objects.get().paid_at is None
    assert not Entry.objects.filter(key=run).exists()
    pays(world.nabire, run)
    all_ties()


def test_every_step_done_twice_is_done_once(world, premi):
    key = uuid7()
    assert prepares(world.nabire, key=key) == prepares(world.nabire, key=key)
    with pytest.raises(KeyReused):
        prepares(world.nabire, key=key, last=YESTERDAY)
    for _ in range(2):
        approves(world.nabire, key)
    for _ in range(2):
        pays(world.nabire, key)
    assert PremiRun.objects.count() == 1
    assert Entry.objects.filter(source=f"premirun:{key}").count() == 1
    all_ties()


def test_premi_stands_in_one_run(world, premi):
    run = prepares(world.nabire)
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares(world.nabire)
    assert set(PremiEarning.objects.values_list("run", flat=True)) == {run}
    assert PremiRun.objects.count() == 1


def test_what_a_cancelled_run_let_go_stands_in_the_next(world, premi):
    run = prepares(world.nabire)
    approves(world.nabire, run)
    with pytest.raises(PremiRefused, match="alasan"):
        cancels(world.nabire, run, reason=" ")
    cancels(world.nabire, run)
    with pytest.raises(PremiRefused, match="dibatalkan"):
        pays(world.nabire, run)
    again = paid_run(world.nabire)
    assert set(PremiEarning.objects.values_list("run", flat=True)) == {again}
    with pytest.raises(PremiRefused, match="sudah dibayar"):
        cancels(world.nabire, again)
    all_ties()


def test_no_more_is_paid_than_there_is(world, premi):
    run = prepares(world.nabire)
    approves(world.nabire, run)
    with pytest.raises(PremiRefused, match="Rekening bank menurut buku Rp0"):
        pays(world.nabire, run, money=MoneyIn.BANK)
    assert PremiRun.objects.get().paid_at is None
    all_ties()


def test_without_a_decision_on_saving_nothing_is_prepared(world, batches, makers):
    batches.add(world.nabire, world.noken, pieces=5, shares=[(makers[0], 60)])
    sells(world.nabire, world.noken, 1)
    with pytest.raises(PremiRefused, match="belum menetapkan"):
        prepares(world.nabire)
    assert not PremiRun.objects.exists()


def test_a_period_that_is_none_is_refused(world, premi):
    for first, last in ((TODAY, YESTERDAY), (TODAY, TODAY + dt.timedelta(days=1))):
        with pytest.raises(PremiRefused):
            prepares(world.nabire, first=first, last=last)
    assert not PremiRun.objects.exists()


def test_another_units_run_is_not_found(world, premi):
    run = prepares(world.nabire)
    for step in (approves, pays, cancels):
        with pytest.raises(LookupError):
            step(world.bangli, run)


def test_premi_that_was_paid_stays_and_the_next_premi_of_the_piece_repays_the_fund(
    world, premi, makers
):
    anton, budi, _ = makers
    paid_run(world.nabire)
    fund = held(world.nabire, AccountKind.CAPITAL)
    comes_back(premi, 1)
    divides(world.nabire)
    after_return = held(world.nabire, AccountKind.CAPITAL)
    assert after_return == fund - 14_000 - 20_000  # its own share goes back, and it bears the premi
    assert earned(world.nabire) == {anton: 30_000, budi: 10_000}
    assert held(world.nabire, AccountKind.PREMI_UNALLOCATED) == 0
    all_ties()
    sells(world.nabire, world.noken, 2)
    divides(world.nabire)
    assert held(world.nabire, AccountKind.CAPITAL) == after_return + 2 * 14_000 + 20_000
    assert earned(world.nabire) == {anton: 45_000, budi: 15_000}
    all_ties()


def test_a_resold_piece_that_comes_back_again_is_borne_again(world, premi, makers):
    paid_run(world.nabire)
    comes_back(premi, 2)
    divides(world.nabire)
    again = sells(world.nabire, world.noken, 2)
    divides(world.nabire)
    assert earned(world.nabire) == {makers[0]: 30_000, makers[1]: 10_000}
    comes_back(again, 2)
    divides(world.nabire)
    sells(world.nabire, world.noken, 3)
    divides(world.nabire)
    assert earned(world.nabire) == {makers[0]: 45_000, makers[1]: 15_000}
    all_ties()


def test_who_is_moved_in_the_middle_of_a_batch_is_paid_by_the_unit_that_sold_it(
    world, premi, makers
):
    anton = makers[0]
    divides(world.nabire)
    receives(lets_go(anton, world.nabire, world.bangli), world.bangli, number="UJI-0111")
    sells(world.nabire, world.noken, 1)
    paid_run(world.nabire)
    assert owed(world.nabire, anton) == (0, 22_500)
    claims = owed_to_makers(makers=[anton])
    assert [(one.unit_id, one.amount) for one in claims] == [(world.nabire, 22_500)]
    all_ties()


def test_savings_come_out_at_release_once_with_proof(world, premi, makers):
    anton = makers[0]
    paid_run(world.nabire)
    with pytest.raises(PremiRefused, match="belum pulang"):
        gets_savings(world.nabire, anton)
    goes_home(anton, world.nabire)
    with pytest.raises(PremiRefused, match="bukti"):
        gets_savings(world.nabire, anton, proof=" ")
    with pytest.raises(PremiRefused, match="Rekening bank"):
        gets_savings(world.nabire, anton, money=MoneyIn.BANK)
    key = uuid7()
    for _ in range(2):
        gets_savings(world.nabire, anton, key=key)
    assert owed(world.nabire, anton) == (0, 0)
    with pytest.raises(PremiRefused, match="Tidak ada tabungan"):
        gets_savings(world.nabire, anton)
    assert SavingsPayment.objects.get().amount == 15_000
    assert makers_owed() == {makers[1]}
    all_ties()


def test_what_is_earned_after_release_is_paid_whole(world, premi, makers):
    anton = makers[0]
    goes_home(anton, world.nabire)
    paid_run(world.nabire)
    line = PremiRunLine.objects.get(maker=anton)
    assert (line.usable, line.saved, line.percent) == (30_000, 0, 0)
    assert owed(world.nabire, anton) == (0, 0)
    all_ties()


def test_postgres_keeps_the_three_persons_apart_and_the_states_in_order(world, premi):
    run = prepares(world.nabire)
    at = "2026-04-27T03:00Z"
    update = "update treasury_premirun set "
    assert refused(f"{update} approved_at = %s, approved_by = prepared_by", at)
    paid = "paid_at = %s, paid_by = 'user:3', paid_on = '2026-04-27', paid_from = 'cash'"
    assert refused(update + paid, at)
    assert refused("delete from treasury_premirun")
    assert refused(f"{update} last = last - 1")
    approves(world.nabire, run)
    assert refused(update + paid, at)  # no entry in the books
    assert refused(f"{update} approved_by = 'user:9'")
    assert refused(update + paid.replace("user:3", str(MARKUS)), at)
    assert refused(update + paid.replace("user:3", str(YOHANA)), at)
    assert refused("update treasury_premiearning set run_id = null")
    assert refused("update treasury_premirunline set usable = usable + 1, saved = saved - 1")
    pays(world.nabire, run)
    assert refused(f"{update} cancelled_at = %s, cancelled_by = 'x', cancel_reason = 'x'", at)
    assert PremiRun.objects.get().paid_by == str(SITI)


def test_postgres_takes_no_line_that_pays_other_than_was_earned(world, premi, makers):
    run = prepares(world.nabire)
    added = """
    insert into treasury_premirunline (run_id, maker_id, earned, usable, saved, percent)
    values (%s, %s, 5, 5, 0, 0)
    """
    assert refused(added, run, makers[2])
    assert PremiRunLine.objects.count() == 2
