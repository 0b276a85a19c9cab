"""Holding pieces for an order: all of them or none, until it is paid or its time is over."""

import datetime as dt

import pytest
from django.db import transaction

from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import Hold
from bekal.production.rules import (
    HoldsDiffer,
    HoldsLapsed,
    NewHold,
    OutOfStock,
    Shortage,
    UnitPaused,
)
from bekal.production.tests.goods import LATER, hold, level, receive
from tests.support.world import NOON, YOHANA

pytestmark = pytest.mark.django_db
EVEN_LATER = LATER + dt.timedelta(minutes=20)


def take(*groups, now=NOON):
    actions.take_holds(groups=groups, by=YOHANA, now=now)


def release(*groups, now=NOON):
    actions.release_holds(groups=groups, by=YOHANA, now=now)


def revive(*groups, now=LATER):
    actions.revive_holds(groups=groups, by=YOHANA, now=now)


@pytest.fixture
def goods(world):
    """Five noken and two packets of coffee at Nabire."""
    receive(world.noken, 5)
    receive(world.coffee, 2)
    return world


def test_what_is_held_is_kept_from_others(goods):
    hold((goods.noken, 4))
    assert level(goods.noken) == (5, 4)
    with pytest.raises(OutOfStock) as refused, transaction.atomic():
        hold((goods.noken, 2))
    assert refused.value.shortages == (Shortage(goods.noken, 1),)
    assert level(goods.noken) == (5, 4)
    assert Hold.objects.count() == 1


def test_an_order_holds_all_of_it_or_nothing_and_all_shortages_are_told(goods):
    with pytest.raises(OutOfStock) as refused, transaction.atomic():
        hold((goods.noken, 1), (goods.coffee, 3), (goods.bread, 1))
    assert refused.value.shortages == (Shortage(goods.coffee, 2), Shortage(goods.bread, 0))
    assert level(goods.noken) == (5, 0)
    assert not Hold.objects.exists()


def test_two_parts_of_an_order_that_share_a_product_count_together(goods):
    holds = [NewHold(uuid7(), goods.coffee, 2), NewHold(uuid7(), goods.coffee, 1)]
    with pytest.raises(OutOfStock), transaction.atomic():
        actions.hold_stock(holds=holds, until=LATER, by=YOHANA, now=NOON)
    assert level(goods.coffee) == (2, 0)


def test_a_line_that_came_twice_counts_twice(goods):
    hold((goods.noken, 2), (goods.noken, 2))
    assert level(goods.noken) == (5, 4)


def test_the_same_group_holds_once_and_its_end_moves(goods):
    group = hold((goods.coffee, 2))
    hold((goods.coffee, 2), group=group, until=EVEN_LATER)
    assert level(goods.coffee) == (2, 2)
    assert Hold.objects.get().until == EVEN_LATER


def test_the_same_group_with_another_number_is_refused(goods):
    group = hold((goods.coffee, 1))
    with pytest.raises(HoldsDiffer), transaction.atomic():
        hold((goods.coffee, 2), group=group)
    assert level(goods.coffee) == (2, 1)


def test_a_hold_that_has_lapsed_frees_its_pieces_when_somebody_asks(goods):
    late = hold((goods.coffee, 2))
    hold((goods.coffee, 2), until=EVEN_LATER, now=LATER)
    assert level(goods.coffee) == (2, 2)
    assert Hold.objects.get(group=late).status == "released"


def test_holds_lapse_by_the_clock_alone_too(goods):
    hold((goods.coffee, 2))
    hold((goods.noken, 1), until=None)
    assert actions.release_expired(by=YOHANA, now=NOON) == 0
    assert actions.release_expired(by=YOHANA, now=LATER) == 1
    assert actions.release_expired(by=YOHANA, now=LATER) == 0
    assert level(goods.coffee) == (2, 0)
    assert level(goods.noken) == (5, 1)


def test_a_hold_can_last_longer_and_be_let_go_once(goods):
    group = hold((goods.coffee, 2))
    actions.extend_holds(groups=[group], until=EVEN_LATER, by=YOHANA, now=NOON)
    assert actions.release_expired(by=YOHANA, now=LATER) == 0
    release(group)
    release(group)
    assert level(goods.coffee) == (2, 0)


def test_what_was_taken_is_held_no_more_and_stays_taken(goods):
    group = hold((goods.coffee, 2))
    take(group)
    take(group)
    assert level(goods.coffee) == (2, 0)
    release(group)
    assert actions.release_expired(by=YOHANA, now=LATER) == 0
    assert Hold.objects.get().status == "taken"


def test_a_hold_that_was_let_go_cannot_be_taken(goods):
    kept, gone = hold((goods.coffee, 1)), hold((goods.noken, 1))
    release(gone)
    with pytest.raises(HoldsLapsed), transaction.atomic():
        take(kept, gone)


def test_a_late_payment_gets_its_pieces_while_they_are_there(goods):
    group = hold((goods.coffee, 2), (goods.noken, 1))
    actions.release_expired(by=YOHANA, now=LATER)
    revive(group)
    assert level(goods.coffee) == (2, 2)
    assert set(Hold.objects.values_list("status", "until")) == {("held", None)}
    take(group, now=LATER)
    assert level(goods.noken) == (5, 0)


def test_a_late_payment_is_refused_what_somebody_else_holds_and_the_rest_too(goods):
    late = hold((goods.coffee, 2), (goods.noken, 1))
    hold((goods.coffee, 1), until=EVEN_LATER, now=LATER)
    with pytest.raises(OutOfStock) as refused, transaction.atomic():
        revive(late)
    assert refused.value.shortages == (Shortage(goods.coffee, 1),)
    assert level(goods.coffee) == (2, 1)
    assert level(goods.noken) == (5, 1)


def test_a_hold_past_its_end_that_nobody_let_go_is_kept_for_its_payment(goods):
    group = hold((goods.coffee, 2))
    revive(group)
    assert level(goods.coffee) == (2, 2)
    assert Hold.objects.get().until is None


def test_holding_takes_two_statements_and_the_rest_one(goods, django_assert_num_queries):
    receive(goods.bread, 9)
    lines = [(goods.noken, 1), (goods.coffee, 1), (goods.bread, 3)]
    with django_assert_num_queries(2):
        group = hold(*lines)
    with django_assert_num_queries(1):
        take(group)
    other = hold((goods.noken, 1))
    with django_assert_num_queries(1):
        release(other)
    with django_assert_num_queries(1):
        actions.extend_holds(groups=[group], until=EVEN_LATER, by=YOHANA, now=NOON)
    assert queries.stock_problems() == []


def test_what_has_lapsed_is_told_as_free_before_anybody_let_it_go(goods):
    hold((goods.coffee, 2))
    told = queries.availability(product_ids=[goods.coffee], now=NOON)
    assert told[goods.coffee].left == 0
    told = queries.availability(product_ids=[goods.coffee], now=LATER)
    assert told[goods.coffee].left == 2


def test_a_unit_that_takes_no_orders_holds_nothing_more(goods):
    before = hold((goods.noken, 1))
    actions.pause_unit(
        unit_id=goods.nabire, sentence="Sedang ditata.", until=LATER, by=YOHANA, now=NOON
    )
    with pytest.raises(UnitPaused, match="Sedang ditata"), transaction.atomic():
        hold((goods.noken, 1))
    assert level(goods.noken) == (5, 1)
    hold((goods.noken, 1), group=before)
    hold((goods.noken, 2), now=LATER, until=EVEN_LATER)
    assert level(goods.noken) == (5, 2)
