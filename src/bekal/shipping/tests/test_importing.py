"""Sheets of rates, good and bad: read, looked at, and written with a result per row."""

import io
import zipfile

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.shipping import sheet_file
from bekal.shipping.actions import load_districts
from bekal.shipping.models import Rate
from bekal.shipping.rules import Terms
from bekal.shipping.sheet_file import SheetUnreadable, read_sheet, text_of
from bekal.shipping.tests.desk import HERE, signed_in, text
from bekal.shipping.tests.factories import a_rate, a_row, a_service
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.usefixtures("noon")

SHEET = """layanan;tujuan;kg_pertama;kg_berikut;berat_min;berat_maks;hari_min;hari_maks
JNE REG;semua;46.000;41.000;;30;4;9
jne reg;Papua Tengah;Rp21.000;17000;;30;2;5
JNE REG;Kab. Nabire;12000;9000;0,5;30 kg;1;3
JNE REG;Bali;tidak;;;;;
"""


@pytest.fixture
def yohana(client, world):
    rows = [
        a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah"),
        a_row("510602", "Bangli", "Kab. Bangli", "Bali"),
        a_row("332201", "Getasan", "Kab. Semarang", "Jawa Tengah"),
        a_row("337401", "Semarang Tengah", "Kota Semarang", "Jawa Tengah"),
    ]
    load_districts(by=SETUP, now=NOON, rows=rows)
    a_service(world.nabire)
    return signed_in(client, world.nabire)


def an_xlsx(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return file.getvalue()


def a_file(content, name="tarif.xlsx"):
    return SimpleUploadedFile(name, content)


def problems(body):
    return [(row.line, row.problem) for row in read_sheet(body) if row.problem]


def test_a_sheet_is_read_row_by_row():
    rows = read_sheet(SHEET)
    assert [row.line for row in rows] == [2, 3, 4, 5]
    assert rows[0].terms == Terms(46_000, 41_000, 1, 30_000, 4, 9)
    assert rows[2].terms == Terms(12_000, 9_000, 500, 30_000, 1, 3)
    assert rows[3].terms is None
    assert not any(row.problem for row in rows)


def test_columns_may_stand_in_any_order_or_without_a_heading():
    other = "tujuan,hari_maks,layanan,kg_pertama,berat_maks\nBali,3,JNE REG,18000,30"
    ((row,), (bare,)) = (read_sheet(other), read_sheet("JNE REG\tBali\t18000\t\t\t30\t\t3"))
    assert row.terms == bare.terms == Terms(18_000, 0, 1, 30_000, 3, 3)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (";Bali;1;;;30;1;1", "Isi layanan dan tujuan."),
        ("JNE REG;;1;;;30;1;1", "Isi layanan dan tujuan."),
        ("JNE REG;Bali;delapan;;;30;1;1", "kg_pertama: Tulis jumlah dengan angka"),
        ("JNE REG;Bali;0;;;30;1;1", "Tarif kg pertama antara"),
        ("JNE REG;Bali;1;-5;;30;1;1", "kg_berikut: Tulis jumlah dengan angka"),
        ("JNE REG;Bali;1;;;;1;1", "berat_maks: Tulis berat seperti"),
        ("JNE REG;Bali;1;;;30;;", "hari_maks: Tulis jumlah dengan angka"),
        ("JNE REG;Bali;1;;;30;x;", "hari_min: Tulis jumlah dengan angka"),
        ("JNE REG;Bali;1;;;30;9;1", "Lama kirim"),
        ("JNE REG;Bali;1;;40;30;1;1", "Berat maksimum"),
        ("JNE REG;Bali;" + "9" * 400 + ";;;30;1;1", "kg_pertama: Jumlah paling besar"),
    ],
)
def test_a_row_that_says_nothing_useful_says_why(row, problem):
    ((line, said),) = problems(row)
    assert (line, said.startswith(problem)) == (1, True), said


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n\n;;;\n",
        "layanan;tujuan;kg_pertama\n",
        "layanan;harga\nJNE REG;1",
        "layanan;tujuan;kg_pertama\nJNE REG;Bali;18000",
        "x" * 300_001,
        "JNE REG;Bali;1\n" * 2001,
        '"JNE;\n' + "x" * 200_000,
    ],
)
def test_a_sheet_that_is_none_is_refused_as_a_whole(body):
    with pytest.raises(SheetUnreadable):
        read_sheet(body)


def test_a_spreadsheet_is_read_like_the_text_of_it():
    rows = [sheet_file.COLUMNS, ("JNE REG", "Bali", 18000, 9000.0, 0.5, 30, 2, 3)]
    (row,) = read_sheet(text_of(an_xlsx(rows)))
    assert row.terms == Terms(18_000, 9_000, 500, 30_000, 2, 3)


def a_bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a zip",
        b"\xff\xfe\x00\x01\x02",
        b"\x89PNG\r\n\x1a\n".replace(b"\x89", b""),
        b"%PDF-1.4\n1 0 obj\n",
        b"x" * 1_000_001,
        a_bomb(),
        an_xlsx([("x",)] * 2500),
        an_xlsx([tuple("x" * 100)]),
    ],
    ids=["broken", "binary", "picture", "paper", "large", "bomb", "long", "wide"],
)
def test_a_file_that_is_no_sheet_is_refused(content):
    with pytest.raises(SheetUnreadable):
        text_of(content)


@pytest.mark.django_db
def test_a_sheet_is_looked_at_before_anything_is_written(yohana):
    answer = yohana.post(f"{HERE}impor/", {"sheet": SHEET, "valid_from": "2026-04-27"})
    page = text(answer)
    assert answer.status_code == 200
    assert "Simpan 4 baris" in page
    assert "Kab. Nabire, Papua Tengah" in page
    assert not Rate.objects.exists()


@pytest.mark.django_db
def test_rows_that_are_in_force_already_are_told_so_and_not_written_again(yohana):
    sent = {"sheet": SHEET, "valid_from": "2026-04-27"}
    assert "sudah berlaku" not in text(yohana.post(f"{HERE}impor/", sent))
    yohana.post(f"{HERE}impor/simpan/", {**sent, "key": str(uuid7())})
    before = Rate.objects.count()
    assert text(yohana.post(f"{HERE}impor/", sent)).count("sudah berlaku, tidak ditulis lagi") == 3
    yohana.post(f"{HERE}impor/simpan/", {**sent, "key": str(uuid7())})
    assert Rate.objects.count() == before


@pytest.mark.django_db
def test_what_was_looked_at_is_written_with_a_result_per_row(yohana, world):
    bad = "TIKI ONS;Bali;1;;;30;1;1\nJNE REG;Atlantis;1;;;30;1;1\nJNE REG;Semarang;1;;;30;1;1\n"
    sheet = f"{SHEET}{bad}JNE REG;94;1;;;30;1;1\n"
    sent = {"sheet": sheet, "valid_from": "2026-05-01", "key": str(uuid7())}
    page = text(yohana.post(f"{HERE}impor/simpan/", sent))
    assert "4 baris tersimpan." in page
    assert "4 baris tidak disimpan." in page
    assert "Layanan ini belum ada di unit Anda" in page
    assert "Tujuan tidak dikenal." in page
    assert "Tulis lengkap: Kab. Semarang atau Kota Semarang." in page
    assert "sudah ada di baris 3." in page
    assert Rate.objects.count() == 4
    assert set(Rate.objects.values_list("area_id", flat=True)) == {"0", "94", "9401", "51"}
    again = text(yohana.post(f"{HERE}impor/simpan/", sent))
    assert "4 baris tersimpan." in again
    assert Rate.objects.count() == 4


@pytest.mark.django_db
def test_a_late_repeat_leaves_newer_rates_alone_and_other_content_is_kept(yohana, world):
    sent = {"sheet": SHEET, "valid_from": "2026-04-27", "key": str(uuid7())}
    yohana.post(f"{HERE}impor/simpan/", sent)
    newer = a_rate(world.nabire, Rate.objects.all()[0].service_id, "94", first_kg=1)
    yohana.post(f"{HERE}impor/simpan/", sent)
    assert Rate.objects.order_by("-pk")[0].pk == newer
    other = {**sent, "sheet": SHEET.replace("46.000", "47.000")}
    answer = yohana.post(f"{HERE}impor/simpan/", other)
    assert answer.status_code == 409
    assert "Simpan 4 baris" in text(answer), "with a new key it may be sent after all"
    assert MessageConflict.objects.get().door == "shipping.import_rates"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sheet": "", "valid_from": "2026-04-27"}, "satu tarif per baris"),
        ({"sheet": SHEET, "valid_from": ""}, "Isi tanggalnya."),
        ({"sheet": "a\x00", "valid_from": "2026-04-27"}, "Tempel lembar sebagai teks."),
    ],
)
def test_a_sheet_that_cannot_be_used_is_said_on_both_pages(yohana, sent, said):
    for page in ("impor/", "impor/simpan/"):
        answer = yohana.post(HERE + page, sent)
        assert answer.status_code == 422
        assert said in text(answer)
    assert not Rate.objects.exists()


@pytest.mark.django_db
def test_a_sheet_for_a_past_day_is_refused_when_it_is_saved(yohana):
    sent = {"sheet": SHEET, "valid_from": "2026-04-26", "key": str(uuid7())}
    answer = yohana.post(f"{HERE}impor/simpan/", sent)
    assert answer.status_code == 422
    assert not Rate.objects.exists()


@pytest.mark.django_db
def test_the_empty_sheet_names_the_services_and_can_come_back(yohana):
    answer = yohana.get(f"{HERE}impor/lembar.xlsx")
    assert answer["Content-Disposition"].endswith('tarif-lapas-kelas-iib-nabire.xlsx"')
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == list(sheet_file.COLUMNS)
    assert rows[1][:2] == ["JNE REG", "semua"]
    filled = an_xlsx([rows[0], [*rows[1][:2], 18000, 9000, "", 30, 2, 3]])
    sent = {"sheet": "", "file": a_file(filled), "valid_from": "2026-04-27"}
    assert "Simpan 1 baris" in text(yohana.post(f"{HERE}impor/", sent))


@pytest.mark.django_db
def test_a_thousand_rows_cost_no_more_statements_than_one(yohana, django_assert_max_num_queries):
    many = "".join(f"JNE REG;94;{n};;;30;1;1\n" for n in range(1, 1000))
    with django_assert_max_num_queries(22):
        yohana.post(
            f"{HERE}impor/simpan/",
            {"sheet": SHEET + many, "valid_from": "2026-04-27", "key": str(uuid7())},
        )
    assert Rate.objects.count() == 4


@pytest.mark.django_db
def test_what_is_wrong_with_a_file_is_said_at_the_file(yohana):
    paper = SimpleUploadedFile("tarif.pdf", b"%PDF-1.4\n", content_type="application/pdf")
    sent = {"sheet": "JNE REG;Bali", "file": paper, "valid_from": "2026-04-27"}
    page = yohana.post(f"{HERE}impor/", sent)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"file"}
    assert "JNE REG;Bali</textarea>" in page.content.decode()
    assert not Rate.objects.exists()
