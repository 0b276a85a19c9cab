"""What narrows the public list, and how many products each choice says that it would leave."""

import datetime as dt
from dataclasses import replace

import pytest

from bekal.catalogue import queries
from bekal.catalogue.actions import describe_product, publish, set_price, tell_shelf
from bekal.catalogue.models import Permit, PermitProduct, Product
from bekal.catalogue.queries import PriceRange, ShowcaseFilters, ShowcaseSort, Stock
from bekal.catalogue.rules import NewListing, NewShelf, Origin, PermitKind, ShelfState
from bekal.catalogue.tests.factories import BY, NOW, RINA, TODAY, a_product, a_unit

pytestmark = pytest.mark.django_db
LISTING = NewListing(
    description="Buatan bengkel.", origin=Origin.INSIDE, weight_g=500, is_food=False
)
YESTERDAY = TODAY - dt.timedelta(days=1)
LONG_AGO = NOW - dt.timedelta(days=31)


@pytest.fixture(autouse=True)
def goods():
    """Goods of three units in two provinces, of every sort that filters tell apart."""
    palu = a_unit()
    women = a_unit(name="Lapas Perempuan Palu", code="lapas-perempuan-palu")
    poso = a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso", zone="WIB")
    return {
        "ready": for_sale(palu, "Keranjang rotan", "kerajinan", ShelfState.READY, price=85_000),
        "few": for_sale(women, "Kain tenun", "tekstil", ShelfState.FEW, price=285_000, left=2),
        "made": for_sale(palu, "Meja kayu", "mebel", ShelfState.MADE, price=950_000, days=9),
        "sold": for_sale(poso, "Tas rotan", "kerajinan", ShelfState.SOLD_OUT, price=40_000),
        "paused": for_sale(poso, "Kursi rotan", "mebel", ShelfState.PAUSED, price=300_000),
        "hidden": shelved(a_product(unit=palu, name="Rak kayu", category="mebel")),
        "unpriced": for_sale(women, "Peci rajut", "tekstil", ShelfState.READY, price=None),
        "halal": halal(a_product(unit=palu, name="Keripik pisang")),
        "expired": halal(
            a_product(unit=women, name="Keripik tempe"), until=TODAY - dt.timedelta(1)
        ),
        "withdrawn": halal(a_product(unit=women, name="Kue kering"), withdrawn_at=NOW),
        "old": added(a_product(unit=poso, name="Sapu lidi", category="kerajinan"), LONG_AGO),
    }


def for_sale(unit, name, category, state, *, price, **told):
    product = a_product(unit=unit, name=name, category=category)
    describe_product(product_id=product.pk, listing=LISTING, by=RINA, now=NOW)
    publish(product_id=product.pk, by=RINA, now=NOW)
    if price:
        set_price(product_id=product.pk, amount=price, valid_from=TODAY, by=RINA, now=NOW)
    return shelved(product, state, **told)


def shelved(product, state=ShelfState.READY, **told):
    tell_shelf(shelves=[NewShelf(product.pk, state, **told)], by=RINA, now=NOW)
    return product


def halal(product, *, until=None, withdrawn_at=None):
    permit = Permit.objects.create(
        seller=product.seller,
        kind=PermitKind.HALAL,
        number=f"ID{product.pk}",
        holder="Lapas Palu",
        valid_from=TODAY - dt.timedelta(days=100),
        valid_until=until,
        added_at=NOW,
        added_by=str(BY),
        withdrawn_at=withdrawn_at,
        withdrawn_by=str(BY) if withdrawn_at else "",
    )
    PermitProduct.objects.create(permit=permit, product=product)
    return product


def added(product, instant):
    Product.objects.filter(pk=product.pk).update(added_at=instant)
    return product


def names(**filters):
    found = queries.showcase(filters=ShowcaseFilters(**filters), on=TODAY)
    return {card.name for card in found.cards}


def test_ready_is_what_lies_there_and_may_be_ordered():
    assert names(stock=Stock.READY) == {"Keranjang rotan", "Kain tenun"}
    assert names(stock=Stock.READY, text="rotan") == {"Keranjang rotan"}


def test_made_to_order_is_what_a_workshop_promises():
    assert names(stock=Stock.MADE) == {"Meja kayu"}


def test_halal_is_a_certificate_in_force_on_the_day():
    assert names(is_halal=True) == {"Keripik pisang"}
    assert names(is_halal=True, text="keripik") == {"Keripik pisang"}


def test_new_is_what_was_added_within_thirty_days():
    assert "Sapu lidi" not in names(is_new=True)
    assert len(names(is_new=True)) == 10
    found = queries.showcase(filters=ShowcaseFilters(is_new=True), on=TODAY + dt.timedelta(days=31))
    assert found.total == 0


def test_filters_go_together_with_words_and_orders():
    assert names(stock=Stock.READY, province="72", price=PriceRange.MIDDLE) == {"Keranjang rotan"}
    found = queries.showcase(
        filters=ShowcaseFilters(stock=Stock.READY, sort=ShowcaseSort.DEAREST), on=TODAY
    )
    assert [card.name for card in found.cards] == ["Kain tenun", "Keranjang rotan"]


NARROWED = [
    {},
    {"province": "72"},
    {"unit": "lapas-palu"},
    {"unit": "lapas-perempuan-palu", "province": "72"},
    {"stock": Stock.READY},
    {"stock": Stock.MADE, "province": "72"},
    {"is_halal": True},
    {"is_new": True, "price": PriceRange.KNOWN},
    {"category": "mebel", "is_new": True},
    {"province": "31", "stock": Stock.READY},
]


@pytest.mark.parametrize("narrowed", NARROWED, ids=str)
def test_every_choice_leaves_as_many_as_it_says(narrowed):
    filters = ShowcaseFilters(**narrowed)
    assert wrong(filters) == []


@pytest.mark.parametrize("text", ["rotan", "keripik", "palu", "kripik tempe", "rottan"])
def test_every_choice_leaves_as_many_of_what_was_found_as_it_says(text):
    # What nothing has can't be chosen; where all words together find nothing, some are looked for.
    assert [each for each in wrong(ShowcaseFilters(text=text)) if each[2]] == []


def wrong(filters):
    """Choices whose count is not the number of products that the list then has."""
    facets = queries.showcase(filters=filters, on=TODAY).facets
    choices = [
        *(("category", each.code, each.count) for each in facets.kinds),
        *(("province", each.code, each.count) for each in facets.provinces),
        *(("unit", each.code, each.count) for each in facets.units),
        *(("price", PriceRange(each.code), each.count) for each in facets.prices),
        *(("stock", Stock(each.code), each.count) for each in facets.stock),
        ("is_halal", True, facets.halal.count),
        ("is_new", True, facets.new.count),
    ]
    assert all(count is not None for *_, count in choices)
    return [
        (name, value, count, total)
        for name, value, count in choices
        if (total := total_of(replace(filters, **{name: value}))) != count
    ]


def total_of(filters):
    return queries.showcase(filters=filters, on=TODAY).total


def test_units_are_offered_where_a_province_is_chosen():
    assert queries.showcase(filters=ShowcaseFilters(), on=TODAY).facets.units == []
    near = queries.showcase(filters=ShowcaseFilters(province="72"), on=TODAY).facets.units
    assert [(each.code, each.count) for each in near] == [
        ("lapas-palu", 4),
        ("lapas-perempuan-palu", 4),
    ]


def test_of_words_with_filters_no_choice_is_counted():
    found = queries.showcase(filters=ShowcaseFilters(text="rotan", is_new=True), on=TODAY)
    assert found.total == 3
    assert {each.count for each in found.facets.kinds} == {None}
    assert (found.facets.halal.count, found.facets.new.count) == (None, None)


def test_filters_cost_no_question_more(django_assert_num_queries):
    queries.newest(on=TODAY)
    with django_assert_num_queries(3):
        names(stock=Stock.READY, is_new=True, is_halal=False, province="72")
    with django_assert_num_queries(3):
        names(stock=Stock.READY, text="rotan")
