"""Three steps from the basket to the payment: what they ask, tell and refuse."""

import datetime as dt

import pytest
from django.urls import reverse

from bekal.catalogue.actions import set_price, unpublish
from bekal.foundation import clock
from bekal.payments.models import Request
from bekal.production.actions import release_expired
from bekal.production.tests.goods import level
from bekal.shipping.tests.factories import a_rate
from bekal.shop.actions import forget_drafts
from bekal.shop.models import Draft, Order, OrderBuyer
from bekal.shop.tests.buying import (
    ADDRESS,
    FETCHED,
    addressed,
    begun,
    buyer,
    chosen,
    hidden,
    put,
    sent,
    text,
    words,
)
from bekal.shop.tests.market import MINUTE
from tests.support.world import NOON, SETUP, TODAY

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that goes on by ten seconds at each look."""

    def __init__(self):
        self.at = NOON
        self.step = dt.timedelta(seconds=10)

    def __call__(self):
        self.at += self.step
        return self.at


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    ticks = Clock()
    monkeypatch.setattr(clock, "now", ticks)
    return ticks


@pytest.fixture
def rina(market):
    """Rina with a noken of Nabire and two endek of Bangli in her basket."""
    client = buyer()
    put(client, market.noken)
    put(client, market.endek, 2)
    return client


def test_from_the_basket_to_a_qris_code(rina, market):
    step = addressed(rina)
    page = words(rina.get(step))
    assert "Langkah 1 dari 2" in page
    assert "Ke Susut, Kab. Bangli, Bali." in page
    assert "Paket 1 dari 2" in page
    assert "2 sampai 3 hari, Rp18.000" in page
    step = chosen(rina, step)
    page = words(rina.get(step))
    for told in (
        "Langkah 2 dari 2",
        "Rina Sari",
        "0812-3456-7890",
        "Jalan Merdeka 5, RT 02/RW 01, Susut, Kab. Bangli, Bali 80614, pagar hijau",
        "Ongkir Lapas Kelas IIB Nabire Rp18.000",
        "Total Rp336.000",
        "Bayar Rp336.000 dengan QRIS",
        "Bayar Rp336.000 dengan transfer bank",
    ):
        assert told in page, told
    assert "saat ambil" not in page
    answer = sent(rina, step)
    order = Order.objects.get()
    assert answer["Location"] == f"/pesanan/{order.code}/bayar/"
    page = words(rina.get(answer["Location"]))
    for told in ("Bayar Rp336.000", order.code, "Satu pembayaran untuk 2 bengkel", "CONTOH LAPAS"):
        assert told in page, told
    kept = OrderBuyer.objects.get()
    assert (kept.phone, kept.address) == ("+6281234567890", ADDRESS["address"])
    assert rina.cookies["bekal_keranjang"].value == ""


def test_one_page_is_enough_before_the_last_where_there_is_a_courier(rina, market):
    page = rina.get("/pesan/")
    assert "Untuk siapa, ke mana?" in words(page)
    assert not Draft.objects.exists()
    answer = rina.post("/pesan/", {**hidden(page), **ADDRESS})
    assert answer["Location"].endswith("/periksa/")
    last = words(rina.get(answer["Location"]))
    assert "2 sampai 3 hari" in last
    assert "Total Rp336.000" in last
    placed = sent(rina, answer["Location"])
    order = Order.objects.get()
    assert placed["Location"] == f"/pesanan/{order.code}/bayar/"
    assert {part.fee for part in order.parts.all()} == {18_000}


def test_the_usual_courier_can_be_changed_and_so_can_the_address(rina, market):
    last = rina.post("/pesan/", ADDRESS)["Location"]
    draft = last.removesuffix("periksa/")
    page = text(rina.get(last))
    assert f'href="{draft}pengiriman/"' in page
    assert f'href="{draft}"' in page
    assert 'value="Rina Sari"' in text(rina.get(draft))
    step = rina.post(draft, FETCHED)["Location"]
    assert "Semua barang diambil di bengkel" in words(rina.get(step))


def test_what_is_fetched_needs_no_courier(rina):
    last = rina.post("/pesan/", FETCHED)["Location"]
    assert last.endswith("/periksa/")
    assert "Ambil di bengkel" in words(rina.get(last))


def test_where_no_courier_goes_the_buyer_looks_at_each_workshop(rina, market):
    a_rate(market.nabire, market.services[market.nabire], area="51", terms=None)
    answer = rina.post("/pesan/", ADDRESS)
    assert answer["Location"].endswith("/pengiriman/")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"phone": "12"},
        {"way": "drone"},
        {"way": ""},
        {"place": "Xyzzy"},
        {"act": "cari"},
    ],
)
def test_an_address_that_is_not_whole_begins_nothing_and_keeps_what_was_typed(rina, changes):
    answer = rina.post("/pesan/", {**ADDRESS, **changes})
    assert answer.status_code == (200 if "act" in changes else 422)
    assert "Jalan Merdeka 5" in text(answer)
    assert not Draft.objects.exists()


def test_looking_for_a_kecamatan_before_anything_else_begins_nothing(rina):
    answer = rina.post("/pesan/", {"name": "", "place": "bangli", "act": "cari"})
    assert answer.status_code == 200
    assert 'name="district" value="510601"' in text(answer)
    assert not Draft.objects.exists()


def test_a_program_that_opens_no_page_waits_its_four_seconds_before_it_pays(rina, ticking):
    ticking.step = dt.timedelta(0)
    last = rina.post("/pesan/", ADDRESS)["Location"]
    answer = sent(rina, last)
    assert answer.status_code == 422
    assert "belum bisa dikirim" in words(answer)
    assert not Order.objects.exists()


def test_the_time_over_the_address_counts(rina, ticking):
    page = rina.get("/pesan/")
    last = rina.post("/pesan/", {**hidden(page), **ADDRESS})["Location"]
    ticking.step = dt.timedelta(0)
    assert sent(rina, last).status_code == 303


def test_what_came_into_the_basket_meanwhile_stays_there(rina, market):
    step = chosen(rina, addressed(rina))
    put(rina, market.coffee)
    put(rina, market.noken)
    sent(rina, step)
    assert Order.objects.get().goods_total == 300_000
    page = words(rina.get("/keranjang/"))
    assert "Kopi bubuk 200 g" in page
    assert "Noken kulit kayu" in page
    assert "2 barang Rp148.000" in page


def test_sending_twice_going_back_and_refreshing_do_nothing_more(rina):
    first = addressed(rina)
    step = chosen(rina, first)
    answer = sent(rina, step)
    order = Order.objects.get()
    for again in (rina.post(step, {}), rina.get(step), rina.get(first), rina.post(first, ADDRESS)):
        assert again["Location"] == answer["Location"]
    assert Order.objects.count() == Request.objects.count() == 1
    assert order.total == 336_000


def test_two_tabs_place_two_orders_and_each_once(rina, market):
    first = chosen(rina, addressed(rina))
    put(rina, market.coffee)
    second = chosen(rina, addressed(rina))
    assert sent(rina, first)["Location"] != sent(rina, second)["Location"]
    assert Order.objects.count() == 2


def test_nothing_of_a_person_stays_once_the_order_is_placed(rina):
    sent(rina, chosen(rina, addressed(rina)))
    draft = Draft.objects.get()
    assert (draft.answers, draft.items) == ({}, [])
    assert draft.order_code


def test_the_next_person_at_a_shared_phone_begins_with_an_empty_page(rina):
    addressed(rina)
    page = text(rina.get(begun(rina)))
    assert "Rina" not in page
    assert "Merdeka" not in page
    assert not [name for name in rina.cookies if "Rina" in rina.cookies[name].value]


def test_what_was_typed_is_over_after_an_hour(rina, ticking):
    step = addressed(rina)
    ticking.at += dt.timedelta(hours=1, minutes=1)
    answer = rina.get(step)
    assert answer.status_code == 404
    assert "Isian ini sudah dihapus" in words(answer)
    assert forget_drafts(by=SETUP, now=ticking.at) == 1
    assert not Draft.objects.exists()


def test_a_made_up_draft_is_none(rina):
    for token in ("x", "x" * 500, "wa-", "Ω"):
        assert rina.get(f"/pesan/{token}/").status_code == 404


def test_going_back_to_the_basket_keeps_the_address(rina, market):
    step = addressed(rina)
    token = step.split("/")[2]
    put(rina, market.coffee)
    page = text(rina.get(f"/keranjang/?pesanan={token}"))
    assert f'name="pesanan" value="{token}"' in page
    answer = rina.post(reverse("shop:begin"), {"pesanan": token})
    assert answer["Location"] == f"/pesan/{token}/"
    assert 'value="Rina Sari"' in text(rina.get(answer["Location"]))
    assert "Kopi bubuk" in words(rina.get(step))


class TestAddress:
    def test_each_thing_that_lacks_is_told_at_its_field(self, rina):
        step = begun(rina)
        answer = rina.post(step, {})
        page = words(answer)
        assert answer.status_code == 422
        assert text(answer).count("<title>Gagal:") == 1
        for told in (
            "Ada yang perlu diperbaiki",
            "Pilih dikirim atau diambil.",
            "Isi nama penerima.",
            "Isi nomor WhatsApp penerima.",
            "Isi kecamatan penerima.",
            "Isi jalan, nomor, RT dan RW.",
        ):
            assert told in page
        assert "Isi kecamatan penerima." in words(rina.post(step, {"way": "courier"}))

    @pytest.mark.parametrize(
        ("field", "typed", "told"),
        [
            ("phone", "12", "Tulis nomor HP Indonesia"),
            ("phone", "0812x", "Tulis nomor HP Indonesia"),
            ("phone", "+1 202 555 0123", "Tulis nomor HP Indonesia"),
            ("email", "rina", "Tulis email seperti"),
            ("postal_code", "8061", "Kode pos lima angka"),
            ("postal_code", "abcde", "Kode pos lima angka"),
            ("place", "Xyzzy Qwrtp", "tidak ditemukan"),
            ("name", "R" * 81, "Paling panjang 80 huruf"),
            ("address", "j" * 301, "Paling panjang 300 huruf"),
            ("address", "x", "Tulis jalan, nomor, RT dan RW, supaya kurir sampai."),
            ("address", "12345 / 67", "Tulis jalan, nomor, RT dan RW, supaya kurir sampai."),
            ("name", "Rina\x00", "huruf dan angka biasa"),
            ("way", "drone", "Pilih dikirim atau diambil"),
        ],
    )
    def test_what_cannot_be_read_is_told_and_what_was_typed_stays(self, rina, field, typed, told):
        changed = {**ADDRESS, "district": "", field: typed}
        answer = rina.post(begun(rina), changed)
        assert answer.status_code == 422
        assert told in words(answer)
        assert 'value="pagar hijau"' in text(answer)

    @pytest.mark.parametrize(
        "phone", ["081234567890", "+62 812-3456-7890", "62812 3456 7890", "(0812) 3456.7890"]
    )
    def test_a_number_is_read_however_it_is_written(self, rina, phone):
        addressed(rina, phone=phone)
        assert Draft.objects.get().answers["phone"] == "+6281234567890"

    def test_without_script_a_name_of_many_kecamatan_is_chosen_from_a_list(self, rina):
        step = begun(rina)
        answer = rina.post(step, {**ADDRESS, "place": "Bangli", "district": ""})
        assert answer.status_code == 422
        page = words(answer)
        assert "Pilih kecamatan Anda dari daftar." in page
        assert 'name="district" value="510602"' in text(answer)
        answer = rina.post(step, {**ADDRESS, "place": "Bangli", "district": "510602"})
        assert answer.status_code == 303
        assert Draft.objects.get().answers["place"].startswith("Bangli, ")

    def test_the_search_button_looks_without_scolding(self, rina):
        answer = rina.post(begun(rina), {"place": "bangli", "act": "cari", "name": "Rina"})
        assert answer.status_code == 200
        assert "Ada yang perlu diperbaiki" not in words(answer)
        assert 'value="Rina"' in text(answer)
        assert 'name="district" value="510601"' in text(answer)

    def test_one_kecamatan_that_fits_is_taken(self, rina):
        addressed(rina, place="susut", district="")
        assert Draft.objects.get().answers["district"] == "510601"

    def test_a_code_that_does_not_fit_what_is_typed_is_not_believed(self, rina):
        answer = rina.post(begun(rina), {**ADDRESS, "place": "Nabire", "district": "510601"})
        kept = Draft.objects.get().answers
        assert answer.status_code == 422 or kept["district"] != "510601"

    def test_who_fetches_is_asked_for_no_address(self, rina):
        answer = rina.post(begun(rina), FETCHED)
        assert answer.status_code == 303
        assert Draft.objects.get().answers["address"] == ""


class TestDelivery:
    def test_an_address_outside_every_zone_leaves_fetching(self, rina, market):
        a_rate(market.nabire, market.services[market.nabire], area="51", terms=None)
        step = addressed(rina)
        page = text(rina.get(step))
        assert "belum mengantar ke alamat itu. Pilih ambil di bengkel" in page
        assert 'bengkel/lapas-kelas-iib-nabire/">Tanya bengkel</a>' in page
        sent(rina, chosen(rina, step, **{f"kirim_{market.nabire}": "pickup"}))
        ways = Order.objects.get().parts.values_list("delivery", flat=True)
        assert sorted(ways) == ["courier", "pickup"]

    @pytest.mark.parametrize("service", ["", "0", "987654", "x", "\x00", "9" * 50])
    def test_a_courier_that_is_none_is_refused(self, rina, market, service):
        step = addressed(rina)
        answer = rina.post(step, {f"kirim_{market.nabire}": service})
        assert answer.status_code == 422
        assert "Pilih kurir atau ambil di bengkel." in words(answer)

    def test_without_an_address_the_steps_lead_back(self, rina):
        step = begun(rina)
        assert rina.get(f"{step}pengiriman/")["Location"] == step
        assert rina.get(f"{step}periksa/")["Location"] == f"{step}pengiriman/"

    def test_work_to_order_tells_its_day_and_all_fetched_may_be_paid_at_the_counter(self, market):
        rina = buyer()
        put(rina, market.chair)
        step = rina.post(begun(rina), FETCHED)["Location"]
        assert "dibuat dahulu, siap 28 April 2026" in words(rina.get(step))
        step = chosen(rina, step)
        assert "Pesan, bayar Rp350.000 saat ambil" in words(rina.get(step))
        answer = sent(rina, step, bayar="at_pickup")
        order = Order.objects.get()
        assert (order.method, order.status) == ("at_pickup", "placed")
        page = rina.get(rina.get(answer["Location"])["Location"])
        assert "Barang disisihkan untuk Anda sampai 5 Mei 2026." in words(page)


class TestReview:
    @pytest.fixture
    def last(self, rina):
        return chosen(rina, addressed(rina))

    def test_the_buyer_says_as_whom_and_how(self, rina, last):
        answer = sent(rina, last, buyer_class="")
        assert answer.status_code == 422
        assert "Pilih Anda membeli sebagai siapa." in words(answer)
        for pressed in ("", "cheque", "at_pickup", "gateway"):
            answer = sent(rina, last, bayar=pressed)
            assert answer.status_code == 422
            assert "Pilih cara bayar." in words(answer)
        assert not Order.objects.exists()

    def test_a_price_that_changed_at_the_last_moment_shows_the_step_again(self, rina, market, last):
        page = rina.get(last)
        set_price(product_id=market.noken, amount=110_000, valid_from=TODAY, by=SETUP, now=NOON)
        said = {"buyer_class": "public", "bayar": "qris"}
        answer = rina.post(last, {**hidden(page), **said})
        told = words(answer)
        assert answer.status_code == 422
        assert "Harganya berubah dari Rp100.000 menjadi Rp110.000." in told
        assert "Bayar Rp346.000 dengan QRIS" in told
        assert not Order.objects.exists()
        sent(rina, last)
        assert Order.objects.get().total == 346_000

    @pytest.mark.parametrize(
        ("name", "value"),
        [("harga_", "1"), ("harga_", ""), ("harga_", "x"), ("harga_", "9" * 60), ("ongkir_", "0")],
    )
    def test_a_sum_that_somebody_made_up_buys_nothing(self, rina, market, last, name, value):
        of = market.noken if name == "harga_" else market.nabire
        answer = sent(rina, last, **{f"{name}{of}": value})
        assert answer.status_code == 422
        assert "berubah" in words(answer)
        assert not Order.objects.exists()

    def test_goods_that_went_meanwhile_are_told_with_the_way_back(self, rina, market, last):
        unpublish(product_id=market.endek, by=SETUP, now=NOON)
        page = words(rina.get(last))
        assert "Kain endek: Barang ini tidak dijual lagi." in page
        assert "Ubah keranjang" in page
        assert "dengan QRIS" not in page
        assert sent(rina, last).status_code == 422
        assert not Order.objects.exists()

    def test_a_program_that_fills_in_everything_orders_nothing(self, rina, last):
        answer = sent(rina, last, website="https://beli.example")
        assert answer.status_code == 422
        assert "Pesanan belum bisa dikirim." in words(answer)
        assert not Order.objects.exists()

    def test_a_program_that_is_faster_than_people_orders_nothing(self, market, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: NOON)
        rina = buyer()
        put(rina, market.noken)
        answer = sent(rina, chosen(rina, addressed(rina)))
        assert answer.status_code == 422
        assert not Order.objects.exists()

    def test_somebody_who_orders_without_end_is_told_to_wait(self, market, ticking):
        rina = buyer()
        for _ in range(20):
            put(rina, market.coffee)
            step = chosen(rina, addressed(rina))
            sent(rina, step)
            Order.objects.filter(status="waiting").update(status="expired")
            ticking.at = NOON
            release_expired(by=SETUP, now=NOON + dt.timedelta(days=1))
        put(rina, market.coffee)
        answer = sent(rina, chosen(rina, addressed(rina)))
        assert answer.status_code == 429
        assert Order.objects.count() == 20

    def test_the_note_reaches_the_workshop(self, rina, last):
        sent(rina, last, note="Tolong bungkus kado")
        assert OrderBuyer.objects.get().note == "Tolong bungkus kado"
        assert rina.get(last).status_code == 303

    def test_only_who_can_take_money_is_offered(self, market):
        rina = buyer()
        put(rina, market.bread)
        last = chosen(rina, addressed(rina))
        page = words(rina.get(last))
        assert "belum menerima pembayaran daring. Pilih ambil di bengkel" in page
        assert sent(rina, last).status_code == 422


def test_a_form_from_elsewhere_begins_nothing(market):
    client = buyer()
    put(client, market.noken)
    strict = client.__class__(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(reverse("shop:begin")).status_code == 403
    assert not Draft.objects.exists()


def test_the_steps_speak_english(market):
    rina = buyer()
    put(rina, market.noken)
    answer = rina.post("/en/pesan/")
    assert answer["Location"].startswith("/en/pesan/")
    page = words(rina.get(answer["Location"]))
    assert "Step 1 of 2" in page
    assert "For whom, to where?" in page


def test_the_steps_ask_the_database_little(rina, django_assert_num_queries):
    step = begun(rina)
    with django_assert_num_queries(1):
        rina.get(step)
    step = rina.post(step, ADDRESS)["Location"]
    with django_assert_num_queries(5):
        rina.get(step)
    step = chosen(rina, step)
    with django_assert_num_queries(5):
        rina.get(step)


def test_ordering_asks_the_database_little(rina, django_assert_num_queries):
    with django_assert_num_queries(6):
        step = rina.post("/pesan/", ADDRESS)["Location"]
    fields = hidden(rina.get(step))
    with django_assert_num_queries(14):  # two of them begin and end the transaction
        rina.post(step, {**fields, "buyer_class": "public", "bayar": "qris"})
    assert Order.objects.get().status == "waiting"


def test_placing_holds_the_goods(rina, market):
    sent(rina, chosen(rina, addressed(rina)))
    assert level(market.noken) == (10, 1)
    assert Order.objects.filter(expires_at__gt=NOON + 20 * MINUTE).exists()
