"""Services by appointment: where, when, and who comes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bekal.catalogue import queries as catalogue
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.private import digest_of
from bekal.institutions.models import Appointment, ClosedDay, Service, ServiceHours, Slot
from bekal.institutions.rules import (
    LONGEST,
    BookingRefused,
    BookingStatus,
    Hours,
    ServiceKind,
    Taken,
    full_hour,
    instant_of,
    is_in_reach,
    most_at_once,
    no_such_hour,
    starts_on,
)
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.production import queries as production


@dataclass(frozen=True)
class ServiceFilters:
    """How a visitor narrows the services: words, a kind, a province by its code, a sort."""

    text: str = ""
    kind: str = ""
    province: str = ""
    sort: str = "nama"


@dataclass(frozen=True)
class ServiceShown:
    """A service as visitors see it; `price` is rupiah for one, None when it has none today."""

    id: int
    slug: str
    name: str
    kind: ServiceKind
    minutes: int
    description: str
    unit: PlaceNow
    price: int | None
    is_sample: bool

    @property
    def zone(self) -> Zone:
        """The clock of the unit."""
        return self.unit.zone or Zone.WIB


@dataclass(frozen=True)
class FreeHour:
    """An hour in the calendar and for how many it still has room."""

    starts_at: dt.datetime
    left: int


@dataclass(frozen=True)
class DayShown:
    """A day in the calendar: its hours, or none."""

    day: dt.date
    hours: list[FreeHour]

    @property
    def left(self) -> int:
        """How many hours can still be taken."""
        return sum(hour.left > 0 for hour in self.hours)


@dataclass(frozen=True)
class BookingShown:
    """An appointment in the list of a unit's day, without who comes."""

    id: UUID
    code: str
    starts_at: dt.datetime
    service: str
    product_id: int
    status: BookingStatus
    contact_id: UUID
    sale_id: UUID | None


def services(*, filters: ServiceFilters, on: dt.date) -> list[ServiceShown]:
    """The open services of standing units that have a price, sorted; three statements."""
    found = Service.objects.filter(is_open=True)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    for word in filters.text.split():
        found = found.filter(name__icontains=word)
    shown = [one for one in _shown(found.order_by("name", "id"), on=on) if one.price]
    if filters.province:
        shown = [one for one in shown if one.unit.province_code == filters.province]
    if filters.sort == "harga":
        shown.sort(key=lambda one: (one.price or 0, one.name, one.id))
    return shown


def service_by_slug(*, slug: str, on: dt.date) -> ServiceShown | None:
    """The service at an address, also when it is closed for now; three statements."""
    return next(iter(_shown(Service.objects.filter(slug=slug), on=on)), None)


def is_taking(*, service_id: int) -> bool:
    """Whether a service takes new appointments."""
    return Service.objects.filter(pk=service_id, is_open=True).exists()


def services_of(*, unit_id: int) -> list[Service]:
    """A unit's services with their weeks, by name; two statements."""
    found = Service.objects.filter(unit_id=unit_id).prefetch_related("hours")
    return list(found.order_by("name", "id"))


def service_of(*, unit_id: int, service_id: int) -> Service | None:
    """One service of a unit, or None."""
    return Service.objects.filter(unit_id=unit_id, pk=service_id).first()


def week_of(*, service_id: int) -> list[Hours]:
    """The opening hours of a service, Monday first."""
    rows = ServiceHours.objects.filter(service_id=service_id).order_by("weekday", "opens")
    return [Hours(row.weekday, row.opens, row.closes, row.capacity) for row in rows]


def closed_days(*, service_id: int, since: dt.date) -> list[dt.date]:
    """The days from one on that a service is closed on."""
    rows = ClosedDay.objects.filter(service_id=service_id, day__gte=since)
    return list(rows.order_by("day").values_list("day", flat=True))


def calendar(
    *, service: ServiceShown, first: dt.date, days: int, now: dt.datetime
) -> list[DayShown]:
    """The days from one on with the hours that can be taken; three statements."""
    week = week_of(service_id=service.id)
    closed = set(closed_days(service_id=service.id, since=first))
    since = instant_of(first, dt.time(), service.zone)
    taken = _taken(service.id, since=since, until=since + dt.timedelta(days=days))
    lasts = dt.timedelta(minutes=service.minutes)
    shown = []
    for number in range(days):
        day = first + dt.timedelta(days=number)
        starts = [] if day in closed else starts_on(day, hours=week, minutes=service.minutes)
        rooms = {instant_of(day, start.at, service.zone): start.capacity for start in starts}
        shown.append(DayShown(day, _hours(rooms, taken, lasts=lasts, now=now)))
    return shown


def free_capacity(*, service: Service, starts_at: dt.datetime, now: dt.datetime) -> int:
    """For how many an hour has room in all.

    Who takes it holds the service, so that nobody else takes an hour that overlaps with it. Raises
    BookingRefused for an hour that is not in the calendar, or that cannot be taken now: the service
    is closed, the unit pauses, or people who come then, also since before, leave no room.
    """
    zone = places.zone_of(unit_id=service.unit_id)
    pause = production.pauses(unit_ids=[service.unit_id], now=now).get(service.unit_id)
    if pause:
        raise BookingRefused(pause)
    day = local_day(starts_at, zone)
    is_closed = not service.is_open or ClosedDay.objects.filter(service=service, day=day).exists()
    starts = starts_on(day, hours=week_of(service_id=service.pk), minutes=service.minutes)
    rooms = {instant_of(day, start.at, zone): start.capacity for start in starts}
    if is_closed or starts_at not in rooms or not is_in_reach(starts_at, now=now):
        raise no_such_hour()
    ends_at = starts_at + dt.timedelta(minutes=service.minutes)
    taken = _taken(service.pk, since=starts_at, until=ends_at)
    if most_at_once(starts_at, ends_at, taken=taken) >= rooms[starts_at]:
        raise full_hour()
    return rooms[starts_at]


def appointment_by_key(*, key: str) -> Appointment | None:
    """The appointment whose private address has this key, with its hour and service."""
    return (
        Appointment.objects.filter(key_digest=digest_of(key))
        .select_related("slot__service")
        .first()
    )


def appointment_of(*, unit_id: int, appointment_id: UUID) -> Appointment | None:
    """An appointment at a unit, with its hour and service."""
    return (
        Appointment.objects.filter(pk=appointment_id, slot__service__unit_id=unit_id)
        .select_related("slot__service")
        .first()
    )


def appointments_on(*, unit_id: int, day: dt.date, zone: Zone) -> list[BookingShown]:
    """Who comes to a unit on a day, by the hour; one statement."""
    since = instant_of(day, dt.time(), zone)
    found = (
        Appointment.objects.filter(
            slot__service__unit_id=unit_id,
            slot__starts_at__gte=since,
            slot__starts_at__lt=since + dt.timedelta(days=1),
        )
        .select_related("slot__service")
        .order_by("slot__starts_at", "id")
    )
    return [
        BookingShown(
            one.pk,
            str(one),
            one.slot.starts_at,
            one.slot.service.name,
            one.slot.service.product_id,
            BookingStatus(one.status),
            one.contact_id,
            one.sale_id,
        )
        for one in found
    ]


def _shown(found: Iterable[Service], *, on: dt.date) -> list[ServiceShown]:
    rows = list(found)
    terms = catalogue.sale_terms(product_ids=[row.product_id for row in rows], on=on)
    units = places.standing(on=on) if rows else {}
    return [
        ServiceShown(
            row.pk,
            row.slug,
            row.name,
            ServiceKind(row.kind),
            row.minutes,
            row.description,
            units[row.unit_id],
            terms[row.product_id].price,
            row.is_sample,
        )
        for row in rows
        if row.unit_id in units and row.product_id in terms
    ]


def _taken(service_id: int, *, since: dt.datetime, until: dt.datetime) -> list[Taken]:
    """The hours that were taken between two instants, also those that began before."""
    rows = Slot.objects.filter(
        service_id=service_id,
        starts_at__gt=since - dt.timedelta(minutes=LONGEST),
        starts_at__lt=until,
        ends_at__gt=since,
        taken__gt=0,
    )
    return [Taken(*row) for row in rows.values_list("starts_at", "ends_at", "taken")]


def _hours(
    rooms: Mapping[dt.datetime, int],
    taken: Sequence[Taken],
    *,
    lasts: dt.timedelta,
    now: dt.datetime,
) -> list[FreeHour]:
    """The hours that can be booked now, each with what is left of its room."""
    return [
        FreeHour(at, max(0, capacity - most_at_once(at, at + lasts, taken=taken)))
        for at, capacity in rooms.items()
        if is_in_reach(at, now=now)
    ]
