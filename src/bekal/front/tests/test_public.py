"""The public pages, as anybody meets them."""

import datetime as dt
import html
import json
import re

import jsonschema
import pytest
from django.apps import apps
from django.utils import translation

from bekal.accounts.models import User
from bekal.catalogue.actions import set_contact, set_cost
from bekal.catalogue.models import Product
from bekal.foundation import clock
from bekal.front.queries import choices_of, declared_personal_data
from bekal.front.views import workshops
from bekal.places.actions import close_place
from bekal.production.actions import pause_unit
from bekal.sales.actions import record_sale
from tests.support.world import NOON, SETUP, YOHANA, a_product, a_sale, long_ago

pytestmark = pytest.mark.django_db
NABIRE = "/bengkel/lapas-kelas-iib-nabire/"
FEWEST_RECEIPTS = 5
WITHHELD = "Jumlahnya tidak ditampilkan"
PAGES = ["/", "/bengkel/", NABIRE, "/tentang/", "/aksesibilitas/", "/privasi/", "/api/"]
NONSENSE = ["", "\x00", "' or 1=1", "²", "-1", "9" * 5000, "x" * 10_000, "<script>alert", "é"]
# What https://schema.org/Organization and Google's page on it ask for.
ORGANIZATION = {
    "type": "object",
    "required": ["@context", "@type", "name", "url", "logo"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "Organization"},
        "name": {"const": "Bekal"},
        "url": {"const": "http://testserver/"},
        "logo": {"type": "string", "pattern": "^http://testserver/static/.+"},
        "parentOrganization": {
            "type": "object",
            "required": ["@type", "name"],
            "properties": {"@type": {"const": "GovernmentOrganization"}, "name": {"minLength": 1}},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}


@pytest.fixture(autouse=True)
def at_noon(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def main(page):
    return page.split("<main")[1].split("</main>")[0]


def sell(unit, product, times):
    for _ in range(times):
        record_sale(sale=a_sale(unit, (product, 1)), by=YOHANA, now=NOON)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_public_page_speaks_both_languages(client, path, prefix):
    page = text(client.get(prefix + path))
    assert f'<html lang="{prefix[1:] or "id"}">' in page
    assert page.count("<h1") == 1
    assert '<meta name="description" content="' in page
    assert f'hreflang="en" href="http://testserver/en{path}"' in page


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_link_of_the_public_pages_leads_somewhere(client, prefix):
    found = set()
    for path in PAGES:
        page = text(client.get(prefix + path))
        found |= {html.unescape(part.split('"')[0]) for part in page.split('href="')[1:]}
    inside = {each for each in found if each.startswith("/") and not each.startswith("/static/")}
    assert len(inside) > 20
    answers = {each: client.get(each).status_code for each in inside}
    assert {each: code for each, code in answers.items() if code not in {200, 302}} == {}


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_name_no_person(client, world, path):
    User.objects.create(email="yohana@contoh.test", name="Yohana Tabuni")
    sell(world.nabire, world.noken, FEWEST_RECEIPTS)
    page = text(client.get(path))
    assert "Yohana" not in page
    assert "contoh.test" not in page
    assert "Set-Cookie" not in client.get(path).headers


def test_home_shows_what_is_made_and_where(client, world):
    page = main(text(client.get("/")))
    assert " bengkel pemasyarakatan. Ke mana uangnya" in page
    assert "Noken" in page
    assert "/katalog/?jenis=" in page
    assert "Bengkel dengan produk terbanyak" in page


def test_home_takes_the_money_of_one_piece_apart(client, world):
    day = long_ago().date()
    set_cost(product_id=world.endek, amount=1_000, valid_from=day, by=SETUP, now=long_ago())
    page = main(text(client.get("/")))
    assert "Ke mana uang Anda pergi" in page
    assert "Dibagi menurut" in page
    assert "simulasi" not in page


def test_home_says_when_its_example_is_simulated(client, world):
    Product.objects.update(is_sample=True)
    page = main(text(client.get("/")))
    assert "Contoh: produk dan harganya simulasi" in page
    assert "Bengkel dengan produk terbanyak" not in page


def test_home_asks_the_database_little(client, world, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(3):
        client.get("/")


def test_home_is_made_anew_when_the_catalogue_changes(client, world):
    assert "Tas manik" not in text(client.get("/"))
    a_product(world.nabire, "Tas manik", "kerajinan", price=75_000)
    assert "Tas manik" in text(client.get("/"))
    assert "Weaving" not in text(client.get("/"))
    assert "Wickerwork" in text(client.get("/en/"))


def test_the_list_of_workshops_asks_the_database_little(client, django_assert_max_num_queries):
    client.get("/bengkel/")
    with django_assert_max_num_queries(2):
        client.get("/bengkel/")


def test_a_workshop_asks_the_database_little(client, world, django_assert_max_num_queries):
    sell(world.nabire, world.noken, FEWEST_RECEIPTS)
    client.get(NABIRE)
    with django_assert_max_num_queries(12):
        client.get(NABIRE)


def test_a_workshop_that_pauses_says_why_on_its_page(client, world):
    assert "Pesanan sedang dijeda" not in text(client.get(NABIRE))
    pause_unit(unit_id=world.nabire, sentence="Mesin rusak.", until=None, by=YOHANA, now=NOON)
    page = main(text(client.get(NABIRE)))
    assert "Pesanan sedang dijeda." in page
    assert "Mesin rusak." in page


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ({"cari": "NABIRE"}, "Lapas Kelas IIB Nabire", "Bangli"),
        ({"kanwil": "kanwil-bali"}, "Narkotika Kelas IIA Bangli", "Nabire"),
        ({"provinsi": "94"}, "Lapas Kelas IIB Nabire", "Bangli"),
        ({"jenis": "LPKA"}, "Tidak ada bengkel yang cocok.", "Nabire"),
        ({"cari": "tidak ada"}, "Tidak ada bengkel yang cocok.", "Lapas Kelas IIB Nabire"),
    ],
)
def test_workshops_are_found(client, asked, shown, hidden):
    page = main(text(client.get("/bengkel/", asked)))
    listed = page.split("</form>")[1]
    assert shown in listed
    assert hidden not in listed


def test_the_list_says_how_many_it_found(client):
    assert "1 dari 3 bengkel" in text(client.get("/bengkel/", {"cari": "nabire"}))
    assert "1 of 3 workshops" in text(client.get("/en/bengkel/", {"cari": "nabire"}))


@pytest.mark.parametrize("key", ["cari", "kanwil", "provinsi", "jenis", "halaman", "lain"])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_address_of_the_list_is_no_failure(client, key, value):
    assert "<script>alert" not in text(client.get("/bengkel/", {key: value}))


def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client):
    assert "Halaman tidak ada" in client.get("/bengkel/tidak-ada/").content.decode()
    answer = client.get("/en/bengkel/tidak-ada/")
    assert answer.status_code == 404
    assert "No such page" in answer.content.decode()


@pytest.mark.parametrize("code", ["nasional", "kanwil-papua", "tidak-ada", "x" * 3000])
def test_only_units_are_workshops(client, code):
    assert client.get(f"/bengkel/{code}/").status_code == 404


def test_few_receipts_are_not_summed_in_public(client, world):
    sell(world.nabire, world.noken, FEWEST_RECEIPTS - 1)
    page = main(text(client.get(NABIRE)))
    assert WITHHELD in page
    assert "Rp400.000" not in page
    sell(world.nabire, world.noken, 1)
    page = main(text(client.get(NABIRE)))
    assert "Rp500.000" in page
    assert WITHHELD not in page


def test_a_neighbours_few_receipts_are_not_found_by_subtraction(client, world):
    sell(world.nabire, world.noken, FEWEST_RECEIPTS)
    sell(world.merauke, world.bread, 1)
    page = main(text(client.get(NABIRE)))
    assert WITHHELD in page
    assert "Rp500.000" not in page


def test_a_workshop_tells_its_rule_and_its_past(client):
    page = main(text(client.get(NABIRE)))
    assert "Aturan bagi hasil di unit ini" in page
    assert "Dasar hukum:" in page
    assert "Dari waktu ke waktu" in page
    assert "Belum ada penjualan" in page


def test_simulated_turnover_is_named(client, world):
    sample = a_product(world.nabire, "Contoh", "kerajinan", price=9_000, cost=1_000, is_sample=True)
    sell(world.nabire, sample, FEWEST_RECEIPTS)
    page = main(text(client.get(NABIRE)))
    assert "Rp45.000 dari jumlah kotor adalah simulasi" in page


def test_a_closed_unit_says_so_and_keeps_its_page(client, world):
    last = NOON.date()
    close_place(place_id=world.nabire, on=last, source="SK contoh", by=SETUP, now=NOON)
    page = main(text(client.get(NABIRE)))
    assert "Unit ini sudah tutup." in page
    assert "26 April 2026" in page
    assert "Nabire" not in main(text(client.get("/bengkel/"))).split("</form>")[1]


def test_privacy_lists_every_declared_field(client):
    page = main(text(client.get("/privasi/")))
    declared = [
        (name, what)
        for model in apps.get_models()
        for name, what in getattr(model, "personal_data", {}).items()
    ]
    assert len(declared) == len(declared_personal_data()) >= 6
    for name, what in declared:
        assert str(what.label or name) in page
        assert str(what.purpose)[1:] in page
        assert str(what.retention)[1:] in page


def test_every_declared_field_is_explained_in_english():
    for each in declared_personal_data():
        with translation.override("en"):
            english = (str(each.what.purpose), str(each.what.retention))
        with translation.override("id"):
            assert english != (str(each.what.purpose), str(each.what.retention)), each.name


def test_the_contact_is_the_installations_own(client, settings):
    assert "Tanyakan kepada unit" in text(client.get("/aksesibilitas/"))
    settings.BEKAL_CONTACT = "Layanan Kanwil Papua"
    assert "Hubungi Layanan Kanwil Papua." in text(client.get("/aksesibilitas/"))


def test_a_demo_says_that_nobody_speaks_in_it(client, settings):
    settings.BEKAL_DEMO = True
    assert "bukan situs resmi" in main(text(client.get("/tentang/")))


def test_robots_are_kept_from_the_data_of_programs_and_shown_the_sitemap(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = text(answer).splitlines()
    assert "Disallow: /api/v1/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def organization(client, page="/"):
    page = text(client.get(page))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found[1]) if found else None


def test_home_says_who_speaks_in_words_of_schema_org(client, settings):
    told = organization(client)
    jsonschema.validate(told, ORGANIZATION)
    assert "parentOrganization" not in told
    settings.BEKAL_OFFICIAL = True
    told = organization(client)
    jsonschema.validate(told, ORGANIZATION)
    assert told["parentOrganization"]["name"] == "Direktorat Jenderal Pemasyarakatan"
    settings.BEKAL_DEMO = True
    assert organization(client) is None


def test_pages_of_the_list_of_workshops_have_addresses_of_their_own(client, monkeypatch):
    monkeypatch.setattr(workshops, "WORKSHOPS_A_PAGE", 2)
    for asked, kept in (
        ("", ""),
        ("halaman=2", "?halaman=2"),
        ("halaman=9", "?halaman=2"),
        ("cari=lapas&halaman=2", ""),
    ):
        page = text(client.get(f"/bengkel/?{asked}"))
        assert f'<link rel="canonical" href="http://testserver/bengkel/{kept}">' in page


def test_the_day_is_that_of_jakarta(client, monkeypatch):
    late = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)  # 2027 in Jakarta
    monkeypatch.setattr(clock, "now", lambda: late)
    assert "Omzet 2027" in text(client.get(NABIRE))


def test_choices_are_in_the_order_of_their_names():
    assert choices_of([]) == {"kanwil": {}, "provinces": {}, "kinds": {}}


def test_a_workshop_is_an_organization_whose_number_is_told_unless_it_is_made_up(client, world):
    told = organization(client, NABIRE)
    assert told == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Lapas Kelas IIB Nabire",
        "url": f"http://testserver{NABIRE}",
        "address": {
            "@type": "PostalAddress",
            "addressRegion": "Papua Tengah",
            "addressCountry": "ID",
        },
        "parentOrganization": {"@type": "GovernmentOrganization", "name": "Kanwil Ditjenpas Papua"},
    }
    number = "+6281298765432"
    set_contact(unit_id=world.nabire, number=number, by=SETUP, now=NOON)
    assert organization(client, NABIRE) == {**told, "telephone": number}
    set_contact(unit_id=world.nabire, number=number, is_sample=True, by=SETUP, now=NOON)
    assert organization(client, NABIRE) == told
