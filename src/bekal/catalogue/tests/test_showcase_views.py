"""The public pages of the catalogue, as visitors get them."""

import html
import itertools
import json
import re

import jsonschema
import pytest

from bekal.catalogue import queries
from bekal.catalogue.actions import add_product, set_price
from bekal.catalogue.models import Product
from bekal.catalogue.queries import ground
from bekal.foundation import clock
from bekal.places.actions import close_place
from tests.support import world as world_of_tests
from tests.support.world import NOON, SETUP, TODAY

pytestmark = pytest.mark.django_db
NONSENSE = ["\x00", "a" * 10_000, "' or 1=1 --", "-1", "9" * 40, "<script>", "😀", "%00", "ⅷ"]
# What https://schema.org/ItemList and Google's "summary page" ask for.
ITEM_LIST = {
    "type": "object",
    "required": ["@context", "@type", "itemListElement"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ItemList"},
        "itemListElement": {
            "type": "array",
            "minItems": 1,
            "maxItems": 24,
            "items": {
                "type": "object",
                "required": ["@type", "position", "url"],
                "properties": {
                    "@type": {"const": "ListItem"},
                    "position": {"type": "integer", "minimum": 1},
                    "name": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://[^/]+/"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """It is noon of the day of the small world."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def path_of(product_id):
    code = Product.objects.get(pk=product_id).code
    found = queries.showcase_product(code=code, on=TODAY)
    assert found is not None
    return found.card.path


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_shows_every_product_with_its_workshop_and_price(client, world):
    text = page(client, "/katalog/")
    assert "4 karya" in text
    assert "Menampilkan 4 dari 4." in text
    assert "Halaman 1 dari 1" not in text
    for words in ("Noken kulit kayu", "Lapas Kelas IIB Nabire, Papua Tengah", "Rp48.000"):
        assert words in text
    assert f'href="/p/{path_of(world.noken)}/"' in text
    assert "bukan foto" in text


def test_every_page_stays_within_seven_statements_and_most_need_half(
    client, world, django_assert_num_queries
):
    path = path_of(world.noken)
    ground.forget()
    with django_assert_num_queries(6):
        client.get("/katalog/?cari=nokn")
    with django_assert_num_queries(3):
        client.get("/katalog/?jenis=kerajinan&halaman=2")
    with django_assert_num_queries(5):
        client.get(f"/p/{path}/")
    ground.forget()
    with django_assert_num_queries(7):
        client.get(f"/p/{path}/")


def test_filters_are_a_form_that_works_without_script(client, world):
    text = page(client, "/katalog/?jenis=kerajinan&prov=94&harga=ada")
    assert '<form class="sieve__form" method="get" action="/katalog/">' in text
    assert "Noken kulit kayu" in text
    assert "Kopi bubuk" not in text
    chips = re.findall(r'class="chip" href="([^"]*)"', text)
    assert chips == [
        "/katalog/?prov=94&amp;harga=ada",
        "/katalog/?jenis=kerajinan&amp;harga=ada",
        "/katalog/?jenis=kerajinan&amp;prov=94",
    ]


def test_choices_that_would_leave_nothing_cannot_be_chosen(client, world):
    text = page(client, "/katalog/?prov=94")
    for value in ("tekstil", "siap", "pesanan"):
        assert re.search(rf'value="{value}" disabled', text), value
    assert '<input type="checkbox" name="halal" value="ya" disabled>' in text
    assert '<input type="checkbox" name="baru" value="ya" disabled>' in text
    assert '<option value="lapas-kelas-iib-nabire">Lapas Kelas IIB Nabire (2)</option>' in text
    assert not re.search(r'value="kerajinan" disabled', text)


def test_every_filter_is_a_chip_that_can_be_taken_away(client, world):
    text = page(client, "/katalog/?jenis=minuman&stok=siap&halal=ya&baru=ya")
    chips = [html.unescape(each) for each in re.findall(r'class="chip" href="([^"]*)"', text)]
    assert chips == [
        "/katalog/?stok=siap&halal=ya&baru=ya",
        "/katalog/?jenis=minuman&halal=ya&baru=ya",
        "/katalog/?jenis=minuman&stok=siap&baru=ya",
        "/katalog/?jenis=minuman&stok=siap&halal=ya",
    ]
    assert "Saring (4)" in text
    english = page(client, "/en/katalog/?stok=siap&halal=ya&baru=ya")
    for words in ("Ready to ship", "Halal certified", "New, last 30 days"):
        assert words in english, words


def test_a_typing_error_is_answered_with_what_was_meant(client, world):
    text = page(client, "/katalog/?cari=nokn")
    assert "Mungkin maksud Anda <strong>noken</strong>?" in text
    assert "Noken kulit kayu" in text


def way(text, rel):
    found = re.search(rf'rel="{rel}" href="([^"]*)"', text)
    assert found is not None
    return html.unescape(found[1])


def test_pages_lead_on_by_links_that_name_a_place(client, world):
    for number in range(50):
        world_of_tests.a_product(world.nabire, f"Gelang {number}", "kerajinan", price=1_000)
    first = page(client, "/katalog/?jenis=kerajinan&urut=termurah")
    assert "Menampilkan 24 dari 51. Halaman 1 dari 3." in " ".join(first.split())
    onward = way(first, "next")
    assert re.search(r"halaman=2&setelah=1000-\d+$", onward)
    second = page(client, onward)
    assert "Halaman 2 dari 3." in second
    assert 'rel="prev" href="/katalog/?jenis=kerajinan&amp;urut=termurah"' in second
    third = page(client, way(second, "next"))
    assert "Menampilkan 3 dari 51. Halaman 3 dari 3." in " ".join(third.split())
    assert re.search(r"halaman=2&sebelum=1000-\d+$", way(third, "prev"))
    assert 'rel="next"' not in third


CANONICAL = {
    "": "",
    "urut=terbaru": "",
    "jenis=kerajinan": "?jenis=kerajinan",
    "jenis=kerajinan&halaman=2": "?jenis=kerajinan&amp;halaman=2",
    "jenis=kerajinan&halaman=2&setelah=3-1": "?jenis=kerajinan&amp;halaman=3",
    "unit=lapas-kelas-iib-nabire": "?unit=lapas-kelas-iib-nabire",
    "jenis=kerajinan&urut=termurah&halaman=2": "?jenis=kerajinan",
    "prov=94&harga=ada&halaman=2": "?prov=94",
    "cari=noken&halaman=2": "",
    "jenis=kerajinan&stok=siap": "?jenis=kerajinan",
    "jenis=kerajinan&baru=ya&halal=ya": "?jenis=kerajinan",
    "halaman=99": "?halaman=3",
}


def test_search_engines_keep_one_address_for_what_is_one_page(client, world):
    for number in range(50):
        world_of_tests.a_product(world.nabire, f"Gelang {number}", "kerajinan", price=1_000)
    for (asked, kept), way in itertools.product(CANONICAL.items(), ("", "/en")):
        text = page(client, f"{way}/katalog/?{asked}")
        own = f'<link rel="canonical" href="http://testserver{way}/katalog/{kept}">'
        assert own in text, asked
        assert f'hreflang="en" href="http://testserver/en/katalog/{kept}"' in text, asked
        assert ("noindex" in text) == ("cari" in asked)


def test_the_list_tells_its_products_in_words_of_schema_org(client, world):
    world_of_tests.a_product(world.nabire, "Kue", "makanan", price=9_000, is_sample=True)
    told = linked(page(client, "/katalog/"))
    jsonschema.validate(told, ITEM_LIST)
    assert len(told["itemListElement"]) == 4
    first = told["itemListElement"][0]
    assert (first["position"], first["name"]) == (1, "Kain endek")
    assert first["url"] == f"http://testserver/p/{path_of(world.endek)}/"
    assert linked(page(client, "/katalog/?cari=zzzzqqqq")) is None


def test_nothing_found_says_what_to_do(client, world):
    assert "Tidak ada karya yang cocok" in page(client, "/katalog/?cari=zzzzqqqq")
    assert "Hapus salah satu saringan" in page(client, "/katalog/?jenis=mebel&prov=94")


def test_nonsense_in_any_parameter_gets_a_page(client, world):
    for name in (
        "cari",
        "jenis",
        "prov",
        "kanwil",
        "unit",
        "harga",
        "stok",
        "halal",
        "baru",
        "urut",
        "halaman",
        "setelah",
    ):
        for value in NONSENSE:
            assert client.get("/katalog/", {name: value}).status_code == 200, (name, value)


def test_nonsense_for_a_product_is_not_found(client, world):
    for address in ("/p/x/", "/p/noken-00000/", f"/p/{'a' * 5000}/", "/p/-/", "/p/noken/"):
        assert client.get(address).status_code == 404, address


def test_an_old_or_mistyped_slug_leads_to_the_right_address_for_good(client, world):
    path = path_of(world.noken)
    code = path.rpartition("-")[2]
    for typed in (f"lama-{code}", code, f"noken-{code}"):
        answer = client.get(f"/p/{typed}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/p/{path}/"), typed


def test_a_product_tells_where_the_money_goes_to_the_rupiah(client, world):
    text = page(client, f"/p/{path_of(world.noken)}/")
    assert "Ke mana uang Anda pergi" in text
    assert "Kepmen Kehakiman M.01-PP.02.01/1990" in text
    for part in ("Bahan dan biaya: Rp60.000", "50% × Rp40.000 = Rp20.000", "15% × Rp40.000"):
        assert part in " ".join(text.split()), part


def test_of_the_whole_price_the_shares_are_told_without_a_cost(client, world):
    text = " ".join(page(client, f"/p/{path_of(world.endek)}/").split())
    assert "50% × Rp100.000 = Rp50.000" in text


def test_without_a_cost_the_page_says_why_there_is_no_split(client, world):
    product = world_of_tests.a_product(world.nabire, "Tas rajut", "kerajinan", price=50_000)
    text = page(client, f"/p/{path_of(product)}/")
    assert "biaya karya ini belum dicatat" in text
    assert '<figure class="band"' not in text


def test_without_a_price_the_source_speaks_and_no_offer_is_made(client, world):
    product = add_product(
        unit_id=world.nabire,
        name="Ukiran",
        category="kerajinan",
        source="https://contoh.id/2022/03/ukiran/",
        by=SETUP,
        now=NOON,
    )
    Product.objects.filter(pk=product.pk).update(source_price_low=10_000, source_price_high=90_000)
    text = page(client, f"/p/{path_of(product.pk)}/")
    assert "Angka dari sumber tahun 2022, bukan harga jual" in text
    assert "Harganya belum tersedia" in text
    assert "offers" not in linked(text)
    assert "contoh.id" in text
    assert "contoh.id/2022" not in text, "the headline in an address may name a maker"


def linked(text):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    told = json.loads(found[1]) if found else {}
    return told.get("@graph", [told])[0] or None


def test_search_engines_are_told_true_facts_alone(client, world):
    facts = linked(page(client, f"/p/{path_of(world.coffee)}/"))
    assert facts["name"] == "Kopi bubuk 200 g"
    assert not {"offers", "image", "aggregateRating", "review"} & set(facts), "none can be ordered"
    sample = world_of_tests.a_product(world.nabire, "Kue", "makanan", price=9_000, is_sample=True)
    text = page(client, f"/p/{path_of(sample)}/")
    assert linked(text) is None
    assert "Produk contoh" in text
    assert "Cara membeli" not in text


def test_a_name_cannot_break_out_of_the_facts(client, world):
    product = world_of_tests.a_product(world.nabire, "</script><b>Noken", "kerajinan", price=9_000)
    text = page(client, f"/p/{path_of(product)}/")
    assert linked(text)["name"] == "</script><b>Noken"
    assert "<b>Noken" not in text


def test_a_price_announced_for_later_is_not_shown_before(client, world):
    day = TODAY.replace(day=28)
    set_price(product_id=world.noken, amount=123_000, valid_from=day, by=SETUP, now=NOON)
    assert "Rp123.000" not in page(client, f"/p/{path_of(world.noken)}/")
    found = queries.showcase_product(code=path_of(world.noken)[-5:], on=day)
    assert found is not None
    assert found.card.price == 123_000


def test_products_of_a_closed_unit_vanish(client, world):
    path = path_of(world.bread)
    close_place(place_id=world.merauke, on=TODAY, source="uji", by=SETUP, now=NOON)
    assert client.get(f"/p/{path}/").status_code == 404
    assert "Roti tawar" not in page(client, "/katalog/")
    assert "Roti tawar" not in page(client, "/katalog/?cari=roti")


def test_the_english_pages_speak_english_and_lead_to_each_other(client, world):
    text = page(client, "/en/katalog/?jenis=kerajinan")
    assert "Wickerwork and crafts" in text
    assert "Rp48,000" in page(client, "/en/katalog/")
    assert f'href="/en/p/{path_of(world.noken)}/"' in text
    text = page(client, f"/en/p/{path_of(world.noken)}/")
    assert "Where your money goes" in text
    answer = client.get(f"/en/p/x-{path_of(world.noken)[-5:]}/")
    assert answer["Location"].startswith("/en/p/noken")


@pytest.mark.parametrize("name", ["jenis", "prov", "kanwil", "unit"])
def test_a_code_that_is_none_narrows_nothing(client, world, name):
    text = page(client, f"/katalog/?{name}=xx")
    assert 'class="chip"' not in text
    assert "Noken kulit kayu" in text
