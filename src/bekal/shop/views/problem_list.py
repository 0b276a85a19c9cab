"""The problems that buyers reported to a unit, as a page and as a file."""

from collections.abc import Iterator
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import exports
from bekal.foundation.formats import read_page
from bekal.places.queries import PlaceNow
from bekal.shop import forms, queries
from bekal.shop.models import Problem
from bekal.shop.queries import PROBLEM_SORTING_LABELS, ProblemFilters, ProblemShown
from bekal.shop.rules import FAULT_LABELS, STATE_LABELS, WORK, ProblemState
from bekal.shop.views.common import crumbs

PAGE_SIZE = 40
HEADING = (
    "pesanan",
    "dilaporkan",
    "masalah",
    "keadaan",
    "barang",
    "buah_dilaporkan",
    "buah_diterima",
    "barang_kembali_rp",
    "ongkir_kembali_rp",
    "data_contoh",
)


@needs(Permission.SEE_ORDERS)
@require_safe
def problem_list(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's problems: those that wait, or those that are over; filters, pages."""
    place = request.scope.unit(unit)
    filters = forms.read_problem_filters(request.GET)
    found = queries.problems_of_unit(unit_id=place.id, filters=filters)
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(
        read_page(request.GET.get("halaman", ""))
    )
    rows = queries.shown_problems(cast("QuerySet[Problem]", page.object_list))
    page.object_list = rows
    context = {
        "unit": place,
        "zone": zone_of(place),
        "filters": filters,
        "page": page,
        "piles": _piles(place, filters),
        "faults": FAULT_LABELS,
        "states": _states(filters),
        "sortings": PROBLEM_SORTING_LABELS,
        "crumbs": crumbs(place, ("Laporan masalah", None)),
    }
    return render(request, "shop/desk/problems.html", context)


def _piles(place: PlaceNow, filters: ProblemFilters) -> list[tuple[str, str, bool]]:
    address = reverse("orders:problems", args=[place.code])
    return [
        ("Perlu diurus", address, filters.is_open),
        ("Selesai", f"{address}?tampil={forms.DONE}", not filters.is_open),
    ]


def _states(filters: ProblemFilters) -> dict[ProblemState, str]:
    """The states that a problem of this pile can have."""
    return {
        state: str(label)
        for state, label in STATE_LABELS.items()
        if (state in WORK) is filters.is_open
    }


@needs(Permission.SEE_ORDERS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The list, as filtered, as a CSV file; it names no buyer and holds nothing they wrote."""
    place = request.scope.unit(unit)
    filters = forms.read_problem_filters(request.GET)
    found = queries.problems_of_unit(unit_id=place.id, filters=filters)
    lines = exports.csv_lines(HEADING, _cells(queries.shown_problems(found)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"masalah-{place.code}-{today_at(request, place)}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(problems: list[ProblemShown]) -> Iterator[tuple[object, ...]]:
    """A row for each line of each problem; what goes back stands in the row of its line."""
    for problem in problems:
        for number, piece in enumerate(problem.pieces):
            yield (
                problem.order_code,
                problem.reported_at.isoformat(timespec="seconds"),
                FAULT_LABELS[problem.fault],
                problem.label,
                piece.name,
                piece.reported,
                piece.taken,
                piece.taken * piece.unit_price,
                0 if number else problem.shipping,
                "ya" if problem.is_sample else "tidak",
            )
