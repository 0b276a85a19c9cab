"""The pages of products in files of a sitemap."""

import pytest

from bekal.catalogue import queries
from bekal.catalogue.queries import pages
from bekal.catalogue.tests.factories import TODAY, a_product, a_unit

pytestmark = pytest.mark.django_db


def test_a_product_stays_in_its_file_however_many_come(monkeypatch):
    for name in ("_SHEETS", "_ENTRIES"):
        monkeypatch.setattr(pages, name, getattr(pages, name).replace("10000", "2000"))
    monkeypatch.setattr(pages, "A_SHEET", 2000)
    unit = a_unit()
    told = queries.PRODUCT_PAGES
    for number in range(5):
        before = {
            sheet.number: list(told.entries(TODAY, sheet.number)) for sheet in told.sheets(TODAY)
        }
        a_product(unit=unit, name=f"Batik {number}")
        for sheet, entries in before.items():
            assert list(told.entries(TODAY, sheet))[: len(entries)] == entries
    files = [sheet.number for sheet in told.sheets(TODAY)]
    assert sum(len(list(told.entries(TODAY, file))) for file in files) == 5
    assert max(len(list(told.entries(TODAY, file))) for file in files) == 2


def test_an_empty_file_is_not_told():
    a_product(unit=a_unit(), name="Batik")
    assert [sheet.number for sheet in queries.PRODUCT_PAGES.sheets(TODAY)] == [1]
    assert list(queries.PRODUCT_PAGES.entries(TODAY, 2)) == []
