"""A visitor on a phone, who has no account and needs none."""

import pytest

from tests.browser.visitor import DESK, PHONE

NABIRE = "Lapas Kelas IIB Nabire"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_visitor_finds_a_workshop_and_what_became_of_the_money(visit, width, javascript):
    guest = visit(width=width, javascript=javascript)
    guest.open("/")
    guest.follow("Cari bengkel")
    guest.page.get_by_label("Nama unit atau provinsi").fill("nabire")
    guest.press("Tampilkan", inside="main")
    guest.follow(NABIRE)
    assert guest.page.locator("h1").inner_text() == NABIRE
    assert guest.page.get_by_text("Aturan bagi hasil di unit ini").is_visible()
    assert guest.context.cookies() == []


def test_a_visitor_changes_the_language_and_stays_on_the_page(visit):
    guest = visit()
    guest.open("/bengkel/lapas-kelas-iib-nabire/?dari=luar")
    guest.page.locator(".header__language").click()
    assert guest.page.url.endswith("/en/bengkel/lapas-kelas-iib-nabire/?dari=luar")
    assert guest.page.get_by_text("Through time").is_visible()
    guest.page.locator(".header__language").click()
    assert guest.page.get_by_text("Dari waktu ke waktu").is_visible()
