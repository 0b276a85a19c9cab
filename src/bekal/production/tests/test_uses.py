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
from bekal.production.tests.materials import a_material, buy, some_flour, there, use, with_money
from bekal.production.tests.test_costing import write
from bekal.production.tests.work import lets_work, limits, works
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def nabire(world):
    """Lapas Nabire with money, and somebody who works there."""
    return lets_work(world.nabire)


@pytest.fixture
def flour(nabire):
    """Ten kilogrammes at Rp12.000."""
    return some_flour(nabire)


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


def says(unit, batch, used, *, key=None, seen=None):
    new = NewBatchMaterials(key or uuid7(), unit, batch, used, seen or {})
    actions.set_batch_materials(new=new, by=YOHANA, now=NOON)


def used(batch):
    return [(row.name, row.quantity, row.worth) for row in queries.used_in(batch_id=batch)]


def beside(unit, batch):
    row = queries.batch_row(unit_id=unit, batch_id=batch)
    assert row is not None
    return queries.use_lines(unit_id=unit, batch=row)


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


def test_what_somebody_else_changed_meanwhile_is_refused_and_stays(nabire, flour, mats, made):
    batch = made(mats)
    says(nabire, batch, {flour: 2_000}, seen={flour: 1_250})
    with pytest.raises(MaterialRefused, match="sudah tercatat 2") as refused:
        says(nabire, batch, {flour: 3_000}, seen={flour: 1_250})
    assert refused.value.field == f"used_{flour}"
    assert there(flour) == (8_000, 96_000)


def test_no_more_is_used_of_what_has_ended_but_less_may_be(nabire, flour, mats, made):
    batch = made(mats)
    use(nabire, flour, 8_750)
    actions.end_material(
        unit_id=nabire, material_id=flour, reason="tidak dibuat lagi", by=YOHANA, now=NOON
    )
    with pytest.raises(MaterialRefused, match="tidak dipakai lagi"):
        says(nabire, batch, {flour: 2_000})
    assert there(flour) == (0, 0)
    says(nabire, batch, {flour: 1_000})
    assert there(flour) == (250, 3_000)


def test_beside_a_batch_stands_what_it_used_and_what_its_recipe_expects(nabire, flour, mats, made):
    sugar = a_material(nabire, "Gula")
    lines = beside(nabire, made(mats))
    shown = [(line.material.id, line.recorded, line.expected) for line in lines]
    assert shown == [(flour, 1_250, 1_250), (sugar, 0, None)]
    theirs = made(mats, model=ModelOfWork.PARTNER, partner="PT Agri")
    lines = beside(nabire, theirs)
    assert [(line.recorded, line.expected) for line in lines] == [(0, None), (0, None)]


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


def _a_batch(world):
    """A batch of noken, for which no sheet names a material."""
    unit = world.nabire
    rules()
    limits(unit, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    bench, maker = a_workshop(unit), who_may_work(unit)
    works(maker, unit, bench, first=TODAY - 10 * DAY)
    return makes(unit, bench, world.noken, shares=((maker, 10),))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_saw_the_same_one_is_heard(committed_world):
    unit = committed_world.nabire
    with_money(unit)
    flour = a_material(unit)
    buy(unit, (flour, 10_000, 120_000))
    batch = _a_batch(committed_world)
    answers = all_at_once(8, lambda n: says(unit, batch, {flour: 1_000 * (n + 1)}, seen={flour: 0}))
    assert sum(isinstance(answer, MaterialRefused) for answer in answers) == 7
    heard = 1_000 * (answers.index(None) + 1)
    assert [row.quantity for row in queries.used_in(batch_id=batch)] == [heard]
    assert there(flour)[0] == 10_000 - heard
    assert queries.use_problems() == queries.material_problems() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_clicks_say_it_once(committed_world):
    unit = committed_world.nabire
    flour = a_material(unit)
    batch, key = _a_batch(committed_world), uuid7()
    at_once(8, lambda _: says(unit, batch, {flour: 500}, seen={flour: 0}, key=key))
    assert MaterialUse.objects.count() == 1
    assert there(flour) == (-500, 0)
