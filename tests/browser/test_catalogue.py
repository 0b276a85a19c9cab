"""A buyer looks for something in the catalogue, with and without script."""

import pytest

from tests.browser.test_every_page import violations
from tests.browser.visitor import DESK, PHONE, TABLET_EDGE

SEARCH = "Cari produk atau bengkel"


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_a_buyer_narrows_the_catalogue_and_opens_a_product(visit, width, javascript):
    buyer = visit(width=width, javascript=javascript)
    buyer.open("/katalog/")
    assert "4 karya" in buyer.text()
    if width < DESK:
        buyer.page.locator(".sieve summary").click()
    buyer.page.get_by_role("radio", name="Anyaman dan kerajinan").check()
    buyer.page.get_by_label("Provinsi").select_option(label="Papua Tengah (2)")
    buyer.press("Terapkan", inside="main")
    assert "1 karya" in buyer.text()
    assert buyer.page.get_by_role("link", name="Hapus Papua Tengah").is_visible()
    buyer.follow("Noken kulit kayu")
    text = buyer.text()
    assert buyer.page.locator("h1").inner_text() == "Noken kulit kayu"
    for words in ("Rp100.000", "Ke mana uang Anda pergi", "Premi pembuat", "Rp20.000"):
        assert words in text, words
    buyer.page.get_by_text("Aturan dan hitungannya").click()
    assert buyer.page.get_by_text("50% × Rp40.000 = Rp20.000").is_visible()
    buyer.follow("Lapas Kelas IIB Nabire")
    assert buyer.page.locator("h1").inner_text() == "Lapas Kelas IIB Nabire"
    assert buyer.context.cookies() == []


def test_a_buyer_who_mistypes_is_told_what_was_looked_for_instead(visit):
    buyer = visit()
    buyer.open("/")
    field = buyer.page.get_by_label(SEARCH)
    field.fill("nokn")
    field.press("Enter")
    buyer.page.wait_for_url("**/katalog/?cari=nokn")
    assert "Mungkin maksud Anda noken?" in buyer.text()
    assert buyer.page.get_by_role("link", name="Noken kulit kayu").is_visible()
    assert field.input_value() == "nokn"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_suggestions_come_while_typing_and_keys_are_enough(visit, width):
    buyer = visit(width=width)
    buyer.open("/")
    field = buyer.page.get_by_role("combobox", name=SEARCH)
    field.press_sequentially("no")
    noken = buyer.page.get_by_role("option", name="Noken kulit kayu")
    noken.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert violations(buyer.page) == []
    wide = buyer.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    field.press("Escape")
    assert not noken.is_visible()
    assert field.input_value() == "no"
    field.press_sequentially("k")
    noken.wait_for()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == noken.get_attribute("id")
    field.press("Enter")
    buyer.page.wait_for_url("**/p/noken-kulit-kayu-*/")


def test_suggestions_lead_to_kinds_and_workshops_in_the_language_of_the_page(visit):
    buyer = visit(width=DESK)
    buyer.open("/en/")
    field = buyer.page.get_by_role("combobox", name="Search products or workshops")
    field.press_sequentially("wicker")
    buyer.page.get_by_role("option", name="Wickerwork and crafts").click()
    buyer.page.wait_for_url("**/en/katalog/?jenis=kerajinan")
    field.press_sequentially("nabire")
    buyer.page.get_by_role("option", name="Lapas Kelas IIB Nabire Papua Tengah").click()
    buyer.page.wait_for_url("**/en/bengkel/lapas-kelas-iib-nabire/")


def test_enter_without_a_choice_searches_as_it_did(visit):
    buyer = visit()
    buyer.open("/")
    field = buyer.page.get_by_role("combobox", name=SEARCH)
    field.press_sequentially("noken")
    buyer.page.get_by_role("option").first.wait_for()
    field.press("Enter")
    buyer.page.wait_for_url("**/katalog/?cari=noken")


def test_a_choice_is_taken_back_by_its_chip(visit):
    buyer = visit(width=DESK)
    buyer.open("/katalog/?jenis=kerajinan&prov=94")
    buyer.follow("Hapus Anyaman dan kerajinan")
    assert buyer.page.url.endswith("/katalog/?prov=94")
    assert "2 karya" in buyer.text()


@pytest.mark.parametrize("width", [TABLET_EDGE, PHONE, DESK])
def test_no_page_of_the_catalogue_is_wider_than_its_window(visit, width):
    buyer = visit(width=width)
    for path in ("/katalog/", "/katalog/?cari=" + "a" * 120, "/en/katalog/?prov=94&jenis=mebel"):
        buyer.open(path)
        wide = buyer.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
