"""What Rina reads when the time to pay is over and no job has ended her order yet."""

import datetime as dt

import pytest

from bekal.foundation import clock
from bekal.shop.models import Order
from bekal.shop.tests.buying import buyer, text, words
from bekal.shop.tests.market import an_order, pay, place
from tests.support.world import NOON

pytestmark = pytest.mark.django_db
LATE = NOON + dt.timedelta(minutes=16)


@pytest.fixture
def order(market, monkeypatch):
    wanted = an_order(market, ("noken", 1))
    place(wanted)
    monkeypatch.setattr(clock, "now", lambda: LATE)
    return Order.objects.get(pk=wanted.key)


def test_the_page_to_pay_says_that_its_time_is_over_and_leads_on(order):
    answer = buyer().get(f"/pesanan/{order.code}/bayar/")
    assert "Waktu bayar habis" in words(answer)
    assert "Bayar Rp" not in words(answer)
    assert 'href="/katalog/"' in text(answer).split("<main")[1]
    assert "Order again" in words(buyer().get(f"/en/pesanan/{order.code}/bayar/"))


def test_the_order_does_not_ask_for_money_that_is_too_late(order):
    said = words(buyer().get(f"/pesanan/{order.code}/"))
    assert "Waktu bayar habis, jadi barangnya dilepas. Pesan lagi" in said
    assert "Bayar sekarang" not in said
    assert "Uangnya tidak hilang" in said
    assert "Waktu bayar habis" in said.split("Waktu bayar habis, jadi")[0]
    assert "Batalkan pesanan" not in said


def test_late_money_for_goods_that_are_there_makes_the_order_go_on(order):
    pay(order.pk, now=LATE)
    assert "Waktu bayar habis" not in words(buyer().get(f"/pesanan/{order.code}/"))
    order.refresh_from_db()
    assert order.status == "paid"
    assert "Keadaan Lunas" in words(buyer().get(f"/pesanan/{order.code}/"))
