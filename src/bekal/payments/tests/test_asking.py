"""Payments are asked for once, with an end, and no two open transfers look the same."""

import pytest

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.payments.actions import cancel_ask, expire_asks
from bekal.payments.models import Merchant, Request
from bekal.payments.queries import ask_of, asks_of, merchants_of
from bekal.payments.rules import AskRefused, Method, State
from bekal.payments.tests.money import BUYER, NOON, an_ask, comes, everything, later


def test_a_buyer_is_shown_amount_code_name_and_end(nabire):
    asked = an_ask(nabire, 148_000)
    assert (asked.amount, asked.extra) == (148_000, 0)
    assert asked.payload.startswith("000201010212")
    assert asked.expires_at == later(minutes=15)
    assert (asked.merchant.name, asked.merchant.nmid) == ("CONTOH LAPAS NABIRE", "ID0000000000017")
    assert asked.merchant.is_sample


@pytest.mark.parametrize(
    ("method", "end"),
    [
        (Method.TRANSFER, later(hours=24)),
        (Method.GATEWAY, later(minutes=15)),
        (Method.AT_PICKUP, None),
        (Method.INVOICE, None),
    ],
)
def test_each_method_has_its_own_end(nabire, method, end):
    assert an_ask(nabire, method=method).expires_at == end
    assert an_ask(nabire, method=method, expires_at=later(days=9)).expires_at == later(days=9)


def test_asking_costs_two_statements(nabire, django_assert_num_queries):
    for method in (Method.QRIS, Method.TRANSFER):
        with django_assert_num_queries(2):
            an_ask(nabire, method=method)


def test_open_transfers_of_one_sum_differ_by_small_digits(nabire):
    digits = [an_ask(nabire, 150_000, method=Method.TRANSFER).extra for _ in range(99)]
    assert sorted(digits) == list(range(1, 100))
    assert an_ask(nabire, 150_000, method=Method.TRANSFER).extra > 99
    assert an_ask(nabire, 150_000, method=Method.QRIS).extra == 0


def test_digits_rest_a_week_after_their_ask_is_over(nabire):
    first = an_ask(nabire, method=Method.TRANSFER)
    cancel_ask(request_id=first.request_id, by=BUYER, now=NOON)
    others = {an_ask(nabire, method=Method.TRANSFER).extra for _ in range(98)}
    assert first.extra not in others
    expire_asks(by=BUYER, now=later(days=2))
    again = {an_ask(nabire, method=Method.TRANSFER, now=later(days=8)).extra for _ in range(99)}
    assert first.extra in again


def test_the_same_ask_again_is_the_first(nabire):
    key, subject = uuid7(), f"uji:{uuid7()}"
    for method in (Method.TRANSFER, Method.TRANSFER):
        asked = an_ask(nabire, key=key, subject=subject, method=method)
        assert asked.amount == Request.objects.get().payable
    before = everything()
    with pytest.raises(KeyReused):
        an_ask(nabire, 1, key=key, subject=subject, method=Method.TRANSFER)
    assert everything() == before


def test_a_subject_has_one_open_ask(nabire):
    subject = f"uji:{uuid7()}"
    first = an_ask(nabire, subject=subject)
    before = everything()
    with pytest.raises(AskRefused, match="masih punya tagihan"):
        an_ask(nabire, subject=subject, method=Method.TRANSFER)
    assert everything() == before
    assert cancel_ask(request_id=first.request_id, by=BUYER, now=NOON) is State.CANCELLED
    an_ask(nabire, subject=subject, method=Method.TRANSFER, now=later(minutes=1))
    first_and_newest = asks_of(subject=subject)
    assert [ask.state for ask in first_and_newest] == [State.OPEN, State.CANCELLED]
    assert ask_of(subject=subject) == first_and_newest[0]


def test_a_settled_ask_is_not_cancelled(nabire):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 148_000, request_id=asked.request_id)
    before = everything()
    assert cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON) is State.SETTLED
    assert everything() == before
    with pytest.raises(LookupError):
        cancel_ask(request_id=uuid7(), by=BUYER, now=NOON)


def test_asks_end_when_their_time_is_over_and_not_before(nabire):
    asked = an_ask(nabire)
    forever = an_ask(nabire, method=Method.INVOICE)
    paid = an_ask(nabire, 1_000)
    comes(nabire, 1_000, request_id=paid.request_id)
    assert expire_asks(by=BUYER, now=later(minutes=14)) == 0
    assert expire_asks(by=BUYER, now=later(minutes=15)) == 1
    states = {row.id: row.closed_as for row in Request.objects.all()}
    assert states[asked.request_id] == "expired"
    assert states[forever.request_id] == states[paid.request_id] == ""


@pytest.mark.parametrize("method", [Method.QRIS, Method.TRANSFER, Method.INVOICE])
def test_who_has_no_account_is_not_paid_there(nabire, method):
    Merchant.objects.all().delete()
    with pytest.raises(AskRefused):
        an_ask(nabire, method=method)
    assert not Request.objects.exists()
    assert merchants_of(unit_ids=[nabire]) == {}
    assert an_ask(nabire, method=Method.AT_PICKUP).merchant is None


@pytest.mark.parametrize("amount", [0, -1, 10**12])
def test_no_amount_and_a_zero_too_many_are_refused(nabire, amount):
    with pytest.raises(AskRefused, match="Jumlah harus"):
        an_ask(nabire, amount)
    assert not Request.objects.exists()
