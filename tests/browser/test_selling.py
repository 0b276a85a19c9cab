"""A sale goes from the workshop's table to the nation's total, and back when it was wrong."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from bekal.sales.models import Refund, Sale
from tests.browser.steps import (
    DAYS,
    NABIRE,
    fill_sale,
    read_rupiah,
    record_page,
    rupiah,
    sell,
    sold_today,
    turnover,
    yesterday_at,
)
from tests.browser.visitor import DESK

NIP_AS_COPIED = " 19900304 201503 2 001 "


def test_yohana_sells_two_noken_and_the_desk_and_the_nation_count_them(visit, world, people):
    dewi = visit(people.dewi, width=DESK)
    yohana = visit()
    yohana.sign_in(people.yohana, typed=NIP_AS_COPIED)
    assert yohana.page.url.endswith(NABIRE)
    desk_before, nation_before = sold_today(yohana), turnover(dewi)

    yohana.open(record_page())
    yohana.page.get_by_label("Cari nama atau kode produk").fill("noken")
    yohana.press("Cari")
    yohana.page.get_by_role("button", name="Tambah Noken kulit kayu").click(click_count=2)
    assert yohana.value(f"pieces_{world.noken}") == "2"
    assert yohana.text("[data-sum]") == "2 barang Rp200.000"
    yohana.pick("Umum")
    yohana.pick("Tunai")
    yohana.press("Periksa dahulu")
    assert "Belum tersimpan" in yohana.text()
    yohana.press("Simpan penjualan Rp200.000")

    assert "Tersimpan. Nomor PJ-" in yohana.text()
    assert "2 x 100.000 200.000" in yohana.text(".receipt")
    assert sold_today(yohana) == desk_before + 200_000
    assert turnover(dewi) == nation_before + 200_000
    assert turnover(dewi, "kanwil-papua/") == turnover(dewi, "lapas-kelas-iib-nabire/")


def test_yohana_takes_a_mistake_back_within_ten_minutes_and_not_later(visit, watch, world, people):
    dewi, yohana = visit(people.dewi, width=DESK), visit(people.yohana)
    before = turnover(dewi)
    kept = sell(yohana, world.coffee, pieces=3)
    wrong = sell(yohana, world.noken)
    assert turnover(dewi) == before + 344_000

    yohana.follow("Batalkan")
    yohana.press("Batalkan nota ini")
    assert "dibatalkan" in yohana.text(".notice")
    assert "dikembalikan semua" in yohana.text()
    assert turnover(dewi) == before + 144_000

    watch.wait(minutes=11)
    yohana.open(kept)
    assert yohana.page.get_by_role("link", name="Batalkan").count() == 0
    yohana.open(f"{kept}batal/")
    assert "sudah lewat 10 menit" in yohana.text()
    assert not Refund.objects.filter(sale_id=kept.split("/")[-2]).exists()
    assert Refund.objects.filter(sale_id=wrong.split("/")[-2]).count() == 1


def test_a_phone_without_scripts_sells_searches_and_voids_as_well(visit, world, people):
    yohana = visit(javascript=False)
    yohana.sign_in(people.yohana)
    before = sold_today(yohana)
    fill_sale(yohana, world.noken, pieces=1)
    yohana.page.get_by_label("Cari nama atau kode produk").fill("kopi")
    yohana.press("Cari")
    assert yohana.value(f"pieces_{world.noken}") == "1"
    yohana.page.locator(f"[name=pieces_{world.coffee}]").fill("2")
    yohana.press("Periksa dahulu")
    yohana.press(f"Simpan penjualan {rupiah(196_000)}")
    assert "Tersimpan" in yohana.text()
    assert sold_today(yohana) == before + 196_000

    yohana.page.go_back()
    yohana.follow("Batalkan")
    yohana.press("Batalkan nota ini")
    assert sold_today(yohana) == before


def test_pressing_twice_and_going_back_make_one_sale(visit, world, people):
    yohana = visit(people.yohana)
    before = Sale.objects.count()
    fill_sale(yohana, world.noken)
    yohana.press("Periksa dahulu")
    yohana.page.locator("button[value=simpan]").dblclick()
    yohana.page.wait_for_url("**?tersimpan=jual")
    assert Sale.objects.count() == before + 1

    number = yohana.text("h1")
    with suppress(Error):  # what was sent is not kept: the browser asks before it sends it again
        yohana.page.go_back()
    yohana.page.wait_for_timeout(300)
    yohana.page.reload()
    assert "Belum tersimpan" in yohana.text()
    yohana.page.locator("button[value=simpan]").click()
    yohana.page.wait_for_url("**?tersimpan=jual")
    assert yohana.text("h1") == number
    assert Sale.objects.count() == before + 1


def test_two_presses_without_scripts_make_one_sale(visit, world, people):
    yohana = visit(javascript=False)
    yohana.sign_in(people.yohana)
    before = Sale.objects.count()
    fill_sale(yohana, world.coffee)
    yohana.press("Periksa dahulu")
    yohana.page.locator("button[value=simpan]").dblclick()
    yohana.page.wait_for_url("**?tersimpan=jual")
    assert Sale.objects.count() == before + 1


def test_the_price_of_a_sale_can_be_told_apart_from_the_list(visit, world, people):
    yohana = visit(people.yohana)
    fill_sale(yohana, world.noken, pieces=1)
    yohana.page.get_by_text("Ubah harga Noken kulit kayu").click()
    price = yohana.page.locator(f"[name=price_{world.noken}]")
    price.fill("90000")
    price.blur()
    assert price.input_value() == "90.000"
    assert read_rupiah(yohana.text("[data-sum]")) == 90_000
    yohana.press("Periksa dahulu")
    yohana.press("Simpan penjualan Rp90.000")
    assert "harga daftar 100.000" in yohana.text(".receipt")


def test_a_day_without_sales_is_reported_in_one_tap(visit, watch, people):
    yohana = visit(people.yohana)
    yohana.open(NABIRE)
    yohana.press("Tidak ada penjualan kemarin")
    assert f"{yesterday_at(watch).day} " in yohana.text(".notice")
    assert "tersimpan" in yohana.text(".notice")
    yohana.open(NABIRE)
    assert yohana.page.get_by_role("button", name="Tidak ada penjualan kemarin").count() == 0
    yohana.open(DAYS)
    assert "Nihil" in yohana.text()


@pytest.mark.parametrize("path", [NABIRE, record_page(), DAYS])
def test_another_unit_is_not_there(visit, people, path):
    wayan = visit(people.wayan)
    assert wayan.open(path).status == 404
    assert wayan.text("h1") == "Halaman tidak ada"
