"""Dewi of Ditjenpas declares a campaign, puts a slip right, and everyone sees it."""

import datetime as dt

from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from tests.browser.test_every_page import Inspector
from tests.browser.visitor import DESK

NAME = "Satu Hari Satu Karya"


def fill(dewi, **changes):
    """Fill the form of a campaign of today."""
    today = local_day(clock.now(), Zone.WIB)
    for label, text in {
        "Nama kampanye": NAME,
        "Hari Bakti Pemasyarakatan ke": "62",
        "Hari pertama": today.isoformat(),
        "Hari terakhir": today.isoformat(),
        "Target omzet bersih": "2.000.000.000",
        **changes,
    }.items():
        dewi.page.get_by_label(label).fill(text)


def test_dewi_declares_a_campaign_and_corrects_its_target(visit, world, people):
    dewi = visit(people.dewi, width=DESK)
    dewi.open("/omzet/")
    dewi.follow("Kampanye", inside="header")
    assert "Belum ada kampanye" in dewi.text()
    dewi.follow("Umumkan kampanye")
    fill(dewi)
    dewi.press("Periksa dahulu")
    assert "Semua, 2 kanwil" in dewi.text()
    assert "Rp2.000.000.000" in dewi.text()
    dewi.press("Umumkan kampanye", inside="main")
    assert dewi.text("h1") == NAME
    dewi.follow("Betulkan")
    fill(dewi, **{"Target omzet bersih": "1.500.000.000", "Alasan pembetulan": "Salah ketik"})
    dewi.press("Periksa dahulu")
    dewi.press("Simpan pembetulan")
    assert "Salah ketik" in dewi.text()
    assert "Rp2.000.000.000" in dewi.text()
    assert dewi.page.locator("tbody tr").count() == 2
    stranger = visit()
    year = local_day(clock.now(), Zone.WIB).year
    stranger.open(f"/langsung/satu-hari-satu-karya-{year}/")
    assert "Rp1,5 miliar" in stranger.text("body")


def test_a_wrong_campaign_is_told_at_its_fields(visit, people):
    dewi = visit(people.dewi)
    dewi.open("/kampanye/umumkan/")
    fill(dewi, **{"Hari terakhir": (dt.date(2020, 1, 1)).isoformat(), "Target omzet bersih": "nol"})
    dewi.press("Periksa dahulu")
    assert dewi.page.title().startswith("Gagal: ")
    assert "Hari terakhir tidak bisa sebelum hari pertama" in dewi.text("[data-errors]")
    assert dewi.value("target") == "nol"


def test_the_pages_of_campaigns(visit, people):
    dewi = visit(people.dewi)
    seen = Inspector(dewi)
    seen.look("no campaigns", "/kampanye/")
    seen.look("declare", "/kampanye/umumkan/")
    dewi.press("Periksa dahulu")
    seen.look("declare with errors")
    fill(dewi)
    dewi.press("Periksa dahulu")
    seen.look("declare to check")
    dewi.press("Umumkan kampanye", inside="main")
    seen.look("campaign just declared")
    dewi.follow("Betulkan")
    seen.look("correct")
    seen.look("campaigns", "/kampanye/")
    seen.report()
