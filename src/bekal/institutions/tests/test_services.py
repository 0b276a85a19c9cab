"""Services by appointment: an hour is never given to more people than it has room for."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Zone
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from bekal.institutions import queries
from bekal.institutions.actions import (
    cancel_booking,
    close_day,
    finish_booking,
    miss_booking,
    open_day,
    set_service,
)
from bekal.institutions.models import Appointment, AppointmentMove, Service, Slot
from bekal.institutions.queries import ServiceFilters
from bekal.institutions.rules import (
    MOST_BOOKINGS,
    BookingRefused,
    Hours,
    ServiceKind,
    ServiceRefused,
    starts_on,
)
from bekal.institutions.tests.services import (
    BUDI,
    NINE,
    a_wash,
    new_service,
    offer_wash,
    take,
)
from bekal.production.actions import pause_unit
from bekal.sales.models import Sale
from bekal.sales.rules import PaymentKind
from bekal.shop.actions import erase_contacts
from bekal.shop.models import Contact
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YOHANA, a_product

MODELS = (Service, Slot, Appointment, AppointmentMove, Contact, Sale, Message, Event)
TOMORROW = TODAY + dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def counts():
    return [model.objects.count() for model in MODELS] + list(
        Slot.objects.order_by("id").values_list("taken", flat=True)
    )


def days(world, service, *, now=NOON, count=2):
    shown = queries.service_by_slug(slug=service.slug, on=TODAY)
    assert shown is not None
    return queries.calendar(service=shown, first=TODAY, days=count, now=now)


def test_the_hours_of_a_day_follow_each_other_and_the_last_ends_by_closing_time():
    week = [Hours(0, dt.time(8), dt.time(10, 30), 2), Hours(0, dt.time(13), dt.time(14), 1)]
    found = starts_on(TODAY, hours=week, minutes=60)
    assert [(start.at.hour, start.capacity) for start in found] == [(8, 2), (9, 2), (13, 1)]
    assert starts_on(TOMORROW, hours=week, minutes=60) == []


def test_a_service_is_found_with_its_price_and_its_free_hours(world):
    service = offer_wash(world)
    (shown,) = queries.services(filters=ServiceFilters(), on=TODAY)
    assert (shown.name, shown.price, shown.unit.id) == ("Cuci motor", 15_000, world.nabire)
    today, tomorrow = days(world, service)
    # It is 12.00 WIT: today's hours are over.
    assert today.hours == []
    assert [(hour.starts_at, hour.left) for hour in tomorrow.hours] == [
        (NINE - HOUR, 2),
        (NINE, 2),
        (NINE + HOUR, 2),
        (NINE + 2 * HOUR, 2),
    ]
    for filters in (
        ServiceFilters(text="cukur"),
        ServiceFilters(kind=ServiceKind.BARBER),
        ServiceFilters(province="51"),
    ):
        assert queries.services(filters=filters, on=TODAY) == []
    narrowed = ServiceFilters(text="motor", kind=ServiceKind.WASH, province="94", sort="harga")
    assert len(queries.services(filters=narrowed, on=TODAY)) == 1


def test_describing_a_service_again_changes_it_and_keeps_its_address(world):
    service = offer_wash(world)
    take(service)
    again = offer_wash(
        world, product=service.product_id, minutes=30, hours=(Hours(1, dt.time(9), dt.time(10), 5),)
    )
    assert (again.pk, again.slug, again.minutes) == (service.pk, service.slug, 30)
    # Who was there for an hour from nine on is there still at half past.
    assert [hour.left for hour in days(world, service)[1].hours] == [4, 4]
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 4}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"description": "k" * 501}, "description"),
        ({"hours": ()}, "hours"),
        ({"hours": (Hours(0, dt.time(9), dt.time(9), 1),)}, "hours"),
        ({"hours": (Hours(0, dt.time(9), dt.time(9, 30), 1),)}, "hours"),
        ({"hours": (Hours(0, dt.time(9), dt.time(11), 0),)}, "hours"),
        ({"hours": (Hours(0, dt.time(9), dt.time(11), 51),)}, "hours"),
        ({"hours": tuple(Hours(0, dt.time(9), dt.time(11), 1) for _ in range(22))}, "hours"),
    ],
)
def test_a_service_that_nobody_could_come_to_is_refused(world, changes, field):
    product = a_wash(world)
    before = counts()
    with pytest.raises(ServiceRefused) as refused:
        set_service(service=new_service(world, product, **changes), by=YOHANA, now=NOON)
    assert refused.value.field == field
    assert counts() == before


def test_only_a_unit_s_own_services_are_offered(world):
    other = a_wash(world, unit=world.bangli, name="Cukur")
    before = counts()
    for product in (world.noken, other, -1):
        with pytest.raises(ServiceRefused, match="katalog unit Anda"):
            set_service(service=new_service(world, product), by=YOHANA, now=NOON)
    assert counts() == before


def test_an_hour_is_taken_by_as_many_as_it_has_room_for(world):
    service = offer_wash(world)
    first = take(service)
    take(service, phone="+6281234567891")
    before = counts()
    with pytest.raises(BookingRefused, match="baru saja penuh") as refused:
        take(service, phone="+6281234567892")
    assert refused.value.field == "starts_at"
    assert counts() == before
    assert days(world, service)[1].hours[1].left == 0
    found = queries.appointment_by_key(key=first.key)
    assert found is not None
    assert found.pk == first.appointment_id
    assert first.key not in str(vars(found))
    assert chain_problems() == []


@pytest.mark.parametrize(
    "at",
    [
        NINE + dt.timedelta(minutes=30),
        NINE + dt.timedelta(hours=4),
        NINE + dt.timedelta(days=5),
        NINE + dt.timedelta(days=35),
        NINE - dt.timedelta(days=7),
        NOON + dt.timedelta(minutes=30),
    ],
)
def test_an_hour_that_the_calendar_does_not_have_is_refused(world, at):
    service = offer_wash(world)
    before = counts()
    with pytest.raises(BookingRefused, match="tidak bisa dipesan"):
        take(service, at=at)
    assert counts() == before


def test_a_closed_day_a_closed_service_and_a_pause_take_nobody(world):
    service = offer_wash(world)
    close_day(service_id=service.pk, day=TOMORROW, by=YOHANA, now=NOON)
    assert days(world, service)[1].hours == []
    with pytest.raises(BookingRefused, match="tidak bisa dipesan"):
        take(service)
    open_day(service_id=service.pk, day=TOMORROW, by=YOHANA, now=NOON)
    offer_wash(world, product=service.product_id, is_open=False)
    with pytest.raises(BookingRefused, match="tidak bisa dipesan"):
        take(service)
    assert queries.services(filters=ServiceFilters(), on=TODAY) == []
    offer_wash(world, product=service.product_id)
    pause_unit(
        unit_id=world.nabire,
        sentence="Bengkel tutup demi keamanan.",
        until=None,
        by=YOHANA,
        now=NOON,
    )
    with pytest.raises(BookingRefused, match="demi keamanan"):
        take(service)
    assert not Appointment.objects.exists()


def test_a_booking_that_comes_twice_takes_one_place(world):
    service, key = offer_wash(world), uuid7()
    assert take(service, key=key) == take(service, key=key)
    with pytest.raises(KeyReused):
        take(service, key=key, at=NINE + HOUR)
    assert Slot.objects.get().taken == 1
    body = b"".join(bytes(one) for one in Message.objects.values_list("body", flat=True))
    assert b"Budi" not in body


def test_one_phone_keeps_no_more_than_three_hours(world):
    service = offer_wash(world)
    for number in (-1, 0, 1):
        take(service, at=NINE + number * HOUR)
    before = counts()
    with pytest.raises(BookingRefused, match="sudah punya 3 janji") as refused:
        take(service, at=NINE + 2 * HOUR)
    assert refused.value.field == "phone"
    assert counts() == before


def test_a_cancelled_hour_is_free_again_and_only_before_it_begins(world):
    service = offer_wash(world)
    booked = take(service)
    for _ in range(2):
        cancel_booking(appointment_id=booked.appointment_id, by=BUDI, now=NOON)
    assert Slot.objects.get().taken == 0
    late = take(service, phone="+6281234567891")
    before = counts()
    with pytest.raises(BookingRefused, match="sudah lewat"):
        cancel_booking(appointment_id=late.appointment_id, by=BUDI, now=NINE)
    with pytest.raises(BookingRefused, match="sudah dibatalkan"):
        miss_booking(appointment_id=booked.appointment_id, by=YOHANA, now=NINE)
    assert counts() == before
    moves = AppointmentMove.objects.filter(appointment_id=booked.appointment_id)
    assert list(moves.order_by("id").values_list("status", flat=True)) == ["booked", "cancelled"]


def test_work_that_was_done_is_sold_in_the_same_tap_and_once(world):
    service = offer_wash(world)
    booked = take(service, at=NINE)
    finished = {"appointment_id": booked.appointment_id, "pieces": 2, "payment": PaymentKind.CASH}
    taps = (NINE + HOUR, NINE + HOUR, NINE + 30 * HOUR)
    numbers = {finish_booking(**finished, by=YOHANA, now=now) for now in taps}
    assert len(numbers) == 1
    sale = Sale.objects.get()
    assert (sale.total, sale.unit_id) == (30_000, world.nabire)
    found = Appointment.objects.get()
    assert (found.status, found.sale_id) == ("done", sale.pk)
    with pytest.raises(BookingRefused, match="sudah selesai"):
        cancel_booking(appointment_id=found.pk, by=BUDI, now=NINE)
    with pytest.raises(KeyReused):
        finish_booking(**finished | {"pieces": 1}, by=YOHANA, now=NINE + HOUR)


def test_work_whose_sale_is_refused_stays_open(world):
    unpriced = a_product(world.nabire, "Cukur", "jasa") if a_wash(world) else 0
    service = offer_wash(world, product=unpriced, kind=ServiceKind.BARBER)
    booked = take(service)
    before = counts()
    with pytest.raises(Exception, match="belum punya harga"):
        finish_booking(
            appointment_id=booked.appointment_id,
            pieces=1,
            payment=PaymentKind.CASH,
            by=YOHANA,
            now=NINE + HOUR,
        )
    assert counts() == before
    assert Appointment.objects.get().status == "booked"


def test_who_does_not_come_is_written_down_after_the_hour(world):
    service = offer_wash(world)
    booked = take(service)
    with pytest.raises(BookingRefused, match="belum tiba"):
        miss_booking(appointment_id=booked.appointment_id, by=YOHANA, now=NOON)
    miss_booking(appointment_id=booked.appointment_id, by=YOHANA, now=NINE + HOUR)
    assert Appointment.objects.get().status == "missed"


def test_who_comes_today_is_work_until_it_is_done(world):
    def visits(day, zone=Zone.WIT):
        found = queries.unit_work(unit_id=world.nabire, today=day, zone=zone, now=NOON)
        return found.visits

    booked = take(offer_wash(world))
    assert (visits(TODAY), visits(TOMORROW), visits(TOMORROW + dt.timedelta(days=1))) == (0, 1, 0)
    cancel_booking(appointment_id=booked.appointment_id, by=BUDI, now=NOON)
    assert visits(TOMORROW) == 0


def test_name_and_phone_are_erased_after_a_year_and_the_appointment_stays(world):
    service = offer_wash(world)
    take(service, note="Motor bebek")
    last = (NINE + dt.timedelta(days=365)).date()
    assert erase_contacts(today=last, by=YOHANA, now=NOON) == 0
    assert erase_contacts(today=last + dt.timedelta(days=1), by=YOHANA, now=NOON) == 1
    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.note) == ("", "", "")
    assert Appointment.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(name="Budi")


@pytest.mark.slow
def test_ten_people_race_for_two_places_and_two_win(committed_world):
    service = offer_wash(committed_world)
    answers = all_at_once(10, lambda n: take(service, phone=f"+62812345678{n:02d}"))
    refused = [one for one in answers if isinstance(one, BookingRefused)]
    assert len(refused) == 8
    assert Slot.objects.get().taken == Appointment.objects.count() == 2


@pytest.mark.slow
def test_one_phone_keeps_no_more_hours_than_a_person_needs_however_fast_it_clicks(committed_world):
    service = offer_wash(committed_world)
    hours = [NINE + number * 24 * HOUR for number in range(4) for _ in range(2)]
    answers = all_at_once(8, lambda number: take(service, at=hours[number]))
    assert sum(isinstance(one, BookingRefused) for one in answers) == 8 - MOST_BOOKINGS
    assert Appointment.objects.count() == MOST_BOOKINGS


@pytest.mark.slow
def test_eight_clicks_of_one_booking_take_one_place(committed_world):
    service, key = offer_wash(committed_world), uuid7()
    assert len(set(at_once(8, lambda _: take(service, key=key)))) == 1
    assert Slot.objects.get().taken == 1


@pytest.mark.slow
def test_cancelling_and_finishing_at_once_ends_an_appointment_once(committed_world):
    service = offer_wash(committed_world)
    booked = take(service)

    def work(number):
        if number % 2:
            return cancel_booking(appointment_id=booked.appointment_id, by=BUDI, now=NOON)
        return finish_booking(
            appointment_id=booked.appointment_id,
            pieces=1,
            payment=PaymentKind.CASH,
            by=YOHANA,
            now=NOON,
        )

    all_at_once(8, work)
    found = Appointment.objects.get()
    assert (found.status == "done") == Sale.objects.exists()
    assert Slot.objects.get().taken == (found.status == "done")


@pytest.mark.parametrize(
    "sql",
    [
        "update institutions_slot set taken = capacity + 1",
        "update institutions_slot set taken = -1",
        "delete from institutions_slot",
        "delete from institutions_appointment",
        "update institutions_appointment set status = 'booked'",
        "update institutions_appointment set status = 'gone'",
        "update institutions_appointmentmove set status = 'done'",
        "delete from institutions_appointmentmove",
        "update institutions_service set minutes = 0",
        "delete from institutions_service",
        "delete from shop_contact",
    ],
)
def test_the_database_keeps_appointments_whoever_writes(world, sql):
    take(offer_wash(world))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
