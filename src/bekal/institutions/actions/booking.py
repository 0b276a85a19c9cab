"""Taking an hour of a service, leaving it, and what came of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.private import digest_of, private_key, sealed
from bekal.institutions.actions.numbering import new_code
from bekal.institutions.models import Appointment, Service
from bekal.institutions.queries import free_capacity
from bekal.institutions.rules import (
    BOOKING_KEY,
    KEPT,
    MOST_BOOKINGS,
    BookingRefused,
    BookingStatus,
    check_not_begun,
    check_open_booking,
    no_such_booking,
    no_such_hour,
    too_many_bookings,
)
from bekal.places import queries as places
from bekal.sales import actions as sales
from bekal.sales.rules import BuyerClass, Channel, NewSale, PaymentKind, SaleItem
from bekal.shop import actions as shop
from bekal.shop import queries as shop_queries
from bekal.shop.actions import NewContact

BOOK = "institutions.book"
# The hour becomes a row when it is first taken. Whether there is room in it was seen while the
# service was held; the trigger of the row looks again, whoever writes.
_TAKE = """
insert into institutions_slot as s (service_id, starts_at, ends_at, capacity, taken)
values (%(service)s, %(at)s, %(until)s, %(capacity)s, 1)
on conflict (service_id, starts_at, ends_at) do update
  set taken = s.taken + 1, capacity = excluded.capacity
returning s.id
"""
# Who books several hours at the same moment from one number waits here.
_LOCK_PHONE = "select pg_advisory_xact_lock(hashtextextended(%s, 4712))"
_LEAVE = "update institutions_slot set taken = taken - 1 where id = %s"


@dataclass(frozen=True)
class NewBooking:
    """An appointment as it arrives; `key` becomes its id. `note` is what the person writes."""

    key: UUID
    service_id: int
    starts_at: dt.datetime
    name: str
    phone: str
    note: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat. It names a person: keep it sealed."""
        return frozen_bytes(vars(self))


@dataclass(frozen=True)
class Booked:
    """An appointment that was made, and the key of its private address."""

    appointment_id: UUID
    key: str


@transaction.atomic
def book(*, booking: NewBooking, by: Actor, now: dt.datetime) -> Booked:
    """Take an hour of a service; never more people than it has room for.

    The same key with the same content answers the first appointment. Raises BookingRefused for an
    hour that is full, over or not in the calendar, and KeyReused for the same key with other
    content.
    """
    booked = Booked(booking.key, private_key(BOOKING_KEY, booking.key))
    message = sealed(booking.frozen())
    if claim_message(key=booking.key, door=BOOK, body=message, by=by, now=now) is not None:
        return booked
    held = Service.objects.select_for_update(no_key=True)
    service = held.filter(pk=booking.service_id).first()
    if service is None:
        raise no_such_hour()
    capacity = free_capacity(service=service, starts_at=booking.starts_at, now=now)
    _check_phone(booking)
    slot_id = _take(service, booking.starts_at, capacity)
    contact = NewContact(booking.key, booking.name.strip(), booking.phone, note=booking.note)
    keep_until = (booking.starts_at + KEPT).date()
    shop.add_contact(contact=contact, keep_until=keep_until, by=by, now=now)
    Appointment.objects.create(
        id=booking.key,
        code=new_code(),
        key_digest=digest_of(booked.key),
        slot_id=slot_id,
        contact_id=contact.id,
        status=BookingStatus.BOOKED,
        status_at=now,
        status_by=str(by),
    )
    _told(BOOK, service, booking.key, by=by, now=now)
    return booked


@transaction.atomic
def cancel_booking(*, appointment_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Leave an hour before it begins, so that somebody else may take it; a repeat changes nothing.

    Raises BookingRefused when it has begun or came to another end.
    """
    found = _locked(appointment_id)
    if found.status == BookingStatus.CANCELLED:
        return
    check_open_booking(BookingStatus(found.status))
    check_not_begun(found.slot.starts_at, now=now)
    _end(found, BookingStatus.CANCELLED, by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, [found.slot_id])
    _told("institutions.cancel_booking", found.slot.service, found.pk, by=by, now=now)


@transaction.atomic
def finish_booking(
    *,
    appointment_id: UUID,
    pieces: int,
    payment: PaymentKind,
    by: Actor,
    now: dt.datetime,
) -> int:
    """Say that the work was done, and record its sale in the same step; returns its number.

    The sale's key is made of the appointment's id, so that a second tap sells nothing twice. Raises
    BookingRefused, and what recording a sale refuses.
    """
    found = _locked(appointment_id)
    service = found.slot.service
    is_done = found.status == BookingStatus.DONE
    if not is_done:
        check_open_booking(BookingStatus(found.status))
    done_at = found.status_at if is_done else now
    done_on = local_day(done_at, places.zone_of(unit_id=service.unit_id))
    sale = NewSale(
        key=uuid5(found.pk, "sale"),
        unit_id=service.unit_id,
        items=(SaleItem(service.product_id, pieces),),
        channel=Channel.WORKSHOP,
        buyer_class=BuyerClass.PUBLIC,
        payment=payment,
        sold_on=done_on,
    )
    recorded = sales.record_sale(sale=sale, by=by, now=now)
    if not is_done:
        found.sale_id = recorded.sale_id
        _end(found, BookingStatus.DONE, by=by, now=now)
        _told("institutions.finish_booking", service, found.pk, by=by, now=now)
    return recorded.number


@transaction.atomic
def miss_booking(*, appointment_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Say that nobody came; a repeat changes nothing. Raises BookingRefused before the hour."""
    found = _locked(appointment_id)
    if found.status == BookingStatus.MISSED:
        return
    check_open_booking(BookingStatus(found.status))
    if now < found.slot.starts_at:
        raise BookingRefused("Jamnya belum tiba.")
    _end(found, BookingStatus.MISSED, by=by, now=now)
    _told("institutions.miss_booking", found.slot.service, found.pk, by=by, now=now)


def _take(service: Service, starts_at: dt.datetime, capacity: int) -> int:
    values: dict[str, Any] = {
        "service": service.pk,
        "at": starts_at,
        "until": starts_at + dt.timedelta(minutes=service.minutes),
        "capacity": capacity,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        slot_id: int = cursor.fetchone()[0]
    return slot_id


def _check_phone(booking: NewBooking) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_PHONE, [booking.phone])
    known = shop_queries.contacts_with(phone=booking.phone)
    mine = Appointment.objects.filter(
        contact_id__in=known,
        status=BookingStatus.BOOKED,
        slot__service_id=booking.service_id,
    )
    if mine.count() >= MOST_BOOKINGS:
        raise too_many_bookings()


def _locked(appointment_id: UUID) -> Appointment:
    found = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("slot__service")
        .filter(pk=appointment_id)
        .first()
    )
    if found is None:
        raise no_such_booking()
    return found


def _end(found: Appointment, status: BookingStatus, *, by: Actor, now: dt.datetime) -> None:
    found.status, found.status_at, found.status_by = status, now, str(by)
    found.save(update_fields=["status", "status_at", "status_by", "sale"])


def _told(
    action: str, service: Service, appointment_id: UUID, *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(service.unit_id),
        action=action,
        object_key=f"appointment:{appointment_id}",
        detail={"service": service.pk},
        by=by,
        now=now,
    )
