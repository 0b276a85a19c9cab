"""Sheets by which the goods of Nabire and of all Papua go to other channels."""

import csv
import io
from dataclasses import replace

import pytest
import python_calamine

from bekal.accounts.rules import Role
from bekal.catalogue import queries as catalogue
from bekal.catalogue.models import Product
from bekal.catalogue.rules import Making, NewPermit, PermitKind
from bekal.catalogue.tests.goods import COFFEE, HALAL, NOKEN, PIRT, offered, permitted, photographed
from bekal.foundation import clock
from bekal.institutions.channels import SHOPEE, TOKOPEDIA, Line
from bekal.institutions.tests.pages import BANGLI, NABIRE, sign_in, text, words
from bekal.production.actions import move_stock
from bekal.production.rules import NewMove, Reason
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HERE = f"{NABIRE}/lembar/"
SHOPEE_PAGE = f"{HERE}shopee/"


@pytest.fixture
def yohana(client, world):
    return sign_in(client, world.nabire)


def stocked(product, pieces=12):
    move = NewMove(product, pieces, Reason.RECEIVED, f"uji:{product}")
    move_stock(moves=[move], by=YOHANA, now=NOON)


@pytest.fixture
def noken(world):
    """A noken of which nothing is missing."""
    offered(world.noken)
    photographed(world.noken, "Noken dari depan", "Noken dari samping")
    stocked(world.noken)
    return world.noken


def rows_of(answer):
    """A CSV file as rows."""
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body), delimiter=";"))


def book_of(answer):
    """The cells of an XLSX file."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_a_unit_that_shows_nothing_is_told_what_to_do(yohana):
    assert "Belum ada produk yang tayang." in text(yohana.get(HERE))
    assert "Belum ada produk yang tayang." in text(yohana.get(SHOPEE_PAGE))


def test_complete_goods_stand_in_the_columns_of_the_channel(noken, yohana):
    assert "1 dari 1 produk lengkap" in words(yohana.get(SHOPEE_PAGE))
    heading, row = rows_of(yohana.get(f"{SHOPEE_PAGE}lembar.csv"))
    assert len(heading) == 43
    said = dict(zip(heading, row, strict=True))
    assert said["Nama Produk"] == "Noken kulit kayu"
    assert said["Deskripsi Produk"].startswith("Bahan: Serat kulit kayu.\nUkuran: 38 x 30 cm.")
    assert (said["Harga"], said["Stok"], said["Berat"]) == ("100000", "12", "1,42")
    assert said["Foto Sampul"].startswith("http://testserver/gambar/")
    assert said["Foto Produk 1"].endswith(".jpg")
    assert said["Foto Produk 2"] == ""
    heading, row = rows_of(yohana.get(f"{HERE}tokopedia/lembar.csv"))
    assert len(heading) == 23
    said = dict(zip(heading, row, strict=True))
    assert (said["Berat* (Gram)"], said["Kondisi*"], said["Jumlah Stok*"]) == ("1420", "Baru", "12")
    assert said["Kode Kategori*"] == ""


def test_what_is_missing_is_told_row_by_row_and_left_out_of_the_file(world, noken, yohana):
    offered(world.coffee, replace(COFFEE, is_food=False))
    page = words(yohana.get(SHOPEE_PAGE))
    assert "1 dari 2 produk lengkap" in page
    assert "belum lengkap jumlah yang bisa dijual, foto yang sudah diperiksa" in page
    assert "Kopi bubuk" not in words(yohana.get(f"{SHOPEE_PAGE}?status=lengkap"))
    assert "Noken kulit" not in words(yohana.get(f"{SHOPEE_PAGE}?status=kurang"))
    assert "Tidak ada produk yang cocok." in words(yohana.get(f"{SHOPEE_PAGE}?cari=atlantis"))
    assert len(rows_of(yohana.get(f"{SHOPEE_PAGE}lembar.csv"))) == 2
    assert len(rows_of(yohana.get(f"{SHOPEE_PAGE}lembar.csv?isi=semua"))) == 3


def test_a_food_whose_permit_has_ended_is_not_complete(world, yohana, monkeypatch):
    permitted(world.coffee, PIRT, HALAL)
    offered(world.coffee, COFFEE)
    assert "izin yang masih berlaku" not in words(yohana.get(SHOPEE_PAGE))
    later = NOON.replace(year=2030)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "izin yang masih berlaku" in words(yohana.get(SHOPEE_PAGE))


def test_the_catalogue_of_the_government_gets_permits_and_sizes(world, noken, yohana):
    permitted(noken, NewPermit(PermitKind.BRAND, "IDM000123", "Koperasi", PIRT.valid_from, None))
    heading, row = rows_of(yohana.get(f"{HERE}katalog-elektronik/lembar.csv"))
    said = dict(zip(heading, row, strict=True))
    assert (said["Merek"], said["Panjang (cm)"]) == ("IDM000123", "40")
    assert (said["Pembuat"], said["Provinsi"]) == ("Lapas Kelas IIB Nabire", "Papua Tengah")
    assert said["Kode KBKI"] == ""
    assert "LKPP tidak menerbitkan" in words(yohana.get(f"{HERE}katalog-elektronik/"))


@pytest.mark.parametrize("planted", ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "-2+3"])
def test_a_name_that_looks_like_a_formula_stays_a_text(noken, yohana, planted):
    Product.objects.filter(pk=noken).update(name=planted)
    assert rows_of(yohana.get(f"{SHOPEE_PAGE}lembar.csv"))[1][1] == f"'{planted}"
    answer = yohana.get(f"{SHOPEE_PAGE}lembar.xlsx")
    assert answer["Content-Disposition"].endswith('shopee-lapas-kelas-iib-nabire.xlsx"')
    assert book_of(answer)[1][1] == planted


def test_an_xlsx_says_the_same_as_the_csv_and_numbers_are_numbers(noken, yohana):
    heading, row = book_of(yohana.get(f"{HERE}tokopedia/lembar.xlsx"))
    assert tuple(heading) == TOKOPEDIA.heading
    assert row[heading.index("Harga (Rp)*")] == 100_000


def test_made_to_order_has_days_and_no_invented_stock(world, noken):
    (goods,) = catalogue.sheeted(unit_ids=[world.nabire], most=9, on=TODAY)
    made = replace(goods, making=Making.ORDER)
    line = Line(made, "Lapas Nabire", "nabire", "Papua Tengah", None, 14, "https://bekal")
    said = dict(zip(SHOPEE.heading, SHOPEE.cells(line), strict=True))
    assert (said["Stok"], said["Dikirim Dalam Pre-order"]) == (None, 14)
    assert SHOPEE.missing(line) == ()
    assert SHOPEE.missing(replace(line, days=None)) == ("jumlah yang bisa dijual",)


def test_simulated_goods_say_so(noken, yohana):
    Product.objects.filter(pk=noken).update(is_sample=True)
    assert rows_of(yohana.get(f"{SHOPEE_PAGE}lembar.csv"))[1][1] == "CONTOH Noken kulit kayu"


def test_a_kanwil_takes_the_goods_of_all_its_units_and_of_no_other(client, world, noken):
    offered(world.endek, NOKEN)
    offered(world.bread, NOKEN)
    sign_in(client, world.papua, role=Role.KANWIL, name="Kanwil")
    page = words(client.get("/kerja/kanwil-papua/lembar/shopee/"))
    assert "Noken kulit kayu" in page
    assert "Roti tawar" in page
    assert "Kain endek" not in page
    assert client.get("/lembar/").url == "/kerja/kanwil-papua/lembar/"
    assert client.get("/kerja/kanwil-bali/lembar/").status_code == 404
    assert client.get(f"{BANGLI}/lembar/shopee/lembar.csv").status_code == 404


def test_many_goods_cost_no_more_questions(noken, world, yohana, django_assert_max_num_queries):
    offered(world.coffee, replace(COFFEE, is_food=False))
    for path, most in ((HERE, 10), (SHOPEE_PAGE, 10), (f"{SHOPEE_PAGE}lembar.xlsx", 9)):
        with django_assert_max_num_queries(most):
            assert yohana.get(path).status_code == 200
