"""The table of rates: the list, its file, and writing a row."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.shipping import actions, exports, forms, queries
from bekal.shipping.actions import NewRate
from bekal.shipping.views.common import SAVED, crumbs, saved, show_refused


@needs(Permission.SET_SHIPPING)
@require_safe
def rates(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's services and its table: search, filter, sort, pages."""
    place = request.scope.unit(unit)
    filters = forms.read_filters(request.GET)
    context = {
        "unit": place,
        "filters": filters,
        "services": queries.services_of(unit_id=place.id),
        "page": queries.rates_of(unit_id=place.id, filters=filters, on=today_at(request, place)),
        "rows": forms.ROWS,
        "sorts": list(queries.Sort),
        "saved": SAVED.get(request.GET.get("tersimpan", ""), ""),
    }
    return render(request, "shipping/list.html", context)


@needs(Permission.SET_SHIPPING)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The table, as filtered, as a CSV file that can come back by the import."""
    place, filters = request.scope.unit(unit), forms.read_filters(request.GET)
    today = today_at(request, place)
    rows = queries.every_rate_of(unit_id=place.id, filters=filters, on=today)
    answer = HttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"ongkir-{place.code}-{today}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SET_SHIPPING)
@require_http_methods(["GET", "HEAD", "POST"])
def write_rate(request: StaffRequest, unit: str) -> HttpResponse:
    """Write a rate of a service to an area from a day on."""
    place = request.scope.unit(unit)
    form = _rate_form(request, place)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        rate, day = NewRate(said["service"], said["area"], said["terms"]), said["valid_from"]
        who: dict[str, Any] = {"by": request.actor, "now": request.now}
        try:
            actions.set_rate(key=form.key, unit_id=place.id, rate=rate, valid_from=day, **who)
        except Refused as refused:
            asked, door = {"valid_from": day, **rate.told}, "shipping.set_rate"
            status = show_refused(request, place, form, refused=refused, door=door, asked=asked)
        else:
            return saved(place, "tarif")
    context = {"unit": place, "form": form, "crumbs": crumbs(place, "Isi tarif")}
    return render(request, "shipping/rate.html", context, status=status)


def _rate_form(request: StaffRequest, place: PlaceNow) -> forms.RateForm:
    """The form; an address that names a service and an area begins with what holds there."""
    running = [one for one in queries.services_of(unit_id=place.id) if one.stopped_on is None]
    if request.method == "POST":
        return forms.RateForm(request.POST, services=running)
    today = today_at(request, place)
    asked = forms.read_filters(request.GET)
    initial: dict[str, Any] = {"valid_from": today, "service": asked.service_id}
    row = queries.rate_now(
        unit_id=place.id,
        service_id=asked.service_id or 0,
        area_code=request.GET.get("tujuan", "")[:4],
        on=today,
    )
    return forms.RateForm(services=running, initial=initial | exports.as_typed(row))
