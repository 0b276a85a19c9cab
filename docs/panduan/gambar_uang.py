"""Pictures of the workshop and its money: officer, treasurer, head of a unit, auditor."""

from kamera import DESK, PHONE, UNIT, Camera
from playwright.sync_api import Browser


def take(browser: Browser, address: str) -> None:
    """Make them all anew."""
    workshop(browser, address)
    money(browser, address)
    head(browser, address)
    centre(browser, address)
    auditor(browser, address)


def workshop(browser: Browser, address: str) -> None:
    """What an officer writes down of materials, work and goods, on a phone."""
    camera = Camera(browser, address, width=PHONE, who="petugas")
    for path, name, height in (
        ("produksi/baru/", "bengkel-catat", 1150),
        ("produksi/", "bengkel-hasil", 1000),
        ("bahan/", "bengkel-bahan", 1000),
        ("transfer/", "bengkel-transfer", 900),
        ("harga/", "bengkel-harga", 1000),
        ("lahan/", "bengkel-lahan", 900),
        ("orang/", "bengkel-pembuat", 1000),
        ("tugas/", "bengkel-tugas", 1000),
        ("uang/kas/hitung/", "kas-hitung", 1100),
        ("uang/premi/", "premi", 1000),
    ):
        camera.open(f"{UNIT}{path}")
        camera.take(name, height=height)
    camera.open(f"{UNIT}produksi/")
    camera.page.locator("main table a[href*='/produksi/']").first.click()
    camera.page.get_by_role("link", name="Lihat halaman yang dibuka pembeli").click()
    camera.page.wait_for_load_state()
    camera.take("beli-label", height=900)


def money(browser: Browser, address: str) -> None:
    """What the treasurer keeps."""
    camera = Camera(browser, address, width=DESK, who="bendahara")
    for path, name in (
        (f"{UNIT}uang/", "uang"),
        (f"{UNIT}uang/pnbp/", "pnbp"),
        (f"{UNIT}uang/cocok/", "cocok"),
        (f"{UNIT}uang/premi/pembayaran/", "premi-pembayaran"),
        ("/buku/lapas-kelas-iib-merauke/", "buku"),
    ):
        camera.open(path)
        camera.take(name, height=900)


def head(browser: Browser, address: str) -> None:
    """What the head of a unit decides."""
    camera = Camera(browser, address, width=DESK, who="kepala")
    camera.open(f"{UNIT}uang/premi/pembayaran/")
    camera.page.locator("main tbody a").first.click()
    camera.page.wait_for_load_state()
    camera.take("kepala-premi", height=900)
    for path, name in (
        (f"{UNIT}uang/premi/kelebihan/?keadaan=menunggu", "kepala-kelebihan"),
        (f"{UNIT}uang/dana/?keadaan=menunggu", "kepala-dana"),
    ):
        camera.open(path)
        camera.page.locator("main tbody a").first.click()
        camera.page.wait_for_load_state()
        camera.take(name, height=800)
    for path, name in (
        (f"{UNIT}uang/kas/selisih/", "kepala-selisih"),
        (f"{UNIT}uang/premi/ketentuan/", "kepala-ketentuan"),
    ):
        camera.open(path)
        camera.take(name, height=900)
    camera.open(f"{UNIT}uang/tutup/")
    camera.take("kepala-tutup", height=800)
    camera.open("/anggota/")
    camera.take("kepala-anggota", height=800)


def centre(browser: Browser, address: str) -> None:
    """What the centre decides for all."""
    camera = Camera(browser, address, width=DESK, who="ditjenpas")
    camera.open("/aturan/")
    camera.take("kepala-aturan", height=800)
    camera.open("/syarat-kerja/")
    camera.take("kepala-syarat", height=800)


def auditor(browser: Browser, address: str) -> None:
    """From the nation's total to a sample and the trail."""
    camera = Camera(browser, address, width=DESK, who="auditor")
    for path, name in (
        ("/periksa/", "auditor-meja"),
        ("/periksa/lapas-kelas-iib-merauke/", "auditor-unit"),
        ("/periksa/lapas-kelas-iib-merauke/sampel/", "auditor-sampel"),
        ("/periksa/lapas-kelas-iib-merauke/jejak/", "auditor-jejak"),
    ):
        camera.open(path)
        camera.take(name, height=900)
