"""What is offered to visitors while they type."""

import pytest
from django.utils.translation import override

from bekal.catalogue import actions, queries, suggested
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit, the_units_of_the_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def real():
    """The packaged products with their real units."""
    the_units_of_the_file()
    actions.load_products(by=BY, now=NOW)


def offered(text, *, language="id"):
    found = queries.suggestions(text=text, on=TODAY)
    with override(language):
        return [(item["type"], item["label"]) for item in suggested.items(found)]


def labels(text, sort):
    return [label for kind, label in offered(text) if kind == sort]


def test_kinds_units_and_products_are_offered_from_the_second_letter_on(real):
    assert offered("b") == offered(" ") == offered("-") == []
    found = offered("ba")
    assert [kind for kind, _ in found] == ["kind"] * 2 + ["product"] * 5 + ["unit"] * 3
    assert labels("bat", "kind") == ["Batik, tenun, dan busana"]


def test_products_are_those_that_the_list_shows_first(real):
    for typed in ("kopi", "keripik te", "kursi rot", "kripik singkong"):
        listed = queries.showcase(filters=queries.ShowcaseFilters(text=typed), on=TODAY).cards
        assert labels(typed, "product") == [card.title for card in listed[:5]], typed


def test_units_are_found_by_beginnings_of_their_words(real):
    assert "Lapas Narkotika Kelas IIA Nusakambangan" in labels("lapas nusak", "unit")
    assert labels("nusakambangan nark", "unit") == ["Lapas Narkotika Kelas IIA Nusakambangan"]
    assert labels("lapas zz", "unit") == []


def test_units_come_first_where_words_are_those_of_a_unit(real):
    sorts = [sort for sort, _ in offered("lapas narkotika")]
    assert sorts == ["unit"] * 3 + ["product"] * 5


def test_a_typing_error_is_seen_through_while_typing(real):
    assert all("kopi" in label.lower() for label in labels("kpoi", "product"))


def test_a_unit_is_found_by_a_mistyped_name(real):
    assert "Lapas Narkotika Kelas IIA Nusakambangan" in labels("nusakambagan nark", "unit")
    assert labels("nusakambagan nark", "unit") == labels("nusakambangan nark", "unit")


def test_a_kind_is_found_in_both_languages_and_named_in_that_of_the_page(real):
    assert ("kind", "Mebel dan kayu") in offered("furnit")
    assert ("kind", "Furniture and wood") in offered("mebel", language="en")


def test_a_kind_without_products_and_a_unit_without_any_are_not_offered():
    a_product(unit=a_unit(), name="Batik", category="tekstil")
    a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso", zone="WIB")
    assert labels("mebel", "kind") == []
    assert labels("rutan", "unit") == []
    assert labels("palu", "unit") == ["Lapas Kelas IIA Palu"]


def test_each_leads_to_a_page_in_the_language_of_the_page(real):
    found = queries.suggestions(text="batik", on=TODAY)
    with override("en"):
        addresses = [item["url"] for item in suggested.items(found)]
    assert all(address.startswith("/en/") for address in addresses)


def test_suggestions_ask_three_times_and_of_what_nothing_has_four(real, django_assert_num_queries):
    queries.newest(on=TODAY)
    with django_assert_num_queries(3):
        offered("keripik")
    with django_assert_num_queries(4):
        offered("krpik")
    with django_assert_num_queries(0):
        offered("k")
