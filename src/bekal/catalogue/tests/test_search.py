"""What visitors type, and what they find first among the real products."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bekal.catalogue import actions, queries, wording
from bekal.catalogue.models import Listing, NameWord, Price, PriceSpan, Product, Word
from bekal.catalogue.queries import PriceRange, ShowcaseFilters, ShowcaseSort
from bekal.catalogue.queries import search as ranking
from bekal.catalogue.tests.factories import (
    BY,
    NOW,
    TODAY,
    a_product,
    a_unit,
    the_units_of_the_file,
)
from bekal.places.models import Tenure

FOUND_FIRST = [
    ("batik", "batik"),
    ("BATIK TULIS", "batik tulis"),
    ("kemeja", "kemeja pria kualitas ekspor"),
    ("kaus", "kaos"),
    ("furnitur", "me"),
    ("sendal", "sandal"),
    ("kopi bubuk", "kopi bubuk"),
    ("keripik tempe", "keripik tempe"),
    ("kerajinan kayu", "kayu"),
    ("sayur", "sayur"),
    ("anyam", "anyam"),
    ("gantungan", "gantungan kunci"),
    ("telor ayam", "telur ayam"),
    ("peci", "peci rajut"),
    ("cendera mata", "souvenir"),
    ("kripik singkong", "keripik singkong"),
    ("roti wijen", "roti wijen"),
    ("noken", "noken"),
    ("kursi rotan", "rotan"),
    ("ikan lele", "lele"),
    ("sepatu kulit", "sepatu kulit"),
    ("jahe merah", "jahe merah"),
    ("lukis", "lukis"),
    ("bangku", "kursi"),
    ("mebel madiun", "meb"),
    ("rattan chair", "rotan"),
    ("bakpia", "bakpia"),
    ("kapal", "kapal"),
]
MEANT = [
    ("krpik", "keripik", "keripik"),
    ("spatu", "sepatu", "sepatu"),
    ("batk", "batik", "batik"),
    ("tenum", "tenun", "tenun"),
    ("sngkong", "singkong", "singkong"),
    ("gantungankunci", "gantungan kunci", "gantungan kunci"),
    ("kursi rotn", "kursi rotan", "rotan"),
    ("kopi bubukk", "kopi bubuk", "kopi bubuk"),
    ("kpoi", "kopi", "kopi"),
    ("aynam", "anyam", "anyam"),
]
NONSENSE = [
    "' or 1=1 --",
    "\\",
    "%",
    "_",
    "&|!():*",
    "a & !b",
    "<->",
    "''",
    "\x00",
    "😀",
    "a" * 10_000,
    "kopi " * 500,
    "ⅷ ½ ß İ",
    "select pg_sleep(9)",
    "-",
    "\u202e",
]


@pytest.fixture
def real(db):
    """The packaged products with their real units."""
    the_units_of_the_file()
    actions.load_products(by=BY, now=NOW)


def look(text, **filters):
    return queries.showcase(filters=ShowcaseFilters(text=text, **filters), on=TODAY)


def names(text, **filters):
    return [card.name for card in look(text, **filters).cards]


def test_what_is_typed_finds_what_is_meant_first(real):
    missed = [
        (typed, first, found[:3])
        for typed, first in FOUND_FIRST
        if not (found := names(typed)) or first not in found[0].lower()
    ]
    assert missed == []


def test_a_typing_error_is_looked_for_as_what_was_meant_and_says_so(real):
    missed = []
    for typed, said, first in MEANT:
        page = look(typed)
        if page.suggestion != said or first not in page.cards[0].name.lower():
            missed.append((typed, page.suggestion, [card.name for card in page.cards[:2]]))
    assert missed == []


def test_a_shirt_is_no_table_although_the_stemmer_says_so(real):
    assert "meja" not in " ".join(names("kemeja")).lower().replace("kemeja", "")
    with connection.cursor() as cursor:
        cursor.execute("select to_tsvector('indonesian', 'kemeja')::text")
        assert "'meja'" in cursor.fetchone()[0]


def test_stems_are_looked_at_when_the_words_find_nothing():
    assert wording.alternatives("anyaman") == ["anyam", "anyaman", "woven"]


@pytest.mark.django_db
def test_a_stem_finds_what_the_word_itself_does_not():
    a_product(unit=a_unit(), name="Pelatihan merajut tas")
    assert names("perajut") == ["Pelatihan merajut tas"]


def test_a_unit_and_a_region_are_found_by_their_names(real):
    page = look("lapas narkotika nusakambangan")
    assert {card.unit_name for card in page.cards} == {"Lapas Narkotika Kelas IIA Nusakambangan"}


@pytest.mark.django_db
def test_a_renamed_unit_is_found_by_its_new_name_and_by_its_old_one():
    unit = a_unit()
    a_product(unit=unit, name="Bawang goreng")
    tomorrow = TODAY + dt.timedelta(days=1)
    Tenure.objects.filter(place=unit).update(during=(None, tomorrow))
    Tenure.objects.create(
        place=unit, name="Lapas Tondo", kind="Lapas", during=(tomorrow, None), source="uji"
    )
    assert names("bawang tondo") == names("bawang palu") == ["Bawang goreng"]


@pytest.mark.django_db
def test_a_product_renamed_by_any_way_is_found_by_its_new_name():
    product = a_product(unit=a_unit(), name="Abon ikan")
    with connection.cursor() as cursor:
        cursor.execute("update catalogue_product set name = 'Dodol' where id = %s", [product.pk])
    assert names("dodol") == ["Dodol"]
    assert names("abon") == []


def test_words_and_filters_go_together(real):
    assert set(names("sandal", category="kulit")) == set(names("sandal"))
    assert names("sandal", category="mebel") == []
    prices = [card.price for card in look("tas", sort=ShowcaseSort.CHEAPEST).cards]
    assert prices == sorted(prices)
    assert prices
    assert all(c.price <= 50_000 for c in look("keripik roti", price=PriceRange.LOW).cards)


def test_found_products_are_counted_for_each_choice(real):
    page = look("sandal")
    kinds = {choice.code: choice.count for choice in page.facets.kinds}
    assert kinds["kulit"] == page.total
    assert kinds["mebel"] == 0
    assert sum(choice.count for choice in page.facets.provinces) == page.total


def test_nonsense_finds_nothing_or_something_and_never_fails(real):
    for text in NONSENSE:
        assert look(text).page == 1


def test_a_page_with_a_typing_error_asks_four_times_and_no_more(real, django_assert_num_queries):
    queries.newest(on=TODAY)
    with django_assert_num_queries(3):
        look("keripik")
    with django_assert_num_queries(4):
        look("krpik")
    with django_assert_num_queries(3):
        look("", page=14)


def test_of_a_word_that_very_many_have_a_bounded_number_is_ranked(db, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_RANKED", 240)
    unit = a_unit()
    first = a_product(unit=unit, name="Batik 0")
    Product.objects.bulk_create(
        Product(
            id=first.pk + n,
            code=f"X{n}",
            seller_id=first.seller_id,
            category_id="makanan",
            name=f"Batik {n}",
            added_at=NOW,
            added_by=str(BY),
        )
        for n in range(1, 300)
    )
    page = look("batik", page=99)
    assert (page.total, page.page, page.is_more) == (240, 10, True)
    assert {choice.count for choice in page.facets.kinds} == {None}
    assert look("batik", sort=ShowcaseSort.NEWEST).total == 300


@pytest.mark.django_db
def test_the_spans_say_what_the_price_sheet_says():
    product = a_product(unit=a_unit())
    days = [TODAY, TODAY - dt.timedelta(days=9), TODAY, TODAY + dt.timedelta(days=9)]
    for amount, day in enumerate(days, start=1):
        Price.objects.create(
            product=product, amount=amount, valid_from=day, set_at=NOW, set_by=str(BY)
        )
    spans = PriceSpan.objects.order_by("since").values_list("amount", "since", "until")
    assert list(spans) == [(2, days[1], TODAY), (3, TODAY, days[3]), (4, days[3], None)]


@pytest.mark.django_db
def test_words_of_new_products_can_be_mistyped_at_once():
    a_product(unit=a_unit(), name="Wedang uwuh")
    assert Word.objects.filter(word="wedang").exists()
    assert look("wedng").suggestion == "wedang"


@pytest.mark.django_db
def test_a_product_is_found_by_its_english_name_as_it_is_now():
    product = a_product(unit=a_unit(), name="Keranjang rotan")
    said = {"set_at": NOW, "set_by": str(BY)}
    listing = Listing.objects.create(product=product, name_en="Laundry hamper", **said)
    assert names("hamper") == names("rattan hamper") == ["Keranjang rotan"]
    assert names("keranjang hamper") == ["Keranjang rotan"]
    assert queries.showcase_problems() == []
    listing.name_en = "Wicker basket/box"
    listing.save()
    assert names("wicker basket") == names("box") == ["Keranjang rotan"]
    assert look("hamper").suggestion == ""
    assert names("hamper") == []
    Product.objects.filter(pk=product.pk).update(name="Keranjang besar")
    assert names("basket") == ["Keranjang besar"]
    assert actions.rebuild_showcase(by=BY, now=NOW) == 1
    assert names("basket") == ["Keranjang besar"]


@pytest.mark.django_db
def test_what_has_one_of_the_words_alone_is_said_to(client):
    unit = a_unit()
    for name in ("Batik tulis", "Noken kulit"):
        a_product(unit=unit, name=name)
    assert (len(names("batik noken")), look("batik noken").is_loose) == (2, True)
    assert not look("batik tulis").is_loose
    assert not look("batk tulis").is_loose
    both = look("batk noken")
    assert (both.is_loose, both.suggestion, len(both.cards)) == (True, "", 2)
    told = "Tidak ada karya yang punya semua kata itu."
    assert told in client.get("/katalog/?cari=batik+noken").content.decode()
    assert told not in client.get("/katalog/?cari=batik+tulis").content.decode()


@pytest.mark.django_db
def test_the_words_of_a_name_follow_it_and_signs_and_numbers_are_none():
    product = a_product(unit=a_unit(), name="Kue / roti no. 12 (isi 6)")
    kept = NameWord.objects.filter(product=product, seller=product.seller)
    assert set(kept.values_list("word", flat=True)) == {"kue", "roti", "isi"}
    Product.objects.filter(pk=product.pk).update(name="Roti tawar")
    assert set(kept.values_list("word", flat=True)) == {"roti", "tawar"}
    assert queries.showcase_problems() == []


@pytest.mark.django_db
def test_a_text_or_a_span_that_went_astray_is_told_and_made_again():
    product = a_product(unit=a_unit(), name="Kue / roti (isi 6)")
    Price.objects.create(product=product, amount=9, valid_from=TODAY, set_at=NOW, set_by=str(BY))
    assert queries.showcase_problems() == []
    PriceSpan.objects.update(since=TODAY - dt.timedelta(days=1))
    Product.objects.update(search_plain=None)
    NameWord.objects.filter(word="roti").update(word="rotan")
    assert len(queries.showcase_problems()) == 4
    assert actions.rebuild_showcase(by=BY, now=NOW) == 1
    assert queries.showcase_problems() == []
    assert names("roti") == ["Kue / roti (isi 6)"]


class AnyTextTest(TestCase):
    """Whatever is typed: a page, never an error."""

    def setUp(self):
        a_product(unit=a_unit(), name="Keripik pisang")

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60))
    def test_any_text_has_a_page(self, text):
        queries.showcase(filters=ShowcaseFilters(text=text), on=TODAY)
