"""Ordering by WhatsApp as Rina and Yohana see it."""

import datetime as dt
import html
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse

from bekal.catalogue.actions import set_price
from bekal.foundation import clock
from bekal.production.actions import rebuild_shelves
from bekal.shop.actions import expire_orders
from bekal.shop.models import Notice, Order, OrderBuyer, OrderPart
from bekal.shop.rules import DRAFT_LIFE, Delivery
from bekal.shop.tests.buying import ADDRESS, buyer, code_of, hidden, put, text, words
from bekal.shop.tests.market import a_buyer
from bekal.shop.tests.office import BANGLI, HERE, sign_in
from bekal.shop.tests.proposing import NUMBER, answers_messages, confirm, draft, order_of
from tests.support.world import NOON, SETUP, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
LATER = NOON + dt.timedelta(seconds=30)
SAID = {
    "name": "Rina Sari",
    "phone": "0812 3456-7890",
    "way": "open",
    "buyer_class": "public",
    "pieces": "1",
}


@pytest.fixture(autouse=True)
def reachable(market):
    answers_messages(market.nabire)


@pytest.fixture
def rina():
    return buyer()


@pytest.fixture
def yohana(client, market):
    sign_in(client, market.nabire)
    return client


def at(product):
    return f"{reverse('shop:whatsapp')}?produk={code_of(product)}"


def send(client, monkeypatch, there, /, **changes):
    """Open the page, take one's time, and press the button."""
    fields = hidden(client.get(there))
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return client.post(there, {**fields, **SAID, **changes})


def test_the_product_leads_there_and_the_order_to_the_message(rina, market, monkeypatch):
    rebuild_shelves(by=SETUP, now=NOON)
    page = text(rina.get(f"/p/noken-kulit-kayu-{code_of(market.noken)}/"))
    assert f'href="/pesan/wa/?produk={code_of(market.noken)}"' in page
    answer = send(rina, monkeypatch, at(market.noken), pieces="2")
    order = Order.objects.get()
    assert answer["Location"] == f"/pesanan/{order.code}/"
    page = rina.get(answer["Location"])
    assert "Satu langkah lagi: kirim pesannya ke Lapas Kelas IIB Nabire." in words(page)
    (link,) = re.findall(r'href="(https://wa\.me/[^"]+)"', text(page))
    told = unquote(html.unescape(link))
    assert told.startswith(f"https://wa.me/{NUMBER[1:]}?text=Halo")
    assert f"{order.code}: 2 Noken kulit kayu." in told
    assert "Rina" not in told
    assert OrderBuyer.objects.get().note == ""
    assert (order.total, OrderPart.objects.get().delivery) == (200_000, "open")


def test_it_may_be_sent_to_an_address(rina, market, monkeypatch):
    there = {**ADDRESS, "email": "", "pieces": "1"}
    assert send(rina, monkeypatch, at(market.noken), **there).status_code == 303
    assert OrderPart.objects.get().delivery == "courier"
    assert OrderBuyer.objects.get().address == ADDRESS["address"]
    said = words(rina.get(f"/pesanan/{Order.objects.get().code}/"))
    assert "dikabari bengkel" in said


def test_a_kecamatan_is_found_without_script(rina, market):
    fields = hidden(rina.get(at(market.noken)))
    typed = {**fields, **SAID, "way": "courier", "place": "bangli", "act": "cari"}
    page = text(rina.post(at(market.noken), typed))
    assert 'type="radio" id="id_found_1"' in page
    assert 'value="Rina Sari"' in page
    assert hidden(rina.post(at(market.noken), typed))["kunci"]
    assert not Order.objects.exists()


def test_the_same_page_sent_twice_is_one_order(rina, market, monkeypatch):
    fields = hidden(rina.get(at(market.noken)))
    monkeypatch.setattr(clock, "now", lambda: LATER)
    sent = {**fields, **SAID, "pieces": "1"}
    answers = {rina.post(at(market.noken), sent)["Location"] for _ in range(2)}
    answers.add(rina.post(at(market.noken), {**sent, "pieces": "3"})["Location"])
    assert len(answers) == Order.objects.count() == 1
    assert OrderPart.objects.get().goods_total == 100_000


def test_a_basket_of_one_workshop_is_ordered_whole_and_leaves_the_basket(rina, market, monkeypatch):
    put(rina, market.noken, 2)
    put(rina, market.coffee, 1)
    there = f"{reverse('shop:whatsapp')}?dari=keranjang"
    assert 'name="act" value="wa"' in text(rina.get("/keranjang/"))
    assert send(rina, monkeypatch, there).status_code == 303
    assert Order.objects.get().total == 248_000
    assert "Keranjang Anda kosong." in words(rina.get("/keranjang/"))


def test_a_basket_of_two_workshops_is_not(rina, market):
    put(rina, market.noken)
    put(rina, market.endek)
    there = f"{reverse('shop:whatsapp')}?dari=keranjang"
    assert 'value="wa"' not in text(rina.get("/keranjang/"))
    assert rina.get(there)["Location"] == "/keranjang/"


def test_a_unit_without_a_number_offers_nothing(rina, market):
    rebuild_shelves(by=SETUP, now=NOON)
    page = text(rina.get(f"/p/kain-endek-{code_of(market.endek)}/"))
    assert "WhatsApp" not in page
    assert rina.get(at(market.endek))["Location"].startswith("/p/kain-endek-")
    nothing = rina.get(f"{reverse('shop:whatsapp')}?produk=ZZZZZ")
    assert "Buka barangnya dahulu." in words(nothing)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "Isi nama penerima."),
        ({"phone": "12"}, "Tulis nomor HP Indonesia"),
        ({"pieces": ""}, "Tulis berapa banyak."),
        ({"pieces": "0"}, "Jumlah setiap barang dari 1"),
        ({"pieces": "x"}, "Tulis"),
        ({"way": "drone"}, "Pilih dikirim atau diambil."),
        ({"way": "courier"}, "Isi kecamatan penerima."),
        ({"buyer_class": ""}, "Pilih Anda membeli sebagai siapa."),
        ({"website": "http://x"}, "Pesanan belum bisa dikirim. Coba sekali lagi."),
        ({"kunci": "forged"}, "Pesanan belum bisa dikirim. Coba sekali lagi."),
        ({"pieces": "11"}, "Stok tinggal 10."),
    ],
)
def test_what_cannot_be_is_told(rina, market, monkeypatch, changes, told):
    answer = send(rina, monkeypatch, at(market.noken), **changes)
    assert answer.status_code == 422
    assert told in words(answer)
    assert text(answer).count("data-errors") <= 1, "the summary stands at most once"
    assert not Order.objects.exists()


def test_whoever_is_too_fast_is_asked_again(rina, market):
    fields = hidden(rina.get(at(market.noken)))
    answer = rina.post(at(market.noken), {**fields, **SAID})
    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_a_price_that_changed_since_the_page_is_told(rina, market, monkeypatch):
    fields = hidden(rina.get(at(market.noken)))
    set_price(product_id=market.noken, amount=90_000, valid_from=TODAY, by=SETUP, now=NOON)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    answer = rina.post(at(market.noken), {**fields, **SAID})
    assert "Harganya berubah dari Rp100.000 menjadi Rp90.000." in words(answer)
    again = {**hidden(answer), **SAID}
    assert rina.post(at(market.noken), again).status_code == 303
    assert Order.objects.get().total == 90_000


def test_ten_in_ten_minutes_are_enough(rina, market, monkeypatch):
    for _ in range(10):
        monkeypatch.setattr(clock, "now", lambda: NOON)
        assert send(rina, monkeypatch, at(market.noken)).status_code == 303
    monkeypatch.setattr(clock, "now", lambda: NOON)
    assert send(rina, monkeypatch, at(market.noken)).status_code == 429
    assert Order.objects.count() == 10


def test_english_pages_speak_english(rina, market):
    page = words(rina.get(f"/en{at(market.noken)}"))
    for said in ("Order by WhatsApp", "Ask first", "Record the order"):
        assert said in page, said


def test_it_is_confirmed_in_one_tap_and_the_message_is_ready(yohana, rina, market):
    part = draft(market)
    assert part.order.code in words(yohana.get(f"{HERE}?tumpukan=konfirmasi"))
    here = f"{HERE}{part.pk}/"
    page = yohana.get(here)
    assert "Konfirmasi pesanan" in words(page)
    fields = {**hidden(page), "way": "pickup", "method": "at_pickup"}
    answer = yohana.post(f"{here}konfirmasi/", fields)
    assert answer["Location"] == f"{here}?selesai=konfirmasi"
    done = yohana.get(answer["Location"])
    assert "Pesanan disetujui." in words(done)
    assert "menyetujui pesanan" in words(done)
    assert 'href="https://wa.me/6281234567890?text=' in text(done)
    assert order_of(part).status == "placed"
    assert yohana.post(f"{here}konfirmasi/", fields).status_code == 303
    said = words(rina.get(f"/pesanan/{part.order.code}/"))
    assert "Barang disisihkan untuk Anda" in said


def test_what_is_sent_offers_the_quotes_and_asks_by_qris(yohana, market):
    part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
    here = f"{HERE}{part.pk}/"
    page = yohana.get(here)
    assert "JNE REG" in words(page)
    chosen = dict(re.findall(r'name="(way|method)" value="([^"]+)" checked', text(page)))
    assert chosen == {"way": str(market.services[market.nabire]), "method": "qris"}
    answer = yohana.post(f"{here}konfirmasi/", {**hidden(page), **chosen})
    assert answer.status_code == 303
    assert order_of(part).status == "waiting"
    assert "Bayar Rp218.000 paling lambat" in words(yohana.get(f"{HERE}kabar/"))


def test_who_asked_first_is_never_told_of_a_way_that_nobody_chose(yohana, rina, market):
    asking = a_buyer(district_code="", district="", address="", postal_code="", landmark="")
    part = draft(market, buyer=asking, delivery=Delivery.OPEN)
    here = f"{HERE}{part.pk}/"
    said = words(rina.get(f"/pesanan/{part.order.code}/"))
    assert "Diambil atau dikirim: belum dipilih" in said
    assert "Ambil di bengkel" not in said
    listed = words(yohana.get(HERE, {"tumpukan": "konfirmasi"}))
    assert "Belum dipilih" in listed
    file = yohana.get(f"{HERE}unduh/", {"tumpukan": "konfirmasi"})
    assert ";Belum dipilih;" in b"".join(file.streaming_content).decode("utf-8-sig")
    page = yohana.get(here)
    assert "Pengiriman Belum dipilih" in words(page)
    chosen = dict(re.findall(r'name="(way|method)" value="([^"]+)" checked', text(page)))
    assert chosen.keys() == {"method"}
    refused = yohana.post(f"{here}konfirmasi/", {**hidden(page), **chosen})
    assert refused.status_code == 422
    assert "Pilih diambil atau dikirim." in words(refused)
    assert "<title>Gagal: " in text(refused)
    assert order_of(part).status == "draft"
    fetched = {**hidden(page), "way": "pickup", "method": "at_pickup"}
    assert yohana.post(f"{here}konfirmasi/", fetched).status_code == 303
    assert "Ambil di bengkel" in words(rina.get(f"/pesanan/{part.order.code}/"))


def test_a_new_price_is_shown_beside_the_one_the_buyer_saw(yohana, market):
    part = draft(market)
    here = f"{HERE}{part.pk}/"
    fields = {**hidden(yohana.get(here)), "way": "pickup", "method": "at_pickup"}
    set_price(product_id=market.noken, amount=120_000, valid_from=TODAY, by=SETUP, now=NOON)
    answer = yohana.post(f"{here}konfirmasi/", fields)
    assert answer.status_code == 422
    assert "pembeli melihat Rp100.000, sekarang Rp120.000" in words(answer)
    assert order_of(part).status == "draft"
    again = {**hidden(answer), "way": "pickup", "method": "at_pickup"}
    assert yohana.post(f"{here}konfirmasi/", again).status_code == 303
    assert order_of(part).total == 200_000


def test_nonsense_confirms_nothing(yohana, market):
    part = draft(market)
    for fields in ({}, {"way": "999", "method": "qris"}, {"way": "pickup", "method": "gold"}):
        answer = yohana.post(f"{HERE}{part.pk}/konfirmasi/", fields)
        assert answer.status_code == 422
    assert order_of(part).status == "draft"


def test_who_asked_first_gets_an_address_by_the_officer(yohana, market):
    part = draft(market)
    there = f"{HERE}{part.pk}/alamat/"
    assert "Tulis seperti yang disampaikan pembeli." in words(yohana.get(there))
    found = yohana.post(there, {**ADDRESS, "district": "", "place": "bangli", "act": "cari"})
    assert 'id="id_found_1"' in text(found)
    assert yohana.post(there, {**ADDRESS, "address": ""}).status_code == 422
    assert yohana.post(there, ADDRESS).status_code == 303
    assert "JNE REG" in words(yohana.get(f"{HERE}{part.pk}/"))


def test_declined_its_buyer_reads_why(yohana, rina, market):
    part = draft(market)
    there = f"{HERE}{part.pk}/tolak/"
    assert "Tulis alasannya" in words(yohana.post(there, {"reason": ""}))
    assert yohana.post(there, {"reason": "Bahannya habis."}).status_code == 303
    said = words(rina.get(f"/pesanan/{part.order.code}/"))
    assert "belum bisa memenuhi pesanan ini: Bahannya habis." in said
    assert Notice.objects.get().event == "declined"


def test_rina_takes_it_back_by_her_number_and_the_unit_is_told(yohana, rina, market):
    part = draft(market)
    here = f"/pesanan/{part.order.code}/"
    assert f'href="{here}batal/"' in text(rina.get(here))
    assert "Lapas Kelas IIB Nabire dikabari bahwa Anda membatalkannya" in words(
        rina.get(f"{here}batal/")
    )
    assert order_of(part).status == "draft"
    assert rina.post(f"{here}batal/").status_code == 422
    assert order_of(part).status == "draft"
    for _ in range(2):
        assert rina.post(f"{here}batal/", {"digits": ADDRESS["phone"]}).status_code == 303
    assert order_of(part).status == "cancelled"
    assert "Anda membatalkan pesanan ini sebelum dikonfirmasi" in words(rina.get(here))
    notice = Notice.objects.get()
    assert (notice.event, notice.way, notice.outcome) == ("withdrawn", "whatsapp", "")
    assert "dibatalkan pembeli" in words(yohana.get(f"{HERE}kabar/"))
    fields = {"delivery": "pickup", "method": "at_pickup"}
    yohana.post(f"{HERE}{part.pk}/konfirmasi/", fields)
    assert order_of(part).status == "cancelled"


def test_what_nobody_confirmed_says_so(rina, market):
    part = draft(market)
    expire_orders(by=SETUP, now=NOON + DRAFT_LIFE)
    said = words(rina.get(f"/pesanan/{part.order.code}/"))
    assert "belum sempat mengonfirmasi pesanan ini" in said
    assert "Sudah terlanjur membayar" not in said


def test_others_find_no_such_order_and_who_looks_may_not_confirm(client, market):
    part = draft(market)
    sign_in(client, market.bangli, name="Wayan")
    for last in ("konfirmasi", "tolak", "alamat"):
        assert client.post(f"{BANGLI}{part.pk}/{last}/").status_code == 404
    assert client.get(f"{BANGLI}{part.pk}/alamat/").status_code == 404
    assert order_of(part).status == "draft"


def test_the_pages_ask_the_database_little(yohana, rina, market, django_assert_max_num_queries):
    part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
    with django_assert_max_num_queries(4):
        rina.get(at(market.noken))
    with django_assert_max_num_queries(8):
        rina.get(f"/pesanan/{part.order.code}/")
    with django_assert_max_num_queries(20):
        yohana.get(f"{HERE}{part.pk}/")


def test_a_confirmation_asks_the_database_little(market, django_assert_max_num_queries):
    part = draft(market)
    with django_assert_max_num_queries(18):
        confirm(part)
