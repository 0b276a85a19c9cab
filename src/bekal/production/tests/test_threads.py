"""What must hold while many ask at once: never more than is there, and no hour twice."""

import datetime as dt

import pytest
from django.db import connection, transaction

from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import CapacityDay, CapacityUse, Hold, StockMove
from bekal.production.rules import NewHold, NewMove, NoCapacity, OutOfStock, Reason
from bekal.production.tests.goods import (
    LATER,
    a_workshop,
    hold,
    level,
    made_in,
    move,
    receive,
)
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def refused_by(*kinds, of):
    """Whether the work is refused in one of these ways; anything else is the test's problem."""
    try:
        of()
    except kinds:
        return 1
    return 0


def test_two_hundred_want_one_of_fifty_pieces_and_fifty_get_it(committed_world):
    noken = committed_world.noken
    receive(noken, 50)

    def ten_buyers(_):
        return sum(refused_by(OutOfStock, of=lambda: hold((noken, 1))) for _ in range(10))

    assert sum(at_once(20, ten_buyers)) == 150
    assert level(noken) == (50, 50)
    assert Hold.objects.count() == 50
    assert queries.stock_problems() == []


def test_orders_of_many_goods_in_any_order_wait_in_no_circle(committed_world):
    goods = [committed_world.noken, committed_world.coffee, committed_world.bread]
    for product in goods:
        receive(product, 40)

    def buyer(number):
        lines = [(product, 1) for product in goods]
        groups = []
        for turn in range(5):
            start = (number + turn) % 3
            groups.append(hold(*lines[start:], *lines[:start]))
        actions.take_holds(groups=groups[:2], by=YOHANA, now=NOON)
        actions.release_holds(groups=groups[2:4], by=YOHANA, now=NOON)
        return actions.release_expired(by=YOHANA, now=NOON)

    assert at_once(8, buyer) == [0] * 8
    for product in goods:
        assert level(product) == (40, 8)
    assert queries.stock_problems() == []


def test_sixteen_clicks_of_one_order_hold_once(committed_world):
    receive(committed_world.noken, 2)
    group = uuid7()
    at_once(16, lambda _: hold((committed_world.noken, 2), group=group))
    assert level(committed_world.noken) == (2, 2)


def test_a_payment_that_comes_sixteen_times_takes_once(committed_world):
    receive(committed_world.noken, 2)
    group = hold((committed_world.noken, 2))
    at_once(16, lambda _: actions.take_holds(groups=[group], by=YOHANA, now=NOON))
    assert level(committed_world.noken) == (2, 0)
    assert Hold.objects.get().status == "taken"


def test_a_late_payment_and_another_buyer_never_both_get_the_last_piece(committed_world):
    noken = committed_world.noken
    receive(noken, 1)
    late = hold((noken, 1))
    actions.release_expired(by=YOHANA, now=LATER)

    def somebody(number):
        if number == 0:
            return refused_by(
                OutOfStock,
                of=lambda: actions.revive_holds(groups=[late], by=YOHANA, now=LATER),
            )
        return refused_by(OutOfStock, of=lambda: hold((noken, 1), until=None, now=LATER))

    assert sum(at_once(6, somebody)) == 5
    assert level(noken) == (1, 1)


def test_a_hold_that_is_extended_while_it_lapses_is_one_or_the_other(committed_world):
    noken = committed_world.noken
    receive(noken, 8)
    groups = [hold((noken, 1)) for _ in range(8)]
    longer = LATER + dt.timedelta(minutes=20)

    def work(number):
        if number % 2:
            return actions.release_expired(by=YOHANA, now=LATER)
        return actions.extend_holds(groups=groups[::2], until=longer, by=YOHANA, now=NOON)

    at_once(6, work)
    on_hand, held = level(noken)
    still = Hold.objects.filter(status="held")
    assert (on_hand, held) == (8, still.count())
    assert set(still.values_list("until", flat=True)) <= {longer}


def test_the_same_move_from_many_is_made_once(committed_world):
    at_once(16, lambda _: receive(committed_world.noken, 5, source="hand:1"))
    assert level(committed_world.noken) == (5, 0)
    assert StockMove.objects.count() == 1


def test_moves_and_holds_of_many_at_once_leave_the_sum(committed_world):
    noken, coffee = committed_world.noken, committed_world.coffee
    receive(noken, 100)
    receive(coffee, 100)

    def work(number):
        for turn in range(6):
            if (number + turn) % 3 == 0:
                hold((coffee, 1), (noken, 2), until=LATER)
            elif (number + turn) % 3 == 1:
                sold = [NewMove(p, -1, Reason.SALE, f"s:{uuid7()}") for p in (noken, coffee)]
                actions.move_stock(moves=sold, by=YOHANA, now=NOON)
            else:
                move(noken, 1, Reason.RETURN)

    at_once(9, work)
    assert level(noken) == (100 - 18 + 18, 36)
    assert level(coffee) == (100 - 18, 18)
    assert queries.stock_problems() == []


def test_a_hundred_pieces_to_order_are_promised_within_the_hours(committed_world):
    """A workshop of four pieces a day and ninety days: what does not fit is refused."""
    workshop = a_workshop(committed_world.nabire, minutes=480, days_a_week=1)
    made_in(workshop, committed_world.noken, minutes=480)

    def ten_orders(_):
        return sum(refused_by(NoCapacity, of=order) for _ in range(10))

    def order():
        actions.promise_work(
            group=uuid7(),
            product_id=committed_world.noken,
            pieces=1,
            from_day=TODAY,
            by=YOHANA,
            now=NOON,
        )

    mondays = 13
    assert sum(at_once(4, ten_orders)) == 40 - mondays
    assert CapacityUse.objects.count() == mondays
    assert list(CapacityDay.objects.values_list("taken", flat=True)) == [480] * mondays
    assert queries.stock_problems() == []


def test_sixteen_clicks_of_one_order_are_promised_once(committed_world):
    made_in(a_workshop(committed_world.nabire), committed_world.noken)
    group = uuid7()
    days = at_once(
        16,
        lambda _: actions.promise_work(
            group=group,
            product_id=committed_world.noken,
            pieces=5,
            from_day=TODAY,
            by=YOHANA,
            now=NOON,
        ),
    )
    assert len(set(days)) == 1
    assert sum(CapacityUse.objects.values_list("minutes", flat=True)) == 600


def test_raw_holds_of_many_at_once_cannot_hold_more_than_is_there(committed_world):
    """Without the locks that the actions take: the trigger alone keeps the level."""
    receive(committed_world.noken, 5)

    def work(_):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into production_hold (group_id, product_id, pieces, status, held_at,"
                " held_by) values (gen_random_uuid(), %s, 1, 'held', now(), 'x')",
                [committed_world.noken],
            )

    answers = all_at_once(12, work)
    assert answers.count(None) == 5
    assert level(committed_world.noken) == (5, 5)


def test_a_group_that_asks_from_two_tabs_for_different_goods_gets_both(committed_world):
    receive(committed_world.noken, 5)
    receive(committed_world.coffee, 5)
    group = uuid7()
    goods = [committed_world.noken, committed_world.coffee]
    holds = [[NewHold(group, goods[n % 2], 1)] for n in range(8)]
    at_once(
        8,
        lambda n: actions.hold_stock(holds=holds[n], until=LATER, by=YOHANA, now=NOON),
    )
    assert [level(product) for product in goods] == [(5, 1), (5, 1)]
