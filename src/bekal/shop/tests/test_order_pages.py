"""The pages of an order: paying, following, finding again, ending."""

import datetime as dt

import pytest
from django.urls import reverse

from bekal.foundation import clock
from bekal.payments.rules import Means, Method
from bekal.shipping.tests.factories import a_rate
from bekal.shop.actions import (
    cancel_order,
    deliver_part,
    expire_orders,
    hand_over_part,
    prepare_part,
    ready_part,
)
from bekal.shop.models import Order, OrderBuyer
from bekal.shop.rules import Delivery, Fault, WhereGoods, new_code
from bekal.shop.tests.buying import buyer, code_of, text, words
from bekal.shop.tests.market import AFTER, a_buyer, an_order, pay, place, sell_online
from bekal.shop.tests.office import made_ready
from bekal.shop.tests.proposing import answers_messages
from bekal.shop.tests.reporting import a_parcel, a_report, accept, refund, sent
from tests.support.world import NOON, SETUP, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def order(market):
    """A noken of Nabire and two endek of Bangli, to be paid by QRIS."""
    new = an_order(market, ("noken", 1), ("endek", 2), buyer=a_buyer(name="Rina Sari"))
    place(new)
    return Order.objects.get(pk=new.key)


@pytest.fixture
def rina():
    return buyer()


def at(order, *more):
    return "/".join(["/pesanan", order.code, *more, ""])


def test_the_payment_page_tells_sum_code_and_who_receives(rina, market, order):
    page = rina.get(at(order, "bayar"))
    said = words(page)
    for told in (
        "Bayar Rp336.000",
        order.code,
        "Penerimanya Lapas Narkotika Kelas IIA Bangli",
        "Penerima Lapas Narkotika Kelas IIA Bangli Nama di aplikasi bank CONTOH",
        "NMID",
        "15 menit lagi",
        "Simpan gambar",
        "Cara bayar dari HP yang sama",
        "Batalkan pesanan",
    ):
        assert told in said, told
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in text(page)
    assert "no-store" in page["Cache-Control"]


def test_a_demo_offers_to_pretend(rina, order, settings):
    assert "Anggap sudah dibayar" not in words(rina.get(at(order, "bayar")))


def test_a_transfer_tells_the_exact_sum(rina, market):
    new = an_order(market, ("noken", 1), method=Method.TRANSFER)
    asked = place(new).asked[0]
    said = words(rina.get(at(Order.objects.get(), "bayar")))
    assert f"Bayar Rp118.{asked.extra:03d}" in said
    assert "Kirim tepat sampai angka terakhir." in said


def test_once_it_is_paid_the_payment_page_leads_to_the_order(rina, order):
    pay(order.pk)
    answer = rina.get(at(order, "bayar"))
    assert answer["Location"] == at(order)
    said = words(rina.get(at(order)))
    assert "Pembayaran diterima. Bengkel menyiapkan barangnya." in said


def test_an_order_that_waits_says_so_and_leads_to_the_payment(rina, order):
    page = rina.get(at(order))
    said = words(page)
    assert "Pesanan ini menunggu pembayaran Rp336.000." in said
    assert f'href="{at(order, "bayar")}"' in text(page)
    assert page["X-Robots-Tag"] == "noindex"


def test_each_part_is_followed_by_itself(rina, market, order):
    pay(order.pk)
    first = order.parts.get(position=1)
    for step, minutes in ((prepare_part, 30), (ready_part, 60)):
        now = NOON + dt.timedelta(minutes=minutes)
        step(part_id=first.pk, unit_id=first.unit_id, by=YOHANA, now=now)
    hand_over_part(
        part_id=first.pk,
        unit_id=first.unit_id,
        tracking_number="JNE0123456",
        by=YOHANA,
        now=NOON + dt.timedelta(minutes=90),
    )
    said = words(rina.get(at(order)))
    assert "Diterima bengkel 27 April 2026, 12.00 WIT" in said, "as the coming step was called"
    assert "Dikirim 27 April 2026, 13.30 WIT" in said
    assert "Nomor resi JNE0123456 , JNE REG" in said
    assert "Paket 2 dari 2 Lapas Narkotika Kelas IIA Bangli" in said
    assert text(rina.get(at(order))).count('aria-current="step"') == 2


def test_the_code_alone_tells_no_name_number_or_street(rina, order):
    said = text(rina.get(at(order)))
    for hidden in ("Rina", "Sari", "Merdeka", "81234567890", "7890", "80614", "pagar", "Susut"):
        assert hidden not in said, hidden
    assert "R*** S***, Kab. Bangli, Bali" in said


@pytest.mark.parametrize("digits", ["7890", " 78 90 ", "081234567890", "+62 812-3456-7890"])
def test_the_last_four_digits_open_the_address(rina, order, digits):
    said = words(rina.post(at(order, "alamat"), {"digits": digits}))
    assert "Rina Sari" in said
    assert "Jalan Merdeka 5, RT 02/RW 01" in said
    assert "Rina" not in text(rina.get(at(order)))


@pytest.mark.parametrize("digits", ["", "1111", "789", "\x00", "abcd", "Ω" * 30, "0987"])
def test_other_digits_open_nothing(rina, order, digits):
    answer = rina.post(at(order, "alamat"), {"digits": digits})
    assert answer.status_code == 422
    assert text(answer).count("data-errors") == 1, "the summary stands once"
    assert "Merdeka" not in text(answer)


def test_digits_are_guessed_five_times_and_no_more(rina, order):
    for _ in range(5):
        assert rina.post(at(order, "alamat"), {"digits": "0000"}).status_code == 422
    answer = buyer().post(at(order, "alamat"), {"digits": "7890"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "Tunggu 15 menit, lalu coba lagi." in words(answer)
    assert "Merdeka" not in text(answer)


def test_an_address_that_takes_the_digits_leads_to_the_order(rina, order):
    """Whoever keeps the page that says "Tandai halaman ini", or changes the language there."""
    for language in ("", "/en"):
        answer = rina.get(language + at(order, "alamat"))
        assert (answer.status_code, answer["Location"]) == (303, language + at(order))
    assert rina.put(at(order, "alamat")).status_code == 405


def test_codes_are_guessed_thirty_times_a_minute_and_no_more(rina, order):
    wrong = [code for code in (new_code() for _ in range(31)) if code != order.code][:30]
    for code in wrong:
        assert rina.get(f"/pesanan/{code}/").status_code == 404
    for code in (order.code, new_code()):
        for page in ("", "alamat/", "bayar/", "1/terima/"):
            answer = buyer().post(f"/pesanan/{code}/{page}", {"digits": "7890"})
            assert answer.status_code in {405, 429}
        answer = rina.get(f"/pesanan/{code}/")
        assert answer.status_code == 429
        assert "Terlalu sering dicoba" in words(answer)
        assert "Noken" not in text(answer)


def test_who_guessed_too_often_looks_again_a_minute_later(rina, order, monkeypatch):
    for _ in range(30):
        rina.get(f"/pesanan/{new_code()}/")
    answer = rina.get("/en" + at(order))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Wait 1 minute, then" in words(answer)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(seconds=61))
    assert rina.get(at(order)).status_code == 200


def test_an_erased_buyer_is_told_of_as_such(rina, order):
    expire_orders(by=SETUP, now=AFTER)
    OrderBuyer.objects.update(
        name="",
        phone="",
        email="",
        district_code="",
        district="",
        address="",
        postal_code="",
        landmark="",
        note="",
        household="",
        erased_at=NOON,
        erased_by="job:uji",
    )
    assert "Nama dan alamat sudah dihapus." in words(rina.get(at(order)))
    assert rina.post(at(order, "alamat"), {"digits": "7890"}).status_code == 422


def test_a_code_is_read_however_it_is_typed_and_leads_to_one_address(rina, order):
    bare = order.code.removeprefix("BK-").replace("-", "").lower()
    for typed in (bare, f"bk{bare}", f"bk-{bare}"):
        assert rina.get(f"/pesanan/{typed}/")["Location"] == at(order)
        assert rina.get("/pesanan/", {"kode": typed})["Location"] == at(order)


@pytest.mark.parametrize(
    "typed", ["BK-0000-0000", "BK-0000-0001", "x", "BK-IIII-OOOO", "Ω", "9" * 80, "..", "%00"]
)
def test_what_is_no_order_is_not_found(rina, market, typed):
    assert rina.get(f"/pesanan/{typed}/").status_code == 404
    answer = rina.get("/pesanan/", {"kode": typed})
    assert answer.status_code == 422
    assert "Kode tidak dikenal." in words(answer)


def test_a_search_for_nothing_says_what_is_missing(rina):
    answer = rina.get("/pesanan/", {"kode": ""})
    assert answer.status_code == 422
    assert "Isi kode pesanan." in words(answer)


def test_the_page_to_find_an_order_asks_for_the_code(rina):
    assert "Kode pesanan" in words(rina.get("/pesanan/"))


RIGHT = {"digits": "7890"}


def test_an_order_is_cancelled_once_asked_again_by_who_knows_the_number(rina, order):
    assert "Batalkan pesanan ini?" in words(rina.get(at(order, "batal")))
    for _ in range(2):
        assert rina.post(at(order, "batal"), RIGHT)["Location"] == f"{at(order)}?selesai=batal"
    order.refresh_from_db()
    assert order.status == "cancelled"
    said = words(rina.get(at(order)))
    assert "Pesanan ini dibatalkan. Barangnya dilepas untuk pembeli lain" in said
    assert "Sudah terlanjur membayar? Uangnya tidak hilang" in said
    assert rina.get(at(order, "bayar"))["Location"] == at(order)


@pytest.mark.parametrize("digits", [None, "", "12", "abcd", "1111"])
def test_a_stranger_with_the_code_alone_cancels_nothing(order, digits):
    moves = order.moves.count()
    answer = buyer().post(at(order, "batal"), {} if digits is None else {"digits": digits})
    assert answer.status_code == 422
    order.refresh_from_db()
    assert (order.status, order.moves.count()) == ("waiting", moves)


def test_what_is_paid_at_the_counter_is_not_cancelled_by_its_code_either(rina, market):
    place(an_order(market, ("noken", 1), delivery=Delivery.PICKUP, method=Method.AT_PICKUP))
    kept = Order.objects.get()
    assert buyer().post(at(kept, "batal")).status_code == 422
    kept.refresh_from_db()
    assert kept.status == "placed"
    rina.post(at(kept, "batal"), RIGHT)
    said = words(rina.get(at(kept)))
    assert "Pesanan ini dibatalkan." in said
    assert "Sudah terlanjur membayar" not in said


def test_digits_for_cancelling_are_guessed_five_times_and_no_more(rina, order):
    for _ in range(5):
        assert buyer().post(at(order, "batal"), {"digits": "0000"}).status_code == 422
    answer = rina.post(at(order, "batal"), RIGHT)
    assert answer.status_code == 429
    assert f'href="{at(order)}"' in text(answer)
    order.refresh_from_db()
    assert order.status == "waiting"


def test_what_is_not_four_digits_is_no_guess(rina, order):
    for typed in ("", "ab", "12", "", "x", "789", ""):
        for page in ("alamat", "batal"):
            answer = rina.post(at(order, page), {"digits": typed})
            assert answer.status_code == 422
            assert "Isi empat angka terakhir nomor WhatsApp." in words(answer)
    assert "Rina Sari" in words(rina.post(at(order, "alamat"), RIGHT))


def test_a_paid_order_is_not_cancelled_here(rina, order):
    pay(order.pk)
    answer = rina.post(at(order, "batal"), RIGHT)
    assert answer.status_code == 422
    assert "sudah dibayar" in words(answer)
    order.refresh_from_db()
    assert order.status == "paid"


def test_an_order_that_ran_out_says_what_becomes_of_late_money(rina, order):
    expire_orders(by=SETUP, now=AFTER)
    said = words(rina.get(at(order)))
    assert "Waktu bayar habis, jadi barangnya dilepas." in said
    assert "Uangnya tidak hilang" in said


class TestWhyMoneyGoesBack:
    def test_rina_cancelled_and_her_money_came_all_the_same(self, rina, order):
        rina.post(at(order, "batal"), RIGHT)
        pay(order.pk)
        said = words(rina.get(at(order)))
        assert "Anda membatalkan pesanan ini, jadi uang yang masuk dikembalikan." in said
        assert "Barangnya sudah tidak ada" not in said

    def test_rina_cancelled_what_was_paid_in_part(self, rina, order):
        pay(order.pk, 100_000)
        rina.post(at(order, "batal"), RIGHT)
        assert "Anda membatalkan pesanan ini" in words(rina.get(at(order)))

    def test_the_workshop_cancelled(self, rina, order):
        pay(order.pk, 100_000)
        cancel_order(order_id=order.pk, by=YOHANA, now=NOON)
        said = words(rina.get(at(order)))
        assert "Bengkel membatalkan pesanan ini, jadi uang Anda dikembalikan." in said
        assert "Anda membatalkan" not in said

    def test_the_time_was_over_before_all_was_paid(self, rina, order):
        pay(order.pk, 100_000)
        expire_orders(by=SETUP, now=AFTER)
        assert "Waktu bayar habis sebelum lunas" in words(rina.get(at(order)))

    def test_the_money_came_when_the_time_was_over_and_the_goods_were_gone(
        self, rina, market, order
    ):
        expire_orders(by=SETUP, now=AFTER)
        place(an_order(market, ("noken", 10)), now=AFTER)
        pay(order.pk, now=AFTER + dt.timedelta(minutes=1))
        assert "Uangnya masuk sesudah waktu bayar habis" in words(rina.get(at(order)))

    def test_the_money_was_paid_out(self, rina, order):
        pay(order.pk, 100_000)
        rina.post(at(order, "batal"), RIGHT)
        order.refresh_from_db()
        order.status, order.status_by = "refunded", "user:9"
        order.save()
        said = words(rina.get(at(order)))
        assert "Anda membatalkan pesanan ini" in said
        assert "Uangnya sudah dibayarkan." in said


def test_once_some_money_came_the_pages_say_what_is_missing(rina, market):
    place(an_order(market, ("noken", 1), method=Method.TRANSFER))
    order = Order.objects.get()
    pay(order.pk, 113_000)
    said = words(rina.get(at(order)))
    assert "Pesanan ini menunggu kekurangannya, Rp5.000. Sudah masuk Rp113.000" in said
    assert "menunggu pembayaran Rp118.000" not in said
    page = text(rina.get(at(order, "bayar")))
    assert "<h1>Bayar kekurangannya, Rp5.000</h1>" in page


def test_how_long_the_courier_takes_is_told_after_ordering_too(rina, market, order):
    assert "JNE REG , 2 sampai 3 hari" in words(rina.get(at(order)))
    pay(order.pk)
    first = order.parts.get(position=1)
    assert "kira-kira tiba" not in words(rina.get(at(order)))
    sent(first)
    said = words(rina.get(at(order)))
    assert said.count("kira-kira tiba 29 sampai 30 April 2026") == 1
    assert "arrives about 29 to 30 April 2026" in words(rina.get("/en" + at(order)))
    deliver_part(part_id=first.pk, unit_id=first.unit_id, by=YOHANA, now=NOON)
    assert "kira-kira tiba" not in words(rina.get(at(order)))


class TestStanding:
    """What the head of an order says follows its parts."""

    @pytest.fixture
    def parts(self, market, order):
        pay(order.pk)
        return list(order.parts.order_by("position"))

    def test_parts_that_stand_alike_give_the_order_their_word(self, rina, order, parts):
        assert "Dibayar" in words(rina.get(at(order))).partition("Paket 1")[0]
        for part in parts:
            sent(part)
        page = words(rina.get(at(order)))
        assert "Barangnya dalam perjalanan." in page
        assert "Bengkel menyiapkan barangnya" not in page
        assert "Dibayar" not in page.partition("Paket 1")[0], "as it was, not as it is"
        for part in parts:
            deliver_part(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON)
        assert "Barangnya sudah Anda terima." in words(rina.get(at(order)))

    def test_parts_that_stand_otherwise_send_to_each(self, rina, order, parts):
        sent(parts[0])
        assert "Setiap paket berjalan sendiri." in words(rina.get(at(order)))

    def test_what_is_ready_waits_for_the_courier(self, rina, order, parts):
        for part in parts:
            made_ready(part)
        assert "Barangnya siap dan menunggu kurir." in words(rina.get(at(order)))

    def test_a_lost_parcel_whose_money_goes_back_is_not_waited_for(self, rina, order, parts):
        for part in parts:
            sent(part)
            pieces = part.lines.get().pieces
            lost = a_report(part, pieces, fault=Fault.LOST)
            accept(lost, part, pieces, where=WhereGoods.KEEP)
            refund(lost, part)
        page = rina.get(at(order))
        said = words(page)
        assert "Uang dikembalikan" in said
        assert "Uang pesanan ini dikembalikan kepada Anda." in said
        assert "Bengkel menyiapkan" not in said
        assert "Sudah saya terima" not in said
        answer = rina.post(at(order, "1", "terima"), RIGHT)
        assert "Uang paket ini sudah dikembalikan kepada Anda." in words(answer)
        assert {part.status for part in order.parts.all()} == {"cancelled"}


def test_who_pays_at_the_counter_is_told_until_when(rina, market):
    new = an_order(market, ("noken", 1), delivery=Delivery.PICKUP, method=Method.AT_PICKUP)
    place(new)
    kept = Order.objects.get()
    said = words(rina.get(at(kept)))
    assert "Barang disisihkan untuk Anda sampai 4 Mei 2026." in said
    assert rina.get(at(kept, "bayar"))["Location"] == at(kept)
    pay(kept.parts.get().pk, means=Means.CASH)
    assert "Batalkan pesanan" not in words(rina.get(at(kept)))


def test_whoever_waits_can_write_to_each_workshop(rina, market, order):
    assert "Tanya bengkel" not in words(rina.get(at(order)))
    answers_messages(market.nabire)
    answers_messages(market.bangli, "+6281311112222")
    pay(order.pk)
    page = rina.get(at(order))
    said = words(page)
    assert "Lapas Kelas IIB Nabire: WhatsApp 0812-9876-5432" in said
    assert "Lapas Narkotika Kelas IIA Bangli: WhatsApp 0813-1111-2222" in said
    assert 'href="https://wa.me/6281311112222?text=' in text(page)
    assert f"pesanan%20{order.code}" in text(page)


def test_the_order_speaks_english(rina, order):
    said = words(rina.get("/en" + at(order)))
    assert "Waiting for payment" in said
    assert "Parcel 1 of 2" in said


def test_goods_are_called_in_the_language_of_the_page(rina, market, django_assert_num_queries):
    sell_online(market.noken, name_en="Bark bag")
    part = a_parcel(market, ("noken", 2))
    a_report(part, 1)
    code = part.order.code
    for page in ("", "1/masalah/", "1/tarik/", "1/ulasan/", "1/ulasan/1/"):
        said = words(rina.get(f"/en/pesanan/{code}/{page}"))
        assert "Bark bag" in said, page
        assert "Noken" not in said, page
        assert "Noken" in words(rina.get(f"/pesanan/{code}/{page}"))
    place(an_order(market, ("coffee", 1)))
    other = Order.objects.exclude(pk=part.order_id).get()
    with django_assert_num_queries(6):
        assert "Kopi" in words(rina.get("/en" + at(other))), "as it has no other name"


def test_the_order_asks_the_database_little(rina, order, django_assert_num_queries):
    with django_assert_num_queries(5):
        rina.get(at(order))
    with django_assert_num_queries(5):
        rina.get(at(order, "bayar"))


class TestPostage:
    def test_quotes_for_a_piece_to_a_kecamatan(self, rina, market):
        asked = {"produk": code_of(market.noken), "kecamatan": "susut"}
        said = words(rina.get(reverse("shop:postage"), asked))
        assert "Ke Susut, Kab. Bangli, Bali untuk satu buah" in said
        assert "JNE REG 2 sampai 3 hari Rp18.000" in said
        assert "Ambil di bengkel Rp0" in said

    def test_many_kecamatan_are_a_list_to_choose_from(self, rina, market):
        asked = {"produk": code_of(market.noken), "kecamatan": "bangli"}
        page = rina.get(reverse("shop:postage"), asked)
        assert 'name="kode" value="510602"' in text(page)
        said = words(rina.get(reverse("shop:postage"), {**asked, "kode": "510602"}))
        assert "Ke Bangli, Kab. Bangli, Bali" in said

    def test_where_no_courier_goes_the_workshop_may_be_asked(self, rina, market):
        a_rate(market.nabire, market.services[market.nabire], area="51", terms=None)
        asked = {"produk": code_of(market.noken), "kecamatan": "susut"}
        page = rina.get(reverse("shop:postage"), asked)
        assert "Kurir bengkel ini belum mengantar ke alamat itu." in words(page)
        assert 'href="/bengkel/lapas-kelas-iib-nabire/">Tanya bengkel</a>' in text(page)

    @pytest.mark.parametrize("typed", ["", "Xyzzy Qwrtp", "\x00", "Ω" * 300, "' or 1=1 --"])
    def test_nonsense_finds_nothing_and_breaks_nothing(self, rina, market, typed):
        asked = {"produk": code_of(market.noken), "kecamatan": typed}
        assert rina.get(reverse("shop:postage"), asked).status_code == 200

    def test_without_a_product_the_page_says_where_to_begin(self, rina, market):
        for asked in ({}, {"produk": "x"}, {"produk": "\x00", "kecamatan": "susut"}):
            assert "Buka produknya dahulu" in words(rina.get(reverse("shop:postage"), asked))
