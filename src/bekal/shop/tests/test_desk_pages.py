"""The officer's desk of orders: lists, steps, the scanner, messages."""

import csv
import datetime as dt
import html
import io
import re

import pytest

from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.payments.models import Receipt
from bekal.sales.models import Sale
from bekal.shop.models import Notice, NoticeTry, OrderPart, PartMove
from bekal.shop.rules import PART_MOVES, PartStatus
from bekal.shop.tests.buying import text
from bekal.shop.tests.market import a_buyer
from bekal.shop.tests.office import BANGLI, HERE, made_ready, paid, part_of, sign_in, to_fetch
from tests.support.pages import words
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def yohana(client, market):
    sign_in(client, market.nabire)
    return client


def status(part):
    part.refresh_from_db()
    return part.status


def test_what_is_to_prepare_lies_on_top(yohana, market):
    order = paid(market, ("noken", 2), ("coffee", 1))
    page = words(yohana.get(HERE))
    assert order.code in page
    assert "Noken kulit kayu dan 1 lagi, 3 buah" in page
    assert "Rina" in page
    assert "JNE REG" in page
    assert "Rab, 29 Apr 2026" in page
    assert "Perlu disiapkan 1" in page


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("tumpukan=serahkan", False),
        ("tumpukan=semua", True),
        ("tumpukan=omong-kosong", True),
        ("cari=rina", True),
        ("cari=Budi", False),
        ("kirim=pickup", False),
        ("kirim=courier", True),
        ("janji=hari-ini", False),
        ("urut=nilai", True),
        ("halaman=999", True),
        ("cari=%00%27%3B--", False),
    ],
)
def test_the_list_is_narrowed_by_its_address(yohana, market, asked, is_there):
    order = paid(market)
    answer = yohana.get(f"{HERE}?{asked}")
    assert answer.status_code == 200
    assert (order.code in words(answer)) is is_there


def test_a_name_without_a_blank_breaks_in_the_list(yohana, market):
    paid(market, buyer=a_buyer(name="R" * 80))
    page = yohana.get(HERE).content.decode()
    assert "\u200b".join(["R" * 20] * 4) in page
    assert "R" * 21 not in page


def test_a_code_is_found_however_it_is_typed(yohana, market):
    order = paid(market)
    typed = order.code.lower().replace("-", " - ")
    assert order.code in words(yohana.get(HERE, {"cari": typed}))


def test_a_whole_code_is_found_wherever_its_order_lies(yohana, market):
    order = paid(market)
    part = made_ready(part_of(order))
    for asked in (
        {"cari": order.code},
        {"cari": order.code.lower().replace("-", " ")},
        {"cari": order.code, "tumpukan": "selesai", "kirim": "pickup", "janji": "hari-ini"},
    ):
        page = text(yohana.get(HERE, asked))
        assert f'href="{HERE}{part.pk}/"' in page
        assert re.search(r'aria-current="page">Semua', page)
    assert order.code not in words(yohana.get(HERE))


def test_a_name_that_is_not_in_the_pile_is_looked_for_in_all_of_them_with_one_tap(yohana, market):
    order = paid(market)
    made_ready(part_of(order))
    for asked in ({"cari": "rina"}, {"cari": "rina", "kirim": "pickup", "tumpukan": "semua"}):
        page = text(yohana.get(HERE, asked))
        assert "Tidak ada pesanan yang cocok di sini." in page
        (href,) = re.findall(r'href="([^"]+)"[^>]*>Cari di semua pesanan', page)
        assert order.code in words(yohana.get(html.unescape(href)))
    page = text(yohana.get(HERE, {"cari": "budi", "tumpukan": "semua"}))
    assert "Cari di semua pesanan" not in page
    (href,) = re.findall(r'href="([^"]+)"[^>]*>Hapus saringan', page)
    assert order.code in words(yohana.get(html.unescape(href)))


def test_what_is_late_says_so(yohana, market, monkeypatch):
    paid(market)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=4))
    page = words(yohana.get(HERE))
    assert "terlambat" in page
    assert "1 pesanan sudah 3 hari atau lebih belum disiapkan" in page


def test_orders_of_other_units_are_not_there(client, market):
    order = paid(market)
    sign_in(client, market.bangli, name="Wayan")
    assert order.code not in words(client.get(f"{BANGLI}?tumpukan=semua"))
    part = part_of(order)
    for address in (f"{part.pk}/", f"{part.pk}/serah/", f"{part.pk}/cetak/faktur/"):
        assert client.get(f"{BANGLI}{address}").status_code == 404
    for address in (f"{part.pk}/langkah/", f"{part.pk}/bayar/"):
        assert client.post(f"{BANGLI}{address}").status_code == 404


def test_whoever_only_looks_sees_no_buyer(client, market):
    sign_in(client, market.nabire, role=Role.BENDAHARA, name="Siti")
    part = part_of(paid(market))
    for address in (HERE, f"{HERE}{part.pk}/"):
        page = words(client.get(address))
        assert "Rina" not in page
        assert "Merdeka" not in page
        assert "0812" not in page
    assert client.get(f"{HERE}{part.pk}/cetak/faktur/").status_code == 403
    assert client.get(f"{HERE}kabar/").status_code == 403


def test_the_file_names_no_buyer_and_runs_no_formula(yohana, market):
    order = paid(market, buyer=a_buyer(name="=cmd|' /C calc'!A0"))
    answer = yohana.get(f"{HERE}unduh/?tumpukan=semua")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:3] == ["pesanan", "dipesan", "status"]
    assert rows[1][0] == order.code
    assert rows[1][3:8] == ["JNE REG", "2026-04-29", "2", "218000", "tidak"]
    assert "cmd" not in text


def test_a_part_is_prepared_readied_handed_over_and_delivered(yohana, market):
    part = part_of(paid(market))
    here = f"{HERE}{part.pk}/"
    assert "Mulai siapkan" in words(yohana.get(here))
    assert yohana.post(f"{here}langkah/", {"act": "siapkan"}).status_code == 303
    assert "Tandai siap" in words(yohana.get(here))
    yohana.post(f"{here}langkah/", {"act": "siap"})
    assert "Serahkan kepada JNE REG" in words(yohana.get(here))
    answer = yohana.post(f"{here}serah/", {"tracking_number": " jne 0123-456 "})
    assert answer.headers["Location"] == f"{HERE}serah/?diserahkan={part.pk}"
    assert status(part) == "sent"
    assert part.tracking_number == "JNE0123-456"
    assert "resi JNE0123-456" in words(yohana.get(answer.headers["Location"]))
    yohana.post(f"{here}langkah/", {"act": "terima"})
    assert status(part) == "delivered"
    assert "Diterima" in words(yohana.get(here))


def test_a_second_tap_changes_nothing(yohana, market):
    part = part_of(paid(market))
    for _ in range(2):
        assert yohana.post(f"{HERE}{part.pk}/langkah/", {"act": "siap"}).status_code == 303
    moves = PartMove.objects.filter(part=part).values_list("status", flat=True)
    assert list(moves.order_by("id")) == ["waiting", "accepted", "ready"]


@pytest.mark.parametrize("act", ["", "terima", "hapus", "\0", "siapkan"])
def test_a_step_that_cannot_be_is_refused_with_a_sentence(yohana, market, act):
    part = made_ready(part_of(paid(market)))
    answer = yohana.post(f"{HERE}{part.pk}/langkah/", {"act": act})
    assert answer.status_code == 422
    assert status(part) == "ready"
    assert "Langkah berikutnya" in words(answer)


def test_nothing_is_handed_out_before_it_is_paid(yohana, market):
    part = made_ready(part_of(to_fetch(market)))
    answer = yohana.post(f"{HERE}{part.pk}/langkah/", {"act": "terima"})
    assert answer.status_code == 422
    assert "belum dibayar" in words(answer)
    assert status(part) == "ready"


@pytest.mark.parametrize(("means", "payment"), [("cash", "cash"), ("qris", "qris")])
def test_a_buyer_pays_on_fetching_and_the_sale_is_recorded_then(yohana, market, means, payment):
    part = made_ready(part_of(to_fetch(market)))
    assert not Sale.objects.exists()
    page = words(yohana.get(f"{HERE}{part.pk}/"))
    assert "Terima Rp200.000 dan serahkan" in page
    assert "Pembayaran Belum dibayar" in page
    assert "Buka nota penjualannya" not in page
    for _ in range(2):
        answer = yohana.post(f"{HERE}{part.pk}/bayar/", {"means": means})
        assert answer.status_code == 303
    sale = Sale.objects.get()
    assert (sale.pk, sale.total, sale.payment) == (part.pk, 200_000, payment)
    assert Receipt.objects.count() == 1
    assert status(part) == "delivered"
    part.order.refresh_from_db()
    assert part.order.status == "done"
    told = yohana.get(f"{HERE}{part.pk}/")
    assert "Pembayaran Lunas" in words(told)
    assert f"/penjualan/{sale.pk}/" in told.content.decode()


def test_a_second_tab_that_says_other_means_is_told_what_stands(yohana, market):
    part = made_ready(part_of(to_fetch(market)))
    yohana.post(f"{HERE}{part.pk}/bayar/", {"means": "cash"})
    answer = yohana.post(f"{HERE}{part.pk}/bayar/", {"means": "qris"})
    assert answer.status_code == 422
    assert "sudah tercatat diterima lewat: Tunai." in words(answer)
    assert (Receipt.objects.get().means, Sale.objects.get().payment) == ("cash", "cash")


@pytest.mark.parametrize("means", ["", "gateway", "gold", "cash\0"])
def test_paying_with_what_is_no_money_is_refused(yohana, market, means):
    part = made_ready(part_of(to_fetch(market)))
    answer = yohana.post(f"{HERE}{part.pk}/bayar/", {"means": means})
    assert answer.status_code == 422
    assert "Pilih cara pembeli membayar." in words(answer)
    assert not Receipt.objects.exists()


def test_money_is_not_taken_for_what_was_paid_online_or_is_not_ready(yohana, market):
    by_courier = made_ready(part_of(paid(market)))
    assert yohana.post(f"{HERE}{by_courier.pk}/bayar/", {"means": "cash"}).status_code == 422
    early = part_of(to_fetch(market))
    assert yohana.post(f"{HERE}{early.pk}/bayar/", {"means": "cash"}).status_code == 422
    assert Receipt.objects.filter(provider="counter").count() == 0
    assert status(early) == "accepted"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "centang Tanpa nomor resi"),
        ("ab", "4 sampai 40"),
        ("x" * 41, "4 sampai 40"),
        ("x" * 90, "paling panjang 40"),
        ("JNE;drop table", "4 sampai 40"),
        ("😀😀😀😀😀", "4 sampai 40"),
    ],
)
def test_a_number_that_is_none_is_refused_and_kept_in_the_field(yohana, market, number, sentence):
    part = made_ready(part_of(paid(market)))
    answer = yohana.post(f"{HERE}{part.pk}/serah/", {"tracking_number": number})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Nomor resi (boleh dikosongkan)" not in words(answer)
    assert status(part) == "ready"


def test_a_courier_without_numbers_is_said(yohana, market):
    part = made_ready(part_of(paid(market)))
    yohana.post(f"{HERE}{part.pk}/serah/", {"tracking_number": "", "has_none": "on"})
    assert (status(part), part.tracking_number) == ("sent", "")


def scanned(client, text):
    return client.post(f"{HERE}serah/", {"code": text})


@pytest.mark.parametrize("how", ["{}", " {} ", "https://bekal.example/pesanan/{}/", "{0}/"])
def test_the_scanner_reads_code_and_label(yohana, market, how):
    part = made_ready(part_of(paid(market)))
    code = part.order.code
    for typed in (how.format(code), how.format(code).upper(), how.format(code).lower()):
        answer = scanned(yohana, typed)
        assert answer.status_code == 303, typed
        assert answer.headers["Location"] == f"{HERE}{part.pk}/serah/"


@pytest.mark.parametrize(
    "text", ["", "x", "BK-0000-0000", "https://bekal.example/katalog/", "9" * 300, "BK-7Q2M-18KE"]
)
def test_a_wrong_code_is_refused_and_the_field_is_there_again(yohana, market, text):
    answer = scanned(yohana, text)
    assert answer.status_code == 422
    assert b"autofocus" in answer.content
    assert b'aria-invalid="true"' in answer.content


def test_a_label_of_another_unit_is_refused(yohana, market):
    order = paid(market, ("endek", 1))
    answer = scanned(yohana, order.code)
    assert answer.status_code == 422
    assert f"{order.code} tidak ada di unit ini" in words(answer)


@pytest.mark.parametrize(
    ("moves", "sentence"),
    [([], "belum disiapkan"), (["preparing"], "masih disiapkan")],
)
def test_what_is_not_ready_is_not_handed_over(yohana, market, moves, sentence):
    part = part_of(paid(market))
    for each in moves:
        OrderPart.objects.filter(pk=part.pk).update(status=each, status_at=NOON, status_by="uji")
    answer = scanned(yohana, part.order.code)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_second_scan_is_harmless(yohana, market):
    part = made_ready(part_of(paid(market)))
    yohana.post(f"{HERE}{part.pk}/serah/", {"tracking_number": "JNE012345"})
    answer = scanned(yohana, part.order.code)
    assert answer.headers["Location"] == f"{HERE}serah/?sudah={part.pk}"
    said = words(yohana.get(answer.headers["Location"]))
    assert "sudah diserahkan 27 April 2026 pukul 12.00 WIT" in said
    assert PartMove.objects.filter(part=part, status="sent").count() == 1


def test_what_is_fetched_leads_to_its_page_and_is_given_out_once(yohana, market):
    part = made_ready(part_of(to_fetch(market)))
    answer = scanned(yohana, part.order.code)
    assert answer.headers["Location"] == f"{HERE}{part.pk}/"
    yohana.post(f"{HERE}{part.pk}/bayar/", {"means": "cash"})
    again = yohana.get(scanned(yohana, part.order.code).headers["Location"])
    assert "sudah diterima pembeli 27 April 2026 pukul 12.00 WIT" in words(again)
    assert f'href="{HERE}{part.pk}/"' in text(again)


@pytest.mark.parametrize("how", ["{}", " {} ", "https://bekal.example/PESANAN/{}/"])
def test_the_label_scanned_twice_is_no_number_of_a_courier(yohana, market, how):
    part = made_ready(part_of(paid(market)))
    typed = {"tracking_number": how.format(part.order.code)}
    answer = yohana.post(f"{HERE}{part.pk}/serah/", typed)
    assert answer.status_code == 422
    assert "Ini kode pesanannya. Pindai nomor pada struk kurir." in words(answer)
    assert status(part) == "ready"


def test_a_number_that_was_written_down_wrong_is_put_right_from_the_page(yohana, market):
    part = made_ready(part_of(paid(market)))
    yohana.post(f"{HERE}{part.pk}/serah/", {"tracking_number": "JNE012345"})
    where = f"{HERE}{part.pk}/serah/"
    assert f'href="{where}"' in text(yohana.get(f"{HERE}{part.pk}/"))
    assert "masih bisa diperbaiki" in words(yohana.get(where))
    yohana.post(where, {"tracking_number": "JNE012346"})
    part.refresh_from_db()
    assert (part.status, part.tracking_number) == ("sent", "JNE012346")


def test_a_buyer_with_a_landline_is_called_and_not_written_to(yohana, market):
    part = made_ready(part_of(to_fetch(market, phone="+62967321555")))
    listed = text(yohana.get(f"{HERE}kabar/"))
    assert "wa.me" not in listed
    assert 'href="tel:+62967321555"' in listed
    page = words(yohana.get(f"{HERE}{part.pk}/"))
    assert "Telepon 0967-321555" in page
    assert "WhatsApp 0967" not in page


def test_messages_are_opened_and_marked_with_one_tap_each(yohana, market):
    part = made_ready(part_of(to_fetch(market)))
    answer = yohana.get(f"{HERE}kabar/")
    page = words(answer)
    assert "Siap diambil" in page
    assert "Rina" in page
    assert b'href="https://wa.me/6281234567890?text=Halo%20Rina' in answer.content
    notice = Notice.objects.get(about=f"part:{part.pk}")
    for _ in range(2):
        marked = yohana.post(f"{HERE}kabar/{notice.pk}/", {"act": "terkirim"})
        assert marked.status_code == 303
    assert NoticeTry.objects.get(notice=notice).outcome == "sent"
    assert "Semua kabar sudah terkirim" in words(yohana.get(f"{HERE}kabar/"))
    assert yohana.post(f"{HERE}kabar/{notice.pk + 1000}/").status_code == 404


def test_the_number_of_statements_does_not_grow(yohana, market, django_assert_max_num_queries):
    for _ in range(3):
        paid(market, ("noken", 1), ("coffee", 1))
    with django_assert_max_num_queries(14):
        yohana.get(HERE)
    part = part_of(paid(market))
    with django_assert_max_num_queries(11):
        yohana.get(f"{HERE}{part.pk}/")
    with django_assert_max_num_queries(8):
        yohana.get(f"{HERE}{part.pk}/cetak/faktur/")


def test_every_status_has_its_page(yohana, market):
    for each in PartStatus:
        part = part_of(paid(market, ("coffee", 1)))
        with_status(part, each)
        answer = yohana.get(f"{HERE}{part.pk}/")
        assert answer.status_code == 200
        assert answer.content.count(b'class="btn"') <= 1, each


def with_status(part, there):
    way: dict[PartStatus, list[PartStatus]] = {PartStatus.WAITING: [], PartStatus.ACCEPTED: []}
    todo = [PartStatus.ACCEPTED]
    while todo:
        here = todo.pop(0)
        for each in PART_MOVES[here]:
            if each not in way:
                way[each] = [*way[here], each]
                todo.append(each)
    for step in way[there]:
        part.status, part.status_at, part.status_by = step, NOON, str(YOHANA)
        part.save()
