"""A fixed sum a month follows the days of work as they stand, also when these are corrected."""

import datetime as dt

import pytest
from django.db import connection

from bekal.accounts.rules import Role
from bekal.ledger.queries import ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.people.tests.makers import HALF_A_YEAR, a_maker, found, rules
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, stops, works
from bekal.treasury.models import PremiEarning, PremiRunLine
from bekal.treasury.queries import premi_problems
from bekal.treasury.rules.premi_paying import PremiRefused
from bekal.treasury.rules.premi_terms import Claim, changed_claims
from bekal.treasury.tests.premi import agrees, claims, earned, paid_run, prepares, saves, sells
from bekal.treasury.tests.test_premi_allocating import held, refused
from bekal.treasury.tests.test_premi_pages import PREMI
from tests.support.pages import words
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FEBRUARY, MARCH = dt.date(2026, 2, 1), dt.date(2026, 3, 1)
MONTHLY = 310_000
"""Ten thousand for each day of March."""


def at_work(unit, *, first=MARCH, until=None):
    """Somebody works at weaving since March, by an agreement on a month; (maker, assignment)."""
    rules()
    limits(unit, valid_from=FEBRUARY, now=NOON - 90 * DAY)
    workshop = a_workshop(unit, name="Bengkel anyam")
    petrus = a_maker(unit, since=FEBRUARY)
    found(petrus, unit, "tpp", number="SK TPP 12/2026", known_on=FEBRUARY)
    found(petrus, unit, "interest", known_on=FEBRUARY)
    found(petrus, unit, "fitness", known_on=FEBRUARY, until=HALF_A_YEAR)
    assignment = works(petrus, unit, workshop, first=first, until=until)
    agrees(unit, workshop=workshop, amount=MONTHLY, first=MARCH)
    return petrus, assignment, workshop


@pytest.fixture
def petrus(world):
    """Petrus, who was given March whole."""
    maker, assignment, workshop = at_work(world.nabire)
    assert claims(world.nabire) == 1
    assert earned(world.nabire) == {maker: MONTHLY}
    return maker, assignment, workshop


def all_ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def with_cash(world):
    """A sale of before all batches: money in the till, and premi that waits."""
    saves(world.nabire)
    sells(world.nabire, world.noken, 9, sold_on=TODAY - 9 * DAY)


def test_work_that_ended_earlier_takes_the_days_back_once(world, petrus):
    maker, assignment, _ = petrus
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    assert claims(world.nabire) == 1
    assert claims(world.nabire) == 0
    assert earned(world.nabire) == {maker: 100_000}
    less = PremiEarning.objects.get(amount__lt=0)
    assert (less.minutes, less.minutes_of_all, less.amount) == (21, 31, -210_000)
    assert less.earned_on == dt.date(2026, 3, 31)
    assert held(world.nabire, AccountKind.CAPITAL) == -100_000
    all_ties()


def test_work_that_never_was_takes_the_month_back(world, petrus):
    _, assignment, _ = petrus
    stops(assignment, world.nabire, last=MARCH - DAY)
    claims(world.nabire)
    assert earned(world.nabire) == {}
    assert held(world.nabire, AccountKind.CAPITAL) == 0
    all_ties()


def test_work_that_was_written_down_late_is_given_its_days(world, petrus):
    maker, assignment, workshop = petrus
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    claims(world.nabire)
    works(maker, world.nabire, workshop, first=MARCH + 15 * DAY, until=MARCH + 19 * DAY)
    assert claims(world.nabire) == 1
    assert earned(world.nabire) == {maker: 150_000}
    sources = PremiEarning.objects.order_by("id").values_list("source", flat=True)
    first = sources[0]
    assert list(sources) == [first, f"{first}:1", f"{first}:2"]
    all_ties()


def test_days_that_moved_to_another_workshop_are_paid_there_alone(world, petrus):
    maker, assignment, _ = petrus
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    kitchen = a_workshop(world.nabire, name="Dapur")
    works(maker, world.nabire, kitchen, first=MARCH + 10 * DAY)
    agrees(world.nabire, workshop=kitchen, amount=620_000, first=MARCH)
    claims(world.nabire)
    assert earned(world.nabire) == {maker: 100_000 + 420_000}
    all_ties()


def test_a_run_pays_the_days_as_they_stand_when_it_is_prepared(world, petrus):
    _, assignment, _ = petrus
    with_cash(world)
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    run = paid_run(world.nabire)
    assert PremiRunLine.objects.get(run=run).earned == 100_000
    all_ties()


def test_a_month_that_was_paid_is_put_right_by_a_line_of_its_own(world, petrus):
    maker, assignment, workshop = petrus
    with_cash(world)
    paid_run(world.nabire)
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    with pytest.raises(PremiRefused, match="Belum ada premi"):
        prepares(world.nabire)  # what was paid too much is no payment
    claims(world.nabire)
    assert claims(world.nabire) == 0
    assert PremiEarning.objects.filter(amount__lt=0).count() == 1
    assert held(world.nabire, AccountKind.PREMI_PAYABLE, maker) == -210_000
    works(maker, world.nabire, workshop, first=MARCH + 10 * DAY)
    assert claims(world.nabire) == 1
    assert held(world.nabire, AccountKind.PREMI_PAYABLE, maker) == 0
    assert earned(world.nabire) == {maker: MONTHLY}
    all_ties()


def test_what_is_not_known_to_have_changed_is_told_by_days():
    anton, budi = Claim("A", 31, 31, 310), Claim("B", 10, 31, 100)
    assert changed_claims([anton, budi], before={"A": anton, "B": budi}) == []
    assert changed_claims([anton], before={"B": budi}) == [anton, Claim("B", 10, 31, -100)]
    less = Claim("A", 10, 31, 100)
    assert changed_claims([less], before={"A": anton}) == [Claim("A", 21, 31, -210)]


def test_postgres_lets_a_month_fall_by_a_correction_alone_and_each_once(world, petrus):
    _, assignment, _ = petrus
    copied = """
    insert into treasury_premiearning (allocation_id, unit_id, maker_id, source, batch,
      pieces, minutes, minutes_of_all, amount, earned_on)
    select allocation_id, unit_id, maker_id, %s, null, pieces, minutes, minutes_of_all,
      -1, earned_on from treasury_premiearning limit 1
    """
    for source in ("agreement:1:2026-03", "agreement:1:2026-03:", "agreement:1:03:1"):
        assert refused(copied, source)
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    claims(world.nabire)
    again = PremiEarning.objects.get(amount__lt=0).source
    assert refused(copied, again)
    assert PremiEarning.objects.count() == 2


def test_the_check_finds_a_month_whose_sum_is_not_that_of_its_days(world, petrus):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table treasury_premiearning disable trigger user")
        cursor.execute("update treasury_premiearning set minutes = 30")
    assert any("30 dari 31 hari" in problem for problem in premi_problems())


def test_the_page_says_that_days_of_work_were_corrected(world, petrus, person):
    maker, assignment, _ = petrus
    stops(assignment, world.nabire, last=MARCH + 9 * DAY)
    claims(world.nabire)
    client = person("Markus", (Role.KEPALA_UPT, "nabire"))
    page = words(client.get(f"{PREMI}pembuat/{maker}/"))
    assert "Upah tetap (uji), koreksi hari bertugas" in page
    assert "-Rp210.000" in page
    less = PremiEarning.objects.get(amount__lt=0)
    why = words(client.get(f"{PREMI}mengapa/{less.pk}/"))
    assert "Koreksi hari bertugas" in why
    assert "21 dari 31" in why
    assert "Hari tugas dikoreksi sesudah preminya diperoleh" in why


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_write_a_correction_once(committed_world):
    unit = committed_world.nabire
    maker, assignment, _ = at_work(unit)
    claims(unit)
    stops(assignment, unit, last=MARCH + 9 * DAY)
    assert sum(at_once(8, lambda _: claims(unit))) == 1
    assert earned(unit) == {maker: 100_000}
    all_ties()
