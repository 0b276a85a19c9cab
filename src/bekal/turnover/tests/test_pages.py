"""The pages of turnover, as Ratna of Ditjenpas, Ari of Kanwil Papua and others meet them."""

import csv
import datetime as dt
import io

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.places.actions import close_place, move_place
from bekal.sales.actions import record_sale, report_day, void_sale
from tests.support.world import NOON, SETUP, TODAY, WAYAN, YESTERDAY, YOHANA, a_sale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NATION = "/omzet/nasional/"
PAPUA = "/omzet/kanwil-papua/"
NABIRE = "/omzet/lapas-kelas-iib-nabire/"


def sign_in(client, place, role):
    user = User.objects.create(email=f"{role}@contoh.go.id", name=f"Orang {role}")
    Grant.objects.create(
        user=user, role=role, place_id=place, granted_at=NOON, granted_by="command:uji"
    )
    client.force_login(user)
    return client


@pytest.fixture
def sold(world):
    """Two sales of Nabire, one of Merauke taken back at once; Bangli is silent."""
    first = a_sale(world.nabire, (world.noken, 2))
    record_sale(sale=first, by=YOHANA, now=NOON)
    record_sale(
        sale=a_sale(world.nabire, (world.coffee, 1), sold_on=YESTERDAY), by=YOHANA, now=NOON
    )
    wrong = a_sale(world.merauke, (world.bread, 3))
    record_sale(sale=wrong, by=YOHANA, now=NOON)
    void_sale(key=uuid7(), sale_id=wrong.key, by=YOHANA, now=NOON)
    return first.key


@pytest.fixture
def ratna(client, world, sold):
    return sign_in(client, world.centre, Role.DITJENPAS)


def text(answer):
    return answer.content.decode()


def test_the_nation_shows_net_with_gross_and_returns_and_its_coverage(ratna):
    page = text(ratna.get(NATION))
    for words in ("Rp248.000", "Rp293.003", "Rp45.003", "2 dari 3 unit mencatat", "WIB", "Umum"):
        assert words in page, words
    assert "Kanwil Ditjenpas Bali" in page
    assert "Lapas Narkotika Kelas IIA Bangli" in page
    assert "Apa arti angka ini?" in page


def test_the_way_goes_down_to_a_receipt(ratna, sold):
    assert PAPUA in text(ratna.get(NATION))
    assert NABIRE in text(ratna.get(PAPUA))
    assert f"{NABIRE}2026-04-27/" in text(ratna.get(NABIRE))
    assert f"/kerja/lapas-kelas-iib-nabire/penjualan/{sold}/" in text(
        ratna.get(f"{NABIRE}2026-04-27/")
    )


def test_a_day_tells_what_was_taken_back(ratna):
    page = text(ratna.get("/omzet/lapas-kelas-iib-merauke/2026-04-27/"))
    assert "Salah catat" in page
    assert "Rp45.003" in page


def test_a_zero_report_is_no_silence(ratna, world):
    report_day(unit_id=world.bangli, day=TODAY, expects_sales=False, by=WAYAN, now=NOON)
    assert "3 dari 3 unit mencatat" in text(ratna.get(NATION))
    bangli = "/omzet/lapas-narkotika-kelas-iia-bangli/"
    assert "Nihil dalam periode ini." in text(ratna.get(bangli))
    assert "tanpa penjualan" in text(ratna.get(f"{bangli}2026-04-27/"))


def test_a_period_without_sales_says_so(ratna):
    page = text(ratna.get(NATION, {"periode": "2026-03"}))
    assert "Belum ada penjualan tercatat dalam periode ini." in page
    assert "0 dari 3 unit mencatat" in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"periode": "2026-13"}, "Pilih bulan atau tahun dari daftar."),
        ({"periode": "2027"}, "Periode itu belum mulai."),
        ({"dari": "kemarin"}, "Tulis tanggal seperti 27/04/2026"),
        ({"dari": "2026-04-20", "sampai": "2026-04-01"}, "Tanggal akhir sama dengan atau sesudah"),
        ({"sampai": "2026-04-01"}, "Isi tanggal awal"),
        ({"dari": "1990-01-01"}, "Tanggal paling awal"),
        ({"dari": "2015-01-01"}, "Periode paling panjang 5 tahun."),
    ],
)
def test_a_wrong_period_is_named_and_this_month_is_shown(*, ratna, asked, words):
    answer = ratna.get(NATION, asked)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "1 sampai 27 April 2026" in text(answer)
    assert ratna.get(f"{NATION}unduh.csv", asked).status_code == 302


@pytest.mark.parametrize("key", ["periode", "dari", "sampai", "susunan", "urut", "halaman", "isi"])
@pytest.mark.parametrize("value", ["\x00", "' or 1=1", "²", "-1", "9" * 5000, "<script>x", "0000"])
def test_nonsense_in_the_address_is_no_failure(*, ratna, key, value):
    for address in (NATION, f"{NATION}unduh.csv", f"{NABIRE}2026-04-27/"):
        answer = ratna.get(address, {key: value})
        assert answer.status_code in {200, 302, 422}
        assert "<script>x" not in text(answer)


def test_a_file_has_bare_numbers_and_the_days_it_speaks_of(ratna):
    answer = ratna.get(f"{NATION}unduh.csv")
    assert "omzet-nasional-2026-04-01-2026-04-27-tempat.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))
    by_code = {row["kode"]: row for row in rows}
    assert by_code["kanwil-papua"]["omzet_bersih"] == "248000"
    assert by_code["kanwil-bali"]["unit_diam"] == "1"
    assert {row["dari"] for row in rows} == {"2026-04-01"}
    for table in ("hari", "kategori", "saluran", "pembeli", "bagian", "diam"):
        assert len(text(ratna.get(f"{NATION}unduh.csv", {"isi": table})).splitlines()) > 1


def test_a_unit_that_moved_is_shown_by_both_trees(ratna, world):
    assert "susunan sekarang" not in text(ratna.get(PAPUA)).split("Apa arti")[0]
    move_place(
        place_id=world.nabire, parent_id=world.bali, on=TODAY, source="uji", by=SETUP, now=NOON
    )
    page = text(ratna.get(PAPUA))
    assert "Lihat menurut susunan sekarang" in page
    assert "Rp48.000" in page
    assert "Rp248.000" in text(ratna.get("/omzet/kanwil-bali/", {"susunan": "sekarang"}))


def test_places_of_the_past_open_for_the_nation_alone(ratna, world, client):
    close_place(place_id=world.merauke, on=TODAY, source="uji", by=SETUP, now=NOON)
    assert ratna.get("/omzet/lapas-kelas-iib-merauke/").status_code == 200
    ari = sign_in(client, world.papua, Role.KANWIL)
    assert ari.get("/omzet/lapas-kelas-iib-merauke/").status_code == 404


def test_everyone_begins_at_their_own_top(client, world):
    ari = sign_in(client, world.papua, Role.KANWIL)
    assert ari.get("/omzet/")["Location"] == PAPUA
    assert ari.get(NATION).status_code == 404
    assert ari.get("/omzet/kanwil-bali/").status_code == 404
    user = User.objects.get(email="kanwil@contoh.go.id")
    Grant.objects.create(
        user=user, role=Role.AUDITOR, place_id=world.bangli, granted_at=NOON, granted_by="x"
    )
    page = text(ari.get("/omzet/"))
    assert PAPUA in page
    assert "Bangli" in page


@pytest.mark.parametrize("role", [Role.MITRA, Role.SPONSOR])
def test_outsiders_see_sums_of_their_places_and_no_receipt(*, client, world, sold, role):
    outsider = sign_in(client, world.centre, role)
    page = text(outsider.get(NABIRE))
    assert "Rp248.000" in page
    assert "2026-04-27/" not in page
    assert outsider.get(f"{NABIRE}2026-04-27/").status_code == 403


@pytest.mark.parametrize("day", ["2026-04-28", "1999-12-31", "kemarin", "2026-02-30"])
def test_a_day_that_is_no_day_of_the_unit_is_not_found(ratna, day):
    assert ratna.get(f"{NABIRE}{day}/").status_code == 404
    assert ratna.get(f"{PAPUA}2026-04-27/").status_code == 404


def test_rows_can_be_sorted(ratna):
    page = text(ratna.get(NATION, {"urut": "bersih"}))
    assert page.index("Kanwil Ditjenpas Papua") < page.index("Kanwil Ditjenpas Bali")


def test_pages_ask_the_database_little(ratna, django_assert_max_num_queries):
    ratna.get(NATION)
    for address, most in ((NATION, 9), (NABIRE, 9), (f"{NABIRE}2026-04-27/", 7), ("/omzet/", 4)):
        with django_assert_max_num_queries(most):
            ratna.get(address)


def test_papua_begins_its_day_before_the_clock_of_jakarta(monkeypatch, ratna, world):
    late = dt.datetime(2026, 4, 27, 15, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: late)
    sale = a_sale(world.nabire, (world.noken, 1), sold_on=None, sold_at=late)
    record_sale(sale=sale, by=YOHANA, now=late)
    assert "Rp348.000" in text(ratna.get(NATION))
    assert f"{sale.key}" in text(ratna.get(f"{NABIRE}2026-04-28/"))
