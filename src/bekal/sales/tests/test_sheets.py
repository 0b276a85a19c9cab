"""Sales from a sheet: Yohana's evening with a notebook of sales that she typed in a spreadsheet."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from bekal.catalogue.models import Product
from bekal.foundation.actors import user_actor
from bekal.foundation.refusals import Refused
from bekal.sales.actions import record_rows, record_started, start_sheet, take_sheet
from bekal.sales.models import Sale, SalesSheet, SheetRow
from bekal.sales.queries.sheets import check_rows, progress_of, rows_of
from bekal.sales.sheet import key_of, template
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
PAGE = "/kerja/lapas-kelas-iib-nabire/penjualan/impor/"
HEAD = "tanggal;produk;jumlah;harga;pembeli;bayar;nota"
MARTHA = user_actor(9)


@pytest.fixture
def code(world):
    """The code of the noken."""
    return Product.objects.get(pk=world.noken).code


def lines(*rows):
    return "\n".join([HEAD, *rows]).encode()


def take(world, content, by=YOHANA, name="april.csv"):
    return take_sheet(unit_id=world.nabire, name=name, content=content, by=by, now=NOON)


def record(sheet_id, *, is_sure=False, by=YOHANA, most=500):
    start_sheet(sheet_id=sheet_id, is_sure=is_sure, by=by, now=NOON)
    return record_rows(sheet_id=sheet_id, most=most, by=by, now=NOON)


def said(world, sheet_id) -> Any:
    rows = rows_of(sheet_id=sheet_id)
    return check_rows(unit_id=world.nabire, rows=rows, today=TODAY)


def test_good_rows_become_sales_and_others_say_why(world, code):
    content = lines(
        f"27/04/2026;{code};2;;umum;tunai;12",
        "26-04-2026;noken KULIT kayu;1;90.000;pegawai;QRIS;13",
        "2026-04-25;Kopi bubuk 200 g;3;;;;",
        f"28/04/2026;{code};1;;;;",
        f"besok;{code};1;;;;",
        "27/04/2026;TIADA;1;;;;",
        f"27/04/2026;{code};nol;;;;",
        f"27/04/2026;{code};1;;tetangga;;",
        f"27/04/2026;{code};1;;;kerang;",
        "27/04/2026;;1;;;;",
    )
    taken = take(world, content)
    found = said(world, taken.sheet_id)
    assert [bool(one.sale) for one in found] == [True] * 3 + [False] * 7
    assert "Harga berbeda dari daftar (Rp100.000)." in found[1].notes
    assert not Sale.objects.exists()
    assert record(taken.sheet_id) == 10
    assert (progress_of(sheet_id=taken.sheet_id).recorded, Sale.objects.count()) == (3, 3)
    totals = {
        sale.total: (sale.buyer_class, sale.payment, str(sale.sold_on))
        for sale in Sale.objects.all()
    }
    assert totals == {
        200_000: ("public", "cash", "2026-04-27"),
        90_000: ("officer", "qris", "2026-04-26"),
        144_000: ("public", "cash", "2026-04-25"),
    }
    problems = {row.line: row.problem for row in rows_of(sheet_id=taken.sheet_id) if row.problem}
    assert len(problems) == 7
    assert "sesudah hari ini" in problems[5]
    assert "27/04/2026" in problems[6]
    assert "tidak ada di unit ini" in problems[7]
    assert set(Sale.objects.values_list("recorded_by", flat=True)) == {str(YOHANA)}


def test_the_same_file_twice_changes_nothing_and_says_so(world, code):
    content = lines(f"27/04/2026;{code};2;;;;", f"27/04/2026;{code};2;;;;")
    first = take(world, content)
    record(first.sheet_id)
    again = take(world, content, by=MARTHA, name="salinan.csv")
    assert (again.sheet_id, again.is_repeat) == (first.sheet_id, True)
    record(again.sheet_id, by=MARTHA)
    assert Sale.objects.count() == 2  # two rows alike are two sales, each once


def test_the_same_note_in_another_file_waits_until_somebody_is_sure(world, code):
    record(take(world, lines(f"27/04/2026;{code};2;;;;77")).sheet_id)
    other = take(world, lines(f"27/04/2026;{code};2;;;;77", f"27/04/2026;{code};1;;;;78"))
    first, second = said(world, other.sheet_id)
    assert (first.is_doubtful, second.is_doubtful) == (True, False)
    record(other.sheet_id)
    assert Sale.objects.count() == 2
    assert "Mungkin ganda" in rows_of(sheet_id=other.sheet_id)[0].problem
    record(other.sheet_id, is_sure=True)
    assert Sale.objects.count() == 3


def test_a_note_twice_in_one_file_waits_too(world, code):
    taken = take(world, lines(*[f"27/04/2026;{code};1;;;;5"] * 2))
    record(taken.sheet_id)
    assert Sale.objects.count() == 1


def test_a_long_sheet_goes_on_where_it_stopped(world, code):
    taken = take(world, lines(*[f"27/04/2026;{code};{n};;;;" for n in range(1, 8)]))
    assert record(taken.sheet_id, most=3) == 3
    assert progress_of(sheet_id=taken.sheet_id).waiting == 4
    assert record_started(by=MARTHA, now=NOON) == 4
    assert record_started(by=MARTHA, now=NOON) == 0
    assert Sale.objects.count() == 7
    assert set(Sale.objects.values_list("recorded_by", flat=True)) == {str(YOHANA)}


def test_a_sheet_that_died_after_a_sale_finds_it_again(world, code):
    taken = take(world, lines(f"27/04/2026;{code};1;;;;", f"27/04/2026;{code};2;;;;"))
    (first, _) = said(world, taken.sheet_id)
    assert first.sale.key == key_of(taken.sheet_id, first.row.line)
    record(taken.sheet_id, most=1)
    record(taken.sheet_id)
    assert Sale.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_with_one_file_at_once_make_each_sale_once(committed_world):
    code = Product.objects.get(pk=committed_world.noken).code
    content = lines(*[f"27/04/2026;{code};{n};;;;" for n in range(1, 13)])

    def one(by):
        try:
            taken = take(committed_world, content, by=by)
            record(taken.sheet_id, by=by)
            return taken.sheet_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        (sheet_id,) = set(pool.map(one, (YOHANA, MARTHA)))
    assert SalesSheet.objects.count() == 1
    assert Sale.objects.count() == 12
    assert progress_of(sheet_id=sheet_id).recorded == 12


def test_xlsx_and_pasted_rows_are_read_alike(world, code):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["No nota", "Tanggal", "Kode produk", "Qty", "Harga satuan"])
        sheet.write_row(1, 0, [12, "", "", 2, 95000.0])
        sheet.write_datetime(1, 1, dt.datetime(2026, 4, 27), day)  # noqa: DTZ001  a day of a sheet
        sheet.write_string(1, 2, code)
    by_file = take(world, file.getvalue())
    pasted = take(world, f"27/04/2026\t{code}\t2\t95.000\t\t\t12".encode())
    rows = [rows_of(sheet_id=taken.sheet_id)[0] for taken in (by_file, pasted)]
    sales: list[Any] = [
        check_rows(unit_id=world.nabire, rows=[row], today=TODAY)[0].sale for row in rows
    ]
    assert [(sale.items, sale.sold_on) for sale in sales] == [(sales[0].items, TODAY)] * 2
    assert sales[0].items[0].unit_price == 95_000


def test_the_empty_sheet_has_our_columns():
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template()))
    assert book.get_sheet_by_index(0).to_python()[0] == HEAD.split(";")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (HEAD.encode(), "kosong"),
        (b"tanggal;nota\n1;2", "produk, jumlah"),
        (b"PK\x03\x04nonsense", "tidak terbaca"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a;b\n" * 5_001, "5.000"),
        (b"x" * 3_000_001, "3 MB"),
    ],
)
def test_what_is_no_sheet_is_refused_whole(world, content, words):
    with pytest.raises(Refused, match=words):
        take(world, content)
    assert not SalesSheet.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "update sales_sheetrow set cells = '{}'",
        "update sales_sheetrow set state = 'waiting', sale_id = null where state = 'recorded'",
        "update sales_sheetrow set state = 'recorded' where state = 'waiting'",
        "delete from sales_sheetrow",
    ],
)
def test_the_database_keeps_what_rows_said_and_became(world, code, sql):
    taken = take(world, lines(*[f"27/04/2026;{code};1;;;;"] * 2))
    record(taken.sheet_id, most=1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert SheetRow.objects.filter(state="recorded").count() == 1


def test_yohana_sends_looks_and_records_on_the_page(person, world, code):
    yohana = person("Yohana", ("petugas", "nabire"))
    assert "Belum ada lembar" in yohana.get(PAGE).content.decode()
    empty = yohana.post(PAGE, {"pasted": " "})
    assert (empty.status_code, "Pilih berkas" in empty.content.decode()) == (422, True)
    content = lines(f"27/04/2026;{code};2;;;;1", "27/04/2026;TIADA;1;;;;2")
    file = SimpleUploadedFile("april.csv", content)
    page = yohana.post(PAGE, {"sheet": file})["Location"].partition("?")[0]
    looked = yohana.get(page).content.decode()
    assert ("siap" in looked, "perlu dibetulkan" in looked) == (True, True)
    assert not Sale.objects.exists()
    done = yohana.post(page, {"langkah": "mulai"}, follow=True).content.decode()
    assert "1 baris menjadi penjualan" in done
    assert "Lihat nota" in done
    twice = yohana.post(PAGE, {"pasted": content.decode()}, follow=True).content.decode()
    assert "sudah pernah dikirim" in twice
    result = b"".join(yohana.get(f"{page}hasil/").streaming_content).decode()
    assert "tercatat" in result.splitlines()[1]
    assert "tidak ada di unit ini" in result
    assert yohana.get(f"{PAGE}contoh/").status_code == 200


def test_another_unit_s_sheet_is_not_found(person, world, code):
    taken = take(world, lines(f"27/04/2026;{code};2;;;;1"))
    wayan = person("Wayan", ("petugas", "bangli"))
    there = f"/kerja/lapas-narkotika-kelas-iia-bangli/penjualan/impor/{taken.sheet_id}/"
    assert wayan.get(there).status_code == 404
    assert wayan.post(there).status_code == 404
    assert wayan.get(f"{PAGE}{taken.sheet_id}/").status_code == 404
    assert not Sale.objects.exists()


def test_the_pages_ask_a_known_number_of_statements(person, world, code, django_assert_num_queries):
    rows = [f"{day:02d}/04/2026;{code};1;;;;{day}" for day in (26, 27)]
    taken = take(world, lines(*rows * 20))
    yohana = person("Yohana", ("petugas", "nabire"))
    yohana.get(PAGE)
    # session, user, scope, sheets, what the desk offers
    with django_assert_num_queries(5):
        yohana.get(PAGE)
    # session, user, scope, sheet, rows, products, closing, twins, terms of two days, progress, desk
    with django_assert_num_queries(12):
        yohana.get(f"{PAGE}{taken.sheet_id}/")
