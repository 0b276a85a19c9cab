"""A buyer looks for something in the catalogue, with and without script."""

import pytest

from tests.browser.visitor import DESK, PHONE, TABLET_EDGE


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
    field = buyer.page.get_by_role("searchbox")
    field.fill("nokn")
    field.press("Enter")
    buyer.page.wait_for_url("**/katalog/?cari=nokn")
    assert "Mungkin maksud Anda noken?" in buyer.text()
    assert buyer.page.get_by_role("link", name="Noken kulit kayu").is_visible()
    assert field.input_value() == "nokn"


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
