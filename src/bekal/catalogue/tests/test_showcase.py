"""What visitors see of the catalogue: which products, at what price, in which order."""

import datetime as dt

import pytest

from bekal.catalogue import queries
from bekal.catalogue.models import Price
from bekal.catalogue.queries import PriceRange, ShowcaseFilters, ShowcaseSort
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit
from bekal.places.models import Tenure

pytestmark = pytest.mark.django_db


def priced(product, amount, *, valid_from=TODAY):
    Price.objects.create(
        product=product, amount=amount, valid_from=valid_from, set_at=NOW, set_by=str(BY)
    )
    return product


@pytest.fixture
def units():
    palu, poso = a_unit(), a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso", zone="WIB")
    priced(a_product(unit=palu, name="Keripik pisang"), 15_000)
    priced(a_product(unit=palu, name="Kain tenun", category="tekstil"), 285_000)
    a_product(unit=palu, name="Meja", category="mebel", source_price_low=10, source_price_high=90)
    a_product(unit=poso, name="Keripik Poso", is_sample=True)
    return palu, poso


def names(**filters):
    return [card.name for card in page(**filters).cards]


def page(*, on=TODAY, **filters):
    return queries.showcase(filters=ShowcaseFilters(**filters), on=on)


def test_products_with_and_without_a_price_are_public_and_samples_are_marked(units):
    assert names() == ["Meja", "Kain tenun", "Keripik pisang", "Keripik Poso"]
    cards = {card.name: card for card in page().cards}
    assert cards["Keripik pisang"].price == 15_000
    assert (cards["Meja"].price, cards["Meja"].source_low, cards["Meja"].source_high) == (
        None,
        10,
        90,
    )
    assert [card.name for card in cards.values() if card.is_sample] == ["Keripik Poso"]


def test_filters_leave_what_was_asked_for(units):
    assert names(category="mebel") == ["Meja"]
    assert names(province="31") == ["Keripik Poso"]
    assert names(unit="rutan-poso") == ["Keripik Poso"]
    assert names(price=PriceRange.LOW) == ["Keripik pisang"]
    assert names(price=PriceRange.KNOWN) == ["Kain tenun", "Keripik pisang"]
    assert names(category="nonsense") == names(province="99") == names(kanwil="?") == []


def test_prices_order_the_list_and_those_without_come_last(units):
    assert names(sort=ShowcaseSort.CHEAPEST)[:2] == ["Keripik pisang", "Kain tenun"]
    assert names(sort=ShowcaseSort.DEAREST)[:2] == ["Kain tenun", "Keripik pisang"]


def test_the_price_is_the_one_in_force_on_the_day(units):
    before = TODAY - dt.timedelta(days=1)
    assert {card.price for card in page(on=before).cards} == {None}


def test_products_of_a_closed_unit_are_not_public(units):
    palu, _ = units
    tomorrow = TODAY + dt.timedelta(days=1)
    Tenure.objects.filter(place=palu).update(during=(None, tomorrow))
    code = page(text="pisang").cards[0].code
    assert queries.showcase_product(code=code, on=TODAY) is not None
    assert names(on=tomorrow) == ["Keripik Poso"]
    assert queries.cards_of_unit(unit_id=palu.pk, on=tomorrow, count=4) == []
    assert queries.showcase_product(code=code, on=tomorrow) is None
    counts = {each.code: each.count for each in queries.category_counts(on=tomorrow)}
    assert (counts["makanan"], counts["tekstil"]) == (1, 0)


def test_pages_hold_twenty_four_and_a_page_beyond_the_last_is_the_last(units):
    for number in range(30):
        a_product(unit=units[0], name=f"Batik {number:02}", category="tekstil")
    assert len(names()) == 24
    assert len({*names(), *names(page=2)}) == 34
    assert names(page=99) == names(page=2)
    assert names(page=-5) == names()
    assert (page().total, page().pages) == (34, 2)


def test_the_newest_come_first_simulated_ones_last_and_a_unit_shows_its_own(units):
    _palu, poso = units
    assert [card.name for card in queries.newest(on=TODAY, count=2)] == ["Meja", "Kain tenun"]
    shown = queries.cards_of_unit(unit_id=poso.pk, on=TODAY, count=8)
    assert [card.unit_name for card in shown] == ["Rutan Kelas IIB Poso"]


def test_a_product_is_found_by_its_code_however_typed(units):
    card = page(text="pisang").cards[0]
    found = queries.showcase_product(code=card.code.lower(), on=TODAY)
    assert found is not None
    assert (found.card, found.priced_since) == (card, TODAY)
    for code in ("", "?", "ZZZZZ", "1" * 500):
        assert queries.showcase_product(code=code, on=TODAY) is None


def test_beside_crisps_of_fish_no_net_for_fish_lies_first(units):
    palu, _poso = units
    luwuk = a_unit(name="Lapas Luwuk", code="lapas-luwuk")
    a_product(unit=luwuk, name="Getas", category="jasa-boga")
    donggala = a_unit(name="Rutan Donggala", code="rutan-donggala")
    a_product(unit=donggala, name="Jaring ikan", category="olahraga")
    crisps = a_product(unit=palu, name="Keripik ikan")
    found = queries.showcase_product(code=crisps.code, on=TODAY, like=9)
    assert found is not None
    assert [other.name for other in found.like] == ["Keripik Poso", "Jaring ikan"]


def test_products_like_it_come_from_other_units(units):
    card = page(text="pisang").cards[0]
    found = queries.showcase_product(code=card.code, on=TODAY, like=4)
    assert found is not None
    assert [other.name for other in found.like] == ["Keripik Poso"]
