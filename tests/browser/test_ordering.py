"""A buyer's whole way: searched, ordered of two workshops, paid, followed, a part of it sent back.

Each person has a window of their own; nothing is done but what they can press.
"""

import pytest
from django.urls import clear_url_caches, get_resolver, include, path

from bekal.shop.models import Order, OrderPart
from bekal.shop.tests.market import open_market
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector

urlpatterns = [
    *get_resolver().url_patterns,
    path("uji/bayar/", include("bekal.payments.sandbox_urls")),
]
"""All addresses, with that of the demo where payments are pretended."""
DIGITS = "7890"


@pytest.fixture
def market(world, settings):
    """Three units that sell online, in a demo."""
    settings.ROOT_URLCONF = __name__
    settings.BEKAL_DEMO = True
    clear_url_caches()
    yield open_market(world)
    clear_url_caches()


def find(rina, typed, name):
    """Search for a product and open it."""
    rina.open("/")
    rina.page.get_by_label("Cari produk atau bengkel").fill(typed)
    rina.page.get_by_label("Cari produk atau bengkel").press("Enter")
    rina.page.wait_for_url("**/katalog/?cari=*")
    rina.follow(name)


def put(rina, typed, name, pieces):
    """Search for a product and put pieces of it into the basket."""
    find(rina, typed, name)
    rina.page.get_by_label("Jumlah barang").fill(str(pieces))
    rina.press("Tambah ke keranjang")


def to_the_payment(rina, watch):
    """From the search to the code that is paid, with goods of two workshops."""
    put(rina, "noken", "Noken kulit kayu", 3)
    put(rina, "endek", "Kain endek", 1)
    assert "Dari 2 bengkel" in rina.text()
    rina.press("Lanjut ke pesanan")
    rina.pick("Dikirim ke alamat")
    for label, typed in (
        ("Nama penerima", "Rina Sari"),
        ("Nomor WhatsApp", "0812 3456 7890"),
        ("Kecamatan", "Susut"),
        ("Alamat", "Jalan Merdeka 5, RT 02/RW 01"),
    ):
        rina.page.get_by_label(label, exact=True).fill(typed)
    rina.press("Lanjut")
    assert "Paket 1 dari 2" in rina.text()
    watch.wait(seconds=30)
    rina.pick("Perorangan")
    rina.page.locator("button[value=qris]").click()
    rina.page.get_by_role("img", name="Kode QRIS").wait_for()


def test_with_javascript_off_a_buyer_comes_as_far_as_the_code(visit, watch, market):
    rina = visit(javascript=False)
    to_the_payment(rina, watch)
    assert "CONTOH" in rina.text()
    assert "NMID" in rina.text()
    order = Order.objects.get()
    assert f"Bayar Rp{order.total:,}".replace(",", ".") in rina.text("h1")
    assert OrderPart.objects.filter(order=order).count() == 2


def test_a_buyer_orders_of_two_workshops_and_sends_a_part_back(visit, watch, people, market):
    rina = visit()
    to_the_payment(rina, watch)
    page = pay_in_the_sandbox(rina)
    yohana, siti = visit(people.yohana), visit(people.siti)
    hand_over(yohana)
    rina.open(page)
    assert "JNE0123456789" in rina.text()
    rina.follow("Sudah saya terima")
    rina.page.get_by_label("Empat angka terakhir").fill(DIGITS)
    rina.press("Ya, sudah saya terima")
    assert "sudah Anda terima" in rina.text(".notice--ok")
    report(rina)
    accept(yohana)
    rina.open(page)
    assert "Kirim barangnya kembali ke bengkel" in rina.text()
    take_back(yohana)
    give_back(siti)
    rina.open(page)
    assert "Uang akan dikembalikan" in rina.text()
    name_payee(rina)
    pay_out(siti)
    rina.open(page)
    assert "Uang sudah dikembalikan" in rina.text()
    assert "Uang kembali Rp209.000, termasuk ongkos kirim Rp9.000." in rina.text()


def pay_in_the_sandbox(rina):
    """Pretend that the code was paid; the address of the order."""
    rina.follow("Anggap sudah dibayar")
    rina.press("Anggap QRIS ini sudah dibayar")
    rina.page.wait_for_url("**/pesanan/**")
    assert "Pembayaran diterima" in rina.text()
    assert "Paket 2 dari 2" in rina.text()
    return rina.page.url.removeprefix(rina.address).split("?")[0]


def hand_over(yohana):
    """The unit prepares the parcel and gives it to the courier."""
    yohana.open(NABIRE)
    yohana.follow("Siapkan 1 pesanan")
    yohana.page.locator("tbody a").first.click()
    yohana.press("Mulai siapkan")
    yohana.press("Tandai siap")
    yohana.follow("Serahkan ke kurir")
    yohana.page.locator("[name=tracking_number]").fill("JNE 0123 456789")
    yohana.press("Serahkan")
    assert "sudah diserahkan" in yohana.text(".notice--ok")


def report(rina):
    """Two of three noken are torn."""
    rina.follow("Ada masalah?")
    rina.pick("Rusak saat sampai")
    rina.page.get_by_role("textbox", name="Noken kulit kayu").fill("2")
    rina.page.get_by_label("Ceritakan").fill("Dua sobek di pinggir.")
    rina.page.get_by_label("Empat angka terakhir").fill(DIGITS)
    rina.press("Kirim laporan")
    assert "Laporan Anda sudah sampai di bengkel" in rina.text(".notice--ok")


def accept(yohana):
    """The unit finds the report on its desk, and takes the goods back."""
    seen = Inspector(yohana)
    yohana.open(NABIRE)
    yohana.follow("Urus 1 laporan masalah")
    seen.look("problems")
    yohana.page.locator("tbody a").first.click()
    yohana.page.wait_for_load_state()
    assert "Dua sobek di pinggir." in yohana.text()
    yohana.press("Tolak")
    assert "Tulis alasannya" in yohana.text()
    seen.look("an answer with errors")
    yohana.pick("Dikirim kembali ke bengkel")
    yohana.page.get_by_label("Ongkos kirim").fill("9.000")
    yohana.press("Terima laporan")
    assert "Laporan diterima" in yohana.text(".notice--ok")
    seen.look("goods to come")
    seen.report()


def take_back(yohana):
    """Both are here again; one may be sold."""
    yohana.page.get_by_role("textbox", name="Noken kulit kayu").fill("1")
    yohana.page.get_by_label("Mengapa tidak bisa dijual lagi?").fill("Sobek besar")
    yohana.press("Catat barang kembali")
    assert "Barang yang kembali tercatat" in yohana.text(".notice--ok")


def give_back(siti):
    """The treasurer agrees, and is led to what is owed."""
    seen = Inspector(siti)
    siti.open(NABIRE)
    siti.follow("Setujui 1 pengembalian uang")
    siti.page.locator("tbody a").first.click()
    siti.page.wait_for_load_state()
    siti.press("Setujui pengembalian Rp209.000")
    seen.look("money owed")
    seen.report()
    siti.page.get_by_role("link", name="Catat dibayar").wait_for()


def name_payee(rina):
    """The buyer says where the money goes."""
    rina.follow("Tulis rekening tujuannya")
    rina.page.get_by_label("Bank atau dompet digital").fill("BRI")
    rina.page.get_by_label("Nomor rekening").fill("123456789")
    rina.page.get_by_label("Nama pemilik rekening").fill("Rina Sari")
    rina.page.get_by_label("Empat angka terakhir").fill(DIGITS)
    rina.press("Simpan rekening")


def pay_out(siti):
    """The treasurer pays it, once, with the proof of the bank."""
    siti.page.reload()
    assert "BRI 123456789, a.n. Rina Sari" in siti.text()
    siti.follow("Catat dibayar")
    assert "BRI 123456789, a.n. Rina Sari" in siti.text()
    siti.pick("Transfer bank")
    siti.page.get_by_label("Nomor bukti").fill("BRI 20261128 0001")
    siti.press("Simpan pengembalian")
    assert "Pembayaran tersimpan" in siti.text()
    assert "1 sudah dikembalikan" in siti.text()
