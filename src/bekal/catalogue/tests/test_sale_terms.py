"""The terms on which a product is sold on a day."""

import datetime as dt

import pytest

from bekal.catalogue import queries
from bekal.catalogue.models import Cost, Price
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit

pytestmark = pytest.mark.django_db


def write(sheet, product, amount, *, valid_from):
    return sheet.objects.create(
        product=product, amount=amount, valid_from=valid_from, set_at=NOW, set_by=str(BY)
    )


def test_terms_name_the_price_and_cost_in_force_on_the_day(django_assert_num_queries):
    unit = a_unit()
    chips, bag = a_product(unit=unit), a_product(unit=unit, name="Tas anyam", is_sample=True)
    write(Price, chips, 10_000, valid_from=dt.date(2026, 1, 1))
    write(Price, chips, 12_000, valid_from=dt.date(2026, 4, 1))
    write(Price, chips, 15_000, valid_from=dt.date(2026, 5, 1))
    write(Cost, chips, 4_000, valid_from=dt.date(2026, 4, 2))
    with django_assert_num_queries(1):
        terms = queries.sale_terms(product_ids=[chips.pk, bag.pk, 0], on=TODAY)
    assert set(terms) == {chips.pk, bag.pk}
    assert terms[chips.pk] == queries.SaleTerms(
        chips.pk, chips.code, "Keripik pisang", "makanan", unit.pk, 12_000, 4_000, False
    )
    assert terms[bag.pk].price is None
    assert terms[bag.pk].cost is None
    assert terms[bag.pk].is_sample


def test_terms_of_a_past_day_are_those_of_that_day():
    chips = a_product(unit=a_unit())
    write(Price, chips, 10_000, valid_from=dt.date(2026, 1, 1))
    write(Price, chips, 12_000, valid_from=dt.date(2026, 4, 1))
    for day, amount in [(dt.date(2025, 12, 31), None), (dt.date(2026, 3, 31), 10_000)]:
        assert queries.sale_terms(product_ids=[chips.pk], on=day)[chips.pk].price == amount


def test_of_two_rows_for_one_day_the_one_written_last_holds():
    chips = a_product(unit=a_unit())
    write(Price, chips, 120_000, valid_from=TODAY)
    write(Price, chips, 12_000, valid_from=TODAY)
    assert queries.sale_terms(product_ids=[chips.pk], on=TODAY)[chips.pk].price == 12_000
