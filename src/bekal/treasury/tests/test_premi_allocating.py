"""Premi of sales goes to the makers of what was sold, once, and follows what comes back."""

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.production.rules import Reason
from bekal.production.tests.goods import move, receive
from bekal.sales.queries import summary_problems
from bekal.sales.rules import Goods
from bekal.treasury.models import AllocatedLine, AllocatedPart, Allocation, PremiEarning
from bekal.treasury.tests.premi import comes_back, divides, earned, sells
from tests.support.world import TODAY, YESTERDAY

pytestmark = pytest.mark.django_db


def held(unit, kind, maker=""):
    """What an account of a unit owes or sets aside."""
    rows = [b for b in balances_of(unit_id=unit) if b.account is kind and b.maker == maker]
    return -sum(row.amount for row in rows)


def books_agree(unit):
    """What makers earned is what the ledger owes them; nothing else moved."""
    for maker, amount in earned(unit).items():
        assert held(unit, AccountKind.PREMI_PAYABLE, maker) == amount
    assert ledger_problems() == []
    assert summary_problems() == []


def test_the_premi_of_a_sale_goes_to_makers_by_their_minutes(world, batches, makers):
    anton, budi, _ = makers
    batch = batches.add(world.nabire, world.noken, pieces=5, shares=[(anton, 90), (budi, 30)])
    line = sells(world.nabire, world.noken, 2)
    assert divides(world.nabire) == 1
    assert earned(world.nabire) == {anton: 30_000, budi: 10_000}
    assert held(world.nabire, AccountKind.PREMI_UNALLOCATED) == 0
    one = PremiEarning.objects.get(maker=anton)
    assert (one.source, one.batch, one.pieces) == (f"saleline:{line}", batch, 2)
    assert (one.minutes, one.minutes_of_all, one.earned_on) == (90, 120, TODAY)
    books_agree(world.nabire)


def test_dividing_again_changes_nothing(world, batches, makers):
    batches.add(world.nabire, world.noken, pieces=5, shares=[(makers[0], 60)])
    sells(world.nabire, world.noken, 2)
    assert divides(world.nabire) == 1
    assert divides(world.nabire) == 0
    assert Allocation.objects.count() == 1
    books_agree(world.nabire)


def test_what_has_no_batch_waits_where_it_is_and_is_divided_once_there_is_one(
    world, batches, makers
):
    anton = makers[0]
    sells(world.nabire, world.noken, 4)
    assert divides(world.nabire) == 0
    batches.add(world.nabire, world.noken, pieces=3, shares=[(anton, 60)])
    assert divides(world.nabire) == 0
    assert held(world.nabire, AccountKind.PREMI_UNALLOCATED) == 80_000
    batches.add(world.nabire, world.noken, pieces=3, shares=[(anton, 60)])
    assert divides(world.nabire) == 1
    assert earned(world.nabire) == {anton: 80_000}


def test_a_batch_of_later_than_the_sale_is_not_what_was_sold(world, batches, makers):
    sells(world.nabire, world.noken, 1, sold_on=YESTERDAY)
    batches.add(world.nabire, world.noken, pieces=3, shares=[(makers[0], 60)], made_on=TODAY)
    assert divides(world.nabire) == 0


def test_goods_that_come_back_before_it_was_divided_take_their_premi_with_them(
    world, batches, makers
):
    anton = makers[0]
    batches.add(world.nabire, world.noken, pieces=5, shares=[(anton, 60)])
    line = sells(world.nabire, world.noken, 3)
    comes_back(line, 1)
    assert divides(world.nabire) == 2
    assert earned(world.nabire) == {anton: 40_000}
    assert divides(world.nabire) == 0
    comes_back(line, 2)
    divides(world.nabire)
    assert earned(world.nabire) == {}
    books_agree(world.nabire)
    assert held(world.nabire, AccountKind.PREMI_UNALLOCATED) == 0


def test_goods_that_come_back_later_take_back_what_was_not_paid(world, batches, makers):
    anton, budi, carlos = makers
    batches.add(world.nabire, world.noken, pieces=2, shares=[(anton, 60)], made_on=YESTERDAY)
    batches.add(
        world.nabire, world.noken, pieces=9, shares=[(budi, 7), (carlos, 11)], made_on=TODAY
    )
    line = sells(world.nabire, world.noken, 3)
    divides(world.nabire)
    comes_back(line, 1)
    divides(world.nabire)
    assert earned(world.nabire) == {anton: 40_000}
    books_agree(world.nabire)
    sells(world.nabire, world.noken, 1)
    divides(world.nabire)
    assert set(earned(world.nabire)) == {anton, budi, carlos}
    books_agree(world.nabire)


def test_what_came_back_spoilt_is_not_sold_again(world, batches, makers):
    anton, budi, _ = makers
    receive(world.noken, 9)
    batches.add(world.nabire, world.noken, pieces=1, shares=[(anton, 60)], made_on=YESTERDAY)
    batches.add(world.nabire, world.noken, pieces=9, shares=[(budi, 60)], made_on=TODAY)
    line = sells(world.nabire, world.noken, 1)
    divides(world.nabire)
    comes_back(line, 1, goods=Goods.WRITTEN_OFF)
    sells(world.nabire, world.noken, 1)
    divides(world.nabire)
    assert earned(world.nabire) == {budi: 20_000}


def test_of_what_an_order_gave_back_the_sound_piece_is_its_makers_again(world, batches, makers):
    anton, budi, _ = makers
    receive(world.noken, 11)
    batches.add(world.nabire, world.noken, pieces=2, shares=[(anton, 60)], made_on=YESTERDAY)
    batches.add(world.nabire, world.noken, pieces=9, shares=[(budi, 60)], made_on=TODAY)
    line = sells(world.nabire, world.noken, 2, collected_by=world.nabire)
    divides(world.nabire)
    move(world.noken, 1, Reason.RETURN, source="goodsback:1")
    move(world.noken, 1, Reason.RETURN, source="goodslost:1")
    move(world.noken, -1, Reason.WRITTEN_OFF, source="goodslost:1")
    sells(world.nabire, world.noken, 1)  # from the shelf, before the money went back
    divides(world.nabire)
    assert earned(world.nabire) == {anton: 40_000, budi: 20_000}
    for source in ("goodsback:1", "goodslost:1"):
        comes_back(line, 1, goods_source=source)
    for _ in range(2):
        sells(world.nabire, world.noken, 1)
    divides(world.nabire)
    assert earned(world.nabire) == {anton: 20_000, budi: 40_000}
    books_agree(world.nabire)


def test_another_units_premi_is_untouched(world, batches, makers):
    batches.add(world.bangli, world.endek, pieces=9, shares=[(makers[0], 60)])
    sells(world.bangli, world.endek, 1)
    assert divides(world.nabire) == 0
    assert earned(world.bangli) == {}


def refused(sql, *values):
    """Whether PostgreSQL refuses it, deferred promises included."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.execute("set constraints all immediate")
    except IntegrityError:
        return True
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("set constraints all deferred")
    return False


@pytest.fixture
def divided(world, batches, makers):
    """A line that is divided among two makers."""
    shares = [(makers[0], 60), (makers[1], 60)]
    batches.add(world.nabire, world.noken, pieces=5, shares=shares)
    line = sells(world.nabire, world.noken, 2)
    divides(world.nabire)
    return line


def test_postgres_keeps_what_was_divided_as_it_is(divided):
    for table in ("premiearning", "allocatedline", "allocatedpart", "allocation"):
        assert refused(f"delete from treasury_{table}"), table
    assert refused("update treasury_premiearning set amount = amount + 1")
    assert refused("update treasury_allocatedpart set pieces = pieces + 1")
    assert refused("update treasury_allocatedline set amount = 0")


def test_postgres_gives_a_maker_premi_of_a_line_once(divided):
    copied = """
    insert into treasury_premiearning (allocation_id, unit_id, maker_id, line_id, source, batch,
      pieces, minutes, minutes_of_all, amount, earned_on)
    select allocation_id, unit_id, maker_id, line_id, source, batch, pieces, minutes,
      minutes_of_all, amount, earned_on from treasury_premiearning limit 1
    """
    assert refused(copied)
    assert PremiEarning.objects.count() == 2


def test_postgres_takes_no_line_that_is_not_divided_in_full(divided, world):
    line = sells(world.nabire, world.noken, 1)
    act = Allocation.objects.get().pk
    added = """
    insert into treasury_allocatedline
      (allocation_id, source, sale_line_id, pieces, amount, is_lost)
    values (%s, %s, %s, 1, 20000, false)
    """
    assert refused(added, act, f"saleline:{line}", line)
    assert AllocatedLine.objects.count() == 1
    assert AllocatedPart.objects.count() == 1
