"""Makes the pictures of guides and README from a demo: `python docs/panduan/gambar.py ADDRESS`.

It signs in as the people of the demo, records sales there and takes one piece back. Officers' pages
are taken at 390 px, as on a phone, those of others at 1280. Needs playwright and chromium.
"""

import shutil
import sys

import gambar_uang
from kamera import DESK, PHONE, README, UNIT, Camera
from playwright.sync_api import Browser, sync_playwright


def officer(browser: Browser, address: str) -> str:
    """The officer's day; returns the path of the receipt."""
    camera = Camera(browser, address, width=PHONE)
    camera.open("/masuk/")
    camera.take("masuk")
    camera = Camera(browser, address, width=PHONE, who="petugas")
    page = camera.page
    camera.open(UNIT)
    camera.take("meja-kerja")
    camera.open(f"{UNIT}penjualan/catat/")
    camera.press("periksa")
    camera.take("catat-salah")
    camera.open(f"{UNIT}penjualan/catat/")
    plus = page.locator("[data-stepper] button[data-step='1']")
    for row in (0, 0, 1):
        plus.nth(row).click()
    for name in ("Umum", "Tunai"):
        page.get_by_role("radio", name=name).check(force=True)
    camera.take("catat", height=1000)
    camera.take("catat-pembeli", height=700, see="fieldset:has([name=buyer_class])")
    camera.press("periksa")
    camera.take("periksa", height=1000)
    camera.press("simpan")
    receipt = page.url.removeprefix(address).split("?")[0]
    camera.take("nota", height=1000)
    camera.open(f"{receipt}batal/")
    camera.take("batal")
    return receipt


def sheets(browser: Browser, address: str) -> None:
    """The officer's days and products."""
    camera = Camera(browser, address, width=PHONE, who="petugas")
    camera.open(f"{UNIT}penjualan/hari/")
    camera.take("laporan-hari", height=1000)
    camera.open(f"{UNIT}produk/")
    camera.take("produk")
    camera.page.locator("main table a").first.click()
    camera.page.get_by_role("link", name="Ubah harga", exact=True).click()
    camera.take("harga")


def treasurer(browser: Browser, address: str, receipt: str) -> None:
    """Taking goods back, why an amount is what it is, what the accounts hold."""
    camera = Camera(browser, address, width=DESK, who="bendahara")
    page = camera.page
    camera.open(f"{receipt}kembali/")
    page.locator("[data-stepper] button[data-step='1']").first.click()
    page.get_by_role("radio", name="Barang kembali").check(force=True)
    page.get_by_label("Alasan").fill("Jahitannya lepas")
    camera.take("kembalikan", height=900)
    camera.press("periksa")
    camera.take("periksa-pengembalian", height=700)
    camera.open(receipt)
    page.get_by_role("link", name="Mengapa sebesar ini?").first.click()
    camera.take("mengapa", height=1000)
    camera.open(f"{UNIT}bagi-hasil/saldo/")
    camera.take("saldo", height=700)


def watchers(browser: Browser, address: str) -> None:
    """From the nation down to a day's receipts."""
    camera = Camera(browser, address, width=DESK, who="ditjenpas")
    camera.open("/omzet/nasional/")
    camera.take("omzet-nasional", height=900)
    camera.open("/omzet/kanwil-papua/")
    camera.take("omzet-kanwil", height=900)
    camera.take("belum-mencatat", height=600, see="h2:text-is('Unit yang belum mencatat')")
    camera.open("/omzet/lapas-kelas-iib-merauke/")
    camera.take("omzet-unit", height=900)
    camera.page.locator("main tbody th a").first.click()
    camera.take("omzet-hari", height=900)


def visitors(browser: Browser, address: str) -> None:
    """The public data, which nobody signs in for."""
    camera = Camera(browser, address, width=DESK)
    camera.open("/data/")
    camera.take("data-daftar", height=900)
    camera.page.locator("section:has(#omzet-harian) summary").click()
    camera.take("data-kolom", height=900, see="section:has(#omzet-harian)")
    camera.open("/data/metode/#bersih")
    camera.take("data-metode", height=700, see="#bersih")
    camera.open("/data/riwayat/")
    camera.take("data-riwayat", height=900)
    camera.open("/data/riwayat/?tema=pnbp&urut=terlama")
    camera.take("data-saring", height=800)
    phone = Camera(browser, address, width=PHONE)
    phone.open("/data/riwayat/?tema=pameran")
    phone.take("data-pameran", see="#plasa-industri")


def buyer(browser: Browser, address: str) -> None:
    """From a product to an order that is paid in the sandbox, on a phone."""
    camera = Camera(browser, address, width=PHONE)
    page = camera.page
    for words in ("keripik singkong contoh", "bangku kayu contoh"):
        camera.open(f"/katalog/?cari={words}")
        page.locator("main a[href*='/p/']").first.click()
        page.wait_for_load_state()
        camera.take("beli-barang", height=1000)
        page.get_by_role("button", name="Tambah ke keranjang").first.click()
        page.wait_for_load_state()
    camera.take("beli-keranjang", height=1000)
    page.get_by_role("button", name="Lanjut ke pesanan").click()
    page.get_by_text("Dikirim ke alamat").click()
    page.get_by_label("Nama penerima").fill("Rina Contoh")
    page.get_by_label("Nomor WhatsApp").fill("0812 3456 7890")
    page.get_by_label("Kecamatan").fill("Mantikulore, Kota Palu")
    page.get_by_label("Alamat", exact=True).fill("Jalan Contoh 5")
    camera.take("beli-alamat", height=1000)
    page.locator("main form button[type=submit]:not([value=cari])").last.click()
    page.wait_for_load_state()
    page.get_by_role("radio", name="Perorangan").check(force=True)
    camera.take("beli-periksa", height=1300)
    page.wait_for_timeout(4_000)  # nobody orders as fast as a program
    camera.press("qris")
    camera.take("beli-qris", height=1000)
    page.locator("a[href*='/uji/bayar/']").first.click()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    camera.take("beli-lacak", height=1000)


def shop(browser: Browser, address: str) -> None:
    """What a unit does to sell online."""
    camera = Camera(browser, address, width=PHONE, who="petugas")
    for path, name in (
        ("persediaan/", "toko-stok"),
        ("kapasitas/", "toko-kapasitas"),
        ("ongkir/", "toko-ongkir"),
        ("pesanan/", "toko-pesanan"),
    ):
        camera.open(f"{UNIT}{path}")
        camera.take(name, height=1000)
    camera.open(f"{UNIT}pesanan/masalah/?keadaan=open")
    camera.page.locator("main tbody a").first.click()
    camera.page.wait_for_load_state()
    camera.take("toko-masalah", height=1200)


def institutions(browser: Browser, address: str) -> None:
    """What a sample institution asks for, compares and orders; what units and treasurers see."""
    camera = Camera(browser, address, width=DESK)
    page = camera.page
    camera.open("/masuk/contoh/")
    page.get_by_role("link", name="RSUD Contoh Merauke").click()
    home = page.url
    camera.take("lembaga-halaman", height=760)
    page.get_by_role("link", name="Minta penawaran").first.click()
    camera.take("lembaga-minta", height=1000)
    for row, name in ((0, "lembaga-banding"), (1, "lembaga-pesanan")):
        camera.open(home)
        page.locator("main table a").nth(row).click()
        page.wait_for_load_state()
        camera.take(name, height=820)
    desk = Camera(browser, address, width=PHONE, who="petugas")
    desk.open(f"{UNIT}permintaan/?status=menunggu")
    desk.page.locator("main table a").first.click()
    desk.page.wait_for_load_state()
    desk.take("toko-permintaan", height=1300)
    money = Camera(browser, address, width=DESK, who="bendahara")
    money.open(f"{UNIT}pesanan/faktur/")
    money.take("toko-faktur", height=900)


def readme(browser: Browser, address: str) -> None:
    """What everybody sees: home, the catalogue, a running campaign."""
    camera = Camera(browser, address, width=DESK)
    for path, name in (("/", "beranda"), ("/katalog/", "katalog")):
        camera.open(path)
        camera.take(name, height=900, folder=README)
    camera.open("/langsung/")
    camera.page.locator("main a[href^='/langsung/']").first.click()
    camera.page.wait_for_load_state()
    camera.take("langsung", height=720, folder=README)


def main() -> None:
    """Make every picture anew."""
    address = sys.argv[1].rstrip("/")
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        receipt = officer(browser, address)
        sheets(browser, address)
        treasurer(browser, address, receipt)
        watchers(browser, address)
        visitors(browser, address)
        buyer(browser, address)
        shop(browser, address)
        institutions(browser, address)
        gambar_uang.take(browser, address)
        readme(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
