"""What basket and checkout are told of goods, and what buyers are told of shelves."""

import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import Error, connection, transaction
from django.utils.translation import override

from bekal.audit.models import Event
from bekal.catalogue import queries, rules
from bekal.catalogue.actions import (
    describe_product,
    publish,
    set_cost,
    set_price,
    tell_shelf,
    unpublish,
)
from bekal.catalogue.models import Listing, Permit, PermitProduct, Shelf
from bekal.catalogue.queries import Stock, ground
from bekal.catalogue.rules import Halal, Making, NewListing, NewShelf, Origin, ShelfState
from bekal.catalogue.tests.factories import BY, NOW, RINA, TODAY, a_product, a_unit
from bekal.ledger.models import SplitRule
from bekal.ledger.rules import Base
from bekal.places.models import Tenure

pytestmark = pytest.mark.django_db
BASKET = NewListing(
    description="Keranjang rotan untuk belanja.",
    name_en="Rattan basket",
    origin=Origin.INSIDE,
    making=Making.ORDER,
    weight_g=800,
    length_cm=300,
    width_cm=300,
    height_cm=25,
    buyer_limit=2,
    is_food=False,
)
CHIPS = NewListing(
    description="Keripik pisang kepok, digoreng tipis.",
    origin=Origin.INSIDE,
    weight_g=270,
    is_food=True,
    composition="Pisang kepok, minyak kelapa, garam",
    net_content="250 g",
    storage="Simpan di tempat kering dan sejuk.",
    shelf_life_days=90,
    halal=Halal.UNCERTIFIED,
)


@pytest.fixture
def basket():
    return a_product(unit=a_unit(), name="Keranjang rotan", category="kerajinan")


@pytest.fixture
def chips():
    return a_product(unit=a_unit())


def described(product, listing=BASKET):
    return describe_product(product_id=product.pk, listing=listing, by=RINA, now=NOW)


def a_permit(product, *, kind="pirt", valid_until=dt.date(2030, 1, 1), number="2067271010001-30"):
    permit = Permit.objects.create(
        seller=product.seller,
        kind=kind,
        number=number,
        holder="Lapas Kelas IIA Palu",
        valid_from=dt.date(2025, 1, 1),
        valid_until=valid_until,
        added_at=NOW,
        added_by=str(BY),
    )
    PermitProduct.objects.create(permit=permit, product=product)
    return permit


def goods_of(product, on=TODAY):
    return queries.goods_for_sale(product_ids=[product.pk], on=on)[product.pk]


def test_goods_are_told_in_one_statement(basket, django_assert_num_queries):
    described(basket)
    publish(product_id=basket.pk, by=RINA, now=NOW)
    set_price(product_id=basket.pk, amount=85_000, valid_from=TODAY, by=RINA, now=NOW)
    with django_assert_num_queries(1):
        found = queries.goods_for_sale(product_ids=[basket.pk, 999], on=TODAY)
    assert list(found) == [basket.pk]
    goods = found[basket.pk]
    assert (goods.price, goods.is_published, goods.making) == (85_000, True, Making.ORDER)
    assert (goods.name, goods.name_en) == ("Keranjang rotan", "Rattan basket")
    assert goods.path == f"keranjang-rotan-{basket.code}"
    assert (goods.weight_g, goods.volume_cm3, goods.buyer_limit) == (800, 2_250_000, 2)
    assert (goods.unit_code, goods.unit_name) == ("lapas-palu", "Lapas Kelas IIA Palu")
    assert (goods.picture_url, goods.drawing) == (None, "keranjang")
    assert goods == queries.goods_by_codes(codes=[basket.code], on=TODAY)[basket.code]
    assert queries.goods_for_sale(product_ids=[], on=TODAY) == {}


def test_a_product_that_nobody_described_is_known_and_not_published(basket):
    goods = goods_of(basket)
    assert (goods.is_published, goods.price, goods.weight_g) == (False, None, 0)
    assert goods.making is Making.STOCK


def test_goods_of_a_closed_unit_are_not_for_sale_and_keep_their_names(basket):
    described(basket)
    publish(product_id=basket.pk, by=RINA, now=NOW)
    Tenure.objects.update(during=(None, TODAY))
    goods = goods_of(basket)
    assert (goods.is_published, goods.unit_name) == (False, "Lapas Kelas IIA Palu")
    assert goods_of(basket, on=TODAY - dt.timedelta(days=1)).is_published


def test_food_is_for_sale_until_the_last_day_of_its_permit(chips):
    described(chips, CHIPS)
    a_permit(chips, valid_until=TODAY)
    publish(product_id=chips.pk, by=RINA, now=NOW)
    assert goods_of(chips).is_published
    assert not goods_of(chips, on=TODAY + dt.timedelta(days=1)).is_published
    assert Listing.objects.get().is_published
    Permit.objects.update(withdrawn_at=NOW, withdrawn_by=str(BY))
    assert not goods_of(chips).is_published


def test_food_that_claims_to_be_halal_needs_its_certificate(chips):
    described(chips, CHIPS)
    a_permit(chips)
    halal = a_permit(chips, kind="halal", number="ID33110000662051022", valid_until=TODAY)
    described(chips, rules.NewListing(**{**vars(CHIPS), "halal": Halal.CERTIFIED}))
    publish(product_id=chips.pk, by=RINA, now=NOW)
    assert goods_of(chips).is_published
    tomorrow = TODAY + dt.timedelta(days=1)
    assert not goods_of(chips, on=tomorrow).is_published
    assert halal.valid_until == TODAY


def test_a_product_is_published_once_and_taken_back(basket):
    described(basket)
    for _ in range(2):
        publish(product_id=basket.pk, by=RINA, now=NOW)
    assert goods_of(basket).is_published
    for _ in range(2):
        unpublish(product_id=basket.pk, by=RINA, now=NOW)
    assert not goods_of(basket).is_published
    acts = [event.action for event in Event.objects.order_by("id")]
    assert acts == ["catalogue.describe", "catalogue.publish", "catalogue.unpublish"]


def test_food_without_its_facts_is_not_published_and_is_told_which(chips):
    bare = NewListing(description="Keripik", origin=Origin.INSIDE, weight_g=270, is_food=True)
    described(chips, bare)
    with pytest.raises(rules.PublishRefused) as refused:
        publish(product_id=chips.pk, by=RINA, now=NOW)
    named = [each.name for each in refused.value.missing]
    label = ["komposisi", "isi bersih", "cara simpan", "masa simpan", "keterangan halal"]
    assert named == [*label, "izin edar"]
    assert "komposisi, isi bersih" in refused.value.message
    assert not Listing.objects.get().is_published


@pytest.mark.parametrize("category", ["makanan", "minuman", "minuman-herbal", "herbal"])
def test_what_lies_under_food_is_food_until_somebody_says_otherwise(category):
    product = a_product(unit=a_unit(), category=category)
    assert queries.food_among(product_ids=[product.pk]) == {product.pk}
    described(product, replace(BASKET, is_food=None))
    assert queries.food_among(product_ids=[product.pk]) == {product.pk}
    with pytest.raises(rules.PublishRefused) as refused:
        publish(product_id=product.pk, by=RINA, now=NOW)
    named = [each.name for each in refused.value.missing]
    assert named[0] == "jenis barang"
    assert named[-1] == "izin edar"
    assert not Listing.objects.get().is_published
    described(product, replace(BASKET, is_food=False))
    assert queries.food_among(product_ids=[product.pk]) == frozenset()
    publish(product_id=product.pk, by=RINA, now=NOW)
    assert goods_of(product).is_published


def test_other_goods_are_no_food_and_yet_somebody_says_so_before_they_are_shown(basket):
    described(basket, replace(BASKET, is_food=None))
    assert queries.food_among(product_ids=[basket.pk]) == frozenset()
    with pytest.raises(rules.PublishRefused, match="Yang belum ada: jenis barang"):
        publish(product_id=basket.pk, by=RINA, now=NOW)
    assert not Listing.objects.get().is_published


def test_nothing_is_shown_of_which_nobody_said_whether_it_is_food(basket):
    described(basket, replace(BASKET, is_food=None))
    with pytest.raises(Error, match="published_says_whether_food"), transaction.atomic():
        Listing.objects.update(is_published=True)
    assert not Listing.objects.get().is_published


def test_what_the_form_had_said_by_itself_of_food_is_asked_again(chips):
    basket = a_product(unit=chips.seller.unit, name="Keranjang rotan", category="kerajinan")
    for product in (chips, basket):
        described(product)
        publish(product_id=product.pk, by=RINA, now=NOW)
    asked = import_module("bekal.catalogue.migrations.0005_what_is_food_is_told")
    with connection.cursor() as cursor:
        cursor.execute(asked.ASK_AGAIN)
    kept = dict(Listing.objects.values_list("product_id", "is_food"))
    assert kept == {chips.pk: None, basket.pk: False}
    assert list(Listing.objects.filter(is_published=True)) == [basket.listing]


def test_food_that_was_shown_without_its_shelf_life_waits_until_it_says_it(chips):
    described(chips, CHIPS)
    a_permit(chips)
    publish(product_id=chips.pk, by=RINA, now=NOW)
    with pytest.raises(Error, match="published_food_is_labelled"), transaction.atomic():
        Listing.objects.update(shelf_life_days=None)
    shown_before = import_module("bekal.catalogue.migrations.0008_food_says_how_long_it_keeps")
    with connection.cursor() as cursor:
        name = "catalogue_listing_published_food_is_labelled"
        cursor.execute("set constraints all immediate")
        cursor.execute(f"alter table catalogue_listing drop constraint {name}")
        cursor.execute("update catalogue_listing set shelf_life_days = null")
        cursor.execute(shown_before.UNSHOWN)
    assert not goods_of(chips).is_published


def test_what_is_shared_after_cost_needs_its_cost_before_it_is_published(basket):
    shares_after_cost(basket)
    described(basket)
    with pytest.raises(rules.PublishRefused, match="harga pokok"):
        publish(product_id=basket.pk, by=RINA, now=NOW)
    assert not Listing.objects.get().is_published
    set_cost(product_id=basket.pk, amount=0, valid_from=TODAY, by=RINA, now=NOW)
    publish(product_id=basket.pk, by=RINA, now=NOW)
    assert goods_of(basket).is_published


def test_nothing_is_for_sale_whose_sale_could_not_be_split(basket):
    described(basket)
    publish(product_id=basket.pk, by=RINA, now=NOW)
    shares_after_cost(basket)
    assert not goods_of(basket).is_published
    state = queries.shop_state(product_id=basket.pk, on=TODAY)
    assert state.status == "tayang, belum bisa dipesan"
    assert [each.name for each in state.missing] == ["harga pokok"]


def test_the_shelf_says_orderable_only_where_the_basket_does(basket):
    described(basket)
    publish(product_id=basket.pk, by=RINA, now=NOW)
    set_price(product_id=basket.pk, amount=85_000, valid_from=TODAY, by=RINA, now=NOW)
    tell_shelf(shelves=[NewShelf(basket.pk, ShelfState.READY)], by=RINA, now=NOW)

    def told():
        ground.forget()
        (card,) = queries.newest(on=TODAY)
        ready = queries.showcase(filters=queries.ShowcaseFilters(stock=Stock.READY), on=TODAY)
        (sheet,) = queries.sheeted(unit_ids=[basket.seller.unit_id], most=9, on=TODAY)
        counted = {each.code: each.count for each in ready.facets.stock}[Stock.READY]
        return (card.is_for_sale, len(ready.cards), counted, sheet.is_orderable)

    assert (goods_of(basket).is_published, told()) == (True, (True, 1, 1, True))
    shares_after_cost(basket)
    assert (goods_of(basket).is_published, told()) == (False, (False, 0, 0, False))
    set_cost(product_id=basket.pk, amount=40_000, valid_from=TODAY, by=RINA, now=NOW)
    assert (goods_of(basket).is_published, told()) == (True, (True, 1, 1, True))
    guides_children(basket)
    assert (goods_of(basket).is_published, told()) == (False, (False, 0, 0, False))


def guides_children(product):
    """The unit becomes one for children, put in past all Python."""
    Tenure.objects.filter(place_id=product.seller.unit_id).update(kind="LPKA")


def test_nothing_is_published_of_a_unit_that_guides_children(basket):
    described(basket)
    guides_children(basket)
    with pytest.raises(rules.PublishRefused, match="bengkel orang dewasa"):
        publish(product_id=basket.pk, by=RINA, now=NOW)
    assert not Listing.objects.get().is_published
    state = queries.shop_state(product_id=basket.pk, on=TODAY)
    assert ["LPKA membina anak" in each.sentence for each in state.missing] == [True]


def test_what_was_published_before_a_unit_came_to_guide_children_is_not_for_sale(basket):
    described(basket)
    publish(product_id=basket.pk, by=RINA, now=NOW)
    assert goods_of(basket).is_published
    guides_children(basket)
    assert not goods_of(basket).is_published


def shares_after_cost(product):
    """The unit's rule is of another kind from now on, put in past all Python."""
    rows = SplitRule.objects.filter(place=product.seller.unit)
    row = rows.get()
    row.pk, row.base, row.activity = None, Base.AFTER_COST, product.category_id
    row.save()


def test_a_published_product_keeps_the_facts_that_it_must_have(chips):
    described(chips, CHIPS)
    a_permit(chips)
    publish(product_id=chips.pk, by=RINA, now=NOW)
    with pytest.raises(rules.PublishRefused, match="komposisi"):
        described(chips, rules.NewListing(**{**vars(CHIPS), "composition": " "}))
    assert Listing.objects.get().composition == CHIPS.composition


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weight_g": 0}, "weight_g"),
        ({"weight_g": 500_001}, "weight_g"),
        ({"length_cm": 601}, "length_cm"),
        ({"buyer_limit": 0}, "buyer_limit"),
        ({"material": "x" * 401}, "material"),
        ({"description": "x" * 2001}, "description"),
    ],
)
def test_a_listing_that_cannot_be_is_refused_at_its_field(basket, change, field):
    with pytest.raises(rules.ListingRefused) as refused:
        described(basket, rules.NewListing(**{**vars(BASKET), **change}))
    assert refused.value.field == field
    assert not Listing.objects.exists()


def test_a_shelf_is_told_once_with_one_event_for_a_unit(basket, django_assert_num_queries):
    other = a_product(unit=basket.seller.unit, name="Tampah", category="kerajinan")
    news = [
        NewShelf(other.pk, ShelfState.MADE, days=12),
        NewShelf(basket.pk, ShelfState.FEW, left=3),
    ]
    with django_assert_num_queries(4):  # savepoint, shelves, event, release
        assert tell_shelf(shelves=news, by=RINA, now=NOW) == 2
    assert Event.objects.get().action == "catalogue.shelf"
    assert tell_shelf(shelves=news, by=RINA, now=NOW) == 0
    assert tell_shelf(shelves=[], by=RINA, now=NOW) == 0
    fewer = NewShelf(basket.pk, ShelfState.FEW, left=2)
    assert tell_shelf(shelves=[fewer, news[0]], by=RINA, now=NOW) == 1
    assert Event.objects.count() == 2
    assert Shelf.objects.get(pk=basket.pk).left == 2


@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ("'many', null, null, ''", "state_known"),
        ("'few', 4, null, ''", "left_when_few"),
        ("'few', null, null, ''", "left_when_few"),
        ("'ready', 2, null, ''", "left_when_few"),
        ("'made', null, null, ''", "days_when_made"),
        ("'ready', null, 4, ''", "days_when_made"),
        ("'ready', null, null, 'Tutup'", "sentence_when_paused"),
    ],
)
def test_a_shelf_that_cannot_be_is_refused_by_the_database(basket, values, promise):
    sql = f"insert into catalogue_shelf values (%s, {values}, now(), 'user:1')"
    columns = '(product_id, state, "left", days, sentence, told_at, told_by)'
    sql = sql.replace("catalogue_shelf", f"catalogue_shelf {columns}")
    with pytest.raises(Error, match=promise), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [basket.pk])


def test_a_card_says_what_buyers_must_know_of_the_stock(basket):
    described(basket)
    publish(product_id=basket.pk, by=RINA, now=NOW)

    def note():
        return queries.newest(on=TODAY)[0].stock_note

    tell_shelf(shelves=[NewShelf(basket.pk, ShelfState.FEW, left=3)], by=RINA, now=NOW)
    assert note() == "", "without a price it cannot be ordered"
    set_price(product_id=basket.pk, amount=85_000, valid_from=TODAY, by=RINA, now=NOW)
    assert note() == "Sisa 3"
    tell_shelf(shelves=[NewShelf(basket.pk, ShelfState.MADE, days=12)], by=RINA, now=NOW)
    assert note() == "Dibuat sesuai pesanan, kira-kira 12 hari"
    tell_shelf(shelves=[NewShelf(basket.pk, ShelfState.SOLD_OUT)], by=RINA, now=NOW)
    assert note() == "Habis"
    tell_shelf(shelves=[NewShelf(basket.pk, ShelfState.READY)], by=RINA, now=NOW)
    assert note() == ""
    with override("en"):
        assert queries.newest(on=TODAY)[0].title == "Rattan basket"
