"""Rina orders by WhatsApp on her phone; Yohana confirms it in one tap on hers."""

import pytest

from bekal.catalogue.models import Product
from bekal.payments.rules import Method
from bekal.production.actions import rebuild_shelves
from bekal.shop.models import Order, OrderPart
from bekal.shop.tests.market import open_market
from bekal.shop.tests.proposing import answers_messages
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector
from tests.browser.test_goods import shoot
from tests.support.world import NOON, SETUP


@pytest.fixture
def market(world):
    opened = open_market(world)
    answers_messages(opened.nabire)
    rebuild_shelves(by=SETUP, now=NOON)
    return opened


def ordered(rina, market, *, look):
    """Rina fills in the page of a product and sends it; her order."""
    code = Product.objects.get(pk=market.noken).code
    rina.open(f"/p/noken-kulit-kayu-{code}/")
    shoot(rina, "wa-product")
    rina.follow("Pesan lewat WhatsApp")
    rina.page.get_by_label("Nama penerima").fill("Rina Sari")
    rina.page.get_by_label("Nomor WhatsApp").fill("0812 3456 7890")
    rina.pick("Perorangan")
    if look:
        look_at_choices(rina)
    rina.page.wait_for_timeout(4_100)
    rina.press("Catat pesanan", inside="main")
    return Order.objects.get()


def look_at_choices(rina):
    """The page is for everyone's eyes; an address is asked for only where something is sent."""
    look, address = Inspector(rina), rina.page.locator("[name=address]")
    assert not address.is_visible()
    look.look("order by message")
    shoot(rina, "wa-order")
    rina.pick("Dikirim ke alamat")
    assert address.is_visible()
    look.look("order by message, sent")
    shoot(rina, "wa-order-sent")
    rina.pick("Tanya dulu")
    assert not look.faults, look.faults


@pytest.mark.parametrize("javascript", [True, False])
def test_rina_orders_by_message_and_yohana_confirms(visit, people, market, javascript):
    rina, yohana = visit(javascript=javascript), visit(people.yohana, javascript=javascript)
    order = ordered(rina, market, look=javascript)
    assert f"Pesanan {order.code}" in rina.text()
    button = rina.page.get_by_role("link", name="Kirim lewat WhatsApp")
    assert order.code in button.get_attribute("href")
    shoot(rina, "wa-sent")
    yohana.open(f"{NABIRE}pesanan/?tumpukan=konfirmasi")
    yohana.follow(order.code)
    if javascript:
        look = Inspector(yohana)
        look.look("to confirm")
        assert not look.faults, look.faults
        shoot(yohana, "wa-confirm")
    yohana.pick("Ambil di bengkel")
    yohana.pick("Bayar saat ambil")
    yohana.press("Konfirmasi", inside="main")
    assert "Pesanan disetujui." in yohana.text()
    assert yohana.page.get_by_role("link", name="Buka WhatsApp").is_visible()
    shoot(yohana, "wa-confirmed")
    rina.open(f"/pesanan/{order.code}/")
    assert "Bayar di bengkel saat mengambil" in rina.text()
    order.refresh_from_db()
    assert order.method == Method.AT_PICKUP
    assert OrderPart.objects.get().status == "accepted"
    assert not rina.complaints + yohana.complaints


@pytest.mark.parametrize("javascript", [True, False])
def test_rina_wants_three_after_all_and_yohana_confirms_three(visit, people, market, javascript):
    rina, yohana = visit(javascript=javascript), visit(people.yohana, javascript=javascript)
    order = ordered(rina, market, look=False)
    yohana.open(f"{NABIRE}pesanan/?tumpukan=konfirmasi")
    yohana.follow(order.code)
    yohana.page.get_by_text("Ubah jumlah barang").click()
    pieces = yohana.page.get_by_label("Noken kulit kayu", exact=True)
    pieces.fill("dua")
    yohana.press("Hitung ulang", inside="main")
    assert "Isi angka dari 0 sampai" in yohana.text()
    pieces.fill("3")
    yohana.press("Hitung ulang", inside="main")
    assert "Noken kulit kayu dari 1 menjadi 3." in yohana.text()
    if javascript:
        look = Inspector(yohana)
        look.look("other pieces")
        assert not look.faults, look.faults
        shoot(yohana, "wa-amended")
    yohana.pick("Ambil di bengkel")
    yohana.pick("Bayar saat ambil")
    yohana.press("Konfirmasi", inside="main")
    assert "Pesanan disetujui." in yohana.text()
    rina.open(f"/pesanan/{order.code}/")
    assert "Jumlahnya diubah: Noken kulit kayu dari 1 menjadi 3." in rina.text()
    shoot(rina, "wa-amended-mine")
    order.refresh_from_db()
    assert order.goods_total == 300_000


def test_markus_names_the_number_of_the_unit(visit, people, market):
    markus = visit(people.markus)
    look = Inspector(markus)
    markus.open(NABIRE)
    markus.follow("Alamat dan nomor untuk pembeli")
    look.look("number")
    shoot(markus, "wa-number")
    markus.page.get_by_label("Nomor WhatsApp layanan").fill("0813 1111 2222")
    markus.page.get_by_label("Alamat loket").fill("Jalan Contoh 5, Nabire")
    markus.page.get_by_label("Hari dan jam buka").fill("Senin sampai Jumat 08.00 sampai 14.00 WIT")
    markus.press("Simpan", inside="main")
    assert "Pembeli bisa memesan lewat WhatsApp. Alamat loket tampil" in markus.text()
    assert not look.faults, look.faults
