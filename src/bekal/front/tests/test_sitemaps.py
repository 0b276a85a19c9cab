"""What search engines are told: an index, its files, each page with its twin, by the protocol."""

import re
from pathlib import Path

import pytest
from lxml import etree

from bekal.catalogue.actions import describe_product
from bekal.catalogue.models import Picture
from bekal.catalogue.rules import NewListing
from bekal.foundation import clock
from bekal.places.actions import close_place
from tests.support.world import NOON, SETUP, TODAY, a_product, number_products_anew

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
SCHEMAS = Path(__file__).parent / "schemas"
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
PRODUCTS = "/sitemap-produk-1.xml"


@pytest.fixture
def numbered_anew(db):
    number_products_anew()


@pytest.fixture(autouse=True)
def at_noon(numbered_anew, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def read(client, path, schema="sitemap"):
    """A file as a tree, after its schema has found no fault with it."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml"
    tree = etree.fromstring(b"".join(answer.streaming_content))
    etree.XMLSchema(etree.parse(SCHEMAS / f"{schema}.xsd")).assertValid(tree)
    return tree


def locs(tree):
    return [str(text) for text in tree.xpath("//s:loc/text()", namespaces=SPACES)]


def url_of(tree, word):
    (found,) = (
        url
        for url in tree.xpath("//s:url", namespaces=SPACES)
        if f"{SITE}/p/{word}" in url.findtext("s:loc", namespaces=SPACES)
    )
    return found


def test_the_index_leads_to_every_file_and_each_file_is_sound(client):
    index = read(client, "/sitemap.xml", "siteindex")
    files = [loc.removeprefix(SITE) for loc in locs(index)]
    assert files == ["/sitemap-halaman-1.xml", PRODUCTS]
    found = [loc for file in files for loc in locs(read(client, file))]
    assert len(found) == len(set(found))
    for path in ("/", "/katalog/", "/bengkel/lapas-kelas-iib-nabire/", "/p/noken-kulit-kayu-"):
        for site in (SITE, f"{SITE}/en"):
            assert any(loc.startswith(site + path) for loc in found), (site, path)


def test_every_address_of_the_sitemaps_is_a_page_that_calls_itself_so(client):
    for file in ("/sitemap-halaman-1.xml", PRODUCTS):
        for loc in locs(read(client, file)):
            page = client.get(loc.removeprefix(SITE)).content.decode()
            assert f'<link rel="canonical" href="{loc}">' in page, loc
            twins = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page)
            assert {code for code, _ in twins} == {"id", "en"}, loc


def test_twins_name_each_other(client):
    tree = read(client, PRODUCTS)
    for url in tree.xpath("//s:url", namespaces=SPACES):
        links = url.findall("x:link", namespaces=SPACES)
        twins = {link.get("hreflang"): link.get("href") for link in links}
        assert url.findtext("s:loc", namespaces=SPACES) in twins.values()
        assert twins["en"] == twins["id"].replace(SITE, f"{SITE}/en")


def test_a_page_says_when_it_last_changed_and_which_pictures_it_has(client, world):
    before = url_of(read(client, PRODUCTS), "noken")
    assert before.findtext("s:lastmod", namespaces=SPACES) == "2026-01-02"
    described = NewListing(description="Dianyam dari kulit kayu.")
    describe_product(product_id=world.noken, listing=described, by=SETUP, now=NOON)
    for position, digest in enumerate(["a" * 32, "b" * 32, "c" * 32], start=1):
        Picture.objects.create(
            product_id=world.noken,
            digest=digest,
            width=1280,
            height=960,
            position=position,
            alt="Noken di atas meja" if position < 3 else "",
            added_at=NOON,
            added_by=str(SETUP),
            checked_at=NOON if position < 3 else None,
            checked_by=str(SETUP) if position < 3 else "",
        )
    url = url_of(read(client, PRODUCTS), "noken")
    assert url.findtext("s:lastmod", namespaces=SPACES) == TODAY.isoformat()
    assert [str(text) for text in url.xpath(".//i:loc/text()", namespaces=SPACES)] == [
        f"{SITE}/gambar/{digest}-1280.webp" for digest in ("a" * 32, "b" * 32)
    ]
    index = read(client, "/sitemap.xml", "siteindex")
    assert f"{PRODUCTS}</loc><lastmod>{TODAY}" in etree.tostring(index, encoding="unicode")


def test_what_is_simulated_or_closed_is_not_told(client, world):
    a_product(world.nabire, "Kue (contoh)", "makanan", price=9_000, is_sample=True)
    close_place(place_id=world.merauke, on=TODAY, source="uji", by=SETUP, now=NOON)
    found = " ".join(locs(read(client, PRODUCTS)))
    assert "noken" in found
    assert "contoh" not in found
    assert "roti" not in found


def test_a_file_that_there_is_not_is_not_found(client):
    for number in ("0", "2", "9" * 30):
        assert client.get(f"/sitemap-produk-{number}.xml").status_code == 404
        assert client.get(f"/sitemap-halaman-{number}.xml").status_code == 404


def test_sitemaps_ask_the_database_little(client, django_assert_max_num_queries):
    client.get("/katalog/")
    with django_assert_max_num_queries(3):
        read(client, "/sitemap.xml", "siteindex")
    with django_assert_max_num_queries(4):
        read(client, PRODUCTS)


def test_a_name_with_signs_of_xml_stays_a_name(client, world):
    a_product(world.nabire, "Kopi & <teh>", "minuman", price=1_000)
    assert any("kopi-teh" in loc for loc in locs(read(client, PRODUCTS)))
