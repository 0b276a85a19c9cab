"""What must hold while many tell of the same money, or of different money for one ask."""

import pytest

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.payments.actions import (
    NewDebt,
    apply_receipt,
    cancel_ask,
    owe_back,
    pay_out,
    receive,
    take_back,
)
from bekal.payments.models import Application, Mistake, PayOut, Receipt, Request, StatementLine
from bekal.payments.queries import payment_problems
from bekal.payments.rules import LineState, Means, Method, State
from bekal.payments.tests.money import (
    BANK,
    BUYER,
    NOON,
    a_merchant,
    a_receipt,
    an_ask,
    comes,
    held,
)
from bekal.payments.tests.test_statements import decided, the_line
from tests.support import world
from tests.support.threads import all_at_once, at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unit(committed_world):
    a_merchant(committed_world.nabire)
    return committed_world.nabire


def test_one_notice_told_by_eight_threads_is_one_receipt(unit, heard):
    asked = an_ask(unit, 148_000)

    def tell(number):
        receipt = a_receipt(unit, 148_000, request_id=asked.request_id, reference="T1")
        return receive(receipt=receipt, by=BANK, now=NOON)

    answers = at_once(8, tell)
    assert sum(not answer.is_repeat for answer in answers) == 1
    assert len({answer.receipt_id for answer in answers}) == 1
    assert (Receipt.objects.count(), Application.objects.count(), len(heard)) == (1, 1, 1)
    assert held(unit) == {"qris": 148_000, "order_advance": -148_000}
    assert payment_problems() == []


def test_eight_payments_of_one_ask_settle_it_once_and_lose_nothing(unit, heard):
    asked = an_ask(unit, 100_000)

    def pay(number):
        return comes(unit, 30_000, request_id=asked.request_id)

    answers = at_once(8, pay)
    assert sorted(answer.applied for answer in answers) == [0, 0, 0, 0, 10_000, *[30_000] * 3]
    assert held(unit) == {
        "qris": 240_000,
        "order_advance": -100_000,
        "unapplied_receipt": -140_000,
    }
    assert sum(paid.is_settled for paid in heard) == 1
    assert payment_problems() == []


def test_payment_and_cancellation_at_once_end_in_one_of_two_ways(unit, heard):
    for _ in range(6):
        asked = an_ask(unit, 1_000)

        def act(number, asked=asked):
            if number:
                return cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
            return comes(unit, 1_000, request_id=asked.request_id)

        _, state = at_once(2, act)
        told = heard.pop()
        assert (state, told.state) in {
            (State.SETTLED, State.OPEN),
            (State.CANCELLED, State.CANCELLED),
        }
    assert payment_problems() == []


def test_sixteen_buyers_who_transfer_the_same_sum_are_told_apart(unit):
    answers = at_once(16, lambda number: an_ask(unit, 150_000, method=Method.TRANSFER))
    assert len({answer.amount for answer in answers}) == 16
    assert Request.objects.count() == 16


def test_two_treasurers_apply_and_owe_back_one_receipt_once(unit, heard):
    asked, got = an_ask(unit, 100_000), comes(unit, 100_000)

    def act(number):
        if number % 2:
            debt = NewDebt(uuid7(), "uji:1", unit, 100_000, "salah", got.receipt_id)
            return owe_back(debt=debt, by=world.SITI, now=NOON)
        ids = {"receipt_id": got.receipt_id, "request_id": asked.request_id}
        return apply_receipt(key=uuid7(), **ids, by=world.SITI, now=NOON)

    answers = all_at_once(8, act)
    assert sum(isinstance(answer, Refused) for answer in answers) == 7
    assert payment_problems() == []


def test_a_debt_is_paid_once_by_eight_clicks(unit, heard):
    asked = an_ask(unit, 100_000)
    comes(unit, 100_000, request_id=asked.request_id)
    debt = owe_back(debt=NewDebt(uuid7(), "uji:1", unit, 100_000, "habis"), by=world.SITI, now=NOON)
    keys = [uuid7()] * 4 + [uuid7() for _ in range(4)]

    def pay(number):
        return pay_out(
            key=keys[number],
            debt_id=debt,
            unit_id=unit,
            means=Means.TRANSFER,
            proof="TRX-1",
            paid_on=world.TODAY,
            by=world.SITI,
            now=NOON,
        )

    all_at_once(8, pay)
    assert PayOut.objects.count() == 1
    assert held(unit) == {"qris": 100_000, "bank": -100_000}
    assert payment_problems() == []


def test_six_treasurers_who_take_one_line_back_post_it_back_once(unit):
    got = decided(unit, the_line(unit, 100_000))

    def act(number):
        return take_back(unit_id=unit, receipt_id=got.receipt_id, by=world.SITI, now=NOON)

    assert len(set(at_once(6, act))) == 1
    assert (held(unit), Mistake.objects.count()) == ({}, 1)
    assert payment_problems() == []


def test_a_line_is_taken_back_or_pays_an_order_and_never_both(unit, heard):
    for amount in range(100_000, 100_004):
        asked = an_ask(unit, amount)
        got = decided(unit, the_line(unit, amount))

        def act(number, got=got, asked=asked):
            what = {"receipt_id": got.receipt_id, "by": world.SITI, "now": NOON}
            if number:
                return take_back(unit_id=unit, **what)
            return apply_receipt(key=uuid7(), request_id=asked.request_id, **what)

        refused = [answer for answer in all_at_once(2, act) if isinstance(answer, Refused)]
        is_back = Mistake.objects.filter(receipt_id=got.receipt_id).exists()
        is_paid = Application.objects.filter(receipt_id=got.receipt_id).exists()
        assert (len(refused), is_back) == (1, not is_paid)
        state = StatementLine.objects.get(amount=amount).state
        assert state == (LineState.OPEN if is_back else LineState.MATCHED)
        assert payment_problems() == []
