"""The list of a unit and one product of it."""

import datetime as dt

import pytest

from bekal.catalogue import queries, rules
from bekal.catalogue.models import Cost, Listing, Price, Product
from bekal.catalogue.queries import ProductFilters, Sort
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit
from bekal.foundation.clock import Zone
from bekal.ledger.models import SplitRule
from bekal.places.models import Tenure

pytestmark = pytest.mark.django_db


def write(sheet, product, amount, *, valid_from=TODAY):
    sheet.objects.create(
        product=product, amount=amount, valid_from=valid_from, set_at=NOW, set_by=str(BY)
    )


@pytest.fixture
def unit():
    unit = a_unit()
    chips = a_product(unit=unit, name="Keripik pisang")
    write(Price, chips, 15_000)
    write(Cost, chips, 6_000)
    write(Price, a_product(unit=unit, name="Abon ikan"), 30_000)
    a_product(unit=unit, name="Tas anyam", category="kerajinan")
    a_product(unit=unit, name="Meja", category="mebel", source_price_low=10, source_price_high=90)
    a_product(unit=unit, name="Contoh", is_sample=True)
    other = a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso")
    a_product(unit=other, name="Keripik Poso")
    return unit


LABEL = {
    "is_food": True,
    "composition": "Pisang",
    "net_content": "250 g",
    "storage": "Tempat kering",
    "shelf_life_days": 90,
    "halal": "certified",
}


def shown(unit, name, *, is_published=True, **told):
    """Described and shown past all Python."""
    product = Product.objects.get(seller__unit=unit, name=name)
    words = {"description": "Buatan bengkel.", "origin": "inside", "weight_g": 250, **told}
    Listing.objects.create(
        product=product, is_published=is_published, set_at=NOW, set_by=str(BY), **words
    )
    return product


def names(unit, **filters):
    page = queries.products_of(unit_id=unit.pk, filters=ProductFilters(**filters), on=TODAY)
    return [row.name for row in page.object_list]


def test_the_list_holds_the_units_own_products_by_name_in_two_statements(
    unit, django_assert_num_queries
):
    with django_assert_num_queries(2):
        assert names(unit) == ["Abon ikan", "Contoh", "Keripik pisang", "Meja", "Tas anyam"]


def test_a_row_shows_what_is_in_force(unit):
    filters = ProductFilters(text="keripik")
    row = queries.products_of(unit_id=unit.pk, filters=filters, on=TODAY).object_list[0]
    assert (row.price, row.cost, row.status) == (15_000, 6_000, rules.Status.HIDDEN)
    before = TODAY - dt.timedelta(days=1)
    row = queries.products_of(unit_id=unit.pk, filters=filters, on=before).object_list[0]
    assert (row.price, row.cost, row.status) == (None, None, rules.Status.AWAITED)


def test_search_finds_parts_of_names_and_beginnings_of_codes(unit):
    assert names(unit, text="PISANG") == ["Keripik pisang"]
    row = queries.every_product_of(unit_id=unit.pk, filters=ProductFilters(text="abon"), on=TODAY)
    code = row[0].code
    assert names(unit, text=f"{code[:2]}-{code[2:]}".lower().replace("0", "o")) == ["Abon ikan"]


@pytest.mark.parametrize("text", ["%", "_", "' or 1=1 --", "\\", "tidak ada", "-", "\x00"])
def test_nonsense_in_the_search_is_searched_for_as_it_is(unit, text):
    assert names(unit, text=text) in ([], names(unit))


def test_filters_by_category_and_status(unit):
    assert names(unit, category="mebel") == ["Meja"]
    assert names(unit, status=rules.Status.HIDDEN) == ["Abon ikan", "Keripik pisang"]
    assert names(unit, status=rules.Status.AWAITED) == ["Contoh", "Tas anyam"]
    assert names(unit, status=rules.Status.RANGE) == ["Meja"]
    shown(unit, "Abon ikan", is_food=False)
    shown(unit, "Keripik pisang", **LABEL)
    assert names(unit, status=rules.Status.SHOWN) == ["Abon ikan"]
    assert names(unit, status=rules.Status.STOPPED) == ["Keripik pisang"], "its permit has ended"
    assert names(unit, status=rules.Status.HIDDEN) == []
    shown(unit, "Tas anyam", is_published=False)
    write(Price, Product.objects.get(name="Tas anyam"), 90_000)
    assert names(unit, status=rules.Status.HIDDEN) == ["Tas anyam"]
    for status in rules.Status:
        filters = ProductFilters(status=status)
        rows = queries.every_product_of(unit_id=unit.pk, filters=filters, on=TODAY)
        assert {row.status for row in rows} == {status}


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"is_food": None},
        {"is_food": False},
        {"is_food": None, "description": "", "weight_g": None},
        {"is_food": True},
        LABEL,
        {**LABEL, "halal": "uncertified", "storage": ""},
    ],
)
@pytest.mark.parametrize("base", ["gross", "after_cost"])
@pytest.mark.parametrize("kind", ["Lapas", "LPKA"])
@pytest.mark.parametrize("name", ["Abon ikan", "Tas anyam"])
def test_the_list_counts_what_the_rule_names(unit, told, base, kind, name):
    if told is not None:
        shown(unit, name, is_published=False, **told)
    Tenure.objects.update(kind=kind)
    rule = SplitRule.objects.filter(place=unit).get()
    rule.pk, rule.base, rule.activity = None, base, "kerajinan"
    rule.save()
    (row,) = queries.every_product_of(unit_id=unit.pk, filters=ProductFilters(text=name), on=TODAY)
    state = queries.shop_state(product_id=row.id, on=TODAY)
    assert row.lacks == len(state.missing)


def test_sorting_puts_products_without_price_last(unit):
    assert names(unit, sort=Sort.CHEAPEST)[:2] == ["Keripik pisang", "Abon ikan"]
    assert names(unit, sort=Sort.DEAREST)[:2] == ["Abon ikan", "Keripik pisang"]
    assert len(names(unit, sort=Sort.NEWEST)) == 5


def test_pages_hold_thirty_and_a_page_beyond_the_last_is_the_last(unit):
    for number in range(35):
        a_product(unit=unit, name=f"Batik {number:02}", category="tekstil")
    seen = names(unit) + names(unit, page=2)
    assert len(names(unit)) == 30
    assert len(seen) == len(set(seen)) == 40
    assert names(unit, page=99) == names(unit, page=2)


def test_a_product_comes_with_both_histories_in_four_statements(unit, django_assert_num_queries):
    code = queries.every_product_of(
        unit_id=unit.pk, filters=ProductFilters(text="keripik"), on=TODAY
    )[0].code
    with django_assert_num_queries(4):
        detail = queries.product_detail(unit_id=unit.pk, code=code, on=TODAY, zone=Zone.WITA)
    assert detail is not None
    assert detail.row.name == "Keripik pisang"
    assert [(line.amount, line.state) for line in detail.prices] == [(15_000, rules.State.IN_FORCE)]
    assert [line.amount for line in detail.costs] == [6_000]


def test_another_units_product_and_nonsense_are_none(unit):
    other = a_unit(name="Rutan Kelas I Palu", code="rutan-palu")
    mine = queries.every_product_of(unit_id=unit.pk, filters=ProductFilters(), on=TODAY)[0]
    for code in (mine.code, "", "?", "00000", "ZZZZZ", "é", "1" * 500):
        assert queries.product_detail(unit_id=other.pk, code=code, on=TODAY, zone=Zone.WIB) is None


def test_what_keeps_products_from_being_sold_is_counted(unit, django_assert_num_queries):
    with django_assert_num_queries(1):
        unready = queries.unready_of(unit_id=unit.pk, on=TODAY)
    assert (unready.awaited, unready.ranged) == (1, 1)
    assert (dict(unready.costless), dict(unready.stopped)) == ({"makanan": 1}, {})
    shown(unit, "Abon ikan", is_food=False)
    assert dict(queries.unready_of(unit_id=unit.pk, on=TODAY).stopped) == {"makanan": 1}
    before = queries.unready_of(unit_id=unit.pk, on=TODAY - dt.timedelta(days=1))
    assert (before.awaited, before.ranged, dict(before.costless)) == (3, 1, {})
