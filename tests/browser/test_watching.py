"""Those who watch over units: kanwil, Ditjenpas, partners."""

from tests.browser.steps import NABIRE, sell, turnover
from tests.browser.visitor import DESK


def test_frans_sees_which_unit_of_his_kanwil_is_silent(visit, world, people):
    frans = visit(people.frans, width=DESK)
    frans.open("/omzet/")
    assert frans.page.url.endswith("/omzet/kanwil-papua/")
    assert "0 dari 2 unit mencatat" in frans.text()
    sell(visit(people.yohana), world.noken)
    frans.page.reload()
    assert "1 dari 2 unit mencatat" in frans.text()
    silent = frans.text("section:has(> * h2:text-is('Unit yang belum mencatat'))")
    assert "Lapas Kelas IIB Merauke" in silent
    assert "Lapas Kelas IIB Nabire" not in silent


def test_dewi_goes_from_the_nation_to_the_receipt_in_four_clicks(visit, world, people):
    receipt = sell(visit(people.yohana), world.noken)
    dewi = visit(people.dewi, width=DESK)
    dewi.open("/omzet/")
    dewi.follow("Kanwil Ditjenpas Papua", inside="main table")
    dewi.follow("Lapas Kelas IIB Nabire", inside="main table")
    dewi.page.locator("main tbody th a").first.click()
    dewi.follow("PJ-0001")
    assert dewi.page.url == dewi.address + receipt
    dewi.follow("Mengapa sebesar ini?")
    assert "Kepmen" in dewi.text()


def test_rina_of_the_cooperative_sees_totals_and_no_receipt(visit, world, people):
    receipt = sell(visit(people.yohana), world.noken)
    rina = visit(people.rina)
    assert turnover(rina) == 200_000
    assert rina.page.locator("a[href*='/penjualan/']").count() == 0
    assert rina.page.locator("main a", has_text="PJ-").count() == 0
    for path in (receipt, NABIRE, f"{NABIRE}penjualan/"):
        assert rina.open(path).status == 403
        assert rina.text("h1") == "Bagian ini bukan untuk akun Anda"


def test_dewi_takes_the_numbers_home_as_a_table(visit, world, people):
    sell(visit(people.yohana), world.noken)
    dewi = visit(people.dewi, width=DESK)
    dewi.open("/omzet/")
    with dewi.page.expect_download() as download:
        dewi.page.get_by_role("link", name="Unduh CSV").first.click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Kanwil Ditjenpas Papua" in text
    assert "200000" in text
