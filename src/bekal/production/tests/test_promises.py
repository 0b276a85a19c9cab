"""What PostgreSQL refuses, whoever asks: every test here goes round the Python."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import CapacityUse, Hold, StockMove
from bekal.production.tests.goods import a_workshop, hold, level, made_in, receive
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
MOVE = """
insert into production_stockmove (product_id, pieces, reason, source, note, moved_at, moved_by)
values (%s, %s, %s, %s, '', now(), 'x')
"""
HOLD = """
insert into production_hold (group_id, product_id, pieces, until, status, held_at, held_by)
values (gen_random_uuid(), %s, %s, null, 'held', now(), 'x')
"""


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values, saying=""):
    with pytest.raises(DatabaseError, match=saying), transaction.atomic():
        run(sql, *values)


@pytest.fixture
def noken(world):
    """Five noken, two of them held."""
    receive(world.noken, 5)
    hold((world.noken, 2))
    return world.noken


def test_a_level_is_the_sum_of_its_moves_by_construction(noken):
    run(MOVE, noken, 7, "received", "a")
    run(MOVE, noken, -20, "sale", "b")
    assert level(noken) == (-8, 2)
    assert queries.stock_problems() == []


def test_nobody_writes_a_level(world, noken):
    for column in ("on_hand", "held"):
        refused(f"update production_stock set {column} = {column} + 1", saying="follows its moves")
    refused(
        "insert into production_stock (product_id, on_hand, held, low_mark, since, told)"
        " values (%s, 0, 0, 3, '2026-04-27', -1)",
        world.coffee,
        saying="follows its moves",
    )
    refused("delete from production_stock", saying="final")
    run("update production_stock set low_mark = 9")
    assert level(noken) == (5, 2)


def test_moves_are_final_and_made_once(noken):
    refused("update production_stockmove set pieces = 9", saying="final")
    refused("delete from production_stockmove", saying="final")
    run(MOVE, noken, 1, "received", "a")
    refused(MOVE, noken, 1, "received", "a", saying="production_stockmove_once")
    assert level(noken) == (6, 2)
    assert StockMove.objects.count() == 2


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        (1, "sale"),
        (0, "sale"),
        (-1, "received"),
        (-1, "return"),
        (1, "written_off"),
        (1, "donated"),
        (1, "kitchen"),
        (0, "moved"),
        (1, "stolen"),
    ],
)
def test_a_move_has_the_sign_of_its_reason(noken, pieces, reason):
    refused(MOVE, noken, pieces, reason, "a", saying="production_stockmove_")
    assert level(noken) == (5, 2)


def test_no_more_is_held_than_is_there(world, noken):
    run(HOLD, noken, 3)
    refused(HOLD, noken, 1, saying="no more can be held")
    refused(HOLD, world.coffee, 1, saying="no more can be held")
    assert level(noken) == (5, 5)
    run(MOVE, noken, -4, "sale", "a")
    assert level(noken) == (1, 5)
    refused(HOLD, noken, 1, saying="no more can be held")


def test_what_was_let_go_is_not_held_again_when_it_is_not_there(noken):
    run("update production_hold set status = 'released'")
    assert level(noken) == (5, 0)
    run(HOLD, noken, 4)
    refused("update production_hold set status = 'held' where pieces = 2", saying="no more can be")
    assert level(noken) == (5, 4)


def test_a_hold_stays_what_it_was(noken):
    refused("update production_hold set pieces = 1", saying="a hold is kept")
    refused("update production_hold set group_id = gen_random_uuid()", saying="a hold is kept")
    refused("update production_hold set status = 'lost'", saying="production_hold_status_known")
    refused("delete from production_hold", saying="final")
    run("update production_hold set status = 'taken'")
    for status in ("held", "released"):
        refused("update production_hold set status = %s", status, saying="a hold is kept")
    assert Hold.objects.get().pieces == 2


def test_what_was_let_go_cannot_be_taken_at_once(noken):
    run("update production_hold set status = 'released'")
    refused("update production_hold set status = 'taken'", saying="a hold is kept")


@pytest.fixture
def use(world):
    """One noken promised by the workshop at Nabire: two of its eight hours of Tuesday."""
    made_in(a_workshop(world.nabire), world.noken)
    actions.promise_work(
        group=uuid7(), product_id=world.noken, pieces=1, from_day=TODAY, by=YOHANA, now=NOON
    )
    return CapacityUse.objects.get()


USE = """
insert into production_capacityuse
  (group_id, product_id, slot_id, minutes, used_at, used_by, released_by)
values (gen_random_uuid(), %s, %s, %s, now(), 'x', '')
"""


def test_a_day_promises_no_more_than_its_hours(use):
    run(USE, use.product_id, use.slot_id, 360)
    refused(USE, use.product_id, use.slot_id, 1, saying="taken_within_minutes")
    refused("update production_capacityday set minutes = 479", saying="taken_within_minutes")
    assert queries.stock_problems() == []


def test_nobody_writes_how_much_of_a_day_is_taken(use):
    refused("update production_capacityday set taken = 0", saying="taken by uses")
    refused("delete from production_capacityday", saying="final")
    refused("update production_capacityuse set minutes = 1", saying="can only be released")
    refused("update production_capacityuse set released_at = now()", saying="released_at_and_by")
    run("update production_capacityuse set released_at = now(), released_by = 'x'")
    refused(
        "update production_capacityuse set released_at = null, released_by = ''",
        saying="can only be released",
    )
    use.slot.refresh_from_db()
    assert use.slot.taken == 0


def test_a_pause_is_ended_and_never_edited(world):
    actions.pause_unit(
        unit_id=world.nabire, sentence="Penggeledahan.", until=None, by=YOHANA, now=NOON
    )
    refused("update production_pause set sentence = 'x'", saying="can only be ended")
    refused(
        "insert into production_pause (unit_id, sentence, paused_at, paused_by, ended_by)"
        " values (%s, 'x', now(), 'x', '')",
        world.nabire,
        saying="one_at_a_time",
    )
    run("update production_pause set ended_at = now(), ended_by = 'x'")
    refused("update production_pause set ended_at = null, ended_by = ''", saying="can only be")
    refused("delete from production_pause", saying="final")
