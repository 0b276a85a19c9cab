"""Where and when what is fetched is handed over: told before the buyer chooses, and after."""

import pytest

from bekal.catalogue.actions import set_contact
from bekal.foundation import clock
from bekal.payments.rules import Means
from bekal.shipping.tests.factories import a_rate
from bekal.shop.actions import cancel_order, take_at_counter
from bekal.shop.models import Order
from bekal.shop.tests.buying import ADDRESS, FETCHED, buyer, put, sent, text, words
from bekal.shop.tests.market import MINUTE
from bekal.shop.tests.office import made_ready, part_of, to_fetch
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db
WHERE = "Jalan Contoh 5, Nabire (Senin sampai Jumat 08.00 sampai 14.00)"


@pytest.fixture
def rina(market):
    """Rina with a noken of Nabire, whose head has said where orders are fetched."""
    address, _, hours = WHERE.removesuffix(")").partition(" (")
    unit = {"unit_id": market.nabire, "number": "", "pickup_point": address, "pickup_hours": hours}
    set_contact(**unit, by=SETUP, now=NOON)
    client = buyer()
    put(client, market.noken)
    return client


def test_the_step_of_couriers_says_where_the_workshop_hands_over(rina):
    draft = rina.post("/pesan/", ADDRESS)["Location"].removesuffix("periksa/")
    assert f"Ambil di bengkel tanpa ongkos, {WHERE}" in words(rina.get(f"{draft}pengiriman/"))


def test_before_it_is_paid_the_buyer_reads_where_to_come(rina):
    last = rina.post("/pesan/", FETCHED)["Location"]
    assert f"Ambil di bengkel {WHERE} Ubah pengiriman" in words(rina.get(last))


def test_who_has_it_sent_is_told_no_point(rina):
    last = rina.post("/pesan/", ADDRESS)["Location"]
    assert "Jalan Contoh 5" not in words(rina.get(last))


def test_the_page_of_the_order_says_where_to_come(rina, monkeypatch):
    last = rina.post("/pesan/", FETCHED)["Location"]
    a_minute_later = clock.now() + MINUTE
    monkeypatch.setattr(clock, "now", lambda: a_minute_later)
    sent(rina, last)
    order = Order.objects.get()
    page = rina.get(f"/pesanan/{order.code}/")
    assert f"Ambil di bengkel Rp0 Datang ke {WHERE}." in words(page)
    cancel_order(order_id=order.pk, by=SETUP, now=a_minute_later)
    assert "Datang ke" not in words(rina.get(f"/pesanan/{order.code}/"))


def test_who_has_fetched_it_need_not_come_again(rina, market):
    part = made_ready(part_of(to_fetch(market)))
    page = f"/pesanan/{part.order.code}/"
    assert f"Datang ke {WHERE}." in words(rina.get(page))
    take_at_counter(part_id=part.pk, unit_id=market.nabire, means=Means.CASH, by=SETUP, now=NOON)
    assert "Datang ke" not in words(rina.get(page))


def test_who_wants_it_sent_where_no_courier_goes_has_fetching_not_chosen_for_them(rina, market):
    a_rate(market.nabire, market.services[market.nabire], area="51", terms=None)
    step = rina.post("/pesan/", ADDRESS)["Location"]
    assert step.endswith("/pengiriman/")
    assert "checked" not in text(rina.get(step))
    answer = rina.post(step, {})
    assert answer.status_code == 422
    assert "Pilih kurir atau ambil di bengkel." in words(answer)
