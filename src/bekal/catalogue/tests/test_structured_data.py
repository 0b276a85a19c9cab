"""What search engines and messengers are told of a product, held to their own rules.

The schema says what Google's page on merchant listings asks for: what is required, which words are
known, that addresses are whole (https://developers.google.com/search/docs/appearance/structured-data/merchant-listing).
"""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from bekal.catalogue.actions import moderate_review, write_review
from bekal.catalogue.rules import ShelfState
from bekal.catalogue.tests.goods import offered, on_shelf, path_of, photographed
from bekal.foundation.actors import Actor, ActorKind
from tests.support import world as world_of_tests
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
WHOLE = {"type": "string", "pattern": "^https?://[^/]+/"}
KNOWN = (
    "BackOrder Discontinued InStock InStoreOnly LimitedAvailability OnlineOnly OutOfStock PreOrder"
    " PreSale SoldOut"
)
ORGANIZATION = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {"@type": {"const": "Organization"}, "name": {"type": "string", "minLength": 1}},
}
OFFER = {
    "type": "object",
    "required": ["@type", "price", "priceCurrency", "url", "availability"],
    "properties": {
        "@type": {"const": "Offer"},
        "price": {"type": "integer", "exclusiveMinimum": 0},
        "priceCurrency": {"const": "IDR"},
        "url": WHOLE,
        "availability": {"enum": [f"https://schema.org/{word}" for word in KNOWN.split()]},
        "itemCondition": {"const": "https://schema.org/NewCondition"},
        "seller": ORGANIZATION,
    },
    "additionalProperties": False,
}
PRODUCT = {
    "type": "object",
    "required": ["@type", "name", "sku", "url"],
    "properties": {
        "@type": {"const": "Product"},
        "name": {"type": "string", "minLength": 1, "maxLength": 150},
        "sku": {"type": "string", "pattern": r"^\S+$"},
        "url": WHOLE,
        "image": {"type": "array", "minItems": 1, "items": WHOLE},
        "description": {"type": "string", "minLength": 1, "maxLength": 5000},
        "category": {"type": "string"},
        "material": {"type": "string", "maxLength": 400},
        "manufacturer": ORGANIZATION,
        "weight": {
            "type": "object",
            "required": ["@type", "value", "unitCode"],
            "properties": {
                "@type": {"const": "QuantitativeValue"},
                "value": {"type": "integer", "exclusiveMinimum": 0},
                "unitCode": {"const": "GRM"},
            },
        },
        "aggregateRating": {
            "type": "object",
            "required": ["@type", "ratingValue", "reviewCount"],
            "properties": {
                "@type": {"const": "AggregateRating"},
                "ratingValue": {"type": "string", "pattern": r"^([1-4]\.[0-9]|5\.0)$"},
                "reviewCount": {"type": "integer", "minimum": 3},
            },
            "additionalProperties": False,
        },
        "offers": OFFER,
    },
    "additionalProperties": False,
}
CRUMBS = {
    "type": "object",
    "required": ["@type", "itemListElement"],
    "properties": {
        "@type": {"const": "BreadcrumbList"},
        "itemListElement": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "required": ["@type", "position", "name", "item"],
                "properties": {
                    "@type": {"const": "ListItem"},
                    "position": {"type": "integer", "minimum": 1},
                    "name": {"type": "string", "minLength": 1},
                    "item": WHOLE,
                },
            },
        },
    },
}
PAGE = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {"type": "array", "prefixItems": [PRODUCT, CRUMBS], "minItems": 2, "maxItems": 2},
    },
}


@pytest.fixture
def told(client):
    """The facts of a product's page, once the schema has nothing against them."""

    def facts(product_id, language=""):
        text = client.get(f"{language}{path_of(product_id)}").content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        if found is None:
            return None
        whole = json.loads(found[1])
        faults = [error.message for error in Draft202012Validator(PAGE).iter_errors(whole)]
        assert faults == []
        return whole["@graph"]

    return facts


def test_the_schema_itself_is_sound_and_finds_faults():
    Draft202012Validator.check_schema(PAGE)
    wrong = {"@context": "https://schema.org", "@graph": [{"@type": "Product"}, {}]}
    assert list(Draft202012Validator(PAGE).iter_errors(wrong))


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_can_be_ordered_is_a_listing_with_everything_that_is_known(told, world, language):
    offered(world.noken)
    photographed(world.noken, "Noken dari depan", "Noken dari dalam")
    product, crumbs = told(world.noken, language)
    assert len(product["image"]) == 2
    assert product["weight"]["value"] == 1420
    assert product["offers"]["availability"] == "https://schema.org/InStock"
    assert product["name"] == ("Bark noken" if language else "Noken kulit kayu")
    assert [each["position"] for each in crumbs["itemListElement"]] == [1, 2, 3]
    assert crumbs["itemListElement"][2]["item"] == product["url"]


@pytest.mark.parametrize(
    ("state", "how", "word"),
    [
        (ShelfState.READY, {}, "InStock"),
        (ShelfState.FEW, {"left": 1}, "LimitedAvailability"),
        (ShelfState.MADE, {"days": 12}, "BackOrder"),
        (ShelfState.SOLD_OUT, {}, "SoldOut"),
        (ShelfState.PAUSED, {"sentence": "Tutup."}, "OutOfStock"),
    ],
)
def test_every_shelf_has_a_word_that_search_engines_know(told, world, state, how, word):
    offered(world.noken)
    on_shelf(world.noken, state, **how)
    product, _ = told(world.noken)
    assert product["offers"]["availability"] == f"https://schema.org/{word}"


def test_what_cannot_be_ordered_is_offered_by_nobody_and_has_the_name_of_its_kind(told, world):
    product, crumbs = told(world.coffee)
    assert "offers" not in product
    assert product["category"] == crumbs["itemListElement"][1]["name"]
    assert "image" not in product, "a drawing is no picture of it"


def test_an_average_is_told_of_three_reviews_and_never_of_two(told, world):
    for number, stars in enumerate([5, 4, 5]):
        review = write_review(
            product_id=world.noken,
            key=f"part:{number}:{world.noken}",
            stars=stars,
            text="",
            by=Actor(ActorKind.BUYER, "x"),
            now=NOON,
        )
        assert "aggregateRating" not in told(world.noken)[0]
        moderate_review(review_id=review.pk, is_shown=True, reason="", by=YOHANA, now=NOON)
    rating = told(world.noken)[0]["aggregateRating"]
    assert (rating["ratingValue"], rating["reviewCount"]) == ("4.7", 3)


def test_of_simulated_goods_nothing_is_told(told, world):
    sample = world_of_tests.a_product(
        world.nabire, "Kue", "makanan", price=9_000, cost=1_000, is_sample=True
    )
    offered(sample)
    assert told(sample) is None


def meta(text, name):
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', text)
    return found[1] if found else None


def test_messengers_are_told_title_price_and_picture(client, world):
    offered(world.noken)
    text = client.get(path_of(world.noken)).content.decode()
    assert meta(text, "og:title") == "Noken kulit kayu"
    assert meta(text, "og:url") == f"http://testserver{path_of(world.noken)}"
    assert meta(text, "og:image:width") == "1200"
    assert meta(text, "product:price:amount") == "100000"
    assert meta(text, "twitter:card") == "summary_large_image"
    picture = meta(text, "og:image")
    assert picture.startswith("http://testserver/gambar/bagikan/")
    assert client.get(picture).status_code == 200
    assert meta(client.get(f"/en{path_of(world.noken)}").content.decode(), "og:locale") == "en_GB"
