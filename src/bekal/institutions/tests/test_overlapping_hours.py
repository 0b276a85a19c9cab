"""A service takes longer than before, or less long: nobody is promised a place that is taken."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.institutions import queries
from bekal.institutions.actions import cancel_booking
from bekal.institutions.models import Appointment, Slot
from bekal.institutions.rules import BookingRefused, Hours, Taken, most_at_once
from bekal.institutions.tests.services import BUDI, NINE, offer_wash, take
from tests.support.threads import all_at_once
from tests.support.world import NOON, TODAY

HALF = dt.timedelta(minutes=30)
QUARTER = dt.timedelta(minutes=15)
EIGHT = NINE - 2 * HALF
TUESDAY = (Hours(1, dt.time(8), dt.time(11), 2),)
INSERT = """
insert into institutions_slot (service_id, starts_at, ends_at, capacity, taken)
values (%s, %s, %s, 2, %s)
"""


def a_cut(world, *, minutes=30, again=None):
    """Half an hour for each, two at a time; `again` sets another length of the same service."""
    changes = {"product": again.product_id} if again else {}
    return offer_wash(world, minutes=minutes, hours=TUESDAY, **changes)


def left(service):
    """What the calendar of Tuesday offers, by the minutes since eight."""
    shown = queries.service_by_slug(slug=service.slug, on=TODAY)
    assert shown is not None
    day = queries.calendar(service=shown, first=TODAY, days=2, now=NOON)[1]
    return {int((hour.starts_at - EIGHT).total_seconds()) // 60: hour.left for hour in day.hours}


def people():
    return list(Slot.objects.order_by("id").values_list("starts_at", "taken"))


def insert(service, begins, *, lasts=2 * HALF, taken=1):
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [service.pk, begins, begins + lasts, taken])


def test_the_fullest_moment_counts_who_is_there_together_and_not_who_follows():
    follow = [Taken(EIGHT, EIGHT + HALF, 2), Taken(EIGHT + HALF, NINE, 1)]
    assert most_at_once(EIGHT, NINE, taken=follow) == 2
    assert most_at_once(EIGHT + HALF, NINE, taken=follow) == 1
    assert most_at_once(NINE, NINE + HALF, taken=follow) == 0
    across = [*follow, Taken(EIGHT + QUARTER, EIGHT + 3 * QUARTER, 3)]
    assert most_at_once(EIGHT, NINE, taken=across) == 5


@pytest.mark.django_db
def test_hours_that_overlap_with_a_full_one_are_full_when_appointments_became_longer(world):
    service = a_cut(world)
    for number in range(2):
        take(service, at=EIGHT + HALF, phone=f"+62812345678{number:02d}")
    assert left(service) == {0: 2, 30: 0, 60: 2, 90: 2, 120: 2, 150: 2}
    a_cut(world, minutes=45, again=service)
    assert left(service) == {0: 0, 45: 0, 90: 2, 135: 2}
    before = people()
    for at in (EIGHT, EIGHT + 3 * QUARTER):
        with pytest.raises(BookingRefused, match="baru saja penuh"):
            take(service, at=at, phone="+6281234567892")
    assert people() == before
    take(service, at=EIGHT + 6 * QUARTER, phone="+6281234567892")


@pytest.mark.django_db
def test_who_stays_longer_is_counted_in_the_short_hours_and_only_until_he_leaves(world):
    service = a_cut(world, minutes=60)
    stays = take(service, at=EIGHT)
    a_cut(world, minutes=30, again=service)
    assert left(service) == {0: 1, 30: 1, 60: 2, 90: 2, 120: 2, 150: 2}
    take(service, at=EIGHT, phone="+6281234567891")
    assert left(service) == {0: 0, 30: 1, 60: 2, 90: 2, 120: 2, 150: 2}
    cancel_booking(appointment_id=stays.appointment_id, by=BUDI, now=NOON)
    assert left(service) == {0: 1, 30: 2, 60: 2, 90: 2, 120: 2, 150: 2}


@pytest.mark.django_db
@pytest.mark.parametrize("begins", [EIGHT - HALF, EIGHT + QUARTER, EIGHT + HALF])
def test_the_database_gives_no_hour_to_more_people_than_have_room_whoever_writes(world, begins):
    service = a_cut(world)
    insert(service, EIGHT, taken=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(service, begins, taken=2)
    insert(service, begins, taken=1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update institutions_slot set taken = 2 where starts_at = %s", [begins])


@pytest.mark.django_db
@pytest.mark.parametrize("lasts", [0 * HALF, -HALF, 17 * HALF])
def test_an_hour_lasts_as_a_service_may(world, lasts):
    service = a_cut(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(service, EIGHT, lasts=lasts)


@pytest.mark.slow
def test_eight_who_write_hours_that_overlap_at_once_leave_two(committed_world):
    service = a_cut(committed_world)
    minute = dt.timedelta(minutes=1)
    answers = all_at_once(8, lambda number: insert(service, EIGHT + number * minute))
    assert sum(isinstance(one, IntegrityError) for one in answers) == 6
    assert Slot.objects.count() == 2


@pytest.mark.slow
def test_while_the_length_changes_nobody_gets_a_place_that_is_taken(committed_world):
    service = a_cut(committed_world)

    def act(number):
        if number == 4:
            return a_cut(committed_world, minutes=45, again=service)
        at = EIGHT + (HALF if number < 4 else 3 * QUARTER)
        return take(service, at=at, phone=f"+62812345678{number:02d}")

    all_at_once(9, act)
    taken = [Taken(one.starts_at, one.ends_at, one.taken) for one in Slot.objects.all()]
    assert most_at_once(EIGHT, NINE + 2 * HALF, taken=taken) <= 2
    assert Appointment.objects.count() == sum(one.people for one in taken)
