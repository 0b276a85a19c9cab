"""The auditor's desk: from the total down to the receipt, four steps. It only reads."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Period, Zone
from bekal.foundation.formats import read_page
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.sales import queries as sales
from bekal.sales.queries import ReceiptFilters, ReceiptSums
from bekal.treasury.forms.books import AskedBook
from bekal.treasury.queries.desk import sums_below
from bekal.treasury.views.book_common import Crumb, asked_of, top_places
from bekal.treasury.views.book_entries import read_day

RECEIPTS_A_PAGE = 100


@needs(Permission.EXAMINE)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The desk of the person's own top place; a list of them where there are several."""
    tops = top_places(request.scope)
    if len(tops) == 1:
        return redirect("examine:place", tops[0].code)
    return render(request, "treasury/desk/home.html", {"tops": tops})


@needs(Permission.EXAMINE)
@require_safe
def place(request: StaffRequest, place: str) -> HttpResponse:
    """What a place recorded in a period, and the places below it, or its days."""
    found = request.scope.place_then(place)
    asked = asked_of(request, found)
    context: dict[str, Any] = {**frame(request, found, asked), "is_unit": False}
    if found.level is Level.UNIT:
        days = sales.days_of(unit_id=found.id, period=asked.period)
        context["is_unit"] = True
        context["days"] = [day for day in days if day.receipts or day.returned]
        sums = [(day.receipts, day.gross, day.returned) for day in days]
        context["total"] = ReceiptSums(*(sum(column) for column in zip(*sums, strict=True)))
    else:
        context["below"], context["total"] = sums_below(
            place_id=found.id, period=asked.period, tree_on=asked.tree_on
        )
    status = 422 if asked.form.errors else 200
    return render(request, "treasury/desk/place.html", context, status=status)


@needs(Permission.EXAMINE)
@require_safe
def day(request: StaffRequest, place: str, day: str) -> HttpResponse:
    """The receipts of a unit's day."""
    unit = request.scope.unit_then(place)
    asked = asked_of(request, unit)
    on = read_day(day, latest=asked.latest)
    found = sales.receipts_of(unit_id=unit.id, filters=ReceiptFilters(first=on, last=on))
    page = Paginator(found, RECEIPTS_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    crumbs = way_to(request, unit, asked, (f"{on.day}/{on.month}/{on.year}", None))
    context = {
        "unit": unit,
        "place": unit,
        "day": on,
        "page": page,
        "sums": sales.day_of(unit_id=unit.id, day=on),
        "period": Period(on, on),
        "crumbs": crumbs,
    }
    return render(request, "treasury/desk/day.html", context)


def way_to(request: StaffRequest, place: PlaceNow, asked: AskedBook, *last: Crumb) -> list[Crumb]:
    """The way down to a page of the desk, as far as it lies in the scope."""
    by_id = {each.id: each for each in request.scope.places}
    way: list[Crumb] = []
    above: PlaceNow | None = place
    while above is not None:
        bare = reverse("examine:place", args=[above.code])
        way.insert(0, (above.name, f"{bare}?{asked.query}"))
        above = by_id.get(above.parent_id or 0)
    whole = [("Periksa", reverse("examine:home")), *way, *last]
    return [*whole[:-1], (whole[-1][0], None)]


def frame(request: StaffRequest, place: PlaceNow, asked: AskedBook, *last: Crumb) -> dict[str, Any]:
    """What the pages of the desk share."""
    return {
        "unit": place,
        "place": place,
        "asked": asked,
        "form": asked.form,
        "now": request.now,
        "zone": place.zone or Zone.WIB,
        "crumbs": way_to(request, place, asked, *last),
    }
