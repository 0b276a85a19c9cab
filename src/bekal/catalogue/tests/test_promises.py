"""What PostgreSQL keeps by itself, proved by raw SQL."""

import pytest
from django.db import Error, connection, transaction

from bekal.catalogue.models import Cost, Price, Product
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit

pytestmark = pytest.mark.django_db
ROW = "(product_id, amount, valid_from, note, set_at, set_by)"


def refused(sql, values=(), *, by):
    """Run SQL that PostgreSQL must refuse, by the name of the promise."""
    with pytest.raises(Error, match=by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def chips():
    return a_product(unit=a_unit())


@pytest.mark.parametrize("amount", [0, -1, -5000])
def test_a_price_of_nothing_or_less_is_refused(chips, amount):
    sql = f"insert into catalogue_price {ROW} values (%s, %s, %s, '', %s, 'user:17')"
    refused(sql, [chips.pk, amount, TODAY, NOW], by="catalogue_price_positive")
    assert not Price.objects.exists()


def test_a_negative_cost_is_refused_and_a_cost_of_nothing_is_not(chips):
    sql = f"insert into catalogue_cost {ROW} values (%s, %s, %s, '', %s, 'user:17')"
    refused(sql, [chips.pk, -1, TODAY, NOW], by="catalogue_cost_not_negative")
    with connection.cursor() as cursor:
        cursor.execute(sql, [chips.pk, 0, TODAY, NOW])
    assert Cost.objects.get().amount == 0


@pytest.mark.parametrize("sheet", [Price, Cost])
@pytest.mark.parametrize("sql", ["update {} set amount = 9", "delete from {}"])
def test_a_row_of_a_sheet_is_neither_edited_nor_deleted(chips, sheet, sql):
    sheet.objects.create(product=chips, amount=5000, valid_from=TODAY, set_at=NOW, set_by=str(BY))
    refused(sql.format(sheet._meta.db_table), by="are final")
    assert sheet.objects.get().amount == 5000


@pytest.mark.parametrize("name", ["Keripik pisang", "KERIPIK PISANG"])
def test_two_products_of_one_name_at_one_seller_are_refused(chips, name):
    sql = """
    insert into catalogue_product
      (code, seller_id, category_id, name, source, is_sample, added_at, added_by)
    values ('ZZZZZ', %s, 'makanan', %s, '', false, %s, 'user:17')
    """
    refused(sql, [chips.seller_id, name, NOW], by="catalogue_product_name_once_per_seller")
    assert Product.objects.count() == 1


def test_one_name_at_two_sellers_is_two_products(chips):
    a_product(unit=a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso"))
    assert Product.objects.filter(name=chips.name).count() == 2


@pytest.mark.parametrize(
    ("low", "high"), [(9000, 5000), (0, 5000), (-5, 5), (None, 5000), (5000, None)]
)
def test_an_inverted_or_half_range_of_a_source_is_refused(chips, low, high):
    sql = "update catalogue_product set source_price_low = %s, source_price_high = %s"
    refused(sql, [low, high], by="catalogue_product_source_price_is_a_range")


def test_a_product_without_a_name_and_a_code_used_twice_are_refused(chips):
    refused("update catalogue_product set name = ''", by="catalogue_product_name_not_empty")
    other = a_product(unit=a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso"))
    sql = "update catalogue_product set code = %s where id = %s"
    refused(sql, [chips.code, other.pk], by="catalogue_product_code")
