"""Loading the real products."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from bekal.catalogue import actions, rules, source
from bekal.catalogue.models import Category, Cost, Price, Product, Seller
from bekal.catalogue.tests.factories import BY, NOW, a_unit, the_units_of_the_file

pytestmark = pytest.mark.django_db
HEADING = "upt,province,product,category,price_idr,source\n"


def load(rows=None):
    return actions.load_products(by=BY, now=NOW, rows=rows)


def everything():
    """All rows of the catalogue's tables, to prove that nothing changed."""
    return [list(m.objects.order_by("pk").values()) for m in (Seller, Category, Product, Price)]


def test_the_packaged_file_is_loaded_but_for_seven_rows_that_name_no_single_unit(
    django_assert_max_num_queries,
):
    the_units_of_the_file()
    with django_assert_max_num_queries(130):  # however many rows; 109 units are audited
        report = load()
    assert len(report.rows) == 354
    assert (report.added, report.known, len(report.refused)) == (347, 0, 7)
    assert {row.reason for row in report.refused} == {
        "Sumber tidak menyebut satu UPT yang ada di daftar unit."
    }
    assert [row.line for row in report.refused] == sorted(row.line for row in report.refused)
    assert Product.objects.count() == 347
    assert Category.objects.count() == 27


def test_of_32_single_prices_31_are_loaded_and_of_37_ranges_35():
    """One single price and two ranges stand in rows that name no single unit."""
    read = source.packaged_rows()
    prices = [row.price for row in read if isinstance(row, source.SourceRow) and row.price]
    assert sum(price.is_single for price in prices) == 32
    assert sum(not price.is_single for price in prices) == 37
    the_units_of_the_file()
    report = load()
    assert (report.priced, report.ranged) == (31, 35)
    assert Price.objects.count() == 31
    assert Product.objects.filter(source_price_low__isnull=False).count() == 35
    assert not Cost.objects.exists()
    assert Product.objects.filter(prices=None, source_price_low=None).count() == 347 - 31 - 35


def test_a_price_of_a_source_says_where_it_comes_from_and_since_when_it_holds():
    the_units_of_the_file()
    load()
    price = Price.objects.select_related("product").order_by("pk")[0]
    assert price.valid_from == rules.FIRST_DAY
    assert price.product.source in price.note
    assert price.note.endswith("berlaku sejak dimuat ke Bekal")


def test_a_second_load_changes_nothing(django_assert_max_num_queries):
    the_units_of_the_file()
    load()
    before = everything()
    with django_assert_max_num_queries(12):
        again = load()
    assert (again.added, again.known, again.priced, again.ranged) == (0, 347, 0, 0)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_loads_at_once_load_everything_once():
    the_units_of_the_file()

    def one(_):
        try:
            return load().added
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, range(2))) == [0, 347]
    assert Product.objects.count() == 347


def test_a_load_leaves_a_product_alone_that_an_officer_has_priced():
    the_units_of_the_file()
    load()
    product = Product.objects.order_by("pk")[0]
    Price.objects.create(
        product=product, amount=9_000, valid_from=NOW.date(), set_at=NOW, set_by=str(BY)
    )
    load()
    assert product.prices.count() == 1


def test_codes_have_five_signs_and_are_unique():
    the_units_of_the_file()
    load()
    codes = set(Product.objects.values_list("code", flat=True))
    assert len(codes) == 347
    assert {len(code) for code in codes} == {5}
    assert all(code.isalnum() and "U" not in code for code in codes)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("Lapas Kelas IIA Palu,,,makanan,5000,x", "Isi nama produk"),
        (f"Lapas Kelas IIA Palu,,{'a' * 121},makanan,5000,x", "paling panjang 120"),
        ("Lapas Kelas IIA Palu,,Tahu,,5000,x", "Kategori kosong"),
        ("Lapas Kelas IIA Palu,,Tahu,///,5000,x", "Kategori kosong"),
        (f"Lapas Kelas IIA Palu,,Tahu,{'k' * 41},5000,x", "Kategori kosong atau lebih"),
        ("Lapas Kelas IIA Palu,,Tahu,makanan,murah,x", "bukan angka"),
        ("Lapas Kelas IIA Palu,,Tahu,makanan,-5000,x", "bukan angka"),
        ("Lapas Kelas IIA Palu,,Tahu,makanan,0,x", "nol"),
        ("Lapas Kelas IIA Palu,,Tahu,makanan,9000-5000,x", "terbalik"),
        ("Lapas Kelas IIA Palu,,Tahu,makanan,999999999999999,x", "terlalu besar"),
        ("Lapas Kelas IIA Palu,,Tahu,makanan,٥٠٠٠,x", "bukan angka"),
        (f"Lapas Kelas IIA Palu,,Tahu,makanan,5000,{'s' * 401}", "Sumber lebih panjang"),
        ("Lapas Kelas IIA Palu,,\x00\u200b,makanan,5000,x", "Isi nama produk"),
        ("Lapas Antah Berantah,,Tahu,makanan,5000,x", "tidak menyebut satu UPT"),
        ("Lapas Kelas IIA Palu", "Isi nama produk"),
    ],
)
def test_nonsense_in_a_row_is_reported_and_the_next_row_is_loaded(cells, reason):
    a_unit()
    text = HEADING + cells + "\n" + "Lapas Kelas IIA Palu,,Bawang goreng,makanan,20000,x\n"
    report = load(source.read_rows(text))
    assert [row.line for row in report.refused] == [2]
    assert reason in report.refused[0].reason
    assert list(Product.objects.values_list("name", flat=True)) == ["Bawang goreng"]


def test_one_name_twice_in_a_file_is_one_product():
    a_unit()
    row = "Lapas Kelas IIA Palu,,Bawang goreng,makanan,,x\n"
    report = load(source.read_rows(HEADING + row + row.replace("Bawang", "BAWANG")))
    assert (report.added, report.known) == (1, 1)


def test_an_empty_file_and_a_file_of_noise_load_nothing():
    for text in ("", "\n\n", "apa,ini\n1,2,3\n", HEADING):
        assert load(source.read_rows(text)).added == 0
    assert not Product.objects.exists()


def test_the_packaged_file_is_where_the_package_finds_it():
    assert Path(source.PRODUCTS).exists()
