"""Receipts, their reasons, what came back, and days: as officer, treasurer and others see them."""

import csv
import datetime as dt
import io

import pytest

from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.places.actions import close_place
from bekal.sales.actions import record_sale, report_day
from bekal.sales.models import DayReport, Refund, Sale, SaleLine
from bekal.sales.rules import BuyerClass, Channel
from bekal.sales.tests.desk import BANGLI, HERE, hidden, sign_in, text
from tests.support.pages import words
from tests.support.world import NOON, SETUP, TODAY, WAYAN, YESTERDAY, YOHANA, a_product, a_sale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
LATER = NOON + dt.timedelta(minutes=11)


@pytest.fixture
def yohana(client, world):
    return sign_in(client, world.nabire)


@pytest.fixture
def siti(client, world):
    return sign_in(client, world.nabire, role=Role.BENDAHARA, name="Siti")


@pytest.fixture
def sale(world):
    return sold(world, (world.noken, 3), (world.coffee, 2))


def sold(world, *items, by=YOHANA, unit=None, **changes):
    new = a_sale(unit or world.nabire, *items, **changes)
    record_sale(sale=new, by=by, now=NOON)
    return Sale.objects.get(pk=new.key)


def line_of(sale, product):
    return SaleLine.objects.get(sale=sale, product_id=product)


def wanted(sale, pieces, act="simpan", **changes):
    fields = {f"line_{line}": str(count) for line, count in pieces.items()}
    kept = {"key": str(uuid7()), "kind": "return", "reason": "Kain sobek", "act": act}
    return {**kept, **fields, **changes}


def test_the_receipt_tells_all(yohana, sale):
    page = words(yohana.get(f"{HERE}{sale.pk}/"))
    for told in (
        "Nota PJ-0001",
        "Senin, 27 April 2026 (WIT)",
        "3 x 100.000",
        "TOTAL Rp396.000",
        "Tunai",
        "Toko bengkel",
        "Umum",
        "Ke mana uang ini pergi",
        "Mengapa sebesar ini?",
        ", pukul 12.00 WIT",
        "rantai place:",
    ):
        assert told in page


def test_the_trail_says_who_by_name_and_role(siti, world, sale):
    line = line_of(sale, world.noken)
    siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {line.pk: 1}))
    assert "Siti (Bendahara penerimaan)" in words(siti.get(f"{HERE}{sale.pk}/"))


def test_why_is_told_step_by_step_to_the_rupiah(yohana, world, sale):
    line = line_of(sale, world.coffee)
    page = words(yohana.get(f"{HERE}{sale.pk}/{line.pk}/mengapa/"))
    for told in (
        "2 x Rp48.000",
        "Rp96.000",
        "2 x Rp31.333",
        "Rp62.666",
        "Rp33.334",
        "50% x Rp33.334 = Rp16.667",
        "35% x Rp33.334 = Rp11.666,9, ditambah Rp1 dari pembulatan",
        "15% x Rp33.334 = Rp5.000,1, dibulatkan ke bawah",
        "Kepmen Kehakiman M.01-PP.02.01/1990",
        "Penjualan PJ-0001",
    ):
        assert told in page
    assert line.parts["capital"] == 11_667


def test_why_counts_what_came_back(client, world, sale, siti):
    line = line_of(sale, world.noken)
    siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {line.pk: 1}))
    page = words(siti.get(f"{HERE}{sale.pk}/{line.pk}/mengapa/"))
    assert "1 kembali, Rp100.000" in page
    assert "Pengembalian PJ-0001" in page
    assert page.index("Yang tinggal") < page.index("Rp200.000")


def test_only_the_lines_of_a_receipt_have_reasons(yohana, world, sale):
    other = sold(world, (world.noken, 1))
    line = line_of(other, world.noken)
    assert yohana.get(f"{HERE}{sale.pk}/{line.pk}/mengapa/").status_code == 404
    assert yohana.get(f"{HERE}{sale.pk}/{10**18}/mengapa/").status_code == 404


def test_the_list_filters_and_sums(yohana, world, sale):
    fair = sold(
        world,
        (world.noken, 1),
        sold_on=YESTERDAY,
        channel=Channel.EXHIBITION,
        buyer_class=BuyerClass.OFFICER,
    )
    sold(world, (world.endek, 1), unit=world.bangli, by=WAYAN)
    page = words(yohana.get(HERE))
    assert page.index("PJ-0001") < page.index("PJ-0002")
    assert "Rp496.000 bersih" in page or "bersih Rp496.000" in page
    for asked in (
        {"saluran": "exhibition"},
        {"pembeli": "officer"},
        {"nomor": "pj-0002"},
        {"nomor": "2"},
        {"dari": "2026-04-26", "sampai": "2026-04-26"},
        {"dari": "27/04/2026", "sampai": "26/04/2026", "pembeli": "officer"},
    ):
        found = text(yohana.get(HERE, asked))
        assert str(fair.pk) in found
        assert str(sale.pk) not in found
    assert "Tidak ada nota yang cocok." in text(yohana.get(HERE, {"kembali": "ya"}))


@pytest.mark.parametrize("key", ["dari", "sampai", "nomor", "saluran", "pembeli", "halaman"])
@pytest.mark.parametrize("value", ["", "\x00", "' or 1=1", "²", "-1", "9" * 5000, "<script>", "é"])
def test_nonsense_in_the_address_of_the_list_is_no_failure(*, yohana, sale, key, value):
    for address in (HERE, f"{HERE}unduh/"):
        answer = yohana.get(address, {key: value})
        assert answer.status_code == 200
    assert str(sale.pk) in text(yohana.get(HERE, {key: value}))
    assert "<script>alert" not in text(yohana.get(HERE, {key: value}))


def test_pages_of_the_list_stay_apart(yohana, world):
    for _ in range(52):
        sold(world, (world.noken, 1))
    first, second = text(yohana.get(HERE)), text(yohana.get(HERE, {"halaman": "2"}))
    assert "Menampilkan 51 sampai 52 dari 52 nota" in second
    assert "PJ-0003" in first
    assert "PJ-0003" not in second
    assert "PJ-0002" in second


def test_an_empty_list_says_what_to_do_first(yohana):
    assert "Belum ada penjualan." in text(yohana.get(HERE))
    assert "Catat penjualan" in text(yohana.get(HERE))


def test_the_file_has_what_the_list_has(yohana, world, sale):
    sold(world, (world.noken, 1), channel=Channel.EXHIBITION)
    answer = yohana.get(f"{HERE}unduh/", {"saluran": "workshop"})
    assert answer.streaming
    assert answer["Content-Disposition"].endswith('nabire-2026-04-27.csv"')
    content = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [(row["nomor"], row["bruto"], row["bersih"]) for row in rows] == [
        ("PJ-0001", "396000", "396000")
    ]


def test_an_officer_takes_a_wrong_record_back_within_ten_minutes(yohana, world, sale):
    address = f"{HERE}{sale.pk}/batal/"
    page = yohana.get(address)
    assert "Batalkan nota ini" in text(page)
    assert not Refund.objects.exists()
    sent = hidden(page)
    first, second = yohana.post(address, sent), yohana.post(address, sent)
    assert first.status_code == second.status_code == 303
    assert Refund.objects.get().total == 396_000
    receipt = text(yohana.get(first["Location"]))
    assert "Penjualan PJ-0001 dibatalkan." in receipt
    assert "dikembalikan semua" in receipt
    assert "Semua sudah kembali" in receipt


def test_after_ten_minutes_the_record_stays(yohana, sale, monkeypatch):
    address = f"{HERE}{sale.pk}/batal/"
    sent = hidden(yohana.get(address))
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert "Batalkan" not in text(yohana.get(f"{HERE}{sale.pk}/"))
    answer = yohana.post(address, sent)
    assert answer.status_code == 422
    assert "Sudah lewat 10 menit." in text(answer)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("key", ["", "\x00", "1234", "<script>"])
def test_a_void_without_its_key_changes_nothing(yohana, sale, key):
    answer = yohana.post(f"{HERE}{sale.pk}/batal/", {"key": key})
    assert answer.status_code == 422
    assert "Halaman ini tidak lengkap." in text(answer)
    assert not Refund.objects.exists()


def test_a_key_of_a_sale_voids_nothing(yohana, sale):
    answer = yohana.post(f"{HERE}{sale.pk}/batal/", {"key": str(sale.pk)})
    assert answer.status_code == 409
    assert not Refund.objects.exists()
    assert MessageConflict.objects.get().door == "sales.refund"


def test_the_treasurer_takes_pieces_back_after_a_look(siti, world, sale):
    address = f"{HERE}{sale.pk}/kembali/"
    line = line_of(sale, world.noken)
    assert "Dihitung pada hari penjualan, 27 April 2026." in text(siti.get(address))
    checked = siti.post(address, wanted(sale, {line.pk: 2}, act="periksa"))
    assert checked.status_code == 200
    assert "Simpan pengembalian Rp200.000" in text(checked)
    assert "Rp40.000" in text(checked)
    assert not Refund.objects.exists()
    sent = {**hidden(checked), "act": "simpan"}
    first, second = siti.post(address, sent), siti.post(address, sent)
    assert first["Location"] == second["Location"] == f"{HERE}{sale.pk}/?tersimpan=kembali"
    assert Refund.objects.get().total == 200_000
    receipt = words(siti.get(first["Location"]))
    assert "dikembalikan sebagian" in receipt
    assert "2 Noken kulit kayu" in receipt


def test_all_pieces_taken_back_twice_with_one_key_are_taken_once(siti, world, sale):
    address = f"{HERE}{sale.pk}/kembali/"
    sent = wanted(sale, {line_of(sale, world.noken).pk: 3, line_of(sale, world.coffee).pk: 2})
    assert [siti.post(address, sent).status_code for _ in range(2)] == [303, 303]
    assert Refund.objects.count() == 1
    assert "Semua barang nota ini sudah kembali." in text(siti.get(address))


def test_the_way_back_keeps_what_was_typed(siti, world, sale):
    line = line_of(sale, world.noken)
    answer = siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {line.pk: 2}, act="ubah"))
    assert answer.status_code == 200
    for kept in ('value="2"', 'value="Kain sobek"', 'value="return" checked'):
        assert kept in text(answer)


@pytest.mark.parametrize("nonsense", ["\x00", "²", "-1", "9" * 400, "<script>", "4"])
def test_nonsense_pieces_take_nothing_back(siti, world, sale, nonsense):
    line = line_of(sale, world.noken)
    for act in ("periksa", "simpan"):
        answer = siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {line.pk: nonsense}, act=act))
        assert answer.status_code == 422
        assert f'href="#id_line_{line.pk}"' in text(answer)
    assert not Refund.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Isi alasannya"),
        ({"reason": "x" * 201}, "Paling panjang 200 huruf."),
        ({"reason": "a\x00"}, "huruf dan angka biasa"),
        ({"kind": "gift"}, "Pilih salah satu."),
        ({"key": "zzz"}, "Halaman ini tidak lengkap."),
    ],
)
def test_each_refusal_of_a_refund_is_told(*, siti, world, sale, changes, sentence):
    line = line_of(sale, world.noken)
    answer = siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {line.pk: 1}, **changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Refund.objects.exists()


def test_nothing_chosen_takes_nothing_back(siti, sale):
    answer = siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {}))
    assert answer.status_code == 422
    assert "Isi jumlah barang yang kembali." in text(answer)


def test_a_used_key_with_other_pieces_is_a_conflict(siti, world, sale):
    line = line_of(sale, world.noken)
    sent = wanted(sale, {line.pk: 1})
    siti.post(f"{HERE}{sale.pk}/kembali/", sent)
    answer = siti.post(f"{HERE}{sale.pk}/kembali/", {**sent, f"line_{line.pk}": "2"})
    assert answer.status_code == 409
    assert sent["key"] not in text(answer)
    assert Refund.objects.count() == 1
    assert MessageConflict.objects.get().scope == f"place:{world.nabire}"


def test_days_are_reported_once_with_and_without_sales(yohana, world, sale):
    assert "Belum ada penjualan" in text(yohana.get(f"{HERE}hari/"))
    for day, expects in ((TODAY, "ya"), (YESTERDAY, "tidak"), (YESTERDAY, "tidak")):
        answer = yohana.post(f"{HERE}hari/lapor/", {"day": str(day), "expects_sales": expects})
        assert answer.status_code == 303
        assert answer["Location"] == f"{HERE}hari/?dilaporkan={day}"
    reports = DayReport.objects.order_by("day").values_list("day", "receipts", "net")
    assert list(reports) == [(YESTERDAY, 0, 0), (TODAY, 1, 396_000)]
    page = words(yohana.get(f"{HERE}hari/", {"dilaporkan": str(YESTERDAY)}))
    assert "Laporan 26 April 2026 tersimpan." in page
    assert "Nihil, 12.00 WIT" in page


def test_a_day_that_changed_after_its_report_says_so(yohana, world, sale):
    report_day(unit_id=world.nabire, day=TODAY, expects_sales=True, by=YOHANA, now=NOON)
    sold(world, (world.noken, 1))
    assert "berubah sejak dilaporkan" in text(yohana.get(f"{HERE}hari/"))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"day": str(TODAY), "expects_sales": "tidak"}, "jadi laporannya bukan nihil"),
        ({"day": str(YESTERDAY), "expects_sales": "ya"}, "Belum ada penjualan pada 26 April 2026."),
        ({"day": "2026-04-28", "expects_sales": "tidak"}, "Hari ini belum lewat."),
        ({"day": "\x00", "expects_sales": "ya"}, "Halaman ini tidak lengkap."),
        ({"day": str(TODAY), "expects_sales": "²"}, "Halaman ini tidak lengkap."),
        ({}, "Halaman ini tidak lengkap."),
    ],
)
def test_a_report_that_cannot_be_is_refused(*, yohana, sale, sent, sentence):
    answer = yohana.post(f"{HERE}hari/lapor/", sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "<title>Gagal: " in text(answer)
    assert not DayReport.objects.exists()


def test_roles_see_what_is_theirs(client, world, sale):
    pages = ("", "unduh/", f"{sale.pk}/", "hari/")
    for role in (Role.AUDITOR, Role.BENDAHARA, Role.KEPALA_UPT):
        somebody = sign_in(client, world.nabire, role=role, name=role)
        assert [somebody.get(HERE + page).status_code for page in pages] == [200] * 4
        assert "Catat lagi" not in text(somebody.get(f"{HERE}{sale.pk}/"))
        assert "Laporkan" not in text(somebody.get(f"{HERE}hari/"))
        for page in ("catat/", f"{sale.pk}/batal/"):
            assert somebody.get(HERE + page).status_code == 403
        may_refund = role is not Role.AUDITOR
        refund = somebody.get(f"{HERE}{sale.pk}/kembali/").status_code
        assert refund == (200 if may_refund else 403)
    yohana = sign_in(client, world.nabire)
    assert yohana.post(f"{HERE}{sale.pk}/kembali/").status_code == 403
    mitra = sign_in(client, world.nabire, role=Role.MITRA, name="Mitra")
    assert [mitra.get(HERE + page).status_code for page in pages] == [403] * 4


def test_another_units_receipts_are_not_found(client, world, sale):
    wayan = sign_in(client, world.bangli, name="Wayan")
    line = line_of(sale, world.noken).pk
    for page in (f"{sale.pk}/", f"{sale.pk}/batal/", f"{sale.pk}/{line}/mengapa/"):
        assert wayan.get(HERE + page).status_code == 404
        assert wayan.get(BANGLI + page).status_code == 404
    assert str(sale.pk) not in text(wayan.get(BANGLI))


def test_data_of_examples_is_marked(yohana, world):
    mask = a_product(
        world.nabire, "Topeng contoh", "kerajinan", price=1_000, cost=1, is_sample=True
    )
    sample = sold(world, (mask, 1))
    assert "DATA CONTOH" in text(yohana.get(f"{HERE}{sample.pk}/"))


def test_pages_ask_the_database_little(*, siti, world, sale, django_assert_num_queries):
    line = line_of(sale, world.noken)
    siti.post(f"{HERE}{sale.pk}/kembali/", wanted(sale, {line.pk: 1}))
    for page, count in (
        ("", 8),
        (f"{sale.pk}/", 12),
        (f"{sale.pk}/{line.pk}/mengapa/", 8),
        (f"{sale.pk}/kembali/", 10),
        ("hari/", 7),
    ):
        with django_assert_num_queries(count):
            siti.get(HERE + page)


def test_receipts_of_a_closed_unit_open_for_the_nation_alone(client, world, sale):
    close_place(place_id=world.nabire, on=TODAY, source="uji", by=SETUP, now=NOON)
    line = line_of(sale, world.noken)
    shown = [f"{HERE}{sale.pk}/", f"{HERE}{sale.pk}/{line.pk}/mengapa/"]
    sign_in(client, world.centre, role=Role.DITJENPAS, name="Ratna")
    assert [client.get(address).status_code for address in shown] == [200, 200]
    assert f'href="{HERE}"' not in text(client.get(shown[0]))
    assert client.get(f"{BANGLI}{sale.pk}/").status_code == 404
    assert client.get(f"/kerja/kanwil-papua/penjualan/{sale.pk}/").status_code == 404
    for unit, role in (
        (world.papua, Role.KANWIL),
        (world.bangli, Role.BENDAHARA),
        (world.merauke, Role.PETUGAS),
    ):
        sign_in(client, unit, role=role, name=str(role))
        assert [client.get(address).status_code for address in shown] == [404, 404]
