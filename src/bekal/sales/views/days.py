"""The days of a unit: what was sold, and the word that a day is complete."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts.gate import StaffRequest, keep_time, may, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Period
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.sales import actions, forms, queries
from bekal.sales.views.common import crumbs

SHOWN = dt.timedelta(days=30)


@needs(Permission.SEE_SALES)
@require_safe
def days(request: StaffRequest, unit: str) -> HttpResponse:
    """The last 31 days of a unit with what was sold and whether they are reported."""
    place = request.scope.unit(unit)
    reported = forms.read_day(request.GET.get("dilaporkan", ""))
    return _page(request, place, reported=reported)


@needs(Permission.RECORD_SALE)
@require_POST
def report(request: StaffRequest, unit: str) -> HttpResponse:
    """Report a day as complete, with sales or without; a repeat changes nothing."""
    place = request.scope.unit(unit)
    form = forms.DayForm(request.POST)
    if not form.is_valid():
        return _page(request, place, problems=form.problems, status=422)
    try:
        actions.report_day(unit_id=place.id, **form.cleaned_data, by=request.actor, now=request.now)
    except Refused as refused:
        return _page(request, place, problems=[refused.message], status=422)
    keep_time(request, place, "front.report_day")
    address = reverse("sales:days", args=[place.code])
    return see_other(f"{address}?dilaporkan={form.cleaned_data['day']}")


def _page(
    request: StaffRequest,
    place: PlaceNow,
    *,
    reported: dt.date | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_at(request, place)
    shown = queries.days_of(unit_id=place.id, period=Period(today - SHOWN, today))
    context = {
        "unit": place,
        "zone": zone_of(place),
        "today": today,
        "days": shown,
        "now_days": shown[:2],
        "reported": reported if any(d.report for d in shown if d.day == reported) else None,
        "problems": problems or [],
        "may_record": may(request, place, Permission.RECORD_SALE),
        "crumbs": crumbs(place, ("Hari", None)),
    }
    return render(request, "sales/days.html", context, status=status)
