"""Notices may come twice, late, out of order or forged; money comes in once, or waits."""

import json

import pytest
from django.db import transaction

from bekal.foundation.ids import uuid7
from bekal.payments import gateways, midtrans
from bekal.payments.actions import (
    NewDebt,
    cancel_ask,
    expire_asks,
    owe_back,
    poll_gateway,
    start_gateway,
)
from bekal.payments.gateway import Unreachable
from bekal.payments.models import Attempt, Doubt, Receipt
from bekal.payments.queries import doubts_of, payment_problems, unapplied_of
from bekal.payments.rules import AskRefused, Method
from bekal.payments.tests.money import BANK, BUYER, NOON, a_merchant, an_ask, held, later, opened
from bekal.payments.tests.standin import KEY, signature
from tests.support.threads import at_once

HOOK = "/pembayaran/midtrans/"


@pytest.fixture
def asked(nabire, gateway, heard):
    return an_ask(nabire, 148_000, method=Method.GATEWAY)


def tell(client, body):
    return client.post(HOOK, body, content_type="application/json").status_code


def test_without_a_key_there_is_no_gateway(client, settings):
    settings.BEKAL_MIDTRANS_SERVER_KEY = ""
    assert gateways.active() is None
    assert tell(client, b"{}") == 400


def test_a_payment_is_opened_once_with_its_sum_and_end(stand_in, gateway, asked):
    first = start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    assert first.startswith("https://app.sandbox.midtrans.com/snap/")
    again = start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    attempt = Attempt.objects.get()
    assert again == first == attempt.page
    (page,) = stand_in.opened.values()
    assert page["transaction_details"] == {"order_id": attempt.called, "gross_amount": 148_000}
    assert page["expiry"] == {"unit": "minute", "duration": 15}
    assert sum(item["price"] for item in page["item_details"]) == 148_000
    assert len(stand_in.asked) == 1


def test_what_is_over_or_of_another_kind_is_not_opened(nabire, gateway, asked, stand_in):
    code = an_ask(nabire)
    cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    for request_id in (code.request_id, asked.request_id, uuid7()):
        with pytest.raises(AskRefused):
            start_gateway(request_id=request_id, by=BUYER, now=NOON)
    old = an_ask(nabire, method=Method.GATEWAY)
    with pytest.raises(AskRefused):
        start_gateway(request_id=old.request_id, by=BUYER, now=later(hours=1))
    assert stand_in.asked == []


@pytest.mark.parametrize("mood", ["broken", "moved", "nonsense"])
def test_a_gateway_that_misbehaves_is_unreachable_and_changes_nothing(
    gateway, asked, stand_in, mood
):
    stand_in.mood = mood
    with pytest.raises(Unreachable):
        start_gateway(request_id=asked.request_id, by=BUYER, now=NOON)
    with pytest.raises(Unreachable):
        gateway.status(str(asked.request_id))
    assert not Attempt.objects.exists()
    assert "/elsewhere" not in stand_in.asked


def test_a_gateway_that_is_silent_or_gone_is_given_up(gateway, stand_in, monkeypatch):
    monkeypatch.setattr(midtrans, "PATIENCE", (0.2, 0.2))
    stand_in.mood = "silent"
    with pytest.raises(Unreachable):
        gateway.status("1")
    stand_in.hang.set()
    gone = midtrans.Midtrans(server_key=KEY, unit="x", address="http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        gone.status("1")
    wrong = midtrans.Midtrans(server_key="other", unit="x", address=stand_in.address)
    with pytest.raises(Unreachable):
        wrong.status("1")


def test_a_payment_is_received_confirmed_and_told(client, stand_in, nabire, asked, heard):
    notice = stand_in.pays(asked.request_id, 148_000)
    assert [tell(client, notice) for _ in range(3)] == [200, 200, 200]
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}
    assert [paid.request_id for paid in heard] == [asked.request_id]
    receipt = Receipt.objects.get()
    assert (receipt.provider, receipt.reference) == ("midtrans", f"tx-{asked.request_id}-1")
    assert stand_in.asked == [f"/v2/{asked.request_id}/status"] * 3
    assert payment_problems() == []


def test_money_is_for_the_order_that_was_asked_about_whatever_they_call_it(
    client, stand_in, asked, heard
):
    """Of DANA and some virtual accounts they answer with the transaction in its place."""
    notice = stand_in.pays(asked.request_id, 148_000)
    stand_in.payments[str(asked.request_id)]["order_id"] = "A120251205074834XeVg4mKHIMID"
    assert tell(client, notice) == 200
    assert [paid.request_id for paid in heard] == [asked.request_id]
    assert not Doubt.objects.exists()


def test_notices_out_of_order_end_the_same(client, stand_in, nabire, asked, heard):
    pending = stand_in.pays(asked.request_id, 148_000, status="pending", code="201")
    captured = stand_in.pays(asked.request_id, 148_000, status="capture")
    settled = stand_in.pays(asked.request_id, 148_000)
    for notice in (settled, pending, captured, settled, pending):
        assert tell(client, notice) == 200
    assert len(heard) == 1
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}


@pytest.mark.parametrize(
    ("status", "code", "more"),
    [
        ("pending", "201", {}),
        ("deny", "202", {}),
        ("expire", "202", {}),
        ("cancel", "200", {}),
        ("capture", "200", {"fraud_status": "challenge"}),
        ("settlement", "201", {}),
        ("new_word", "200", {}),
    ],
)
def test_what_is_not_paid_changes_nothing(*, client, stand_in, asked, heard, status, code, more):
    notice = stand_in.pays(asked.request_id, 148_000, status=status, code=code, **more)
    assert tell(client, notice) == 200
    assert not Receipt.objects.exists()
    assert heard == []


def test_a_signed_notice_sent_again_as_paid_is_not_believed(client, stand_in, asked):
    """The signature covers no outcome: only the gateway's own answer counts."""
    told = json.loads(stand_in.pays(asked.request_id, 148_000, status="cancel"))
    told["transaction_status"] = "settlement"
    assert signature(told) == told["signature_key"]
    assert tell(client, json.dumps(told)) == 200
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"gross_amount": "1.00"},
        {"order_id": "other"},
        {"status_code": "201"},
        {"signature_key": "0" * 128},
        {"signature_key": ""},
        {"signature_key": None},
        {"signature_key": "é"},
        {"gross_amount": 148_000},
    ],
)
def test_a_forged_notice_is_refused_and_asks_nobody(client, stand_in, asked, change):
    told = json.loads(stand_in.pays(asked.request_id, 148_000))
    assert tell(client, json.dumps({**told, **change})) == 400
    assert not Receipt.objects.exists()
    assert not Doubt.objects.exists()
    assert stand_in.asked == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b'"x"', b"\xff", b"[" * 5000, b"{}", b" " * 30_000]
)
def test_nonsense_is_refused(client, gateway, db, body):
    assert tell(client, body) == 400
    assert client.get(HOOK).status_code == 405


def test_a_signed_notice_without_whole_rupiah_is_refused(client, stand_in, asked):
    for gross in ("148000.50", "NaN", "x", "-1.00", "1e999"):
        told = json.loads(stand_in.pays(asked.request_id, 1))
        told["gross_amount"] = gross
        told["signature_key"] = signature(told)
        assert tell(client, json.dumps(told)) == 400
    told = json.loads(stand_in.pays(asked.request_id, 1, currency="USD"))
    assert tell(client, json.dumps(told)) == 400
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "order", ["01a22654-0a0d-774c-aa5e-a4a643241ec7", "payment_notif_test_G1_x", "x/../y" * 8]
)
def test_money_for_an_order_that_nobody_knows_waits_for_a_person(
    client, stand_in, nabire, gateway, order
):
    notice = stand_in.pays(order, 25_000)
    for _ in range(2):
        assert tell(client, notice) == 200
    doubt = Doubt.objects.get()
    assert (doubt.unit_id, doubt.kind, doubt.amount) == (nabire, "unknown_order", 25_000)
    assert not Receipt.objects.exists()


def test_the_same_payment_told_with_another_sum_waits_for_a_person(
    client, stand_in, nabire, asked, heard
):
    assert tell(client, stand_in.pays(asked.request_id, 148_000)) == 200
    for _ in range(2):
        assert tell(client, stand_in.pays(asked.request_id, 150_000)) == 200
    doubt = Doubt.objects.get()
    assert (doubt.kind, doubt.amount) == ("other_content", 150_000)
    assert doubt.receipt_id == Receipt.objects.get().pk
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}


def test_money_that_is_taken_back_waits_for_a_person(client, stand_in, nabire, asked, heard):
    assert tell(client, stand_in.pays(asked.request_id, 148_000)) == 200
    assert tell(client, stand_in.pays(asked.request_id, 148_000, status="chargeback")) == 200
    assert Doubt.objects.get().kind == "taken_back"
    (doubt,) = doubts_of(unit_id=nabire)
    assert (doubt.ask_id, doubt.label) == (asked.request_id, "BK-7Q2M-18KD")
    assert "dipotong penyelenggara" in doubt.advice
    assert held(nabire) == {"qris": 148_000, "order_advance": -148_000}


def test_a_second_payment_of_one_order_is_surplus(client, stand_in, nabire, asked, heard):
    assert tell(client, stand_in.pays(asked.request_id, 148_000)) == 200
    assert tell(client, stand_in.pays(asked.request_id, 148_000, number="2")) == 200
    assert [row.left_over for row in unapplied_of(unit_id=nabire)] == [148_000]
    assert len(heard) == 1
    second = Receipt.objects.get(reference__endswith="-2").pk
    debt = NewDebt(uuid7(), "uji:1", nabire, 148_000, "Terbayar dua kali", second)
    owe_back(debt=debt, by=BANK, now=NOON)
    assert payment_problems() == []


def test_while_the_gateway_does_not_confirm_they_are_asked_to_tell_again(
    client, stand_in, nabire, asked, heard
):
    notice = stand_in.pays(asked.request_id, 148_000)
    stand_in.mood = "broken"
    assert tell(client, notice) == 503
    assert not Receipt.objects.exists()
    stand_in.mood = ""
    assert tell(client, notice) == 200
    assert len(heard) == 1


@pytest.mark.parametrize("end", ["open", "expired"])
def test_a_notice_that_was_lost_is_found_by_asking(stand_in, gateway, nabire, asked, heard, end):
    unopened = an_ask(nabire, method=Method.GATEWAY)
    order = opened(asked)
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 0
    stand_in.pays(order, 148_000)
    stand_in.pays(unopened.request_id, 148_000)
    if end == "expired":
        expire_asks(by=BANK, now=later(hours=1))
    assert poll_gateway(by=BANK, now=later(hours=2)) == 1
    assert poll_gateway(by=BANK, now=later(hours=2)) == 0
    assert [paid.state for paid in heard] == [end]
    stand_in.asked.clear()
    an_ask(nabire, method=Method.GATEWAY)
    assert poll_gateway(by=BANK, now=later(days=3)) == 0
    assert stand_in.asked == []


def test_asking_stops_at_a_gateway_that_is_silent(stand_in, gateway, nabire, asked):
    for ask in (asked, an_ask(nabire, method=Method.GATEWAY)):
        opened(ask)
    stand_in.asked.clear()
    stand_in.mood = "broken"
    assert poll_gateway(by=BANK, now=NOON) == 0
    assert len(stand_in.asked) == 1


def test_one_answer_that_cannot_be_read_does_not_hold_others_up(
    stand_in, gateway, nabire, asked, heard
):
    second = an_ask(nabire, method=Method.GATEWAY, now=later(minutes=1))
    first, other = (opened(ask, now=later(minutes=1)) for ask in (asked, second))
    for order in (first, other):
        stand_in.pays(order, 148_000)
    stand_in.payments[first]["gross_amount"] = "seratus"
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 1
    assert [paid.request_id for paid in heard] == [second.request_id]
    stand_in.pays(first, 148_000)
    assert poll_gateway(by=BANK, now=later(minutes=3)) == 1


def test_money_told_again_for_another_order_is_kept_for_a_person(stand_in, gateway, nabire, heard):
    first, second = (an_ask(nabire, method=Method.GATEWAY) for _ in range(2))
    for ask in (first, second):
        stand_in.pays(opened(ask), 148_000, transaction_id="tx-sama")
    assert poll_gateway(by=BANK, now=later(minutes=2)) == 1
    assert Receipt.objects.count() == 1
    assert "pesanan lain" in Doubt.objects.get().sentence


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_gateway_inside_a_transaction(committed_world, gateway):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        poll_gateway(by=BANK, now=NOON)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_notice_sent_eight_times_at_once_is_one_receipt(
    committed_world, gateway, stand_in, heard, client
):
    unit = committed_world.nabire
    a_merchant(unit)
    asked = an_ask(unit, 148_000, method=Method.GATEWAY)
    notice = stand_in.pays(asked.request_id, 148_000)
    answers = at_once(8, lambda number: tell(type(client)(), notice))
    assert answers == [200] * 8
    assert (Receipt.objects.count(), len(heard)) == (1, 1)
    assert held(unit) == {"qris": 148_000, "order_advance": -148_000}
