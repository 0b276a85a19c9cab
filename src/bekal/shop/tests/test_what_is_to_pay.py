"""A buyer who is to pay is told by when, and how much, as the payment page says it."""

import pytest

from bekal.foundation.clock import Zone
from bekal.foundation.ids import uuid7
from bekal.payments.actions import ask_payment, cancel_ask
from bekal.payments.models import Request
from bekal.payments.rules import Method, NewAsk
from bekal.shop.models import Notice
from bekal.shop.queries import told_notices
from bekal.shop.rules import Delivery
from bekal.shop.tests.market import MINUTE, RINA, a_buyer, an_order, pay, place
from bekal.shop.tests.proposing import answers_messages, confirm, draft
from bekal.ui.filters import jam, rupiah
from tests.support.world import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def ordered(market, method, **changes):
    buyer = a_buyer(email="rina@contoh.id")
    place(an_order(market, ("noken", 2), method=method, buyer=buyer, **changes))
    return the_words()


def confirmed(market, method):
    """Yohana takes on what Rina asked for by WhatsApp, to be sent."""
    answers_messages(market.nabire)
    part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
    service = market.services[market.nabire]
    confirm(part, delivery=Delivery.COURIER, method=method, fee=18_000, service_id=service)
    return the_words()


def the_words():
    (shown,) = told_notices(notices=Notice.objects.all(), on=TODAY)
    return shown.told.body


@pytest.mark.parametrize("method", [Method.QRIS, Method.TRANSFER])
@pytest.mark.parametrize("come", [ordered, confirmed])
def test_a_buyer_is_told_the_end_of_the_code_and_not_of_what_is_kept(market, come, method):
    words = come(market, method)
    ends = Request.objects.get().expires_at
    assert ends is not None
    assert Notice.objects.get().until == ends
    assert f"{jam(ends, Zone.WIT)}." in words


@pytest.mark.parametrize("come", [ordered, confirmed])
def test_who_transfers_is_told_the_sum_with_its_unique_digits(market, come):
    words = come(market, Method.TRANSFER)
    ask = Request.objects.get()
    assert ask.extra
    assert f"Bayar {rupiah(ask.payable)} paling lambat" in words


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "menunggu pembayaran {}."), ("/en", "This order waits for a payment of {}.")],
)
def test_the_page_of_an_order_names_the_sum_to_transfer(market, client, address, said):
    order = an_order(market, ("noken", 2), method=Method.TRANSFER)
    code = place(order).code
    page = client.get(f"{address}/pesanan/{code}/").content.decode()
    payable = Request.objects.get().payable
    told = rupiah(payable) if not address else rupiah(payable).replace(".", ",")
    assert said.format(told) in page


def test_what_is_waiting_to_be_sent_names_the_sum_of_the_newest_ask(market):
    ordered(market, Method.TRANSFER)
    first = Request.objects.get()
    cancel_ask(request_id=first.pk, by=RINA, now=NOON)
    anew = NewAsk(uuid7(), first.subject, first.unit_id, first.amount, Method.TRANSFER)
    asked = ask_payment(ask=anew, by=RINA, now=NOON + MINUTE)
    assert rupiah(asked.amount) in the_words()


@pytest.mark.parametrize("page", ["", "bayar/"])
def test_a_buyer_whose_money_cannot_be_counted_yet_is_asked_for_nothing(
    market, client, settings, page
):
    settings.BEKAL_ON_PAID = {"order": "bekal.payments.tests.hearing.refuse"}
    order = an_order(market, ("noken", 2))
    code = place(order).code
    pay(order.key)
    said = client.get(f"/pesanan/{code}/{page}").content.decode()
    assert "Uang Anda Rp218.000 sudah masuk dan sedang diperiksa unit." in said
    for asking in ("menunggu pembayaran", "Bayar sekarang", "Bayar Rp218.000"):
        assert asking not in said
