"""A product of which one buyer may have so many: told in time, to the buyer and to the officer."""

import pytest
from django.urls import reverse

from bekal.foundation import clock
from bekal.production.actions import pause_unit
from bekal.shop.models import Order
from bekal.shop.queries import confirming, part_of_unit
from bekal.shop.rules import ChangeKind, OrderChanged
from bekal.shop.tests.buying import addressed, buyer, chosen, code_of, hidden, put, sent, words
from bekal.shop.tests.market import a_buyer, an_order, place, sell_online
from bekal.shop.tests.office import HERE, sign_in
from bekal.shop.tests.proposing import answers_messages, confirm, draft, order_of
from bekal.shop.tests.test_whatsapp_pages import LATER, SAID
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
AT_LINE = "Setiap pembeli paling banyak 2 dalam 30 hari. Kurangi jumlahnya."


@pytest.fixture
def limited(market):
    """Nabire gives two noken to a buyer, and answers messages."""
    sell_online(market.noken, buyer_limit=2)
    answers_messages(market.nabire)
    return market


@pytest.fixture
def rina(limited):
    return buyer()


def in_basket(client, market, pieces):
    """So many pieces in a basket that was filled before there was a limit."""
    sell_online(market.noken, buyer_limit=None)
    put(client, market.noken, pieces)
    sell_online(market.noken, buyer_limit=2)


def test_the_basket_tells_the_limit_at_the_line_and_stops_the_way(rina, limited):
    in_basket(rina, limited, 5)
    page = words(rina.get("/keranjang/"))
    assert AT_LINE in page
    assert "Lanjut ke pesanan" not in page
    put_less = rina.post(reverse("shop:change"), {f"jumlah_{code_of(limited.noken)}": "2"})
    page = words(rina.get(put_less["Location"]))
    assert "Setiap pembeli" not in page
    assert "Lanjut ke pesanan" in page


def test_a_limit_that_came_meanwhile_is_told_at_the_last_step_before_anything_is_paid(
    rina, limited
):
    sell_online(limited.noken, buyer_limit=None)
    put(rina, limited.noken, 5)
    last = chosen(rina, addressed(rina))
    sell_online(limited.noken, buyer_limit=2)
    page = words(rina.get(last))
    assert f"Noken kulit kayu: {AT_LINE}" in page
    assert "dengan QRIS" not in page


def test_of_two_limits_the_one_that_holds_is_told(rina, limited):
    sell_online(limited.noken, buyer_limit=None)
    put(rina, limited.noken, 20)
    sell_online(limited.noken, buyer_limit=12)
    assert "Stok tinggal 10. Kurangi jumlahnya." in words(rina.get("/keranjang/"))
    sell_online(limited.noken, buyer_limit=2)
    assert AT_LINE in words(rina.get("/keranjang/"))


@pytest.mark.parametrize(
    ("here", "more", "told"),
    [
        (0, 3, "Setiap pembeli paling banyak 2 dalam 30 hari."),
        (1, 2, "Setiap pembeli paling banyak 2 dalam 30 hari, dan di keranjang sudah ada 1."),
    ],
)
def test_adding_more_than_the_limit_is_told_and_puts_nothing_in(rina, limited, here, more, told):
    if here:
        put(rina, limited.noken, here)
    answer = put(rina, limited.noken, more)
    assert answer.status_code == 422
    assert told in words(answer)
    page = words(rina.get("/keranjang/"))
    assert ("Rp100.000" in page) is bool(here)
    assert put(rina, limited.noken, 2 - here).status_code == 303


def test_a_message_for_more_than_the_limit_is_not_written_down(rina, limited, monkeypatch):
    there = f"{reverse('shop:whatsapp')}?produk={code_of(limited.noken)}"
    fields = hidden(rina.get(there))
    monkeypatch.setattr(clock, "now", lambda: LATER)
    answer = rina.post(there, {**fields, **SAID, "pieces": "50"})
    assert answer.status_code == 422
    assert "Jumlahnya lebih dari yang boleh untuk satu pembeli." in words(answer)
    assert AT_LINE in words(answer)
    assert not Order.objects.exists()
    assert rina.post(there, {**fields, **SAID, "pieces": "2"}).status_code == 303


def test_a_message_of_a_number_that_bought_already_is_told_what_is_left(limited):
    place(an_order(limited, ("noken", 1)))
    with pytest.raises(OrderChanged) as told:
        draft(limited, ("noken", 2))
    (change,) = told.value.changes
    assert (change.kind, change.was, change.now) == (ChangeKind.LIMIT, 1, 1)
    assert "paling banyak 1 lagi" in change.sentence
    assert Order.objects.count() == 1
    draft(limited, ("noken", 1))
    neighbour = a_buyer(phone="+628111111111", address="Jalan Merdeka 6")
    draft(limited, ("noken", 2), buyer=neighbour)


def test_the_officer_reads_the_limit_what_was_bought_and_what_to_do(client, limited):
    part = draft(limited, ("noken", 2))
    place(an_order(limited, ("noken", 1)))
    sign_in(client, limited.nabire)
    there = f"{HERE}{part.pk}/"
    page = words(client.get(there))
    assert (
        "Noken kulit kayu: Batas satu pembeli 2 dalam 30 hari; nomor atau alamat ini sudah membeli "
        "1. Kurangi menjadi 1, atau naikkan batasnya di halaman barang."
    ) in page
    assert "Ubah jumlah barang" in page
    assert "Keluarkan" not in page
    sell_online(limited.noken, buyer_limit=3)
    assert "Batas satu pembeli" not in words(client.get(there))


def test_who_had_all_of_it_and_what_came_between_looking_and_confirming(client, limited):
    part = draft(limited, ("noken", 2))
    there = f"{HERE}{part.pk}/konfirmasi/"
    sign_in(client, limited.nabire)
    place(an_order(limited, ("noken", 2)))
    shown = part_of_unit(unit_id=limited.nabire, part_id=part.pk)
    assert shown is not None
    missing = confirming(part=shown, now=NOON).missing
    assert [(change.kind, change.now) for _name, change in missing] == [(ChangeKind.LIMIT, 0)]
    answer = client.post(there, {"way": "pickup", "method": "at_pickup"})
    assert answer.status_code == 422
    assert "Tolak pesanan ini, atau naikkan batasnya di halaman barang." in words(answer)
    with pytest.raises(OrderChanged):
        confirm(part)
    assert order_of(part).status == "draft"


class TestLastStep:
    """What stands in the way when the button was pressed, with what to do about it and no more."""

    @pytest.fixture
    def last(self, rina, limited, monkeypatch):
        put(rina, limited.noken, 2)
        step = chosen(rina, addressed(rina))
        monkeypatch.setattr(clock, "now", lambda: LATER)
        return step

    def only_to_the_basket(self, answer):
        page = words(answer)
        assert answer.status_code == 422
        assert "Belum bisa dibayar" in page
        assert "Ubah keranjang" in page
        assert "lalu bayar" not in page
        assert "Saya membeli sebagai" not in page
        assert "buyer_class" not in answer.content.decode()
        assert "Rp0" not in page
        assert "dengan QRIS" not in page
        return page

    def test_a_workshop_that_paused_is_told_once_and_nothing_is_asked(self, rina, limited, last):
        page = rina.get(last)
        said = "Bengkel libur sampai Senin."
        pause_unit(unit_id=limited.nabire, sentence=said, until=None, by=YOHANA, now=NOON)
        told = {"buyer_class": "public", "note": "", "website": "", "bayar": "qris"}
        page = self.only_to_the_basket(rina.post(last, {**hidden(page), **told}))
        assert page.count(said) == 1
        assert not Order.objects.exists()
        assert f"Noken kulit kayu: {said}" in page

    def test_a_number_that_had_its_share_is_told_without_a_button_to_pay(self, rina, limited, last):
        place(an_order(limited, ("noken", 1)))
        page = self.only_to_the_basket(sent(rina, last))
        assert "Noken kulit kayu: Setiap pembeli paling banyak 1 lagi dalam 30 hari." in page
        assert "Jumlahnya lebih dari yang boleh untuk satu pembeli." in page
        assert Order.objects.count() == 1
