"""Work that is promised: hours of a workshop, day by day."""

import datetime as dt

import pytest
from django.db import transaction

from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import CapacityDay, CapacityUse
from bekal.production.rules import (
    HORIZON,
    CapacityRefused,
    Kind,
    NewWork,
    NewWorkTime,
    NoCapacity,
    UnitPaused,
)
from bekal.production.tests.goods import a_workshop, made_in, receive
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
TUESDAY = TODAY + dt.timedelta(days=1)
FRIDAY = TODAY + dt.timedelta(days=4)
NEXT_MONDAY = TODAY + dt.timedelta(days=7)


def promise(product, pieces, *, group=None):
    return actions.promise_work(
        group=group or uuid7(),
        product_id=product,
        pieces=pieces,
        from_day=TODAY,
        by=YOHANA,
        now=NOON,
    )


@pytest.fixture
def workshop(world):
    """Weavers at Nabire: eight hours from Monday to Friday, two hours a noken, from tomorrow on."""
    workshop = a_workshop(world.nabire)
    made_in(workshop, world.noken)
    return workshop


def test_work_fills_the_hours_day_by_day_and_rests_on_the_weekend(world, workshop):
    assert promise(world.noken, 4) == TUESDAY
    assert promise(world.noken, 5) == TODAY + dt.timedelta(days=3)
    assert promise(world.noken, 7) == FRIDAY
    assert promise(world.noken, 1) == NEXT_MONDAY
    taken = CapacityDay.objects.order_by("day").values_list("taken", flat=True)
    assert list(taken) == [480, 480, 480, 480, 120]
    assert queries.stock_problems() == []


def test_the_same_group_is_promised_once(world, workshop):
    group = uuid7()
    day = promise(world.noken, 5, group=group)
    assert promise(world.noken, 5, group=group) == day
    assert sum(CapacityUse.objects.values_list("minutes", flat=True)) == 600


def test_hours_that_are_given_back_are_promised_again(world, workshop):
    group = uuid7()
    promise(world.noken, 4, group=group)
    for _ in range(2):
        actions.release_work(groups=[group], by=YOHANA, now=NOON)
    assert promise(world.noken, 4) == TUESDAY
    assert promise(world.noken, 4, group=group) == TUESDAY + dt.timedelta(days=1)


def test_more_than_the_workshop_has_is_refused_and_nothing_is_booked(world, workshop):
    with pytest.raises(NoCapacity), transaction.atomic():
        promise(world.noken, HORIZON * 4)
    with pytest.raises(NoCapacity), transaction.atomic():
        promise(world.coffee, 1)
    assert not CapacityDay.objects.exists()


def test_an_order_is_promised_in_several_workshops_or_in_none(world, workshop):
    other = a_workshop(world.bangli, minutes=60, name="Tenun")
    made_in(other, world.endek, minutes=60, days_ahead=2)
    group = uuid7()
    works = [NewWork(group, world.noken, 1), NewWork(group, world.endek, 3)]
    done = actions.promise_works(works=works, from_day=TODAY, by=YOHANA, now=NOON)
    assert done == {(group, world.noken): TUESDAY, (group, world.endek): FRIDAY}
    works = [NewWork(uuid7(), world.noken, 1), NewWork(uuid7(), world.endek, 1_000)]
    with pytest.raises(NoCapacity), transaction.atomic():
        actions.promise_works(works=works, from_day=TODAY, by=YOHANA, now=NOON)
    assert CapacityUse.objects.filter(product=world.noken).count() == 1


def test_a_unit_that_pauses_promises_nothing_new_and_keeps_what_it_promised(world, workshop):
    group = uuid7()
    day = promise(world.noken, 1, group=group)
    actions.pause_unit(
        unit_id=world.nabire, sentence="Mesin rusak.", until=None, by=YOHANA, now=NOON
    )
    with pytest.raises(UnitPaused, match="Mesin rusak") as refused, transaction.atomic():
        promise(world.noken, 1)
    assert refused.value.product_id == world.noken
    assert promise(world.noken, 1, group=group) == day
    assert CapacityUse.objects.count() == 1
    actions.resume_unit(unit_id=world.nabire, by=YOHANA, now=NOON)
    assert promise(world.noken, 1) == day


def test_a_pause_past_its_time_stands_in_nobodys_way(world, workshop):
    until = NOON - dt.timedelta(hours=1)
    actions.pause_unit(
        unit_id=world.nabire,
        sentence="Libur.",
        until=until,
        by=YOHANA,
        now=until - dt.timedelta(days=1),
    )
    assert promise(world.noken, 1) == TUESDAY


def test_an_order_is_promised_in_four_statements(world, workshop, django_assert_num_queries):
    with django_assert_num_queries(4):
        promise(world.noken, 9)
    group = uuid7()
    with django_assert_num_queries(1):
        actions.release_work(groups=[group], by=YOHANA, now=NOON)


def test_buyers_are_told_the_day_unless_there_are_pieces(
    world, workshop, django_assert_num_queries
):
    with django_assert_num_queries(2):
        told = queries.availability(product_ids=[world.noken, world.coffee, 0], now=NOON)
    assert (told[world.noken].kind, told[world.noken].promised_on) == (Kind.MADE, TUESDAY)
    assert (told[world.coffee].kind, told[world.coffee].left) == (Kind.NONE, 0)
    many = queries.availability(product_ids=[world.noken], now=NOON, pieces={world.noken: 5})
    assert many[world.noken].promised_on == TUESDAY + dt.timedelta(days=1)
    assert promise(world.noken, 5) == many[world.noken].promised_on
    receive(world.noken, 2)
    with django_assert_num_queries(1):
        told = queries.availability(product_ids=[world.noken], now=NOON)
    assert (told[world.noken].kind, told[world.noken].left) == (Kind.READY, 2)
    for asked, kind in ((2, Kind.READY), (3, Kind.MADE), (10_000, Kind.READY)):
        wanted = {world.noken: asked}
        told = queries.availability(product_ids=wanted, now=NOON, pieces=wanted)
        assert told[world.noken].kind is kind
    assert told[world.noken].left == 2


def test_a_full_workshop_offers_nothing(world, workshop):
    actions.set_capacity(
        workshop_id=workshop, time=NewWorkTime(0, 5), valid_from=TODAY, by=YOHANA, now=NOON
    )
    told = queries.availability(product_ids=[world.noken], now=NOON)
    assert told[world.noken].kind is Kind.NONE


def test_a_new_working_time_keeps_what_was_promised(world, workshop):
    promise(world.noken, 6)
    actions.set_capacity(
        workshop_id=workshop, time=NewWorkTime(240, 5), valid_from=TUESDAY, by=YOHANA, now=NOON
    )
    days = queries.workshop_days(workshop_ids=[workshop], first=TODAY, last=FRIDAY)
    assert [(day.minutes, day.taken) for day in days] == [
        (480, 0),
        (480, 480),
        (240, 240),
        (240, 0),
        (240, 0),
    ]
    assert promise(world.noken, 1) == TODAY + dt.timedelta(days=3)


def test_a_holiday_takes_no_work_and_promises_stay(world, workshop):
    actions.set_day(workshop_id=workshop, day=TUESDAY, minutes=0, by=YOHANA, now=NOON)
    assert promise(world.noken, 1) == TUESDAY + dt.timedelta(days=1)
    with pytest.raises(CapacityRefused, match="sudah dijanjikan 120 menit"):
        actions.set_day(
            workshop_id=workshop,
            day=TUESDAY + dt.timedelta(days=1),
            minutes=60,
            by=YOHANA,
            now=NOON,
        )
    actions.set_day(workshop_id=workshop, day=TUESDAY, minutes=None, by=YOHANA, now=NOON)
    assert promise(world.noken, 1) == TUESDAY


def test_a_workshop_is_opened_once_and_its_time_written_once(world, workshop):
    with pytest.raises(CapacityRefused, match="sudah ada"):
        a_workshop(world.nabire, name="bengkel ANYAM")
    again = NewWorkTime(480, 5)
    actions.set_capacity(workshop_id=workshop, time=again, valid_from=TODAY, by=YOHANA, now=NOON)
    assert queries.workshop_days(workshop_ids=[workshop], first=TODAY, last=TODAY)[0].minutes == 480


def test_work_stays_within_the_unit_and_can_be_stopped(world, workshop):
    with pytest.raises(CapacityRefused) as refused:
        made_in(workshop, world.endek)
    assert refused.value.field == "product"
    for _ in range(2):
        actions.stop_work(product_id=world.noken, by=YOHANA, now=NOON)
    with pytest.raises(NoCapacity), transaction.atomic():
        promise(world.noken, 1)
