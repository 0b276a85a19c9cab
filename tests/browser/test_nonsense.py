"""Nonsense in each field: told at the field, in a summary with the focus; kept; nothing stored."""

import pytest
from django.apps import apps

from bekal.catalogue.models import Product
from tests.browser.steps import LIST, NABIRE, fill_sale, record_page, sell
from tests.browser.visitor import DESK

MINUS, WORDS, HUGE = "-3", "dua puluh", "9" * 30
ROOMS = ("sales", "ledger", "catalogue", "places", "audit")


def stored():
    """How many rows each table of the rooms holds."""
    return {
        model._meta.label: model.objects.count()
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }


def assert_told(visitor, name, typed, *, kept=True):
    """The field says what is wrong, the summary leads to it and has the focus."""
    field = visitor.page.locator(f"[name={name}]").first
    assert visitor.page.title().startswith("Gagal: ")
    assert visitor.page.evaluate("document.activeElement.matches('[data-errors]')")
    assert field.get_attribute("aria-invalid") == "true"
    told = field.get_attribute("aria-describedby").split()[-1]
    words = visitor.page.locator(f"#{told}").inner_text().splitlines()[-1].strip()
    assert words
    assert words in visitor.text("[data-errors]")
    if kept:
        assert field.input_value() == typed
    visitor.page.locator(f"[data-errors] a[href='#{field.get_attribute('id')}']").click()
    assert visitor.page.evaluate("document.activeElement.name") == name


def test_pieces_of_a_sale(visit, world, people):
    yohana, before = visit(people.yohana), stored()
    for typed in (MINUS, WORDS, HUGE, "1,5", "<b>2</b>"):
        fill_sale(yohana, world.noken, pieces=typed)
        yohana.press("Periksa dahulu")
        assert_told(yohana, f"pieces_{world.noken}", typed)
        assert yohana.page.get_by_role("radio", name="Umum").is_checked()
    assert stored() == before


def test_the_price_of_a_sale(visit, world, people):
    yohana, before = visit(people.yohana), stored()
    for typed in (MINUS, WORDS, HUGE, "0", "48.000,50"):
        fill_sale(yohana, world.noken, pieces=1)
        yohana.page.get_by_text("Ubah harga Noken kulit kayu").click()
        yohana.page.locator(f"[name=price_{world.noken}]").fill(typed)
        yohana.press("Periksa dahulu")
        assert_told(yohana, f"price_{world.noken}", typed)
        assert yohana.value(f"pieces_{world.noken}") == "1"
    assert stored() == before


def test_the_day_of_a_sale(visit, world, people):
    yohana, before = visit(people.yohana), stored()
    for day in ("2020-01-01", "2199-12-31", ""):
        fill_sale(yohana, world.noken)
        yohana.page.locator("[name=sold_on]").fill(day)
        yohana.press("Periksa dahulu")
        assert_told(yohana, "sold_on", day)
    assert stored() == before


def test_a_day_in_words_stays_where_it_was_typed(visit, world, people):
    yohana = visit(people.yohana)
    fill_sale(yohana, world.noken)
    yohana.page.evaluate("document.querySelector('[name=sold_on]').type = 'text'")
    yohana.page.locator("[name=sold_on]").fill("kemarin sore")
    yohana.press("Periksa dahulu")
    assert_told(yohana, "sold_on", "kemarin sore")


def test_a_sale_of_nothing_to_nobody(visit, people):
    yohana, before = visit(people.yohana), stored()
    yohana.open(record_page())
    yohana.press("Periksa dahulu")
    lines = yohana.page.locator("[data-errors] li").all_inner_texts()
    assert lines == [
        "Pilih paling sedikit satu produk dan isi jumlahnya.",
        "Pilih siapa yang membeli.",
        "Pilih cara bayar.",
    ]
    yohana.follow("Pilih cara bayar.")
    assert yohana.page.evaluate("document.activeElement.name") == "payment"
    assert stored() == before


def test_pieces_of_a_refund(visit, world, people):
    receipt = sell(visit(people.yohana), world.noken, pieces=2)
    siti, before = visit(people.siti), stored()
    for typed in (MINUS, WORDS, "3", HUGE):
        siti.open(f"{receipt}kembali/")
        siti.page.locator("[data-stepper] input").fill(typed)
        siti.pick("Barang kembali")
        siti.page.get_by_label("Alasan").fill("Jahitannya lepas")
        siti.press("Periksa dahulu")
        name = siti.page.locator("[data-stepper] input").get_attribute("name")
        assert_told(siti, name, typed)
        assert siti.value("reason") == "Jahitannya lepas"
    assert stored() == before


def test_a_refund_without_reason_or_with_an_endless_one(visit, world, people):
    receipt = sell(visit(people.yohana), world.noken, pieces=2)
    siti, before = visit(people.siti), stored()
    for reason in ("", "x" * 201):
        siti.open(f"{receipt}kembali/")
        siti.page.locator("[data-stepper] input").fill("1")
        siti.pick("Salah catat")
        siti.page.evaluate("document.querySelector('[name=reason]').removeAttribute('maxlength')")
        siti.page.get_by_label("Alasan").fill(reason)
        siti.press("Periksa dahulu")
        assert_told(siti, "reason", reason)
    assert stored() == before


@pytest.mark.parametrize("page", ["harga", "harga-pokok"])
def test_an_amount_on_the_sheet(visit, world, people, page):
    code = Product.objects.get(pk=world.noken).code
    yohana, before = visit(people.yohana), stored()
    button = "Simpan harga" if page == "harga" else "Simpan harga pokok"
    for typed in ("", MINUS, WORDS, HUGE):
        yohana.open(f"{NABIRE}produk/{code}/{page}/")
        yohana.page.locator("[name=amount]").fill(typed)
        yohana.page.locator("[name=note]").fill("naik ongkos")
        yohana.press(button)
        assert_told(yohana, "amount", typed)
        assert yohana.value("note") == "naik ongkos"
    assert stored() == before


def test_the_adoption_of_a_rule(visit, people):
    markus, before = visit(people.markus, width=DESK), stored()
    for name, typed in (
        ("citation", ""),
        ("first_day", ""),
        ("first_day", "2020-01-01"),
        ("activity", "Kerajinan & lain!"),
    ):
        markus.open(f"{NABIRE}bagi-hasil/pilih/")
        markus.page.locator("input[name=code][value=bangli-2023]").check(force=True)
        markus.page.locator("[name=citation]").fill("Keputusan 7/2026")
        markus.page.locator(f"[name={name}]").fill(typed)
        markus.press("Periksa dahulu")
        assert_told(markus, name, typed)
        assert markus.page.locator("input[value=bangli-2023]").is_checked()
    assert stored() == before


def test_a_wrong_name_at_the_door(visit, people):
    someone = visit()
    for typed in ("tidak ada", "<script>alert(1)</script>", "x" * 250):
        someone.sign_in(people.yohana, typed=typed)
        assert someone.page.evaluate("document.activeElement.matches('[data-errors]')")
        assert someone.value("login") == typed
        assert "tidak cocok" in someone.text("[data-errors]")


def test_filters_that_mean_nothing_narrow_nothing(visit, world, people):
    sell(visit(people.yohana), world.noken)
    siti = visit(people.siti)
    for query in ("dari=besok&sampai=x", "nomor=abc", "saluran=toko&pembeli=1", "halaman=-7"):
        assert siti.open(f"{LIST}?{query}").status == 200
        assert "PJ-0001" in siti.text()
    for query in ("cari=%00%27&kategori=x", "halaman=zz", "urut=apa"):
        assert siti.open(f"{NABIRE}produk/?{query}").status == 200


def test_a_period_that_means_nothing_is_told_at_its_field(visit, people):
    dewi = visit(people.dewi, width=DESK)
    for name, typed in (("dari", "besok"), ("sampai", "2020-01-01"), ("periode", "2026-13")):
        also = "&dari=2026-04-01" if name == "sampai" else ""
        assert dewi.open(f"/omzet/nasional/?{name}={typed}{also}").status == 422
        assert_told(dewi, name, typed, kept=name != "periode")
