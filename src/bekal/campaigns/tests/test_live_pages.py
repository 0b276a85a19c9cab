"""The live page: what it says before, during and after, what it costs, and what it never shows."""

import datetime as dt
import gzip
import re

import pytest
from django.test import Client

from bekal.campaigns import fragments, queries
from bekal.campaigns.tests import pictures
from bekal.campaigns.tests.declared import SLUG, declare, sell, take_back
from bekal.foundation import clock
from bekal.foundation.clock import Period
from bekal.sales.rules import RefundKind
from tests.support.world import NOON, TODAY

PAGE, PART, CSV = (f"/langsung/{SLUG}/{end}" for end in ("", "isi/", "angka.csv"))
KIB = 1024


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    """Noon of the campaign's day, with nothing kept of other tests' worlds."""
    fragments.forget()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    yield
    fragments.forget()


@pytest.fixture
def campaign(world):
    """Declared, with nothing sold."""
    return declare(world)


@pytest.fixture
def drawn(monkeypatch, campaign):
    """A function that lets the page show a picture made by hand."""

    def draw(**changes):
        shown = pictures.picture(**changes)
        monkeypatch.setattr(queries, "picture", lambda **_: shown)
        fragments.forget()

    return draw


def words(answer):
    """The words of a page without its tags, as one line."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(text.split())


def test_the_page_shows_the_count_of_the_day(client, drawn):
    drawn()
    page = words(client.get(PAGE))
    for expected in (
        "Satu Hari Satu Karya",
        "Hari Bakti Pemasyarakatan ke-62, Senin, 27 April 2026",
        "Langsung 14.32.08 WIB",
        "+Rp285.000 Tenun Donggala, Lapas Perempuan Palu",
        "Rp 1.482.307.500",
        "74% dari target Rp2 miliar",
        "Garis putih: tahun lalu pukul 14.00, Rp1.121.480.000",
        "9.214",
        "431 dari 526",
        "35 dari 38",
        "15 sampai 39",
        "Kopi arabika Bajawa, 2 buah",
        "Umum 61%",
        "Angka sementara.",
        "Data contoh",
    ):
        assert expected in page


def test_the_page_speaks_english(client, drawn):
    drawn()
    page = words(client.get(f"/en{PAGE}"))
    for expected in (
        "Live 14:32:08 WIB",
        "Rp 1,482,307,500",
        "74% of the target of Rp2 billion",
        "DKI Jakarta: 188 m",
        "Java",
        "Kopi arabika Bajawa, 2 pieces",
        "Public 61%",
        "Provisional figures.",
    ):
        assert expected in page
    assert f'href="{PAGE}" hreflang="id"' in client.get(f"/en{PAGE}").content.decode()


def test_a_sale_is_on_the_page_and_a_refund_takes_it_off(client, world, campaign):
    sale = sell(world.nabire, (world.noken, 2))
    assert 'data-total="200000"' in client.get(PAGE).content.decode()
    take_back(sale, 2, kind=RefundKind.RETURN)
    page = client.get(PAGE)
    assert 'data-total="0"' in page.content.decode()
    assert "-Rp200.000 batal atau kembali: Noken kulit kayu" in words(page)


def test_before_the_first_sale_the_page_says_so(client, campaign):
    page = words(client.get(PAGE))
    assert "Belum ada penjualan tercatat." in page
    assert "0 dari 3" in page


def test_before_its_day_the_page_says_when_it_begins(client, world):
    declare(world, period=Period(TODAY + dt.timedelta(2), TODAY + dt.timedelta(3)))
    page = client.get(PAGE)
    assert "Belum dimulai" in words(page)
    assert "Dimulai Rabu, 29 April 2026" in words(page)
    assert "live-cols" not in page.content.decode()


def test_after_its_day_the_page_keeps_its_address_and_says_final(
    client, world, campaign, monkeypatch
):
    sell(world.nabire, (world.noken, 2))
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=3))
    page = client.get(PAGE)
    assert "Hasil akhir" in words(page)
    assert 'data-total="200000"' in page.content.decode()
    assert "http-equiv" not in page.content.decode()


def test_nothing_new_is_answered_with_nothing(client, world, campaign):
    for path in (PAGE, PART, CSV, f"/en{PAGE}", f"{PAGE}?mode=layar"):
        first = client.get(path)
        assert first["Cache-Control"] == "no-cache"
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
    tag = client.get(PART)["ETag"]
    sell(world.nabire, (world.noken, 1))
    assert client.get(PART, headers={"If-None-Match": tag}).status_code == 200


def test_a_new_minute_makes_a_new_page(client, campaign, monkeypatch):
    tag = client.get(PART)["ETag"]
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=1))
    assert client.get(PART, headers={"If-None-Match": tag}).status_code == 200


def test_a_page_costs_one_statement_until_something_changes(
    client, world, campaign, django_assert_num_queries
):
    with django_assert_num_queries(4):  # revision, campaign, and the picture's two
        client.get(PAGE)
    for path in (PAGE, PART, f"/en{PAGE}", CSV):
        with django_assert_num_queries(1):
            client.get(path)
    sell(world.nabire, (world.noken, 1))
    with django_assert_num_queries(4):
        client.get(PART)


def test_the_fragment_is_what_the_page_holds(client, campaign):
    page, part = (client.get(path).content.decode() for path in (PAGE, PART))
    assert part in page
    assert "<html" not in part


def test_the_stage_shows_the_same_without_what_can_be_pressed(client, campaign):
    page = client.get(f"{PAGE}?mode=layar").content.decode()
    assert 'class="live live--stage"' in page
    assert "live--stage" not in client.get(f"{PAGE}?mode=apa-saja").content.decode()


def test_the_numbers_can_be_taken_home(client, drawn):
    drawn()
    answer = client.get(CSV)
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = text.splitlines()
    assert lines[0] == "bagian;kode;nama;rupiah;jumlah"
    assert f"kampanye;{pictures.SLUG};Satu Hari Satu Karya;1482307500;" in lines
    assert "jam;11;2026-04-27 11.00 WIB;271000000;" in lines
    assert "provinsi;82;Maluku Utara;;" in lines  # silent, which is not zero
    assert "pembeli;officer;pegawai;400223025;" in lines


def test_the_qr_code_leads_to_the_catalogue_by_the_name_that_was_asked_for(client):
    answer = client.get("/langsung/qr.svg", headers={"Host": "bekal.example"})
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert answer.content != client.get("/langsung/qr.svg", headers={"Host": "b.example"}).content


def test_an_unknown_campaign_is_no_page(client, campaign):
    for slug in ("tidak-ada", "a" * 10_000):
        for end in ("", "isi/", "angka.csv"):
            assert client.get(f"/langsung/{slug}/{end}").status_code == 404
    assert client.get("/langsung/%00/").status_code == 404


def test_a_name_is_only_words(client, world):
    declare(world, name="<script>alert(1)</script> & Karya")
    slug = queries.campaigns()[0].slug
    page = client.get(f"/langsung/{slug}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_page_is_light_and_carries_no_style_and_no_person(client, drawn):
    drawn()
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert len(gzip.compress(answer.content, 9)) <= 15 * KIB
    assert "style=" not in page
    assert "Set-Cookie" not in answer
    assert page.count("<h1") == 1


def test_the_page_is_the_same_for_who_has_signed_in(client, campaign, django_user_model):
    dewi = django_user_model.objects.create(email="dewi@contoh.go.id", name="Dewi Lestari")
    known = Client()
    known.force_login(dewi)
    assert known.get(PAGE).content == client.get(PAGE).content


def test_the_list_has_the_running_campaign_first(client, world, campaign):
    declare(
        world, name="Pekan Karya", period=Period(TODAY + dt.timedelta(9), TODAY + dt.timedelta(12))
    )
    page = words(client.get("/langsung/"))
    assert page.index("Sedang berlangsung") < page.index("Akan datang")
    assert "Sudah berlalu" not in page
    assert f'href="{PAGE}"' in client.get("/langsung/").content.decode()
    assert "Running now" in words(client.get("/en/langsung/"))


@pytest.mark.django_db
def test_a_list_without_campaigns_says_so(client):
    assert "Belum ada kampanye" in words(client.get("/langsung/"))
