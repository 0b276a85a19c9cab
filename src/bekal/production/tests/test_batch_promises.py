"""What PostgreSQL refuses of batches, whoever asks: every test here goes round the Python."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.people.tests.makers import rules, who_may_work
from bekal.production import actions, queries
from bekal.production.models import Batch, BatchShare, NoProduction, StockMove
from bekal.production.rules import BatchRefused
from bekal.production.tests.batches import DAY, a_batch, corrects, makes
from bekal.production.tests.goods import a_workshop, level, receive
from bekal.production.tests.work import limits, works
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YOHANA

BATCH = """
insert into production_batch (id, unit_id, number, workshop_id, product_id, made_on, good, rejected,
  model, partner, note, xid, recorded_at, recorded_by)
values (%s, %s, 99, %s, %s, %s, %s, %s, %s, %s, '', 0, now(), 'x')
"""
SHARE = "insert into production_batchshare (batch_id, maker_id, minutes) values (%s, %s, %s)"
FIX = """
insert into production_batchcorrection
  (id, batch_id, good_change, rejected_change, reason, recorded_at, recorded_by)
values (gen_random_uuid(), %s, %s, %s, %s, now(), 'x')
"""
NOTHING = """
insert into production_noproduction (unit_id, day, recorded_at, recorded_by, withdrawn_by)
values (%s, %s, now(), 'x', '')
"""


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values, saying=""):
    with pytest.raises(DatabaseError, match=saying), transaction.atomic():
        run(sql, *values)


@pytest.fixture
def weaving(world):
    """A workshop of Nabire, where nobody works longer than seven hours a day."""
    return _weaving(world)


def _weaving(world):
    rules()
    limits(world.nabire, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    return a_workshop(world.nabire)


def _petrus(world, weaving, number="UJI-1"):
    maker = who_may_work(world.nabire, number=number)
    works(maker, world.nabire, weaving, first=TODAY - 10 * DAY)
    return maker


@pytest.fixture
def petrus(world, weaving):
    """Somebody who works there."""
    return _petrus(world, weaving)


@pytest.mark.django_db
class TestPromises:
    def put(self, world, weaving, **changes):
        given = {
            "unit": world.nabire,
            "workshop": weaving,
            "product": world.noken,
            "made_on": TODAY,
            "good": 3,
            "rejected": 0,
            "model": "own",
            "partner": "",
            **changes,
        }
        return (BATCH, uuid7(), *given.values())

    def test_a_batch_is_of_its_unit_and_counts_itself(self, world, weaving):
        theirs = a_workshop(world.bangli, name="Bengkel tenun")
        refused(*self.put(world, weaving, workshop=theirs), saying="its unit")
        refused(*self.put(world, weaving, product=world.endek), saying="its unit")
        for _ in range(2):
            run(*self.put(world, weaving))
        assert list(Batch.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
        refused("update production_batchbook set last_number = 7", saying="follows them")
        with pytest.raises(DatabaseError, match="nobody worked"):
            run("set constraints all immediate")

    @pytest.mark.parametrize(
        "changes",
        [
            {"good": 0},
            {"good": -1, "rejected": 3},
            {"model": "other"},
            {"model": "partner"},
            {"partner": "PT Mitra"},
        ],
    )
    def test_a_batch_is_whole(self, world, weaving, changes):
        refused(*self.put(world, weaving, **changes), saying="check constraint")

    def test_a_share_is_of_who_worked_there_and_within_the_day(self, world, weaving, petrus):
        idle = who_may_work(world.nabire, number="UJI-3")
        batch = self.put(world, weaving)
        run(*batch)
        refused(SHARE, batch[1], idle, 60, saying="no share")
        refused(SHARE, batch[1], petrus, 421, saying="longer than")
        refused(SHARE, batch[1], petrus, 0, saying="has_minutes")
        run(SHARE, batch[1], petrus, 300)
        refused(SHARE, batch[1], petrus, 1, saying="once")
        later = self.put(world, weaving, product=world.coffee)
        run(*later)
        refused(SHARE, later[1], petrus, 121, saying="longer than")
        run(SHARE, later[1], petrus, 120)

        def before_there_was_work():
            early = self.put(world, weaving, made_on=TODAY - 11 * DAY)
            run(*early)
            run(SHARE, early[1], petrus, 60)

        with pytest.raises(DatabaseError, match="no share"), transaction.atomic():
            before_there_was_work()

    def test_facts_are_final(self, world, weaving, petrus):
        makes(world.nabire, weaving, world.noken, shares=((petrus, 300),))
        for table in ("batch", "batchshare"):
            refused(f"delete from production_{table}", saying="final")
        refused("update production_batch set good = 5", saying="final")
        refused("update production_batchshare set minutes = 5", saying="final")
        refused("delete from production_batchbook", saying="final")

    def test_a_correction_leaves_no_less_than_nothing(self, world, weaving, petrus):
        batch = makes(world.nabire, weaving, world.noken, shares=((petrus, 300),))
        refused(FIX, batch, -13, 0, "x", saying="no less than nothing")
        refused(FIX, batch, 0, -2, "x", saying="no less than nothing")
        refused(FIX, batch, 0, 0, "x", saying="changes")
        refused(FIX, batch, -1, 0, "", saying="says_why")
        run(FIX, batch, -12, -1, "x")
        refused(FIX, batch, 1, 0, "x", saying="stays so")
        refused("update production_batchcorrection set good_change = 5", saying="final")

    def test_nothing_and_something_exclude_each_other(self, world, weaving, petrus):
        batch = makes(world.nabire, weaving, world.noken, shares=((petrus, 300),))
        refused(NOTHING, world.nabire, TODAY, saying="something was made")
        run(NOTHING, world.nabire, TODAY - DAY)
        refused(*self.put(world, weaving, made_on=TODAY - DAY), saying="nothing was made")
        refused(NOTHING, world.nabire, TODAY - DAY, saying="once")
        refused("update production_noproduction set day = day + 1", saying="only withdrawn")
        refused("delete from production_noproduction", saying="final")
        run("update production_noproduction set withdrawn_at = now(), withdrawn_by = 'x'")
        refused("update production_noproduction set withdrawn_by = 'y'", saying="only withdrawn")
        corrects(world.nabire, batch, good=0)
        run(NOTHING, world.nabire, TODAY)

    def test_the_check_finds_goods_that_no_batch_made_and_batches_without_goods(
        self, world, weaving, petrus
    ):
        batch = makes(world.nabire, weaving, world.noken, shares=((petrus, 60),))
        corrects(world.nabire, batch, good=10)
        expires_on = TODAY + 90 * DAY
        makes(world.nabire, weaving, world.coffee, shares=((petrus, 60),), expires_on=expires_on)
        assert queries.batch_problems() == []
        run("set constraints all immediate")
        run("alter table production_stockmove disable trigger user")
        run("update production_stockmove set pieces = 9 where source = %s", f"batch:{batch}")
        run("delete from production_stockmove where product_id = %s", world.coffee)
        receive(world.noken, 5, source=f"batch:{uuid7()}")
        run("alter table production_batchbook disable trigger user")
        run("update production_batchbook set last_number = 7")
        told = "; ".join(queries.batch_problems())
        for words in ("B-0001", "B-0002", "tanpa hasil produksi", "nomor terakhir 7"):
            assert words in told
        assert len(queries.batch_problems()) == 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_eight_clicks_write_one_batch_and_one_move(self, committed_world):
        world = committed_world
        weaving = _weaving(world)
        new = a_batch(world.nabire, weaving, world.noken, shares=((_petrus(world, weaving), 60),))
        numbers = at_once(8, lambda _: actions.record_batch(new=new, by=YOHANA, now=NOON))
        assert numbers == ["B-0001"] * 8
        assert (Batch.objects.count(), StockMove.objects.count()) == (1, 1)
        assert BatchShare.objects.count() == 1
        assert level(world.noken) == (12, 0)

    def test_eight_batches_share_the_minutes_of_a_day(self, committed_world):
        world = committed_world
        weaving = _weaving(world)
        makers = [_petrus(world, weaving, f"UJI-{number}") for number in range(2)]
        goods = [world.noken, world.coffee]

        def made(number):
            shares = tuple((maker, 100) for maker in makers[:: 1 if number % 2 else -1])
            return makes(world.nabire, weaving, goods[number % 2], shares=shares)

        answers = all_at_once(8, made)
        wrong = [answer for answer in answers if isinstance(answer, Exception)]
        assert [type(answer) for answer in wrong] == [BatchRefused] * 4
        assert sorted(Batch.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
        assert queries.stock_problems() == []

    def test_nothing_and_something_do_not_both_come_true(self, committed_world):
        world = committed_world
        weaving = _weaving(world)
        petrus = _petrus(world, weaving)

        def says(number):
            if number % 2:
                actions.tell_no_production(unit_id=world.nabire, day=TODAY, by=YOHANA, now=NOON)
            else:
                makes(world.nabire, weaving, world.noken, shares=((petrus, 20),))

        answers = all_at_once(8, says)
        assert [type(answer) for answer in answers if answer] == [BatchRefused] * 4
        assert NoProduction.objects.exists() != Batch.objects.exists()

    def test_shares_come_with_their_batch_or_not_at_all(self, committed_world):
        world = committed_world
        weaving = _weaving(world)
        batch = makes(world.nabire, weaving, world.noken, shares=((_petrus(world, weaving), 60),))
        late = _petrus(world, weaving, "UJI-9")
        refused(SHARE, batch, late, 60, saying="with their batch")
