"""The desk of a unit's services: who comes today, what is offered, done in one tap."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import exports
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, desk, forms, queries
from bekal.institutions.models import Service
from bekal.institutions.views.common import UNREADY
from bekal.places.queries import PlaceNow
from bekal.sales.rules import receipt_number


@needs(Permission.SEE_ORDERS)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """Who comes on a day, and the services of the unit."""
    return _index(request, request.scope.unit(unit))


@needs(Permission.SEE_ORDERS)
@require_safe
def table(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The appointments of a day as a CSV file, without who comes."""
    place = request.scope.unit(unit)
    day = forms.read_calendar_day(request.GET) or today_at(request, place)
    rows = queries.appointments_on(unit_id=place.id, day=day, zone=zone_of(place))
    cells = (desk.appointment_cells(row, zone_of(place)) for row in rows)
    lines = exports.csv_lines(desk.APPOINTMENT_HEADING, cells)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="janji-{place.code}-{day}.csv"'
    return answer


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, unit: str) -> HttpResponse:
    """Offer a service by appointment."""
    return _service_page(request, request.scope.unit(unit), None)


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, unit: str, offer: int) -> HttpResponse:
    """Change a service: its week, how long it takes, whether it is open."""
    place = request.scope.unit(unit)
    return _service_page(request, place, _service(place, offer))


@needs(Permission.HANDLE_ORDERS)
@require_POST
def close(request: StaffRequest, unit: str, offer: int) -> HttpResponse:
    """Close a day, or open it again."""
    place = request.scope.unit(unit)
    service = _service(place, offer)
    form = forms.DayForm(request.POST)
    if not form.is_valid():
        return _service_page(request, place, service, day_form=form)
    act = actions.open_day if request.POST.get("buka") else actions.close_day
    day = form.cleaned_data["day"]
    act(service_id=service.pk, day=day, by=request.actor, now=request.now)
    return see_other(f"{reverse('unit_services:change', args=[place.code, offer])}?tersimpan")


@needs(Permission.RECORD_SALE)
@require_POST
def finish(request: StaffRequest, unit: str, visit: UUID) -> HttpResponse:
    """The work was done and paid for: one tap, and it is a sale."""
    place = request.scope.unit(unit)
    day = _day_of(place, visit)
    form = forms.DoneForm(request.POST)
    if not form.is_valid():
        problem = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return _index(request, place, day=day, problem=problem)
    try:
        number = actions.finish_booking(
            appointment_id=visit,
            pieces=form.cleaned_data["pieces"],
            payment=form.paid_by,
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        return _index(request, place, day=day, problem=refused.message)
    address = reverse("unit_services:index", args=[place.code])
    return see_other(f"{address}?hari={day}&nota={number}")


@needs(Permission.HANDLE_ORDERS)
@require_POST
def miss(request: StaffRequest, unit: str, visit: UUID) -> HttpResponse:
    """Nobody came."""
    return _ended(request, request.scope.unit(unit), visit, by=actions.miss_booking)


@needs(Permission.HANDLE_ORDERS)
@require_POST
def cancel(request: StaffRequest, unit: str, visit: UUID) -> HttpResponse:
    """The unit takes an appointment back; the officer tells whoever would have come."""
    return _ended(request, request.scope.unit(unit), visit, by=actions.cancel_booking)


def _ended(
    request: StaffRequest, place: PlaceNow, visit: UUID, *, by: Callable[..., None]
) -> HttpResponse:
    day = _day_of(place, visit)
    try:
        by(appointment_id=visit, by=request.actor, now=request.now)
    except Refused as refused:
        return _index(request, place, day=day, problem=refused.message)
    return see_other(f"{reverse('unit_services:index', args=[place.code])}?hari={day}")


def _index(
    request: StaffRequest, place: PlaceNow, *, day: dt.date | None = None, problem: str = ""
) -> HttpResponse:
    today = today_at(request, place)
    day = day or forms.read_calendar_day(request.GET) or today
    may = accounts.permissions_at(
        user_id=request.user.pk, place_id=place.id, on=request.scope.today
    )
    rows = queries.appointments_on(unit_id=place.id, day=day, zone=zone_of(place))
    number = request.GET.get("nota", "")
    context = {
        "unit": place,
        "zone": zone_of(place),
        "day": day,
        "today": today,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
        "rows": desk.appointments_shown(
            rows, sees_contact=Permission.HANDLE_ORDERS in may, on=today, now=request.now
        ),
        "services": desk.services_shown(queries.services_of(unit_id=place.id)),
        "may_change": Permission.HANDLE_ORDERS in may,
        "may_sell": Permission.RECORD_SALE in may,
        "receipt": receipt_number(int(number)) if number.isdecimal() else "",
        "problem": problem,
    }
    status = UNREADY if problem else 200
    return render(request, "institutions/desk/services.html", context, status=status)


def _service_page(
    request: StaffRequest,
    place: PlaceNow,
    service: Service | None,
    *,
    day_form: forms.DayForm | None = None,
) -> HttpResponse:
    form = _service_form(request, place, service, is_sent=day_form is None)
    if form.is_bound and form.is_valid():
        try:
            told = _described(form, place)
            kept = actions.set_service(service=told, by=request.actor, now=request.now)
            address = reverse("unit_services:change", args=[place.code, kept.pk])
            return see_other(f"{address}?tersimpan")
        except Refused as refused:
            form.show(refused)
    since = today_at(request, place)
    context = {
        "unit": place,
        "service": service,
        "form": form,
        "day_form": day_form or forms.DayForm(),
        "closed": queries.closed_days(service_id=service.pk, since=since) if service else [],
        "is_saved": "tersimpan" in request.GET,
        "crumbs": _way(place, service),
    }
    status = UNREADY if form.errors or (day_form and day_form.errors) else 200
    return render(request, "institutions/desk/service.html", context, status=status)


def _service_form(
    request: StaffRequest, place: PlaceNow, service: Service | None, *, is_sent: bool
) -> forms.ServiceForm:
    return forms.ServiceForm(
        request.POST if is_sent and request.method == "POST" else None,
        unit_id=place.id,
        today=today_at(request, place),
        week=queries.week_of(service_id=service.pk) if service else (),
        initial=_begin(service),
    )


def _way(place: PlaceNow, service: Service | None) -> list[tuple[str, str | None]]:
    here = service.name if service else "Tambah jasa"
    return [("Jasa", reverse("unit_services:index", args=[place.code])), (here, None)]


def _described(form: forms.ServiceForm, place: PlaceNow) -> actions.NewService:
    asked = form.cleaned_data
    return actions.NewService(
        unit_id=place.id,
        product_id=form.ids[asked["product"]],
        kind=form.service_kind,
        minutes=asked["minutes"],
        description=asked["description"],
        hours=asked["week"],
        is_open=asked["is_open"],
    )


def _begin(service: Service | None) -> dict[str, Any]:
    if service is None:
        return {}
    names = ("kind", "minutes", "description", "is_open")
    return {
        **{name: getattr(service, name) for name in names},
        "product": service.slug.rsplit("-", 1)[-1].upper(),
    }


def _service(place: PlaceNow, offer: int) -> Service:
    found = queries.service_of(unit_id=place.id, service_id=offer)
    if found is None:
        raise Http404
    return found


def _day_of(place: PlaceNow, visit: UUID) -> dt.date:
    found = queries.appointment_of(unit_id=place.id, appointment_id=visit)
    if found is None:
        raise Http404
    return local_day(found.slot.starts_at, zone_of(place))
