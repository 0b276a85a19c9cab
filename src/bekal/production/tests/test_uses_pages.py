"""The page on which an officer says what a batch used of materials."""

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.people.tests.makers import who_may_work
from bekal.production import queries
from bekal.production.models import MaterialUse
from bekal.production.rules import ModelOfWork
from bekal.production.tests.batches import DAY, corrects, makes
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.materials import a_material, some_flour, there
from bekal.production.tests.test_costing import write
from bekal.production.tests.work import lets_work, works
from tests.support.pages import as_read
from tests.support.world import TODAY, a_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def nabire(world):
    """Lapas Nabire, where somebody may work and things are bought."""
    return lets_work(world.nabire)


@pytest.fixture
def flour(nabire):
    """Ten kilogrammes at Rp12.000."""
    return some_flour(nabire)


@pytest.fixture
def mats(nabire):
    """Something of which fifty need two and a half kilogrammes, once its sheet is written."""
    return a_product(nabire, "Keset contoh", "kerajinan", price=5_000)


@pytest.fixture
def makes_mats(nabire, mats):
    """Write a batch down: twenty good mats and five bad ones, by one maker."""
    shop, maker = a_workshop(nabire, name="Bengkel keset"), who_may_work(nabire)
    works(maker, nabire, shop, first=TODAY - 10 * DAY)

    def make(**changes):
        given = {"good": 20, "rejected": 5, "shares": ((maker, 10),), **changes}
        return makes(nabire, shop, mats, **given)

    return make


@pytest.fixture
def batch(nabire, flour, mats, makes_mats):
    """A batch that used one and a quarter kilogrammes by its recipe."""
    write(nabire, mats, pieces=50, materials=[(flour, 2_500)], others=[])
    return makes_mats()


def page_of(batch):
    return f"{HERE}produksi/{batch}/bahan/"


def typed(flour, used, *, seen="1250", act="simpan", **changes):
    return {
        "key": str(uuid7()),
        f"used_{flour}": used,
        f"seen_{flour}": seen,
        "act": act,
        **changes,
    }


def test_the_page_begins_with_what_is_recorded(yohana, nabire, flour, batch):
    a_material(nabire, "Gula")
    page = yohana.get(page_of(batch))
    assert 'value="1,25"' in page.content.decode()
    told = as_read(page)
    assert "Tepung terigu (kg)" in told
    assert "Ada 8,75 kg, tercatat terpakai 1,25, menurut lembar harga 1,25." in told
    assert "Bahan lain Gula (kg)" in told
    assert "Belum ada yang tercatat" not in told


def test_where_nothing_was_said_the_price_sheet_is_suggested(
    yohana, nabire, flour, mats, makes_mats
):
    batch = makes_mats()
    write(nabire, mats, pieces=50, materials=[(flour, 2_500)], others=[])
    page = yohana.get(page_of(batch))
    assert 'value="1,25"' in page.content.decode()
    assert "Jumlah di bawah ini dari lembar harga" in as_read(page)
    yohana.post(page_of(batch), typed(flour, "1,25", seen="0"))
    assert there(flour) == (8_750, 105_000)


def test_what_was_set_to_nothing_is_not_suggested_again(yohana, flour, batch):
    yohana.post(page_of(batch), typed(flour, "0"))
    page = yohana.get(page_of(batch))
    assert "Belum ada yang tercatat" not in as_read(page)
    assert 'value="1,25"' not in page.content.decode()


def test_of_a_partners_order_nothing_is_suggested(yohana, nabire, flour, mats, makes_mats):
    batch = makes_mats(model=ModelOfWork.PARTNER, partner="PT Agri")
    write(nabire, mats, pieces=50, materials=[(flour, 2_500)], others=[])
    page = yohana.get(page_of(batch))
    assert "milik mitra" in as_read(page)
    assert 'value="1,25"' not in page.content.decode()


def test_what_it_does_to_the_stock_is_shown_before_it_is_saved(yohana, flour, batch):
    sent = typed(flour, "2", act="periksa")
    told = as_read(yohana.post(page_of(batch), sent))
    assert "Tepung terigu kg 1,25 2 8,75 8" in told
    assert "minus" not in told
    assert there(flour) == (8_750, 105_000)
    short = as_read(yohana.post(page_of(batch), typed(flour, "12", act="periksa")))
    assert "Stok bahan menjadi minus." in short
    again = yohana.post(page_of(batch), {**sent, "act": "ubah"})
    assert again.status_code == 200
    assert 'value="2"' in again.content.decode()
    assert MaterialUse.objects.count() == 1


def test_it_is_saved_once_and_shown_with_the_batch(yohana, flour, batch):
    sent = typed(flour, "2")
    saved = f"{HERE}produksi/{batch}/?tersimpan=bahan"
    for _ in range(2):
        assert yohana.post(page_of(batch), sent).url == saved
    assert there(flour) == (8_000, 96_000)
    assert MaterialUse.objects.count() == 2
    told = as_read(yohana.get(saved))
    assert "Bahan terpakai tersimpan." in told
    assert "Tepung terigu , 2 kg senilai Rp24.000" in told
    assert queries.use_problems() == queries.material_problems() == []


@pytest.mark.parametrize(
    ("used", "sentence"),
    [
        ("banyak", "Tulis jumlah dengan angka, misalnya 3 atau 2,5."),
        ("-1", "Tulis jumlah dengan angka, misalnya 3 atau 2,5."),
        ("", "Isi 0 kalau bahan ini tidak terpakai."),
        ("1,25", "Belum ada jumlah yang diubah."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_stays_typed(yohana, flour, batch, used, sentence):
    answer = yohana.post(page_of(batch), typed(flour, used))
    assert answer.status_code == 422
    assert sentence in as_read(answer)
    assert f'value="{used}"' in answer.content.decode()
    assert there(flour) == (8_750, 105_000)


def test_two_officers_do_not_undo_each_other(yohana, nabire, flour, batch):
    sugar = a_material(nabire, "Gula")
    yohana.post(page_of(batch), typed(flour, "2"))
    late = yohana.post(page_of(batch), typed(flour, "3"))
    assert late.status_code == 422
    page = late.content.decode()
    assert "Sementara itu sudah tercatat 2." in as_read(late)
    assert 'value="3"' in page
    assert f'name="seen_{flour}" value="2000"' in page
    other = typed(flour, "1,25", **{f"used_{sugar}": "0,2", f"seen_{sugar}": "0"})
    assert yohana.post(page_of(batch), other).status_code == 302
    assert there(flour) == (8_000, 96_000)
    assert there(sugar) == (-200, 0)


def test_a_used_key_with_other_content_waits_for_a_person(yohana, flour, batch):
    sent = typed(flour, "2")
    yohana.post(page_of(batch), sent)
    answer = yohana.post(page_of(batch), {**sent, f"used_{flour}": "3"})
    assert answer.status_code == 409
    assert MessageConflict.objects.get().door == "production.batch_materials"
    assert there(flour) == (8_000, 96_000)


def test_what_was_taken_back_gave_its_material_back(yohana, nabire, flour, batch):
    corrects(nabire, batch, good=0)
    page = as_read(yohana.get(f"{HERE}produksi/{batch}/"))
    assert "sungguh terpakai" not in page
    assert "Ubah bahan terpakai" not in page
    assert there(flour) == (10_000, 120_000)


def test_who_only_looks_and_other_units(person, yohana, batch, flour):
    wayan = person("Wayan", (Role.PETUGAS, "bangli"))
    for way in (f"{BANGLI}produksi/{batch}/bahan/", f"{BANGLI}produksi/{uuid7()}/bahan/"):
        assert wayan.get(way).status_code == 404
        assert wayan.post(way, typed(flour, "2")).status_code == 404
    rani = person("Rani", (Role.AUDITOR, "papua"))
    assert rani.get(page_of(batch)).status_code == 403
    told = as_read(rani.get(f"{HERE}produksi/{batch}/"))
    assert "Tepung terigu" in told
    assert "Ubah bahan terpakai" not in told
    assert there(flour) == (8_750, 105_000)


def test_the_page_asks_the_database_little(
    yohana, nabire, flour, batch, django_assert_max_num_queries
):
    for number in range(20):
        a_material(nabire, f"Bahan {number}")
    with django_assert_max_num_queries(11):
        yohana.get(page_of(batch))
    with django_assert_max_num_queries(11):
        yohana.post(page_of(batch), typed(flour, "2", act="periksa"))
