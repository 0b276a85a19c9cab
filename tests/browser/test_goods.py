"""Goods and hours of a unit, as its officer and its head keep them on a phone."""

import os
from pathlib import Path

from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import Stock
from bekal.production.rules import NewHold
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector
from tests.browser.visitor import PHONE
from tests.support.world import YOHANA, a_product

STOCK, HOURS, PAUSE = f"{NABIRE}persediaan/", f"{NABIRE}kapasitas/", f"{NABIRE}jeda/"
SHOTS = os.environ.get("SHOTS")


def shoot(visitor, name):
    if SHOTS:
        for width in (390, 1280):
            visitor.page.set_viewport_size({"width": width, "height": 844})
            visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def fill(visitor, product, pieces):
    visitor.page.locator(f"[name=pieces_{product}]").fill(str(pieces))


def there(product):
    return Stock.objects.get(pk=product).on_hand


def come(visitor, product, pieces):
    """Write down that pieces were made."""
    visitor.open(STOCK)
    visitor.follow("Catat barang masuk")
    fill(visitor, product, pieces)
    visitor.press("Periksa dahulu")
    visitor.press("Simpan barang masuk")


def test_yohana_counts_what_is_on_the_shelf(visit, world, people):
    for number in range(6):
        a_product(world.nabire, f"Gelang manik nomor {number + 1}", "kerajinan")
    yohana = visit(people.yohana)
    look = Inspector(yohana)
    yohana.open(STOCK)
    yohana.follow("Hitung stok")
    fill(yohana, world.noken, 9)
    yohana.page.get_by_role("button", name="Tambah Kopi bubuk").click()
    look.look("count")
    shoot(yohana, "count")
    yohana.press("Periksa dahulu")
    look.look("first count")
    yohana.press("Simpan hasil hitung")
    assert "Hasil hitung tersimpan." in yohana.text()
    yohana.follow("Hitung stok")
    fill(yohana, world.noken, 8)
    yohana.press("Periksa dahulu")
    look.look("count that differs")
    shoot(yohana, "count-check")
    yohana.press("Simpan hasil hitung")
    assert "Pilih mengapa hitungan berbeda" in yohana.text("body")
    yohana.pick("Hilang")
    yohana.press("Simpan hasil hitung")
    assert (there(world.noken), there(world.coffee)) == (8, 1)
    look.report()


def test_yohana_makes_and_writes_off(visit, world, people):
    yohana = visit(people.yohana)
    look = Inspector(yohana)
    come(yohana, world.noken, 12)
    hold = NewHold(uuid7(), world.noken, 11)
    actions.hold_stock(holds=[hold], until=None, by=YOHANA, now=clock.now())
    yohana.follow("Barang keluar")
    yohana.pick("Rusak atau hilang")
    fill(yohana, world.noken, 3)
    yohana.press("Periksa dahulu")
    look.look("without a note")
    shoot(yohana, "go-refused")
    yohana.page.get_by_label("Catatan").fill("Kena air")
    yohana.press("Periksa dahulu")
    assert "2 barang yang sudah dipesan tidak akan ada lagi." in yohana.text()
    look.look("go check")
    shoot(yohana, "go-check")
    yohana.press("Simpan barang keluar")
    assert there(world.noken) == 9
    look.look("stock", STOCK)
    shoot(yohana, "stock")
    yohana.follow("Noken kulit kayu")
    look.look("product")
    shoot(yohana, "product")
    yohana.open(NABIRE)
    assert "Stok kurang untuk pesanan: 1 produk" in yohana.text()
    shoot(yohana, "desk")
    assert queries.stock_problems() == []
    look.report()


def test_yohana_opens_a_workshop_and_lets_a_noken_be_made_to_order(visit, world, people):
    yohana = visit(people.yohana)
    look = Inspector(yohana)
    look.look("no hours", HOURS)
    shoot(yohana, "hours-empty")
    yohana.follow("Tambah bengkel")
    yohana.page.get_by_label("Nama bengkel").fill("Bengkel anyam")
    yohana.page.get_by_label("Jenis pekerjaan").fill("anyaman")
    yohana.page.get_by_label("Menit kerja sehari").fill("1.440")
    look.look("new workshop")
    shoot(yohana, "new-workshop")
    yohana.press("Simpan bengkel")
    yohana.follow("Tambah produk")
    yohana.page.get_by_label("Produk").select_option(label="Noken kulit kayu")
    yohana.page.get_by_label("Menit untuk satu buah").fill("600")
    look.look("work")
    shoot(yohana, "work")
    yohana.press("Simpan")
    now = clock.now()
    actions.promise_work(
        group=uuid7(),
        product_id=world.noken,
        pieces=7,
        from_day=now.date(),
        by=YOHANA,
        now=now,
    )
    look.look("workshop", yohana.page.url.removeprefix(yohana.address))
    shoot(yohana, "workshop")
    for way in ("Ubah waktu kerja", "Atur satu hari"):
        yohana.follow(way)
        look.look(way)
        shoot(yohana, way.split()[-1])
        yohana.page.go_back()
    look.look("hours", HOURS)
    shoot(yohana, "hours")
    look.report()


def test_markus_pauses_the_orders_and_opens_them_again(visit, world, people):
    markus = visit(people.markus)
    look = Inspector(markus)
    look.look("pause", PAUSE)
    shoot(markus, "pause")
    markus.page.get_by_label("Kalimat untuk pembeli").fill("Bengkel tutup sementara.")
    markus.press("Mulai jeda")
    assert "Pesanan sedang dijeda" in markus.text()
    look.look("paused")
    shoot(markus, "paused")
    assert queries.pauses(unit_ids=[world.nabire], now=clock.now())
    markus.press("Buka pesanan lagi")
    look.look("resumed")
    assert queries.pauses(unit_ids=[world.nabire], now=clock.now()) == {}
    look.report()


def test_goods_are_kept_without_javascript_too(visit, world, people):
    yohana = visit(people.yohana, javascript=False)
    come(yohana, world.noken, 12)
    assert there(world.noken) == 12


def test_the_navigation_of_a_phone_shows_where_one_is(visit, world, people):
    yohana = visit(people.yohana)
    for path, word in ((NABIRE, "Meja kerja"), (f"{NABIRE}uang/kas/", "Uang")):
        yohana.open(path)
        here = yohana.page.locator(".nav [aria-current]")
        assert here.inner_text() == word
        box = here.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE
