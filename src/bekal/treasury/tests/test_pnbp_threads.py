"""Two treasurers, two tabs, and sales that go on meanwhile: nothing is paid twice, nothing lost."""

import pytest

from bekal.foundation.ids import uuid7
from bekal.ledger.queries import ledger_problems
from bekal.treasury.actions import NewSetOff, bill_deposit, lift_returns, pay_deposit, set_off
from bekal.treasury.models import Deposit, DepositPayment, SetOff
from bekal.treasury.queries import pnbp_problems
from bekal.treasury.rules import DepositRefused
from bekal.treasury.tests.deposits import (
    a_bill,
    a_payment,
    billed,
    comes_back,
    deposits,
    held,
    owes,
    sells,
)
from tests.support import world
from tests.support.threads import all_at_once, at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bangli(committed_world):
    """Bangli, which has sold for 200.000 and owes half of it."""
    sells(committed_world.bangli, committed_world.endek, 2)
    return committed_world


def test_two_treasurers_with_two_tabs_each_pay_a_deposit_once(bangli):
    made = billed(bangli.bangli, 100_000)
    payments = [a_payment(bangli.bangli, made, number=n // 2) for n in range(4)] * 2

    def pay(number):
        return pay_deposit(payment=payments[number], by=world.SITI, now=world.NOON)

    answers = all_at_once(8, pay)
    assert sum(answer == 0 for answer in answers) == 2
    assert sum(isinstance(answer, DepositRefused) for answer in answers) == 6
    assert DepositPayment.objects.count() == 1
    assert held(bangli.bangli)["cash"] == 100_000
    assert (ledger_problems(), pnbp_problems()) == ([], [])


def test_together_no_more_is_billed_than_is_owed(bangli):
    def bill(number):
        new = a_bill(bangli.bangli, 60_000, number=number)
        return bill_deposit(deposit=new, by=world.SITI, now=world.NOON)

    answers = all_at_once(6, bill)
    assert sum(isinstance(answer, DepositRefused) for answer in answers) == 5
    assert Deposit.objects.count() == 1


def test_one_code_and_one_ntpn_go_to_one_unit_of_two(bangli):
    sells(bangli.nabire, bangli.noken, 10)
    units = (bangli.bangli, bangli.nabire)

    def bill(number):
        new = a_bill(units[number % 2], 1_000)
        return bill_deposit(deposit=new, by=world.SITI, now=world.NOON)

    answers = all_at_once(6, bill)
    assert sum(isinstance(answer, DepositRefused) for answer in answers) == 5
    waiting = [billed(unit, 1_000, number=7 + n) for n, unit in enumerate(units)]

    def pay(number):
        payment = a_payment(units[number % 2], waiting[number % 2])
        return pay_deposit(payment=payment, by=world.SITI, now=world.NOON)

    answers = all_at_once(6, pay)
    assert sum(isinstance(answer, DepositRefused) for answer in answers) == 5
    assert DepositPayment.objects.count() == 1


def test_what_came_back_is_lifted_once_and_set_off_once(bangli):
    sale = sells(bangli.bangli, bangli.endek)
    deposits(bangli.bangli, 150_000)
    comes_back(sale)
    lifted = at_once(
        6, lambda number: lift_returns(unit_id=bangli.bangli, by=world.SITI, now=world.NOON)
    )
    assert sorted(lifted) == [0, 0, 0, 0, 0, 50_000]
    sells(bangli.bangli, bangli.endek, 2)

    def off(number):
        new = NewSetOff(uuid7(), bangli.bangli, 40_000, "S-17 (uji)", world.TODAY)
        return set_off(new=new, by=world.SITI, now=world.NOON)

    all_at_once(6, off)
    assert SetOff.objects.count() == 1
    assert pnbp_problems() == []


def test_sales_and_refunds_go_on_while_the_treasurer_pays(bangli):
    sale = sells(bangli.bangli, bangli.endek, 4)

    def act(number):
        if number == 0:
            return deposits(bangli.bangli, 300_000)
        if number % 2:
            return sells(bangli.bangli, bangli.endek)
        return comes_back(sale)

    answers = all_at_once(6, act)
    assert not [
        a for a in answers if isinstance(a, Exception) and not isinstance(a, DepositRefused)
    ]
    lift_returns(unit_id=bangli.bangli, by=world.SITI, now=world.NOON)
    standing = owes(bangli.bangli)
    fell_due = 100_000 + 200_000 + 3 * 50_000 - 2 * 50_000
    paid = 300_000 if DepositPayment.objects.exists() else 0
    assert standing.owed - standing.overpaid == fell_due - paid
    assert (ledger_problems(), pnbp_problems()) == ([], [])
