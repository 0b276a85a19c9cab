"""A sheet of rates: looked at first, then written; and the empty sheet to fill in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.shipping import actions, forms, queries, sheet_file
from bekal.shipping.views.common import crumbs, show_refused

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_SHOWN = 100
"""Rows of a kind that a page shows; the others are counted."""


@needs(Permission.SET_SHIPPING)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: StaffRequest, unit: str) -> HttpResponse:
    """Read a sheet of rates and show what it would write; nothing is written."""
    place = request.scope.unit(unit)
    is_sent = request.method == "POST"
    form = forms.RateSheet(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        today=today_at(request, place),
    )
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= _preview(place, form)
    return _page(request, place, context, status=422 if form.errors else 200)


@needs(Permission.SET_SHIPPING)
@require_POST
def save(request: StaffRequest, unit: str) -> HttpResponse:
    """Write a sheet that was looked at, with a result per row."""
    place = request.scope.unit(unit)
    form = forms.RateSheet(request.POST, today=today_at(request, place))
    if not form.is_valid():
        return _page(request, place, {"form": form}, status=422)
    try:
        results = actions.import_rates(
            key=form.key,
            unit_id=place.id,
            rows=form.cleaned_data["rows"],
            valid_from=form.cleaned_data["valid_from"],
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        context = {"form": form, **_preview(place, form)}
        asked, door = form.told(), "shipping.import_rates"
        status = show_refused(request, place, form, refused=refused, door=door, asked=asked)
        return _page(request, place, context, status=status)
    return _page(request, place, _split("results", results))


@needs(Permission.SET_SHIPPING)
@require_safe
def template(request: StaffRequest, unit: str) -> HttpResponse:
    """The sheet to fill in, with the services of the unit."""
    place = request.scope.unit(unit)
    services = queries.services_of(unit_id=place.id)
    running = [one.label for one in services if one.stopped_on is None]
    answer = HttpResponse(sheet_file.template(running), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="tarif-{place.code}.xlsx"'
    return answer


def _preview(place: PlaceNow, form: forms.RateSheet) -> dict[str, Any]:
    """What a sheet that was read would write."""
    rows, day = form.cleaned_data["rows"], form.cleaned_data["valid_from"]
    return _split("preview", queries.read_rates(unit_id=place.id, rows=rows, on=day))


def _split(name: str, rows: list[Any]) -> dict[str, Any]:
    """Rows with a problem and rows without, how many there are, and how many are not shown."""
    bad = [row for row in rows if row.problem]
    good = [row for row in rows if not row.problem]
    shown = [*bad[:_MOST_SHOWN], *good[:_MOST_SHOWN]]
    counts = {"bad": len(bad), "good": len(good), "hidden": len(rows) - len(shown)}
    return {name: sorted(shown, key=lambda row: row.line), **counts}


def _page(
    request: StaffRequest, place: PlaceNow, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shown = {"unit": place, "crumbs": crumbs(place, "Impor tarif"), **context}
    return render(request, "shipping/import.html", shown, status=status)
