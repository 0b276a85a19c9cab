"""Whatever comes in, in whatever order: nothing is lost, nothing counts twice, the books agree."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.payments.actions import (
    NewCreditNote,
    NewDebt,
    apply_receipt,
    cancel_ask,
    credit_invoice,
    expire_asks,
    owe_back,
    pay_out,
    unapply_receipt,
)
from bekal.payments.models import Application, Debt, PayOut, Receipt, Request, Rest
from bekal.payments.queries import payment_problems
from bekal.payments.rules import From, Means, Method, surplus_of
from bekal.payments.tests.money import NOON, an_ask, comes, held, later
from tests.support import world

BY: dict[str, Any] = {"by": world.SITI, "now": NOON}
SUMS = st.integers(1, 300_000)
PICK = st.integers(0, 7)
METHODS = [Method.QRIS, Method.TRANSFER, Method.INVOICE]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.sampled_from(METHODS), SUMS),
        st.tuples(st.just("pay"), PICK, SUMS),
        st.tuples(st.just("exact"), PICK, st.booleans()),
        st.tuples(st.just("come"), st.sampled_from(list(Means)), SUMS),
        st.tuples(st.just("again"), PICK, PICK),
        st.tuples(st.just("apply"), PICK, PICK),
        st.tuples(st.just("unapply"), PICK, PICK),
        st.tuples(st.just("cancel"), PICK, PICK),
        st.tuples(st.just("expire"), PICK, PICK),
        st.tuples(st.just("owe"), PICK, SUMS),
        st.tuples(st.just("payout"), PICK, PICK),
        st.tuples(st.just("credit"), PICK, SUMS),
    ),
    max_size=20,
)


def nth(rows, number):
    """One of the rows, or none where there are none."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def ask(unit, method, amount):
    an_ask(unit, amount, method=method)


def pay(unit, number, amount):
    if asked := nth(Request.objects, number):
        comes(unit, amount, request_id=asked.pk)


def exact(unit, number, is_round):
    if asked := nth(Request.objects, number):
        comes(unit, asked.amount if is_round else asked.payable, request_id=asked.pk)


def come(unit, means, amount):
    comes(unit, amount, method=means)


def again(unit, number, _):
    if got := nth(Receipt.objects, number):
        told = comes(
            unit,
            got.amount,
            request_id=got.request_id,
            reference=got.reference,
            method=Means(got.means),
        )
        assert told.is_repeat


def apply(unit, number, other):
    got, asked = nth(Receipt.objects, number), nth(Request.objects, other)
    if got and asked:
        apply_receipt(key=uuid7(), receipt_id=got.pk, request_id=asked.pk, **BY)


def unapply(unit, number, _):
    if application := nth(Application.objects, number):
        unapply_receipt(key=uuid7(), application_id=application.pk, **BY)


def cancel(unit, number, _):
    if asked := nth(Request.objects, number):
        cancel_ask(request_id=asked.pk, **BY)


def expire(unit, *_):
    expire_asks(by=world.SITI, now=later(days=2))


def owe(unit, number, amount):
    if got := nth(Receipt.objects, number):
        owe_back(debt=NewDebt(uuid7(), "uji:1", unit, amount, "uji", got.pk), **BY)


def payout(unit, number, _):
    if debt := nth(Debt.objects, number):
        pay_out(
            key=uuid7(),
            debt_id=debt.pk,
            unit_id=unit,
            means=Means.TRANSFER,
            proof="x",
            paid_on=world.TODAY,
            **BY,
        )


def credit(unit, number, amount):
    """The invoice asks less, and what had come in beyond that is owed back, as its room does."""
    asked = nth(Request.objects.filter(method=Method.INVOICE), number)
    if asked:
        key = uuid7()
        note = NewCreditNote(key, asked.pk, f"uji:{key}", amount, "uji")
        stands = credit_invoice(note=note, **BY)
        if stands.beyond:
            subject = surplus_of(asked.subject)
            owe_back(debt=NewDebt(uuid7(), subject, unit, stands.beyond, "uji"), **BY)


ACTS = {act.__name__: act for act in (ask, pay, exact, come, again, apply, unapply, cancel)}
ACTS |= {act.__name__: act for act in (expire, owe, payout, credit)}


def total(rows, field="amount"):
    return sum(rows.values_list(field, flat=True))


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(steps=STEPS)
def test_any_history_of_money_ties_out(nabire, steps):
    with transaction.atomic():
        for name, *given_ in steps:
            try:
                with transaction.atomic():
                    ACTS[name](nabire, *given_)
            except Refused:
                continue
        assert payment_problems() == []
        came, gone = total(Receipt.objects), total(PayOut.objects, "debt__amount")
        books = held(nabire)
        money = sum(books.get(account, 0) for account in ("cash", "bank", "qris"))
        assert money == came - gone
        of_advances = Debt.objects.filter(source=From.ADVANCE)
        repaid = total(of_advances.filter(payout__isnull=False))
        assert -books.get("order_advance", 0) == total(Request.objects, "settled") - repaid
        others = Debt.objects.exclude(source=From.ADVANCE)
        unpaid = total(others.filter(payout__isnull=True))
        assert -books.get("unapplied_receipt", 0) == total(Rest.objects, "left_over") + unpaid
        assert all(0 <= row.settled <= row.amount for row in Request.objects.all())
        beyond = sum(max(0, row.settled - row.due) for row in Request.objects.all())
        assert beyond == total(of_advances)
        transaction.set_rollback(True)
