"""What shopping channels read: only what can be ordered, in the fields that they document."""

import csv
import io
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from bekal.catalogue.actions import (
    add_picture,
    check_picture,
    describe_product,
    publish,
    tell_shelf,
    unpublish,
)
from bekal.catalogue.models import Listing
from bekal.catalogue.queries import feed
from bekal.catalogue.rules import NewListing, NewShelf, Origin, ShelfState
from bekal.catalogue.tests.photos import a_photo
from bekal.foundation import clock
from bekal.places.actions import close_place
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
GOOGLE, META = "/umpan/produk.xml", "/umpan/produk.csv"
SCHEMA = Path(__file__).parent / "schemas" / "feed.xsd"
G = "{http://base.google.com/ns/1.0}"
# https://developers.facebook.com/docs/marketing-api/catalog/reference/
META_REQUIRED = (
    "id",
    "title",
    "description",
    "availability",
    "condition",
    "price",
    "link",
    "image_link",
    "brand",
)


@pytest.fixture(autouse=True)
def at_noon(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def noken(world):
    return offered(world.noken, description="Dianyam dari kulit kayu melinjo & pewarna alam.")


def offered(product_id, *, state=ShelfState.READY, photos=1, description="Buatan bengkel.", **told):
    listing = NewListing(description=description, origin=Origin.INSIDE, weight_g=350, is_food=False)
    describe_product(product_id=product_id, listing=listing, by=YOHANA, now=NOON)
    publish(product_id=product_id, by=YOHANA, now=NOON)
    tell_shelf(shelves=[NewShelf(product_id, state, **told)], by=SETUP, now=NOON)
    for number in range(photos):
        content = a_photo(900, 700, colour=(90 + 50 * number, 60, 30))
        added = add_picture(product_id=product_id, content=content, by=YOHANA, now=NOON)
        check_picture(
            product_id=product_id,
            picture_id=added.pk,
            alt="Di atas meja kayu",
            is_checked=True,
            by=YOHANA,
            now=NOON,
        )
    return product_id


def body(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def items(client):
    """The items of Google's feed, after its schema has found no fault."""
    tree = etree.fromstring(body(client, GOOGLE))
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(tree)
    return tree.findall("channel/item")


def rows(client):
    return list(csv.DictReader(io.StringIO(body(client, META).decode())))


def names(client):
    told = [item.findtext("title") for item in items(client)]
    assert told == [row["title"] for row in rows(client)]
    return told


def test_an_item_has_every_field_that_google_asks_for(client, noken):
    (item,) = items(client)
    told = {field.tag.replace(G, "g:"): field.text for field in item}
    page = told.pop("link")
    picture = told.pop("g:image_link")
    assert told == {
        "title": "Noken kulit kayu",
        "description": "Dianyam dari kulit kayu melinjo & pewarna alam.",
        "g:id": page.rstrip("/").rpartition("-")[2],
        "g:availability": "in_stock",
        "g:price": "100000 IDR",
        "g:condition": "new",
        "g:brand": "Lapas Kelas IIB Nabire",
        "g:identifier_exists": "no",
        "g:product_type": "Anyaman dan kerajinan > Kerajinan",
        "g:shipping_weight": "350 g",
    }
    assert client.get(page.removeprefix("http://testserver")).status_code == 200
    photo = client.get(picture.removeprefix("http://testserver"))
    assert photo["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(photo.content)) as image:
        assert (image.format, image.size) == ("JPEG", (900, 700))
        assert not image.getexif()


def test_a_row_has_every_field_that_meta_asks_for(client, noken):
    (row,) = rows(client)
    assert all(row[name] for name in META_REQUIRED)
    assert (row["availability"], row["price"]) == ("in stock", "100000 IDR")
    assert row["image_link"].endswith(".jpg")


def test_what_is_made_to_order_says_from_when(client, world):
    offered(world.noken, state=ShelfState.MADE, days=12)
    (item,) = items(client)
    assert item.findtext(f"{G}availability") == "backorder"
    assert item.findtext(f"{G}availability_date") == "2026-05-09T00:00+07:00"
    assert rows(client)[0]["availability"] == "available for order"


def test_more_photographs_are_told_too(client, world):
    offered(world.noken, photos=3)
    (item,) = items(client)
    assert len(item.findall(f"{G}additional_image_link")) == 2
    assert rows(client)[0]["additional_image_link"].count(".jpg,http") == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ShelfState.SOLD_OUT, {}),
        (ShelfState.PAUSED, {"sentence": "Tutup sementara."}),
        (ShelfState.MADE, {"days": 400}),
    ],
)
def test_what_cannot_be_ordered_soon_is_not_offered(client, world, state, told):
    offered(world.noken, state=state, **told)
    assert names(client) == []


def test_only_what_is_shown_priced_and_photographed_is_offered(client, world, noken):
    offered(world.bread, photos=0)
    offered(a_product(world.nabire, "Tas rajut", "kerajinan", cost=1_000))
    hidden = offered(world.coffee)
    assert names(client) == ["Noken kulit kayu", "Kopi bubuk 200 g"]
    unpublish(product_id=hidden, by=YOHANA, now=NOON)
    assert names(client) == ["Noken kulit kayu"]


def test_food_without_a_permit_is_not_offered(client, world, noken):
    Listing.objects.filter(product_id=noken).update(
        is_food=True,
        composition="Pisang",
        net_content="1",
        storage="Kering",
        shelf_life_days=90,
        halal="uncertified",
    )
    assert names(client) == []


def test_a_closed_unit_offers_nothing(client, world, noken):
    close_place(place_id=world.nabire, on=TODAY, source="uji", by=SETUP, now=NOON)
    assert names(client) == []


def test_samples_are_offered_to_nobody_and_the_feed_says_so(client, world, settings):
    sample = a_product(world.nabire, "Kue (contoh)", "makanan", price=9_000, cost=1, is_sample=True)
    offered(sample)
    assert names(client) == []
    assert "Karya contoh tidak ada di sini" in body(client, GOOGLE).decode()
    settings.BEKAL_DEMO = True
    assert names(client) == []
    assert "karyanya simulasi dan tidak dijual" in body(client, GOOGLE).decode()


def test_words_cannot_break_a_feed(client, world):
    evil = a_product(world.nabire, "=HYPERLINK(1)</item> & <b>", "kerajinan", price=1_000, cost=500)
    offered(evil, description=']]> -- \u2028 \ud7ff\ufffe tanda, "kutip"\ndan baris')
    (item,) = items(client)
    assert item.findtext("title") == "=HYPERLINK(1)</item> & <b>"
    assert item.findtext("description").startswith("]]> -- ")
    (row,) = rows(client)
    assert row["title"].startswith("'=HYPERLINK")


def test_goods_are_read_by_the_thousand_and_each_once(
    client, world, monkeypatch, django_assert_num_queries
):
    for product in (world.noken, world.coffee, world.endek):
        offered(product)
    monkeypatch.setattr(feed, "_AT_ONCE", 2)
    client.get("/katalog/")
    with django_assert_num_queries(3):
        assert len(items(client)) == 3
