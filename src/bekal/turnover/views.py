"""The pages of turnover: from the nation down to a receipt. Each address names its permission."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.formats import read_page
from bekal.foundation.periods import EARLIEST
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.turnover import exports, forms, pages


@needs(Permission.SEE_TURNOVER)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The person's own top place; a list of them where there are several."""
    tops = pages.top_places(request.scope)
    if len(tops) == 1:
        return redirect("turnover:place", tops[0].code)
    return render(request, "turnover/home.html", {"tops": tops})


@needs(Permission.SEE_TURNOVER)
@require_safe
def place(request: StaffRequest, place: str) -> HttpResponse:
    """A place's turnover in a period, with what lies below it and who has not recorded."""
    found = request.scope.place_then(place)
    asked = _asked(request, found)
    page = read_page(request.GET.get("halaman", ""))
    context = pages.place_page(found, asked, request.scope, page=page, latest=_latest(request))
    context |= {
        "now": request.now,
        "zone": found.zone or Zone.WIB,
        "may_see_sales": found.level is Level.UNIT and _may_see_sales(request, found),
    }
    status = 422 if asked.form.errors else 200
    return render(request, "turnover/place.html", context, status=status)


@needs(Permission.SEE_TURNOVER)
@require_safe
def download(request: StaffRequest, place: str) -> HttpResponse:
    """A table of a place's turnover as a CSV file; `isi` names the table."""
    found = request.scope.place_then(place)
    asked = _asked(request, found)
    if asked.form.errors:
        address = reverse("turnover:place", args=[found.code])
        return redirect(f"{address}?{request.GET.urlencode()}")
    table = exports.table_asked(request.GET.get("isi", ""), found)
    question = pages.question_of(found, asked, request.scope)
    answer = HttpResponse(
        exports.as_file(found, question, table), content_type="text/csv; charset=utf-8"
    )
    name = exports.file_name(found, asked.period, table)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SEE_SALES)
@require_safe
def day(request: StaffRequest, place: str, day: str) -> HttpResponse:
    """A unit's day with its receipts."""
    unit = request.scope.unit_then(place)
    latest = local_day(request.now, unit.zone or Zone.WIB)
    asked = _day(day)
    if not EARLIEST <= asked <= latest:
        raise Http404
    page = read_page(request.GET.get("halaman", ""))
    context = pages.day_page(unit, asked, request.scope, page=page, latest=latest)
    context |= {"now": request.now, "zone": unit.zone or Zone.WIB}
    return render(request, "turnover/day.html", context)


def _asked(request: StaffRequest, place: PlaceNow) -> forms.Asked:
    today = today_at(request, place)
    return forms.read_asked(request.GET, today=today, latest=_latest(request))


def _latest(request: StaffRequest) -> dt.date:
    """The last day that has begun anywhere in Indonesia: sales of Papua are two hours ahead."""
    return local_day(request.now, Zone.WIT)


def _may_see_sales(request: StaffRequest, unit: PlaceNow) -> bool:
    """Whether to link the days; their addresses refuse in any case."""
    return accounts.may(
        user_id=request.user.pk,
        permission=Permission.SEE_SALES,
        place_id=unit.id,
        on=request.scope.today,
    )


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise Http404 from None
