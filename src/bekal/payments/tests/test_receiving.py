"""Money that comes in is taken in once, and never lost, whatever becomes of it."""

import pytest

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.payments.actions import apply_receipt, cancel_ask, expire_asks, receive
from bekal.payments.models import Application, Doubt, DoubtCheck, Receipt, Rest
from bekal.payments.queries import asks_of, payment_problems, receipts_of, unapplied_of
from bekal.payments.rules import Means, Method, ReceiptRefused, ReferenceTaken, State
from bekal.payments.tests.money import (
    BANK,
    BUYER,
    NOON,
    a_receipt,
    an_ask,
    comes,
    everything,
    held,
    later,
)
from bekal.places.models import Place
from tests.support import world


def test_what_was_asked_becomes_an_advance_and_is_told(nabire, heard):
    subject = f"uji:{uuid7()}"
    asked = an_ask(nabire, 148_000, subject=subject)
    got = comes(nabire, 148_000, request_id=asked.request_id)
    assert (got.applied, got.loose, got.is_repeat) == (148_000, 0, False)
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}
    (paid,) = heard
    assert (paid.subject, paid.amount, paid.owed, paid.state) == (subject, 148_000, 0, State.OPEN)
    assert paid.is_settled
    assert [ask.state for ask in asks_of(subject=subject)] == [State.SETTLED]
    assert [row.applied for row in receipts_of(subject=subject)] == [148_000]
    assert payment_problems() == []


def test_receiving_costs_few_statements(nabire, heard, django_assert_num_queries):
    comes(nabire, 5, request_id=an_ask(nabire, 5).request_id)
    asked = an_ask(nabire, 148_000)
    with django_assert_num_queries(9):
        comes(nabire, 148_000, request_id=asked.request_id)


@pytest.mark.parametrize(
    ("means", "account"),
    [
        (Means.CASH, "cash"),
        (Means.QRIS, "qris"),
        (Means.GATEWAY, "qris"),
        (Means.TRANSFER, "bank"),
    ],
)
def test_money_stands_in_the_account_of_its_means(nabire, means, account):
    comes(nabire, 1_000, method=means)
    assert held(nabire) == {account: 1_000, "unapplied_receipt": -1_000}
    assert payment_problems() == []


def test_the_same_money_again_changes_nothing(nabire, heard):
    asked = an_ask(nabire, 148_000)
    receipt = a_receipt(nabire, 148_000, request_id=asked.request_id)
    first = receive(receipt=receipt, by=BANK, now=NOON)
    before = everything(), held(nabire)
    again = receive(receipt=receipt, by=BANK, now=later(days=1))
    assert (again.receipt_id, again.applied, again.is_repeat) == (receipt.key, 148_000, True)
    other_key = a_receipt(nabire, 148_000, reference=receipt.reference)
    assert receive(receipt=other_key, by=BANK, now=NOON).receipt_id == first.receipt_id
    other = an_ask(nabire, 148_000).request_id
    before = everything(), held(nabire)
    for wrong, refusal in (
        (a_receipt(nabire, 1, reference=receipt.reference), ReferenceTaken),
        (a_receipt(nabire, 148_000, reference=receipt.reference, request_id=other), ReferenceTaken),
        (a_receipt(nabire, 1, reference=receipt.reference, key=receipt.key), KeyReused),
        (a_receipt(nabire, 148_000, key=receipt.key), KeyReused),
    ):
        with pytest.raises(refusal):
            receive(receipt=wrong, by=BANK, now=NOON)
    assert (everything(), held(nabire)) == before
    assert len(heard) == 1


def test_too_little_stays_as_a_part_and_the_rest_is_owed(nabire, heard):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 100_000, request_id=asked.request_id)
    comes(nabire, 48_000, request_id=asked.request_id)
    assert [(paid.amount, paid.owed, paid.is_settled) for paid in heard] == [
        (100_000, 48_000, False),
        (48_000, 0, True),
    ]
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}
    assert payment_problems() == []


def test_too_much_leaves_the_surplus_for_a_person(nabire, heard):
    asked = an_ask(nabire, 148_000)
    got = comes(nabire, 200_000, request_id=asked.request_id)
    assert (got.applied, got.loose) == (148_000, 52_000)
    comes(nabire, 148_000, request_id=asked.request_id)
    assert held(nabire) == {
        "qris": 348_000,
        "order_advance": -148_000,
        "unapplied_receipt": -200_000,
    }
    assert [row.left_over for row in unapplied_of(unit_id=nabire)] == [52_000, 148_000]
    assert len(heard) == 1
    assert payment_problems() == []


def test_unique_digits_are_left_over_and_are_no_work(nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    comes(nabire, asked.amount, request_id=asked.request_id, method=Means.TRANSFER)
    assert heard[0].is_settled
    assert Rest.objects.get().left_over == asked.extra
    assert unapplied_of(unit_id=nabire) == []
    assert held(nabire)["unapplied_receipt"] == -asked.extra


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_money_after_the_end_is_taken_in_and_the_handler_told(nabire, heard, end):
    asked = an_ask(nabire, 148_000)
    if end == "cancelled":
        cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    else:
        expire_asks(by=BUYER, now=later(hours=1))
    comes(nabire, 148_000, request_id=asked.request_id, now=later(hours=2))
    assert heard[0].state == end
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}


@pytest.mark.parametrize(
    ("handler", "sentence"),
    [("refuse", "sudah diarsipkan"), ("break_late", "kesalahan pada program"), ("gone", "program")],
)
def test_a_handler_that_fails_leaves_the_money_for_a_person(nabire, settings, handler, sentence):
    settings.BEKAL_ON_PAID = {"uji": f"bekal.payments.tests.hearing.{handler}"}
    asked = an_ask(nabire, 148_000)
    got = comes(nabire, 148_000, request_id=asked.request_id)
    assert (got.applied, got.loose) == (0, 148_000)
    assert held(nabire) == {"qris": 148_000, "unapplied_receipt": -148_000}
    assert not Application.objects.exists()
    assert not DoubtCheck.objects.exists()
    assert sentence in Doubt.objects.get().sentence
    assert payment_problems() == []
    settings.BEKAL_ON_PAID = {}
    key, receipt = uuid7(), Receipt.objects.get()
    for _ in range(2):
        amount = apply_receipt(
            key=key, receipt_id=receipt.pk, request_id=asked.request_id, by=world.SITI, now=NOON
        )
        assert amount == 148_000
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}
    assert payment_problems() == []


def test_money_is_applied_once_and_in_its_own_unit(nabire, heard):
    asked, other = an_ask(nabire, 148_000), an_ask(nabire, 50_000)
    got = comes(nabire, 148_000)
    key, ids = uuid7(), {"receipt_id": got.receipt_id, "request_id": asked.request_id}
    apply_receipt(key=key, **ids, by=world.SITI, now=NOON)
    before = everything()
    with pytest.raises(KeyReused):
        apply_receipt(
            key=key,
            receipt_id=got.receipt_id,
            request_id=other.request_id,
            by=world.SITI,
            now=NOON,
        )
    for request in (other.request_id, asked.request_id, uuid7()):
        with pytest.raises(ReceiptRefused):
            apply_receipt(
                key=uuid7(),
                receipt_id=got.receipt_id,
                request_id=request,
                by=world.SITI,
                now=NOON,
            )
    assert everything() == before
    assert len(heard) == 1


def test_money_for_an_ask_of_another_unit_is_refused(nabire):
    asked = an_ask(nabire, 148_000)
    bangli = Place.objects.get(code="lapas-narkotika-kelas-iia-bangli").pk
    with pytest.raises(ReceiptRefused):
        comes(bangli, 148_000, request_id=asked.request_id)
    assert not Receipt.objects.exists()
