"""Services of units, their weeks, and the appointments that people made."""

import datetime as dt
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.foundation import codes
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.institutions.rules import (
    CODE_LENGTH,
    DESCRIPTION_LENGTH,
    LONGEST,
    SHORTEST,
    BookingStatus,
    ServiceKind,
)


class Service(models.Model):
    """A service of a unit that is done by appointment; it is sold as its product of the catalogue.

    Its price is that of the product on the day. `is_open` says whether new appointments are taken.
    """

    personal_data = NONE

    slug = models.SlugField(max_length=90, unique=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    product = models.OneToOneField("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    minutes = models.SmallIntegerField()
    description = models.CharField(max_length=DESCRIPTION_LENGTH, blank=True)
    is_open = models.BooleanField()
    is_sample = models.BooleanField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ServiceKind]),
                name="institutions_service_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(SHORTEST, LONGEST)),
                name="institutions_service_minutes_in_range",
            ),
        ]
        triggers: ClassVar = [not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.name


class ServiceHours(models.Model):
    """Opening hours of a service on one weekday (0 is Monday), for so many people at once."""

    personal_data = NONE

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="hours", db_index=False
    )
    weekday = models.SmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    capacity = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "weekday", "opens"], name="institutions_servicehours_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(0, 6), capacity__gt=0, opens__lt=F("closes")),
                name="institutions_servicehours_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.weekday} {self.opens}-{self.closes}"


class ClosedDay(models.Model):
    """A day on which a service takes no appointments."""

    personal_data = NONE

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="closed_days", db_index=False
    )
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "day"], name="institutions_closedday_once")
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.day}"


class Slot(models.Model):
    """An hour of a service that somebody took; `taken` never passes `capacity`.

    It keeps its own end: the service may take shorter or longer appointments from another day on,
    and then hours overlap. At no moment are more people there than the newest of them has room for.
    """

    personal_data = NONE

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="slots", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.SmallIntegerField()
    taken = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "starts_at", "ends_at"], name="institutions_slot_once"
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("capacity")),
                name="institutions_slot_never_overbooked",
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("starts_at"),
                    ends_at__lte=F("starts_at") + dt.timedelta(minutes=LONGEST),
                ),
                name="institutions_slot_lasts_as_a_service_may",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            # Who takes a place takes the service first, so two who overlap see each other.
            Promise(
                name="has_room",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("people", "bigint")],
                func=f"""
                if tg_op = 'UPDATE' and new.taken <= old.taken and new.starts_at = old.starts_at
                   and new.ends_at = old.ends_at and new.service_id = old.service_id then
                  return null;
                end if;
                perform from institutions_service where id = new.service_id for no key update;
                select max((
                  select sum(there.taken) from institutions_slot there
                  where there.service_id = new.service_id
                    and there.starts_at > moment.at - interval '{LONGEST} minutes'
                    and there.starts_at <= moment.at and there.ends_at > moment.at
                )) into people
                from (
                  select new.starts_at as at union select starts_at from institutions_slot
                  where service_id = new.service_id
                    and starts_at > new.starts_at and starts_at < new.ends_at
                ) moment;
                if people > new.capacity then
                  raise exception 'more people than an hour of service % has room for',
                    new.service_id using errcode = '23514';
                end if;
                return null;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.starts_at}"


class Appointment(models.Model):
    """That somebody comes at an hour; who that is stands in the shop's `Contact` alone."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    key_digest = models.CharField(max_length=64, unique=True)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="appointments")
    contact = models.OneToOneField("shop.Contact", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10)
    status_at = models.DateTimeField()
    status_by = models.CharField(max_length=80)
    sale = models.OneToOneField("sales.Sale", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in BookingStatus]),
                name="institutions_appointment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=BookingStatus.DONE) | Q(sale__isnull=True),
                name="institutions_appointment_sold_when_done",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="moves_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.status <> 'booked' or new.status = 'booked' or new.slot_id <> old.slot_id
                   or new.contact_id <> old.contact_id then
                  raise exception 'an appointment ends once and is not moved'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
            Promise(
                name="leaves_a_move",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                insert into institutions_appointmentmove
                  (appointment_id, status, moved_at, moved_by)
                values (new.id, new.status, new.status_at, new.status_by);
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"JT-{codes.grouped(self.code)}"


class AppointmentMove(models.Model):
    """A status that an appointment came to; written by the trigger of the appointment alone."""

    personal_data = NONE

    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="moves", db_index=False
    )
    status = models.CharField(max_length=10)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appointment", "status"], name="institutions_appointmentmove_once"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.status}"
