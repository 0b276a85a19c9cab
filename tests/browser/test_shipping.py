"""A unit's table of rates in a browser: written, typed for, tried out, with script and without."""

import pytest

from bekal.foundation import clock
from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_row
from tests.browser.steps import NABIRE
from tests.browser.test_every_page import Inspector
from tests.support.world import NOON, SETUP

HERE = f"{NABIRE}ongkir/"
ROWS = [
    a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah"),
    a_row("940112", "Nabire Barat", "Kab. Nabire", "Papua Tengah"),
    a_row("930101", "Merauke", "Kab. Merauke", "Papua Selatan"),
]


@pytest.fixture
def roads(world):
    load_districts(by=SETUP, now=NOON, rows=ROWS)


def fill(visitor, **typed):
    for label, text in typed.items():
        visitor.page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def write_a_rate(visitor):
    """Add JNE REG, and what it takes everywhere, through the pages."""
    visitor.open(f"{HERE}layanan/baru/")
    fill(visitor, Kurir="JNE", Layanan="REG")
    visitor.press("Simpan layanan")
    visitor.open(f"{HERE}tarif/")
    visitor.page.get_by_label("Layanan", exact=True).select_option(label="JNE REG")
    fill(visitor, Tujuan="semua", Kg_pertama="18000", Setiap_kg_berikutnya="9000")
    fill(visitor, Berat_maksimum="30")
    visitor.page.get_by_label("Paling cepat (hari)").fill("2")
    visitor.page.get_by_label("Paling lama (hari)").fill("3")
    visitor.press("Simpan tarif")
    assert "Tarif tersimpan." in visitor.page.content()


@pytest.mark.usefixtures("roads")
def test_yohana_writes_a_rate_and_types_a_kecamatan(visit, people):
    yohana = visit(people.yohana)
    write_a_rate(yohana)
    yohana.open(f"{HERE}coba/")
    field = yohana.page.get_by_role("combobox", name="Kecamatan tujuan")
    field.press_sequentially("nabire", delay=20)
    options = yohana.page.get_by_role("option")
    options.nth(1).wait_for()
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    chosen = options.nth(1).get_attribute("id")
    assert field.get_attribute("aria-activedescendant") == chosen
    field.press("Enter")
    assert field.input_value() == "Nabire Barat, Kab. Nabire, Papua Tengah"
    assert field.get_attribute("aria-expanded") == "false"
    fill(yohana, Berat="1,2")
    yohana.press("Hitung ongkos kirim")
    assert "Rp27.000" in yohana.page.inner_text("main")
    assert yohana.complaints == []


@pytest.mark.usefixtures("roads")
def test_escape_closes_the_suggestions_and_a_click_chooses(visit, people):
    yohana = visit(people.yohana)
    yohana.open(f"{HERE}coba/")
    field = yohana.page.get_by_role("combobox", name="Kecamatan tujuan")
    field.press_sequentially("merauke", delay=20)
    yohana.page.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert yohana.page.get_by_role("option").count() == 0
    field.press_sequentially(" ", delay=20)
    yohana.page.get_by_role("option").first.click()
    assert field.input_value() == "Merauke, Kab. Merauke, Papua Selatan"
    assert yohana.page.locator("#id_kode").input_value() == "930101"
    field.press("Backspace")
    assert yohana.page.locator("#id_kode").input_value() == ""


@pytest.mark.usefixtures("roads")
def test_without_script_a_kecamatan_is_chosen_from_a_list(visit, people):
    yohana = visit(people.yohana, javascript=False)
    write_a_rate(yohana)
    yohana.open(f"{HERE}coba/")
    fill(yohana, Kecamatan_tujuan="nabire", Berat="1")
    yohana.press("Hitung ongkos kirim")
    yohana.page.get_by_text("Nabire Barat, Kab. Nabire, Papua Tengah").click()
    yohana.press("Hitung ongkos kirim")
    assert "Ke Nabire Barat" in yohana.page.inner_text("main")


@pytest.mark.usefixtures("roads")
def test_the_pages_of_shipping(visit, people):
    yohana = visit(people.yohana)
    seen = Inspector(yohana)
    seen.look("no courier yet", HERE)
    write_a_rate(yohana)
    seen.look("table", HERE)
    seen.look("rate", f"{HERE}tarif/")
    yohana.press("Simpan tarif")
    seen.look("rate with errors")
    seen.look("new service", f"{HERE}layanan/baru/")
    yohana.open(HERE)
    yohana.follow("JNE REG")
    seen.look("service", yohana.page.url.removeprefix(yohana.address))
    seen.look("sheet", f"{HERE}impor/")
    day = clock.local_day(clock.now(), clock.Zone.WIT).isoformat()
    fill(yohana, Berlaku_mulai=day)
    yohana.page.locator("#id_sheet").fill("JNE REG;Papua Selatan;9.000;;;30;1;2\nX;Y;1;;;1;1;1")
    yohana.press("Periksa lembar")
    seen.look("sheet looked at")
    yohana.press("Simpan 1 baris")
    seen.look("sheet written")
    seen.look("tried out", f"{HERE}coba/?tujuan=merauke&berat=2&ukuran=40x30x20")
    seen.look("to choose", f"{HERE}coba/?tujuan=nabire&berat=2")
    seen.report()
