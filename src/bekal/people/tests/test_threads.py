"""What must hold while several answer at once: one is in one unit, and nobody is lost."""

import pytest

from bekal.audit.queries import chain_problems
from bekal.people import actions, queries
from bekal.people.models import Maker, StatusMove, Stay, Transfer
from bekal.people.rules import PeopleRefused
from bekal.people.tests.makers import MARKUS, a_maker, lets_go, receives, rules
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_number_typed_eight_times_at_once_is_one_maker(committed_world):
    rules()
    units = [committed_world.nabire, committed_world.bangli]
    answers = all_at_once(8, lambda number: a_maker(units[number % 2]))
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert sum(isinstance(answer, PeopleRefused) for answer in answers) == 7
    assert Maker.objects.count() == Stay.objects.count() == 1


def test_a_transfer_received_eight_times_at_once_is_one_stay(committed_world):
    rules()
    code = a_maker(committed_world.nabire)
    transfer = lets_go(code, committed_world.nabire, committed_world.bangli)
    answers = at_once(8, lambda _: receives(transfer, committed_world.bangli))
    assert set(answers) == {code}
    assert Stay.objects.count() == 2
    assert StatusMove.objects.count() == 3
    assert chain_problems() == []


def test_let_go_to_two_units_at_once_goes_to_one(committed_world):
    rules()
    code = a_maker(committed_world.nabire)
    units = [committed_world.bangli, committed_world.merauke]
    answers = all_at_once(8, lambda n: lets_go(code, committed_world.nabire, units[n % 2]))
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, PeopleRefused) for answer in answers) == 7
    assert Transfer.objects.count() == 1


def test_received_and_called_back_at_once_is_one_of_the_two(committed_world):
    rules()
    here, there = committed_world.nabire, committed_world.bangli
    for number in range(4):
        code = a_maker(here, number=f"UJI-{number}-0")
        transfer = lets_go(code, here, there)

        def either(turn, transfer=transfer, number=number):
            if turn % 2:
                return receives(transfer, there, number=f"UJI-{number}-0")
            return actions.call_back(transfer_id=transfer, unit_id=here, by=MARKUS, now=NOON)

        answers = all_at_once(4, either)
        assert sum(isinstance(answer, PeopleRefused) for answer in answers) == 2
        taken = Transfer.objects.get(pk=transfer).is_accepted
        assert queries.stay_of(maker=code, on=TODAY) == (there if taken else here)
    assert Stay.objects.filter(during__endswith__isnull=True).count() == 4
