"""Services by appointment: which hours there are, and who may still take or leave one. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.clock import Zone
from bekal.foundation.refusals import Refused

BOOKING_KEY = "booking"
"""Names the kind of private address on which an appointment stands."""
DESCRIPTION_LENGTH = 500
SLUG_LENGTH = 60
SHORTEST, LONGEST = 5, 480
MOST_AT_ONCE = 50
MOST_ROWS = 21
"""Opening hours of a week: three a day are more than anybody keeps."""
DAYS_AHEAD = 30
SOONEST = dt.timedelta(hours=1)
MOST_BOOKINGS = 3
"""Open appointments of one phone at one service; more would keep others out."""
KEPT = dt.timedelta(days=365)
"""How long after an appointment name and phone are kept: for questions, then erased."""


class ServiceKind(StrEnum):
    """What is done; the values stand in addresses."""

    LAUNDRY = "cuci"
    BARBER = "cukur"
    WELDING = "las"
    CATERING = "katering"
    WASH = "cuci-kendaraan"
    REPAIR = "servis"
    SEWING = "jahit"
    OTHER = "lain"


SERVICE_LABELS = {
    ServiceKind.LAUNDRY: gettext_lazy("Cuci pakaian"),
    ServiceKind.BARBER: gettext_lazy("Potong rambut"),
    ServiceKind.WELDING: gettext_lazy("Las"),
    ServiceKind.CATERING: gettext_lazy("Katering"),
    ServiceKind.WASH: gettext_lazy("Cuci kendaraan"),
    ServiceKind.REPAIR: gettext_lazy("Servis dan reparasi"),
    ServiceKind.SEWING: gettext_lazy("Jahit"),
    ServiceKind.OTHER: gettext_lazy("Jasa lain"),
}


class BookingStatus(StrEnum):
    """Where an appointment stands."""

    BOOKED = "booked"
    DONE = "done"
    CANCELLED = "cancelled"
    MISSED = "missed"


BOOKING_LABELS = {
    BookingStatus.BOOKED: gettext_lazy("Dipesan"),
    BookingStatus.DONE: gettext_lazy("Selesai"),
    BookingStatus.CANCELLED: gettext_lazy("Dibatalkan"),
    BookingStatus.MISSED: gettext_lazy("Tidak datang"),
}
BOOKING_KINDS = {BookingStatus.BOOKED: "info", BookingStatus.DONE: "ok"}


class ServiceRefused(Refused):
    """The service cannot be offered as it was described."""


class BookingRefused(Refused):
    """The hour cannot be taken, or the appointment not be changed as asked."""


@dataclass(frozen=True)
class Hours:
    """Open on one weekday (0 is Monday) from an hour to an hour, for so many people at once."""

    weekday: int
    opens: dt.time
    closes: dt.time
    capacity: int


@dataclass(frozen=True)
class Start:
    """An hour at which an appointment may begin, and for how many."""

    at: dt.time
    capacity: int


@dataclass(frozen=True)
class Taken:
    """An hour that people took, with its own end: appointments were not always as long as now."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    people: int


def slug_of_service(name: str, *, code: str) -> str:
    """The address of a service: its name and the code of its product, "cuci-motor-0024z"."""
    return f"{slugify(name)[:SLUG_LENGTH].strip('-') or 'jasa'}-{code.lower()}"


def starts_on(day: dt.date, *, hours: Iterable[Hours], minutes: int) -> list[Start]:
    """The hours of a day, one after the other; the last ends by closing time."""
    found: dict[dt.time, Start] = {}
    for each in hours:
        if each.weekday != day.weekday():
            continue
        at = _minute(each.opens)
        while at + minutes <= _minute(each.closes):
            start = dt.time(at // 60, at % 60)
            found[start] = Start(start, each.capacity)
            at += minutes
    return [found[at] for at in sorted(found)]


def instant_of(day: dt.date, at: dt.time, zone: Zone) -> dt.datetime:
    """The instant of an hour on a unit's own clock."""
    return dt.datetime.combine(day, at, zone.info)


def most_at_once(begins: dt.datetime, ends: dt.datetime, *, taken: Iterable[Taken]) -> int:
    """How many people are there at the fullest moment between two instants."""
    there = [one for one in taken if one.starts_at < ends and begins < one.ends_at]
    moments = {begins, *(one.starts_at for one in there if one.starts_at > begins)}
    return max(
        sum(one.people for one in there if one.starts_at <= at < one.ends_at) for at in moments
    )


def is_in_reach(starts_at: dt.datetime, *, now: dt.datetime) -> bool:
    """Whether an hour may be booked now: not within the next hour, not further than a month."""
    return SOONEST <= starts_at - now <= dt.timedelta(days=DAYS_AHEAD)


def check_service(*, minutes: int, description: str, hours: list[Hours]) -> None:
    """Refuse a service that nobody could come to."""
    if not SHORTEST <= minutes <= LONGEST:
        raise ServiceRefused(
            f"Lama satu janji antara {SHORTEST} dan {LONGEST} menit.", field="minutes"
        )
    if len(description) > DESCRIPTION_LENGTH:
        raise ServiceRefused(
            f"Keterangan paling panjang {DESCRIPTION_LENGTH} huruf.", field="description"
        )
    if not hours:
        raise ServiceRefused("Isi jam buka paling sedikit satu hari.", field="hours")
    if len(hours) > MOST_ROWS:
        raise ServiceRefused(f"Paling banyak {MOST_ROWS} baris jam buka.", field="hours")
    for each in hours:
        if each.opens >= each.closes or not starts_in(each, minutes=minutes):
            raise ServiceRefused(
                "Jam tutup sesudah jam buka, dan cukup untuk satu janji.", field="hours"
            )
        if not 0 < each.capacity <= MOST_AT_ONCE:
            raise ServiceRefused(f"Tempat setiap jam antara 1 dan {MOST_AT_ONCE}.", field="hours")


def starts_in(hours: Hours, *, minutes: int) -> int:
    """How many appointments follow each other within some opening hours."""
    return (_minute(hours.closes) - _minute(hours.opens)) // minutes


def full_hour() -> BookingRefused:
    """Somebody else was faster."""
    return BookingRefused(_("Jam ini baru saja penuh. Pilih jam lain."), field="starts_at")


def no_such_hour() -> BookingRefused:
    """An hour that the calendar does not have, or not any more."""
    return BookingRefused(_("Jam ini tidak bisa dipesan. Pilih dari kalender."), field="starts_at")


def too_many_bookings() -> BookingRefused:
    """One phone keeps more hours than one person needs."""
    words = _("Nomor ini sudah punya %(most)s janji di sini. Batalkan satu dahulu.")
    return BookingRefused(words % {"most": MOST_BOOKINGS}, field="phone")


def no_such_booking() -> BookingRefused:
    """An appointment that is not there."""
    return BookingRefused(_("Janji ini tidak ditemukan."))


def check_open_booking(status: BookingStatus) -> None:
    """Refuse to change an appointment that has come to its end."""
    refusals = {
        BookingStatus.DONE: _("Janji ini sudah selesai."),
        BookingStatus.CANCELLED: _("Janji ini sudah dibatalkan."),
        BookingStatus.MISSED: _("Janji ini sudah dicatat tidak datang."),
    }
    if status in refusals:
        raise BookingRefused(refusals[status])


def check_not_begun(starts_at: dt.datetime, *, now: dt.datetime) -> None:
    """Refuse to cancel what has begun; the unit knows what happened."""
    if now >= starts_at:
        raise BookingRefused(_("Jamnya sudah lewat. Hubungi unitnya."))


def _minute(at: dt.time) -> int:
    return at.hour * 60 + at.minute
