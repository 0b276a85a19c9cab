"""Services for everybody: the list, a calendar that works without script, taking an hour."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Reach
from bekal.foundation import clock
from bekal.foundation.clock import local_day
from bekal.foundation.faces import face
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import form_on, see_other
from bekal.institutions import actions, forms, queries
from bekal.institutions.models import Appointment
from bekal.institutions.queries import DayShown, ServiceShown
from bekal.institutions.rules import (
    BOOKING_KINDS,
    BOOKING_LABELS,
    DAYS_AHEAD,
    SERVICE_LABELS,
    BookingStatus,
    is_in_reach,
)
from bekal.institutions.views.common import CONFLICT, STRANGER, UNREADY, admit, private, today
from bekal.production import queries as production

_MOST_BOOKINGS = 20


@face("institutions", "catalogue", "places", "production")
def index(request: HttpRequest) -> HttpResponse:
    """Services by appointment, narrowed by words, kind and province."""
    filters = forms.read_service_filters(request.GET)
    found = queries.services(filters=filters, on=today())
    everything = queries.services(filters=queries.ServiceFilters(), on=today())
    pauses = production.pauses(unit_ids={one.unit.id for one in found}, now=clock.now())
    context = {
        "services": [(one, SERVICE_LABELS[one.kind], pauses.get(one.unit.id, "")) for one in found],
        "filters": filters,
        "is_narrowed": bool(filters.text or filters.kind or filters.province),
        "kinds": {one.kind: SERVICE_LABELS[one.kind] for one in everything},
        "provinces": _provinces(everything),
    }
    return render(request, "institutions/services/list.html", context)


@face("institutions", "catalogue", "places", "production")
def detail(request: HttpRequest, offered: str) -> HttpResponse:
    """A service with the hours that can be taken, day by day."""
    found = _service(offered)
    now = clock.now()
    here = local_day(now, found.zone)
    days = queries.calendar(service=found, first=here, days=DAYS_AHEAD + 1, now=now)
    asked = forms.read_calendar_day(request.GET)
    context = {
        "service": found,
        "crumbs": [(_("Jasa"), reverse("services:list")), (found.name, None)],
        "kind": SERVICE_LABELS[found.kind],
        "pause": production.pauses(unit_ids=[found.unit.id], now=now).get(found.unit.id, ""),
        "is_open": queries.is_taking(service_id=found.id),
        "days": [day for day in days if day.left],
        "chosen": next((day for day in days if day.day == asked), None) or _first_free(days),
    }
    return render(request, "institutions/services/detail.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, offered: str) -> HttpResponseBase:
    """Take an hour that was chosen: name, phone, done."""
    found = _service(offered)
    data = request.POST if request.method == "POST" else None
    form = forms.BookingForm(data, initial={"starts_at": request.GET.get("jam", "")})
    status = 200
    if request.method == "POST":
        try:
            admit(request, door="jasa-pesan", most=_MOST_BOOKINGS)
            if form.is_valid():
                return _booked(form, found)
            status = UNREADY
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {
        "form": form,
        "service": found,
        "starts_at": _bookable(str(form["starts_at"].value() or "")),
        "key": form.key_to_send(is_used=status == CONFLICT),
    }
    return render(request, "institutions/services/book.html", context, status=status)


@private
@require_safe
def appointment(request: HttpRequest, booking: str) -> HttpResponseBase:
    """An appointment for whoever holds its address: when, where, whom to ask, how to leave it."""
    return _appointment_page(request, _appointment(booking), key=booking)


@private
@form_on("services:appointment")
def cancel(request: HttpRequest, booking: str) -> HttpResponseBase:
    """Leave an hour, so that somebody else may take it."""
    found = _appointment(booking)
    try:
        actions.cancel_booking(appointment_id=found.pk, by=STRANGER, now=clock.now())
    except Refused as refused:
        return _appointment_page(
            request, found, key=booking, problem=refused.message, status=UNREADY
        )
    return see_other(reverse("services:appointment", args=[booking]))


def _booked(form: forms.BookingForm, service: ServiceShown) -> HttpResponse:
    asked = form.cleaned_data
    booking = actions.NewBooking(
        key=form.key,
        service_id=service.id,
        starts_at=asked["starts_at"],
        name=asked["name"],
        phone=asked["phone"],
        note=asked["note"],
    )
    booked = actions.book(booking=booking, by=STRANGER, now=clock.now())
    return see_other(f"{reverse('services:appointment', args=[booked.key])}?dipesan")


def _appointment_page(
    request: HttpRequest, found: Appointment, *, key: str, problem: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    stands = BookingStatus(found.status)
    service = queries.service_by_slug(slug=found.slot.service.slug, on=today())
    context = {
        "appointment": found,
        **_reach(found, stands),
        "service": service,
        "zone": service.zone if service else "WIB",
        "status_label": BOOKING_LABELS[stands],
        "status_kind": BOOKING_KINDS.get(stands, "neutral"),
        "may_cancel": stands is BookingStatus.BOOKED and now < found.slot.starts_at,
        "is_new": "dipesan" in request.GET,
        "problem": problem,
        "key": key,
    }
    return render(request, "institutions/services/appointment.html", context, status=status)


def _reach(found: Appointment, stands: BookingStatus) -> dict[str, Any]:
    """Where to come while the appointment stands, and whom to write to, as far as the unit says."""
    unit_id = found.slot.service.unit_id
    reach = catalogue.reach_of(unit_ids=[unit_id]).get(unit_id, Reach())
    text = _("Halo, tentang janji %(code)s.") % {"code": found}
    return {
        "point": reach.point if stands is BookingStatus.BOOKED else None,
        "contact": reach.contact,
        "write_url": reach.contact.link(text) if reach.contact else "",
    }


def _appointment(key: str) -> Appointment:
    found = queries.appointment_by_key(key=key)
    if found is None:
        raise Http404
    return found


def _service(slug: str) -> ServiceShown:
    found = queries.service_by_slug(slug=slug, on=today())
    if found is None:
        raise Http404
    return found


def _provinces(found: list[ServiceShown]) -> dict[str, str]:
    named = {one.unit.province_code or "": one.unit.province or "" for one in found}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _first_free(days: list[DayShown]) -> DayShown:
    return next((day for day in days if day.left), days[0])


def _bookable(typed: str) -> dt.datetime | None:
    """The hour that an address or a form names, where it can be booked still; else nothing."""
    found = _instant(typed)
    return found if found and is_in_reach(found, now=clock.now()) else None


def _instant(typed: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.tzinfo else None
