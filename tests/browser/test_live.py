"""A campaign day: recorded in one browser, seen on the live page of another."""

import datetime as dt
import time

import pytest

from bekal.campaigns.actions import NewCampaign, declare_campaign
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.ids import uuid7
from tests.browser.steps import fill_sale, sell
from tests.browser.test_every_page import Inspector
from tests.browser.visitor import DESK
from tests.support import world as worlds

SOON = 2_000
"""Milliseconds within which a sale is on every live page."""


@pytest.fixture
def campaign(world, watch):
    """The address of a campaign of these days."""
    now = watch.now()
    today = local_day(now, Zone.WIB)  # in Papua tomorrow may have begun
    new = NewCampaign(
        key=uuid7(),
        name="Satu Hari Satu Karya",
        hbp_number=62,
        period=Period(today, today + dt.timedelta(days=1)),
        target=1_000_000,
        unit_ids=frozenset((world.nabire, world.merauke, world.bangli)),
    )
    return f"/langsung/{declare_campaign(new=new, by=worlds.SETUP, now=now)}/"


def until(visitor, total, *, timeout=SOON):
    """Wait until the page shows this total."""
    visitor.page.wait_for_function(
        "total => document.querySelector('[data-total]').dataset.total === total",
        arg=str(total),
        timeout=timeout,
    )


def until_state(visitor, words, *, timeout=SOON):
    """Wait until the page says of itself how things stand."""
    visitor.page.locator(f"[data-state]:has-text('{words}')").wait_for(timeout=timeout)


def until_joined(visitor):
    """Wait until the stream of this page is open."""
    visitor.page.locator("[data-how=live]").wait_for(timeout=8_000)


def test_a_sale_is_on_another_page_within_two_seconds_and_a_refund_takes_it_off(
    visit, world, people, streams, campaign
):
    stranger, yohana = visit(), visit(people.yohana)
    stranger.open(campaign)
    until_joined(stranger)
    assert "Belum ada penjualan tercatat" in stranger.text()
    fill_sale(yohana, world.noken)
    yohana.press("Periksa dahulu")
    begun = time.monotonic()
    yohana.page.locator("button[value=simpan]").click(no_wait_after=True)
    until(stranger, 200_000)
    assert time.monotonic() - begun < SOON / 1000
    assert stranger.page.title().startswith("Rp200.000, ")
    assert "+Rp200.000 Noken kulit kayu" in stranger.text(".live-chip")
    assert "20% dari target Rp1 juta" in stranger.text()
    assert "1 dari 3" in stranger.text("[data-part=pokok]")
    yohana.page.wait_for_url("**?tersimpan=jual")
    yohana.follow("Batalkan")
    begun = time.monotonic()
    yohana.page.get_by_role("button", name="Batalkan nota ini").click(no_wait_after=True)
    until(stranger, 0)
    assert time.monotonic() - begun < SOON / 1000
    yohana.page.wait_for_load_state()


def test_a_killed_stream_is_said_and_comes_back(visit, world, people, streams, campaign):
    stranger, yohana = visit(), visit(people.yohana)
    stranger.open(campaign)
    until_joined(stranger)
    streams.kill()
    until_state(stranger, "Terputus. Angka terakhir")
    sell(yohana, world.noken)
    until(stranger, 200_000, timeout=20_000)  # asked for, without a stream
    until_state(stranger, "Menyambung")
    streams.revive()
    until_state(stranger, "Langsung", timeout=20_000)
    sell(yohana, world.coffee)
    until(stranger, 296_000)
    stranger.complaints[:] = [c for c in stranger.complaints if "ERR_" not in c]


def test_without_any_stream_the_page_keeps_itself_going(visit, world, people, campaign):
    stranger, yohana = visit(), visit(people.yohana)
    stranger.open(f"/en{campaign}")
    sell(yohana, world.noken)
    until(stranger, 200_000, timeout=20_000)
    until_state(stranger, "Connecting")
    assert "Turnover recorded" in stranger.text()


def test_without_script_the_page_is_whole_and_comes_again_by_itself(visit, world, people, campaign):
    sell(visit(people.yohana), world.noken)
    stranger = visit(javascript=False)
    stranger.open(campaign)
    assert "Rp200.000" in stranger.text()
    assert stranger.page.locator("[data-share]").is_hidden()
    assert stranger.page.locator("noscript meta[http-equiv=refresh]").count() == 1
    stranger.page.locator("#arti-total summary").click()
    assert "Jumlah bersih" in stranger.text("#arti-total")


def test_what_a_reader_has_opened_stays_open_when_a_sale_comes(
    visit, world, people, streams, campaign
):
    stranger = visit(width=DESK)
    stranger.open(campaign)
    until_joined(stranger)
    stranger.page.locator("#tabel-peta summary").click()
    sell(visit(people.yohana), world.noken)
    until(stranger, 200_000)
    assert "Rp200.000" in stranger.text("#tabel-peta")
    assert stranger.page.evaluate("document.activeElement.closest('details').id") == "tabel-peta"


def test_a_campaign_day_on_the_big_screen(visit, world, people, streams, campaign):
    screen, yohana = visit(width=1920), visit(people.yohana)
    screen.page.set_viewport_size({"width": 1920, "height": 1080})
    screen.open(f"{campaign}?mode=layar")
    until_joined(screen)
    sold = 0
    for product, amount in ((world.noken, 200_000), (world.coffee, 96_000), (world.noken, 200_000)):
        sell(yohana, product)
        sold += amount
        until(screen, sold)
        assert f"{sold:,}".replace(",", ".") in screen.text(".live-number")
    assert screen.page.locator(".meaning:visible").count() == 0
    assert screen.page.locator(".live-scan img").is_visible()
    assert screen.page.evaluate("document.documentElement.scrollHeight") == 1080
    screen.page.locator(".live--idle").wait_for()  # the pointer hides
    screen.page.mouse.move(200, 200)
    assert screen.page.locator(".live--idle").count() == 0
    screen.page.keyboard.press("Escape")
    screen.page.wait_for_url(f"**{campaign}")


def test_digits_roll_upwards_and_only_where_motion_is_welcome(
    visit, world, people, streams, campaign
):
    calm, lively = visit(), visit(motion="no-preference")
    yohana = visit(people.yohana)
    sell(yohana, world.noken)
    for stranger in (calm, lively):
        stranger.open(campaign)
        until_joined(stranger)
        stranger.page.evaluate("""() => {
          window.rolls = 0;
          new MutationObserver(() => {
            window.rolls += document.querySelectorAll(".roll").length;
          }).observe(document.body, { childList: true, subtree: true });
        }""")
    sell(yohana, world.noken)
    for stranger in (calm, lively):
        until(stranger, 400_000)
        stranger.page.locator("[data-digits]:not(:has(.roll))", has_text="400.000").wait_for()
    assert calm.page.evaluate("window.rolls") == 0
    assert lively.page.evaluate("window.rolls") > 0


def test_the_live_pages(visit, world, people, streams, campaign):
    seen = Inspector(visit())
    seen.look("live, empty", campaign)
    sell(visit(people.yohana), world.noken)
    seen.look("live", campaign)
    seen.look("live in English", f"/en{campaign}")
    for name in ("arti-total", "tabel-jam", "tabel-peta"):
        seen.visitor.page.locator(f"#{name} summary").click()
        seen.look(f"live with {name} open")
        seen.visitor.page.locator(f"#{name} summary").click()
    seen.look("live on the stage", f"{campaign}?mode=layar")
    seen.look("list", "/langsung/")
    seen.report()
