"""What all units of a person's places owe the state, for whoever watches over them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.views import as_file
from bekal.treasury import pnbp_listed, pnbp_tables, queries
from bekal.treasury.forms.pnbp_asked import Asked, read_asked
from bekal.treasury.pnbp_listed import UnitRow, UnitSort
from bekal.treasury.rules import AGES, LATE_AFTER

ROWS_A_PAGE = 50


@needs(Permission.SEE_BOOKS)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The units of the person's places, with sums and how many units are behind them."""
    asked = read_asked(request.GET, today=request.scope.today)
    rows = _rows(request, asked)
    sums = pnbp_listed.sums_of(rows)
    page = Paginator(rows, ROWS_A_PAGE).get_page(formats.read_page(request.GET.get("halaman", "")))
    context = {
        "asked": asked,
        "page": page,
        "sums": sums,
        "ages": list(zip(AGES, sums.ages, strict=True)),
        "late_after": LATE_AFTER,
        "kanwil": request.scope.kanwil,
        "sorts": list(UnitSort),
        "years": asked.years_offered,
    }
    return render(request, "treasury/pnbp/scope.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """The same as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    asked = read_asked(request.GET, today=request.scope.today)
    table = pnbp_tables.units(_rows(request, asked), year=asked.year)
    return as_file(request, table, name=f"pnbp-unit-{request.scope.today}")


def _rows(request: StaffRequest, asked: Asked) -> list[UnitRow]:
    units = request.scope.units_below(asked.kanwil)
    ids = [unit.id for unit in units]
    return pnbp_listed.listed(
        units,
        queries.standings(unit_ids=ids, on=request.scope.today, now=request.now),
        queries.years_of(unit_ids=ids, year=asked.year),
        text=asked.text,
        sort=asked.sort,
    )
