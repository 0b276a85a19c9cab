"""What auditors keep finding, looked for in a unit or in all of a person's places."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.views import as_file
from bekal.places.queries import PlaceNow
from bekal.treasury import pnbp_shown, pnbp_tables, queries
from bekal.treasury.forms.pnbp_asked import Asked, read_asked
from bekal.treasury.rules import PATTERN_LABELS, PATTERN_WORDS, Finding, Pattern
from bekal.treasury.views.pnbp_common import crumbs, table_of_unit

ROWS_A_PAGE = 40


@needs(Permission.SEE_BOOKS)
@require_safe
def of_unit(request: StaffRequest, unit: str) -> HttpResponse:
    """The findings of one unit."""
    place = request.scope.unit(unit)
    asked = read_asked(request.GET, today=today_at(request, place))
    context = _context(request, asked, (place,))
    return render(
        request,
        "treasury/pnbp/findings.html",
        {**context, "unit": place, "crumbs": crumbs(place, ("Temuan", None))},
    )


@needs(Permission.SEE_BOOKS)
@require_safe
def of_scope(request: StaffRequest) -> HttpResponse:
    """The findings of all units of the person's places."""
    asked = read_asked(request.GET, today=request.scope.today)
    context = _context(request, asked, request.scope.units_below(asked.kanwil))
    context["kanwil"] = request.scope.kanwil
    return render(request, "treasury/pnbp/findings.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def unit_download(request: StaffRequest, unit: str) -> HttpResponse:
    """The findings of one unit as a CSV file."""
    place = request.scope.unit(unit)
    asked = read_asked(request.GET, today=today_at(request, place))
    table = pnbp_tables.findings(_found(request, asked, (place,)), units=(place,))
    return table_of_unit(request, table, name="temuan-pnbp", place=place)


@needs(Permission.SEE_BOOKS)
@require_safe
def scope_download(request: StaffRequest) -> HttpResponse:
    """The findings of all units as a CSV file."""
    asked = read_asked(request.GET, today=request.scope.today)
    units = request.scope.units_below(asked.kanwil)
    table = pnbp_tables.findings(_found(request, asked, units), units=units)
    return as_file(request, table, name=f"temuan-pnbp-{request.scope.today}")


def _found(request: StaffRequest, asked: Asked, units: tuple[PlaceNow, ...]) -> list[Finding]:
    words = asked.text.casefold().split()
    named = [u.id for u in units if all(word in u.name.casefold() for word in words)]
    return queries.findings_of(unit_ids=named, period=asked.period, on=asked.until, now=request.now)


def _context(request: StaffRequest, asked: Asked, units: tuple[PlaceNow, ...]) -> dict[str, object]:
    every = _found(request, asked, units)
    rows = [one for one in every if asked.pattern in {None, one.pattern}]
    page = Paginator(rows, ROWS_A_PAGE).get_page(formats.read_page(request.GET.get("halaman", "")))
    return {
        "asked": asked,
        "page": page,
        "shown": pnbp_shown.findings(page, units=units),
        "patterns": [
            (PATTERN_LABELS[one], PATTERN_WORDS[one], *_sum(every, one)) for one in Pattern
        ],
        "choices": {one.value: PATTERN_LABELS[one] for one in Pattern},
        "units_looked_at": len(units),
    }


def _sum(found: list[Finding], pattern: Pattern) -> tuple[int, int]:
    of_it = [one.amount for one in found if one.pattern is pattern]
    return len(of_it), sum(of_it)
