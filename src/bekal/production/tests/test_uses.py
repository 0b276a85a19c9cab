"""What batches use of materials: by recipe, then as people say, with the worth of each."""

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.people.tests.makers import rules, who_may_work
from bekal.production import actions, queries
from bekal.production.models import MaterialUse
from bekal.production.rules import ModelOfWork
from bekal.production.rules.materials import MaterialRefused
from bekal.production.rules.uses import NewBatchMaterials
from bekal.production.tests.batches import DAY, makes
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.materials import a_material, buy, there, with_money
from bekal.production.tests.test_costing import write
from bekal.production.tests.work import limits, works
from tests.support.world import NOON, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def nabire(world):
    """Lapas Nabire with money, and somebody who works there."""
    with_money(world.nabire)
    rules()
    limits(world.nabire, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    return world.nabire


@pytest.fixture
def flour(nabire):
    """Ten kilogrammes at Rp12.000."""
    flour = a_material(nabire)
    buy(nabire, (flour, 10_000, 120_000))
    return flour


@pytest.fixture
def mats(nabire, flour):
    """Something of which fifty need two and a half kilogrammes."""
    product = a_product(nabire, "Keset contoh", "kerajinan", price=5_000)
    write(nabire, product, pieces=50, materials=[(flour, 2_500)], others=[("Gas", 20_000)])
    return product


@pytest.fixture
def made(nabire):
    """Write a batch of a product down: twenty good ones and five bad, by one maker."""
    shop = a_workshop(nabire, name="Bengkel keset")
    maker = who_may_work(nabire)
    works(maker, nabire, shop, first=TODAY - 10 * DAY)

    def make(product, **changes):
        given = {"good": 20, "rejected": 5, "shares": ((maker, 10),), **changes}
        return makes(nabire, shop, product, **given)

    return make


def says(unit, batch, used, *, key=None):
    new = NewBatchMaterials(key or uuid7(), unit, batch, used)
    actions.set_batch_materials(new=new, by=YOHANA, now=NOON)


def used(batch):
    return [(row.name, row.quantity, row.worth) for row in queries.used_in(batch_id=batch)]


def test_a_batch_uses_what_its_price_sheet_expects_for_good_and_bad_pieces(flour, mats, made):
    batch = made(mats)
    assert used(batch) == [("Tepung terigu", 1_250, 15_000)]
    assert there(flour) == (8_750, 105_000)
    assert queries.use_problems() == queries.material_problems() == []


def test_it_is_a_fact_and_may_leave_less_than_nothing(nabire, flour, mats, made):
    made(mats, good=300)
    assert there(flour) == (-5_250, 0)
    assert queries.alerts(unit_id=nabire, now=NOON).materials == 1


def test_a_partners_order_and_a_product_without_a_sheet_use_nothing(nabire, flour, mats, made):
    made(mats, model=ModelOfWork.PARTNER, partner="PT Agri")
    made(a_product(nabire, "Tikar", "kerajinan", price=5_000))
    assert there(flour) == (10_000, 120_000)
    assert not MaterialUse.objects.exists()


def test_what_was_used_after_all_is_a_move_either_way(nabire, flour, mats, made):
    batch = made(mats)
    sugar = a_material(nabire, "Gula")
    buy(nabire, (sugar, 1_000, 18_000))
    says(nabire, batch, {flour: 1_500, sugar: 200})
    assert there(flour) == (8_500, 102_000)
    says(nabire, batch, {flour: 1_000})
    assert there(flour) == (9_000, 108_000)
    assert used(batch) == [("Gula", 200, 3_600), ("Tepung terigu", 1_000, 12_000)]
    assert queries.use_problems() == queries.material_problems() == []


def test_the_same_key_says_it_once_and_never_elsewhere(world, nabire, flour, mats, made):
    batch, key = made(mats), uuid7()
    says(nabire, batch, {flour: 2_000}, key=key)
    says(nabire, batch, {flour: 2_000}, key=key)
    with pytest.raises(KeyReused):
        says(nabire, batch, {flour: 3_000}, key=key)
    with pytest.raises(MaterialRefused, match="tidak ada di unit Anda"):
        says(world.bangli, batch, {flour: 3_000})
    with pytest.raises(MaterialRefused, match="tidak ada di unit Anda"):
        says(nabire, batch, {a_material(world.bangli, "Benang"): 3_000})
    with pytest.raises(MaterialRefused, match="paling sedikit 0"):
        says(nabire, batch, {flour: -1})
    assert there(flour) == (8_000, 96_000)


def test_postgresql_keeps_what_was_used(flour, mats, made):
    made(mats)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update production_materialuse set quantity = 1")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("update production_materialuse set quantity = 5", "menurut gerak 1250"),
        ("delete from production_materialuse", "tanpa hasil produksi"),
    ],
)
def test_the_check_finds_damage(flour, mats, made, damage, sentence):
    made(mats)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table production_materialuse disable trigger user")
        cursor.execute(damage)
    assert any(sentence in problem for problem in queries.use_problems())
