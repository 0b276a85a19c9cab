"""The public data as visitors meet them: pages, files and the descriptor agree with one another."""

import csv
import io
import json

import pytest
from django.test import Client
from django.utils import translation

from bekal.foundation.actors import command_actor
from bekal.opendata.actions import load_claims
from bekal.opendata.datasets import DATASETS
from bekal.opendata.method import cases
from bekal.sales.actions import record_sale
from tests.support import world

pytestmark = pytest.mark.django_db
NAMES = [dataset.name for dataset in DATASETS]
NONSENSE = ("\0", "x" * 10_000, "-1", "'; drop table", "９９", "2026-13-45", "<b>")
ANCHORS = """
kotor dikembalikan bersih barang pembeli sementara tahun-lalu cakupan diam bagi-hasil pnbp premi
susunan provinsi contoh ditahan riwayat berkas tidak-dihitung produk kapan terlambat pembulatan
"""


@pytest.fixture
def built():
    made = world.build()
    load_claims(by=command_actor("load"), now=world.NOON)
    for pieces in (1, 2, 3, 1, 2):
        sale = world.a_sale(made.bangli, (made.endek, pieces))
        record_sale(sale=sale, by=world.WAYAN, now=world.NOON)
    record_sale(sale=world.a_sale(made.nabire, (made.noken, 1)), by=world.YOHANA, now=world.NOON)
    return made


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr("bekal.foundation.clock.timezone.now", lambda: world.NOON)


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def page(path, **asked):
    answer = Client().get(path, asked)
    assert answer.status_code == 200
    return text_of(answer)


def rows_of(path, **asked):
    text = page(path, **asked)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_the_columns_that_the_descriptor_promises(name):
    package = json.loads(page("/data/datapackage.json"))
    (resource,) = [one for one in package["resources"] if one["name"] == name]
    header = page(f"/data/{name}.csv").removeprefix("\ufeff").split("\r\n")[0].split(";")
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert resource["path"] == f"{name}.csv"
    assert all(field["description"] for field in resource["schema"]["fields"])
    assert set(resource["schema"].get("primaryKey", [])) <= set(header)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", NAMES)
def test_the_key_of_a_file_names_each_row_once_and_types_hold(name):
    (dataset,) = [one for one in DATASETS if one.name == name]
    rows = rows_of(f"/data/{name}.csv")
    if dataset.key:
        keys = [tuple(row[column] for column in dataset.key) for row in rows]
        assert len(set(keys)) == len(keys)
    for column in dataset.columns:
        for row in rows:
            if column.kind == "integer" and row[column.name]:
                int(row[column.name])


def test_the_days_of_the_files_sum_to_what_was_sold(built):
    for _ in range(4):
        sale = world.a_sale(built.nabire, (built.noken, 1))
        record_sale(sale=sale, by=world.YOHANA, now=world.NOON)
    by_day = {row["kanwil_kode"]: row for row in rows_of("/data/omzet-harian.csv")}
    assert (by_day["kanwil-bali"]["nota"], by_day["kanwil-bali"]["omzet_bersih"]) == ("5", "900000")
    by_kind = rows_of("/data/omzet-kategori.csv")
    whole = sum(int(row["omzet_bersih"]) for row in by_day.values())
    assert sum(int(row["omzet_bersih"]) for row in by_kind) == whole == 1_400_000


@pytest.mark.usefixtures("built")
def test_a_unit_with_few_receipts_is_kept_back_and_not_shown_as_zero():
    rows = {row["unit_kode"]: row for row in rows_of("/data/omzet-unit.csv")}
    nabire, bangli = rows["lapas-kelas-iib-nabire"], rows["lapas-narkotika-kelas-iia-bangli"]
    assert (nabire["ditahan"], nabire["nota"], nabire["omzet_bersih"]) == ("ya", "", "")
    assert (bangli["ditahan"], bangli["omzet_bersih"]) == ("tidak", "900000")


@pytest.mark.usefixtures("built")
def test_a_day_kept_back_cannot_be_worked_out_from_the_nations_day():
    papua_and_bali = rows_of("/data/omzet-harian.csv")
    assert [row["ditahan"] for row in papua_and_bali] == ["ya", "ya"]


@pytest.mark.usefixtures("built")
def test_days_can_be_narrowed_and_a_mistyped_day_is_refused_in_words():
    assert rows_of("/data/omzet-harian.csv", sejak="2026-04-28") == []
    assert rows_of("/data/omzet-harian.csv", sejak="2026-04-27", sampai="2026-04-01")
    answer = Client().get("/data/omzet-harian.csv", {"sejak": "27 April"})
    assert answer.status_code == 404
    assert "Tanggal tidak terbaca" in text_of(answer)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", ["tema", "tahun", "cari", "urut", "halaman", "sejak", "sampai"])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_is_answered_in_words(name, value):
    for path in ("/data/riwayat/", "/data/riwayat.csv", "/data/", "/data/omzet-unit.csv"):
        answer = Client().get(path, {name: value})
        assert answer.status_code in {200, 404}
        assert text_of(answer)


def test_a_dataset_that_there_is_not_is_not_found():
    assert Client().get("/data/rahasia.csv").status_code == 404


@pytest.mark.usefixtures("built")
def test_the_file_of_claims_is_what_the_page_shows():
    for asked in ({}, {"tema": "pnbp"}, {"tahun": "2023"}, {"cari": "coir net", "urut": "terlama"}):
        shown = []
        for number in range(1, 5):
            answer = Client().get("/data/riwayat/", {**asked, "halaman": str(number)})
            shown += [said.claim.key for said in answer.context["page"]]
            if not answer.context["page"].has_next():
                break
        assert [row["kunci"] for row in rows_of("/data/riwayat.csv", **asked)] == shown
        assert shown


@pytest.mark.usefixtures("built")
def test_the_page_of_claims_says_that_they_are_no_counts_and_shows_five_fairs():
    html = page("/data/riwayat/")
    assert "tidak pernah masuk ke jumlah mana pun" in html
    fairs = html.split('id="plasa-industri"')[1].split("</section>")[0]
    assert fairs.count("<h3>") == 5
    assert all(f"<h3>{year}</h3>" in fairs for year in (2014, 2016, 2017, 2018, 2019))


@pytest.mark.usefixtures("built")
def test_a_claim_keeps_the_time_the_word_and_the_doubt_of_its_source():
    html = page("/data/riwayat/", cari="total keuntungan")
    assert "8 sampai 10 Agustus 2025" in html
    assert "Kata dasar: keuntungan" in html
    assert "juga dibaca sebagai penjualan" in html
    assert "Rp241.878.503" in html
    assert 'href="https://indoposco.id/' in html


@pytest.mark.usefixtures("built")
def test_a_part_of_a_year_is_drawn_as_such_beside_its_table():
    html = page("/data/riwayat/")
    assert html.count("chart__part") == 3
    assert "Januari sampai Juli 2023" in html


@pytest.mark.usefixtures("built")
def test_nothing_found_says_so_and_leads_back():
    html = page("/data/riwayat/", cari="gajah terbang")
    assert "Tidak ada angka yang cocok." in html
    assert 'href="/data/riwayat/"' in html


def test_an_empty_installation_shows_its_pages():
    for path in ("/data/", "/data/riwayat/", "/data/metode/", "/data/datapackage.json"):
        assert page(path)
    assert "Belum ada isinya" in page("/data/")


@pytest.mark.usefixtures("built")
def test_english_pages_speak_english():
    assert "Figures of the past, by source" in page("/en/data/riwayat/")
    assert "The source's word: profit" in page("/en/data/riwayat/", cari="keuntungan")
    assert "8 to 10 August 2025" in page("/en/data/riwayat/", cari="keuntungan")
    assert "Gross turnover" in page("/en/data/metode/")
    assert "Turnover by day and kanwil" in page("/en/data/")
    package = json.loads(page("/en/data/datapackage.json"))
    assert package["title"] == "Open data of Bekal"


@pytest.mark.parametrize("anchor", ANCHORS.split())
def test_each_definition_has_an_anchor_that_others_lead_to(anchor):
    assert page("/data/metode/").count(f'id="{anchor}"') == 1


def test_every_dataset_leads_to_a_definition():
    html = page("/data/metode/")
    assert all(f'id="{dataset.method}"' in html for dataset in DATASETS)


def test_the_worked_sums_are_those_of_the_page_of_money():
    with translation.override("id"):
        amounts = [[amount for _, amount in case.parts] for case in cases()]
    assert amounts == [
        [35_000, 15_000, 50_000],
        [60_000, 20_000, 14_000, 6_000],
        [93_999, 25_001, 17_500, 7_500],
        [100_000],
    ]
    assert "Rp25.001" in page("/data/metode/")


@pytest.mark.parametrize(
    ("path", "most"),
    [("/data/riwayat/", 1), ("/data/metode/", 0), ("/data/datapackage.json", 0), ("/data/", 9)],
)
def test_a_page_asks_few_questions(built, django_assert_num_queries, path, most):
    with django_assert_num_queries(most):
        page(path)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", NAMES)
def test_a_file_asks_one_question(django_assert_num_queries, name):
    with django_assert_num_queries(1):
        page(f"/data/{name}.csv")
