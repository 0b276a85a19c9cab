"""A batch that is cancelled gives its materials back, at what they went out at, once."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.people.tests.makers import who_may_work
from bekal.production import actions, queries
from bekal.production.models import BatchCorrection, MaterialLevel, MaterialMove, MaterialUse
from bekal.production.rules import BatchRefused, NewCorrection
from bekal.production.rules.materials import MaterialRefused, Why
from bekal.production.tests.batches import DAY, makes
from bekal.production.tests.conftest import HERE
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.materials import buy, some_flour, there, use
from bekal.production.tests.test_costing import write
from bekal.production.tests.test_uses import says
from bekal.production.tests.work import lets_work, works
from tests.support.pages import as_read
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
MORE_BACK = """
insert into production_materialuse (batch_id, material_id, quantity, source)
select batch_id, material_id, -1251, 'batchfix:x' from production_materialuse
"""
LESS_THAN_NOTHING = """
insert into production_materialmove
  (material_id, quantity, value, why, source, note, moved_at, moved_by)
select material_id, -1, 0, 'returned', 'batchfix:x', '', now(), 'x' from production_materialuse
"""


def baked(unit):
    """A batch that used 1,25 of ten kilogrammes at Rp12.000; (material, batch)."""
    flour = some_flour(lets_work(unit))
    bread = a_product(unit, "Roti contoh", "kerajinan", price=5_000)
    write(unit, bread, pieces=50, materials=[(flour, 2_500)], others=[("Gas", 20_000)])
    shop, maker = a_workshop(unit, name="Dapur"), who_may_work(unit)
    works(maker, unit, shop, first=TODAY - 10 * DAY)
    batch = makes(unit, shop, bread, good=20, rejected=5, shares=((maker, 10),))
    assert there(flour) == (8_750, 105_000)
    return flour, batch


@pytest.fixture
def nabire(world):
    """Lapas Nabire."""
    return world.nabire


@pytest.fixture
def flour_and_batch(nabire):
    """Of ten kilogrammes 1,25 went into a batch."""
    return baked(nabire)


def cancels(unit, batch, returned=None, *, key=None, reason="tidak pernah dibuat", good=0):
    new = NewCorrection(key or uuid7(), batch, good, 0, reason, returned or {})
    actions.correct_batch(unit_id=unit, new=new, by=YOHANA, now=NOON)


def problems():
    return queries.use_problems() + queries.material_problems() + queries.batch_problems()


def test_all_that_was_used_comes_back_with_the_reason(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    cancels(nabire, batch)
    assert there(flour) == (10_000, 120_000)
    move = MaterialMove.objects.get(why=Why.RETURNED)
    assert (move.quantity, move.value) == (1_250, 15_000)
    assert move.note == "B-0001 dibatalkan: tidak pernah dibuat"
    assert [row for row in queries.used_in(batch_id=batch) if row.quantity] == []
    told = json.loads(Event.objects.get(action="production.correct_batch").detail)
    assert told["returned"] == {str(flour): 1_250}
    assert problems() == []


def test_it_comes_back_at_what_it_went_out_at_and_makes_the_average_anew(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    use(nabire, flour, 8_750)
    buy(nabire, (flour, 1_250, 30_000))
    cancels(nabire, batch)
    assert there(flour) == (2_500, 45_000)
    level = MaterialLevel.objects.get(pk=flour)
    assert (level.rate_value, level.rate_quantity) == (45_000, 2_500)
    use(nabire, flour, 1_000)
    assert there(flour) == (1_500, 27_000)
    assert problems() == []


def test_of_what_was_missing_only_the_part_that_is_left_is_worth_anything(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    says(nabire, batch, {flour: 14_000})
    assert there(flour) == (-4_000, 0)
    cancels(nabire, batch)
    assert there(flour)[0] == 10_000
    assert problems() == []


def test_what_was_truly_used_up_stays_used(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    cancels(nabire, batch, {flour: 500})
    assert there(flour) == (9_250, 111_000)
    (left,) = queries.used_in(batch_id=batch)
    assert (left.quantity, left.worth) == (750, 9_000)
    assert problems() == []


def test_when_all_was_used_up_nothing_comes_back(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    cancels(nabire, batch, {flour: 0})
    assert there(flour) == (8_750, 105_000)
    assert not MaterialMove.objects.filter(why=Why.RETURNED).exists()


@pytest.mark.parametrize(
    ("quantity", "good", "match"),
    [(1_251, 0, "antara 0 dan 1,25"), (-1, 0, "antara 0 dan 1,25"), (500, 3, "seluruh hasilnya")],
)
def test_more_than_was_used_or_of_a_batch_that_stands_is_refused(
    nabire, flour_and_batch, quantity, good, match
):
    flour, batch = flour_and_batch
    with pytest.raises(MaterialRefused, match=match), transaction.atomic():
        cancels(nabire, batch, {flour: quantity}, good=good)
    assert there(flour) == (8_750, 105_000)
    assert not BatchCorrection.objects.exists()
    assert MaterialUse.objects.count() == 1


def test_pressed_twice_it_comes_back_once(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    key = uuid7()
    cancels(nabire, batch, {flour: 500}, key=key)
    cancels(nabire, batch, {flour: 500}, key=key)
    with pytest.raises(KeyReused), transaction.atomic():
        cancels(nabire, batch, {flour: 600}, key=key)
    with pytest.raises(BatchRefused, match="sudah dibatalkan"), transaction.atomic():
        cancels(nabire, batch)
    assert there(flour) == (9_250, 111_000)


def test_a_correction_that_leaves_pieces_moves_no_material(nabire, flour_and_batch):
    flour, batch = flour_and_batch
    cancels(nabire, batch, good=3)
    assert there(flour) == (8_750, 105_000)


def test_postgresql_lets_no_more_come_back_than_was_used(nabire, flour_and_batch):
    _, batch = flour_and_batch
    for sql in (MORE_BACK, LESS_THAN_NOTHING):
        with (
            pytest.raises(DatabaseError, match=r"comes back|sign_fits_why"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert MaterialUse.objects.filter(batch_id=batch).count() == 1


class TestThePage:
    def test_it_offers_all_and_takes_less(self, yohana, nabire, flour_and_batch):
        flour, batch = flour_and_batch
        page = f"{HERE}produksi/{batch}/"
        shown = yohana.get(page)
        assert "Bahan yang kembali kalau hasil ini dibatalkan" in as_read(shown)
        assert f'name="back_{flour}"' in shown.content.decode()
        sent = {"key": str(uuid7()), "good": "0", "rejected": "0", "reason": "Salah catat"}
        wrong = yohana.post(f"{page}koreksi/", {**sent, f"back_{flour}": "2"})
        assert wrong.status_code == 422
        assert "antara 0 dan 1,25" in as_read(wrong)
        blank = yohana.post(f"{page}koreksi/", {**sent, f"back_{flour}": ""})
        assert "Isi 0 kalau bahan ini sungguh terpakai." in as_read(blank)
        assert there(flour) == (8_750, 105_000)
        sent = {**sent, "key": str(uuid7()), f"back_{flour}": "1"}
        answer = yohana.post(f"{page}koreksi/", sent)
        assert answer.url == f"{page}?tersimpan=koreksi"
        assert there(flour) == (9_750, 117_000)
        assert "sudah sungguh terpakai" in as_read(yohana.get(page))
        shown = as_read(yohana.get(f"{HERE}bahan/{flour}/"))
        assert "Kembali dari hasil yang dibatalkan" in shown

    def test_what_is_not_cancelled_asks_for_no_material(self, yohana, nabire, flour_and_batch):
        flour, batch = flour_and_batch
        sent = {"key": str(uuid7()), "good": "3", "rejected": "0", "reason": "Salah catat"}
        page = f"{HERE}produksi/{batch}/"
        yohana.post(f"{page}koreksi/", {**sent, f"back_{flour}": ""})
        assert BatchCorrection.objects.count() == 1
        assert there(flour) == (8_750, 105_000)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestThreads:
    def test_eight_presses_return_it_once(self, committed_world):
        unit = committed_world.nabire
        flour, batch = baked(unit)
        key = uuid7()
        at_once(8, lambda _: cancels(unit, batch, key=key))
        assert there(flour) == (10_000, 120_000)
        assert MaterialMove.objects.filter(why=Why.RETURNED).count() == 1
        assert problems() == []

    def test_of_eight_who_cancel_one_is_heard_and_who_says_otherwise_loses_nothing(
        self, committed_world
    ):
        unit = committed_world.nabire
        flour, batch = baked(unit)
        answers = all_at_once(
            8,
            lambda n: says(unit, batch, {flour: 1_000}) if n % 2 else cancels(unit, batch),
        )
        refused = [one for one in answers if one is not None]
        assert all(isinstance(one, BatchRefused) for one in refused), answers
        assert BatchCorrection.objects.count() == 1
        (left,) = queries.used_in(batch_id=batch)
        assert left.quantity in {0, 1_000}
        assert there(flour)[0] == 10_000 - left.quantity
        assert problems() == []
