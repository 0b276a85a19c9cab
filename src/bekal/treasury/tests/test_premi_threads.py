"""Two officers, two tabs, one who left: each premi stands in one payment and is paid once."""

import pytest

from bekal.ledger.models import Entry
from bekal.ledger.queries import ledger_problems
from bekal.people.tests.makers import a_maker, goes_home, rules
from bekal.treasury.models import PremiEarning, PremiRun
from bekal.treasury.queries import premi_problems
from bekal.treasury.rules.premi_paying import PremiRefused
from bekal.treasury.tests.premi import approves, earned, pays, prepares, prepares_for, saves, sells
from bekal.treasury.tests.test_premi_runs import owed
from tests.support.threads import all_at_once, at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def premi(committed_world, batches):
    """Nabire sold two noken of Anton, who went home, and of Budi; the world and both."""
    rules()
    unit = committed_world.nabire
    anton, budi = (a_maker(unit, number=f"UJI-{number}111") for number in range(2))
    batches.add(unit, committed_world.noken, pieces=5, shares=[(anton, 90), (budi, 30)])
    saves(unit)
    sells(unit, committed_world.noken, 2)
    goes_home(anton, unit)
    return unit, anton, budi


def all_ties():
    assert premi_problems() == []
    assert ledger_problems() == []


def test_two_officers_who_prepare_the_run_of_one_maker_prepare_it_once(premi):
    unit, anton, budi = premi
    answers = all_at_once(4, lambda _number: prepares_for(unit, anton))
    assert sum(isinstance(answer, PremiRefused) for answer in answers) == 3
    run = PremiRun.objects.get()
    assert run.maker_id == anton
    assert set(PremiEarning.objects.filter(run=run).values_list("maker", flat=True)) == {anton}
    assert earned(unit) == {anton: 30_000, budi: 10_000}
    all_ties()


def test_the_run_of_one_maker_and_that_of_all_share_nothing(premi):
    unit, anton, budi = premi
    answers = all_at_once(
        4, lambda number: prepares(unit) if number % 2 else prepares_for(unit, anton)
    )
    made = [answer for answer in answers if not isinstance(answer, PremiRefused)]
    assert not [one for one in made if isinstance(one, Exception)]
    assert PremiRun.objects.count() == len(made)
    assert not PremiEarning.objects.filter(run=None).exists()
    for run in made:
        approves(unit, run)

    def pay(number):
        pays(unit, made[number % len(made)])

    at_once(4, pay)
    assert Entry.objects.filter(source__startswith="premirun:").count() == len(made)
    assert owed(unit, anton) == (0, 0)
    assert owed(unit, budi) == (0, 5_000)
    all_ties()
