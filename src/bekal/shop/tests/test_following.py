"""What the page of an order says while it goes its way, and where there is no order."""

import datetime as dt
import re

import pytest

from bekal.shop.actions import cancel_order, decline_order, ready_part
from bekal.shop.models import Order
from bekal.shop.rules import Delivery
from bekal.shop.tests.buying import buyer, hidden, text, words
from bekal.shop.tests.market import a_buyer, an_order, pay, place
from bekal.shop.tests.office import HERE, part_of, sign_in, to_fetch
from bekal.shop.tests.proposing import answers_messages, confirm, draft, order_of
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HOUR = dt.timedelta(hours=1)
COURIER = {"delivery": Delivery.COURIER, "buyer": a_buyer()}


@pytest.fixture
def rina(market):
    return buyer()


def at(order):
    return f"/pesanan/{order.code}/"


def steps(answer):
    """The way of the first part as it is read, with its moods."""
    (way,) = re.findall(r'<ol class="timeline">.*?</ol>', text(answer), re.DOTALL)
    lines = re.findall(r'<li class="timeline__(\w+)"[^>]*>(.*?)</li>', way, re.DOTALL)
    return [(mood, re.sub(r"(<[^>]+>|\s)+", " ", said).strip()) for mood, said in lines]


def test_what_waits_for_money_says_so_and_then_when_it_came(rina, market):
    order = Order.objects.get(pk=place(an_order(market, ("noken", 1))).order_id)
    assert steps(rina.get(at(order)))[:2] == [
        ("now", "Menunggu pembayaran 27 April 2026, 12.00 WIT"),
        ("next", "Diterima bengkel"),
    ]
    pay(order.pk, now=NOON + dt.timedelta(minutes=10))
    page = rina.get(at(order))
    assert steps(page)[:2] == [
        ("done", "Dibayar 27 April 2026, 12.10 WIT"),
        ("now", "Diterima bengkel 27 April 2026, 12.10 WIT"),
    ]
    assert "Menunggu pembayaran" not in words(page)


def test_what_was_paid_and_ended_says_both(rina, market):
    order = Order.objects.get(pk=place(an_order(market, ("noken", 1))).order_id)
    never = Order.objects.get(pk=place(an_order(market, ("noken", 1))).order_id)
    cancel_order(order_id=never.pk, by=YOHANA, now=NOON + HOUR / 6)
    assert [said for _mood, said in steps(rina.get(at(never)))] == [
        "Menunggu pembayaran 27 April 2026, 12.00 WIT",
        "Dibatalkan 27 April 2026, 12.10 WIT",
    ]
    pay(order.pk, now=NOON + HOUR / 6)
    part = part_of(order)
    part.status, part.status_at, part.status_by = "cancelled", NOON + HOUR, str(YOHANA)
    part.save()
    assert steps(rina.get(at(order))) == [
        ("ended", "Dibayar 27 April 2026, 12.10 WIT"),
        ("ended", "Diterima bengkel 27 April 2026, 12.10 WIT"),
        ("ended", "Dibatalkan 27 April 2026, 13.00 WIT"),
    ]


def test_what_is_paid_on_fetching_never_says_that_it_was_paid_first(rina, market):
    assert steps(rina.get(at(to_fetch(market))))[0][1].startswith("Diterima bengkel")
    answers_messages(market.nabire)
    part = draft(market)
    confirm(part, now=NOON + HOUR)
    ready_part(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON + 2 * HOUR)
    said = steps(rina.get(at(part.order)))
    assert said[0] == ("done", "Diterima bengkel 27 April 2026, 13.00 WIT")
    assert "Dibayar" not in "".join(line for _mood, line in said)


def test_while_the_postage_is_open_the_sum_says_that_it_is_not_in_it(rina, market):
    answers_messages(market.nabire)
    sent, fetched = draft(market, **COURIER), draft(market)
    page = words(rina.get(at(sent.order)))
    assert "Total, belum termasuk ongkir Rp200.000" in page
    assert "dikabari bengkel" in page
    page = words(rina.get(at(fetched.order)))
    assert "Total Rp200.000" in page
    assert "belum termasuk" not in page
    decline_order(part_id=sent.pk, unit_id=sent.unit_id, reason="Bahan habis", by=YOHANA, now=NOON)
    assert "belum termasuk ongkir" in words(rina.get(at(sent.order)))


def test_name_and_digits_stand_apart(rina, market):
    order = Order.objects.get(pk=place(an_order(market, ("noken", 1))).order_id)
    page = re.sub(r"\s+", " ", text(rina.get(at(order))))
    assert re.search(r'<div class="stack"> <p>R\*\*\*, Kab\. Bangli[^<]*</p> <form', page)


@pytest.mark.parametrize("code", ["BK-0000-0000", "BK-0000-0001", "apa-saja"])
def test_a_code_of_no_order_leads_to_where_codes_are_typed(rina, code):
    answer = rina.get(f"/pesanan/{code}/")
    assert answer.status_code == 404
    page = words(answer)
    assert "Tidak ada pesanan dengan kode di alamat ini." in page
    assert "unit Anda" not in page
    assert re.search(r'href="/pesanan/"[^>]*>(<svg.*?</svg>)?\s*Cek pesanan', text(answer))
    english = rina.get(f"/en/pesanan/{code}/")
    assert "No order has the code in this address." in words(english)


def test_visitors_are_not_told_of_units_of_theirs(rina, client, market):
    assert "unit Anda" not in words(rina.get("/bengkel/tidak-ada/"))
    sign_in(client, market.nabire)
    assert "unit Anda" in words(client.get("/kerja/tidak-ada/pesanan/"))


def test_the_trail_of_an_order_by_message_says_who_confirmed_it(client, market):
    answers_messages(market.nabire)
    part, declined = draft(market, **COURIER), draft(market)
    there = f"{HERE}{part.pk}/"
    yohana = sign_in(client, market.nabire)
    assert "Pesanan dikonfirmasi" not in words(client.get(there))
    page = client.get(there)
    said = {"way": str(market.services[market.nabire]), "method": "qris"}
    answer = client.post(f"{there}konfirmasi/", {**hidden(page), **said})
    assert order_of(part).status == "waiting", words(answer)
    trail = words(client.get(there)).partition("Riwayat")[2]
    assert trail.index("Pesanan dikonfirmasi") < trail.index("Menunggu dikonfirmasi bengkel")
    assert f"Pesanan dikonfirmasi {yohana.name} (Petugas bengkel), 27 April 2026" in trail
    decline_order(
        part_id=declined.pk, unit_id=declined.unit_id, reason="Habis", by=YOHANA, now=NOON
    )
    assert "Pesanan dikonfirmasi" not in words(client.get(f"{HERE}{declined.pk}/"))
