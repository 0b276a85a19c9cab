"""The pages of price sheets, as an officer uses them."""

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.models import Product
from bekal.catalogue.queries import sale_terms
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.production.models import CostSheet
from bekal.production.tests.conftest import HERE
from bekal.production.tests.materials import a_material, buy, with_money
from tests.support.pages import words
from tests.support.world import TODAY, a_product

pytestmark = pytest.mark.django_db
PAGE = f"{HERE}harga/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def bun(world):
    """Sweet buns at Rp5.000, without a cost."""
    return a_product(world.nabire, "Roti manis", "makanan", price=5_000)


@pytest.fixture
def flour(world):
    """Flour at Rp12.000 a kilogramme."""
    with_money(world.nabire)
    flour = a_material(world.nabire)
    buy(world.nabire, (flour, 10_000, 120_000))
    return flour


def page_of(product):
    return f"{PAGE}{Product.objects.get(pk=product).code}/"


def typed(flour, **changes):
    sent = {
        "key": str(uuid7()),
        "act": "simpan",
        "rows": "4",
        "other_rows": "2",
        "pieces": "50",
        "material_0": str(flour),
        "quantity_0": "2,5",
        "words_0": "Gas",
        "amount_0": "20.000",
        "minutes": "240",
        "labour": "",
        "labour_reason": "",
        "price": "5.000",
        "valid_from": "2026-04-27",
        "reason": "Harga kantin setempat",
    }
    return {**sent, **changes}


def test_it_is_worked_out_first_and_then_saved_once(yohana, bun, flour):
    way = f"{page_of(bun)}baru/"
    sent = typed(flour)
    page = words(yohana.post(way, {**sent, "act": "periksa"}))
    assert "Harga pokok satu buah Rp1.000. Rp50.000 dibagi 50. Belum tersimpan." in page
    assert not CostSheet.objects.exists()
    yohana.post(way, sent)
    page = words(yohana.post(way, sent, follow=True))
    assert "Lembar harga tersimpan." in page
    assert "Tepung terigu 2,5 kg Rp12.000 setiap kg Rp30.000 Rp600" in page
    assert "Rp50.000 dibagi 50 = Rp1.000" in page
    assert "untung Rp4.000 sebuah" in page
    assert CostSheet.objects.count() == 1
    assert sale_terms(product_ids=[bun], on=TODAY)[bun].cost == 1_000


def test_a_new_one_begins_with_the_last(yohana, bun, flour):
    way = f"{page_of(bun)}baru/"
    yohana.post(way, typed(flour))
    page = text(yohana.get(way))
    assert 'value="2,5"' in page
    assert 'value="20.000"' in page
    assert "Harga kantin setempat" in page
    page = text(yohana.post(way, typed(flour, act="baris", quantity_0="3,75")))
    assert 'name="material_6"' in page
    assert 'value="3,75"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pieces": ""}, "Isi untuk berapa buah"),
        ({"quantity_0": ""}, "Isi jumlahnya"),
        ({"words_0": ""}, "Isi untuk apa"),
        ({"labour": "5.000"}, "Tulis dari mana angka upah"),
        ({"price": "900", "reason": ""}, "di bawah harga pokok Rp1.000"),
        ({"valid_from": "2025-12-31"}, "Tanggal mulai paling awal"),
        ({"price": "0"}, "Harga paling sedikit Rp1"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(yohana, bun, flour, changes, sentence):
    answer = yohana.post(f"{page_of(bun)}baru/", typed(flour, **changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not CostSheet.objects.exists()
    assert sale_terms(product_ids=[bun], on=TODAY)[bun].cost is None


def test_a_used_key_with_other_content_is_kept_for_a_person(yohana, bun, flour):
    sent = typed(flour)
    yohana.post(f"{page_of(bun)}baru/", sent)
    answer = yohana.post(f"{page_of(bun)}baru/", {**sent, "amount_0": "25.000"})
    assert answer.status_code == 409
    assert MessageConflict.objects.get().door == "production.cost_sheet"
    assert CostSheet.objects.count() == 1


def test_a_price_below_the_cost_is_flagged_wherever_it_stands(yohana, world, bun, flour):
    code = Product.objects.get(pk=bun).code
    yohana.post(f"{page_of(bun)}baru/", typed(flour, price="900", reason="Bazar warga"))
    assert "Alasan: Bazar warga" in text(yohana.get(page_of(bun)))
    page = words(yohana.get(PAGE, {"keadaan": "di-bawah-harga-pokok"}))
    assert "Roti manis" in page
    assert "-Rp100" in page
    assert "di bawah harga pokok" in text(yohana.get(f"{HERE}produk/{code}/"))
    desk = text(yohana.get(HERE))
    assert "Harga 1 produk di bawah harga pokok" in desk
    assert "harga/?keadaan=di-bawah-harga-pokok" in desk


def test_the_list_is_searched_and_downloaded(yohana, bun, flour):
    yohana.post(f"{page_of(bun)}baru/", typed(flour))
    assert "Tidak ada produk yang cocok." in text(yohana.get(PAGE, {"cari": "xyz"}))
    (_, line) = text(yohana.get(f"{PAGE}unduh/", {"cari": "roti manis"})).splitlines()
    assert line.endswith(";Roti manis;5000;1000;4000;2026-04-27;ada lembar")
    assert yohana.get(PAGE, {"keadaan": "x", "halaman": "²"}).status_code == 200


def test_other_units_and_other_sheets_are_not_found(yohana, world, bun):
    assert yohana.get(page_of(world.endek)).status_code == 404
    assert yohana.get(page_of(bun), {"lembar": "1"}).status_code == 404
    assert "Belum ada lembar harga." in text(yohana.get(page_of(bun)))


def test_who_only_looks_sees_no_way_to_change(person, bun):
    rani = person("Rani", (Role.AUDITOR, "papua"))
    assert "Tulis lembar" not in text(rani.get(page_of(bun)))
    assert rani.get(f"{page_of(bun)}baru/").status_code == 403


def test_the_pages_ask_the_database_little(yohana, bun, flour, django_assert_max_num_queries):
    for _ in range(3):
        yohana.post(f"{page_of(bun)}baru/", typed(flour))
    ways = ((PAGE, 9), (page_of(bun), 13), (f"{page_of(bun)}baru/", 12), (f"{PAGE}unduh/", 8))
    for way, most in ways:
        with django_assert_max_num_queries(most):
            assert yohana.get(way).status_code == 200
