"""Price sheets: every product's, one with its arithmetic, and writing a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.queries import MaterialRow, PricedRow
from bekal.production.rules.costing import NewCostSheet, Worked, check_cost_sheet, worked_out
from bekal.production.rules.materials import Rate
from bekal.production.views.common import (
    CHECK,
    SAVE,
    as_file,
    refuse,
    status_of,
    stock_crumbs,
    to,
)

ROWS_A_PAGE = 40
_SAVED = {"lembar": "Lembar harga tersimpan. Harga pokoknya berlaku di katalog."}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def sheet_list(request: StaffRequest, unit: str) -> HttpResponse:
    """Each product with its price, its cost and where its sheet stands."""
    place = request.scope.unit(unit)
    filters = forms.read_priced_filters(request.GET)
    rows = queries.priced_of(unit_id=place.id, on=today_at(request, place), filters=filters)
    context = {
        "unit": place,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(filters.page),
        "filters": filters,
        "standings": forms.PRICED_SLUGS,
        "crumbs": stock_crumbs(place, ("Lembar harga", None)),
    }
    return render(request, "production/price_sheets.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    filters = forms.read_priced_filters(request.GET)
    rows = queries.priced_of(unit_id=place.id, on=today, filters=filters)
    name = f"lembar-harga-{place.code}-{today}"
    return as_file(request, exports.of_priced(rows), name=name)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def sheet(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """A product's price sheet line by line, beside the one before it."""
    place = request.scope.unit(unit)
    row = _the_product(request, place, code)
    sheets = queries.sheets_of(product_id=row.product_id)
    asked = request.GET.get("lembar", "")
    shown = queries.sheet_of(sheets=sheets, sheet_id=formats.read_page(asked) if asked else None)
    if asked and shown is None:
        raise Http404
    zone = zone_of(place)
    who = accounts.names_of(actors={shown.written_by})[shown.written_by] if shown else ""
    context = {
        "unit": place,
        "row": row,
        "sheet": shown,
        "sheets": sheets,
        "who": who,
        "on": local_day(shown.written_at, zone) if shown else None,
        "zone": zone,
        "may_change": may(request, place, Permission.SET_PRICE),
        "saved": said(request, _SAVED),
        "crumbs": _crumbs(place, (row.name, None)),
    }
    return render(request, "production/price_sheet.html", context)


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Write a new price sheet: typed, worked out, then saved; all in one form."""
    place = request.scope.unit(unit)
    row = _the_product(request, place, code)
    materials = [one for one in queries.materials_of(unit_id=place.id) if not one.ended]
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = _form(request, place, row, act=act, materials=materials)
    worked, status = None, 200
    if form.is_valid():
        new = form.sheet(unit_id=place.id, product_id=row.product_id)
        try:
            worked = _worked(new, materials)
            if act == SAVE:
                actions.write_cost_sheet(new=new, by=request.actor, now=request.now)
                return to("price_sheet", place.code, row.code, tersimpan="lembar")
        except Refused as refused:
            door = "production.cost_sheet"
            status = refuse(request, place, form, refused=refused, door=door, message=new)
    context = {"form": form, "worked": _shown(worked, materials), "row": row}
    return _write_page(request, place, context=context, status=status)


def _form(
    request: StaffRequest,
    place: PlaceNow,
    row: PricedRow,
    *,
    act: str,
    materials: list[MaterialRow],
) -> forms.CostForm:
    """The form as it was sent, as it is to be typed on, or begun from the last sheet."""
    data = request.POST if act in {CHECK, SAVE} else None
    initial: dict[str, Any] | None = None
    if request.method == "POST":
        initial = None if data is not None else dict(request.POST.items())
    else:
        last = queries.sheet_of(sheets=queries.sheets_of(product_id=row.product_id))
        initial = forms.filled_from(last, price=row.price)
    return forms.CostForm(
        data, materials=materials, today=today_at(request, place), initial=initial
    )


def _worked(new: NewCostSheet, materials: list[MaterialRow]) -> Worked:
    """The sheet worked out as it would be saved. Raises what the rules refuse."""
    check_cost_sheet(new)
    rates: dict[int, Rate] = {one.id: one.rate for one in materials}
    return worked_out(new, rates=rates)


def _shown(worked: Worked | None, materials: list[MaterialRow]) -> dict[str, Any] | None:
    """What was worked out, in words."""
    if worked is None:
        return None
    names = {one.id: one.name for one in materials}
    lines = [
        (names[line.material_id] if line.material_id else line.words, line.amount)
        for line in worked.lines
    ]
    if worked.labour:
        lines.append(("Biaya kerja", worked.labour))
    return {"lines": lines, "sum": worked}


def _the_product(request: StaffRequest, place: PlaceNow, code: str) -> PricedRow:
    """The product of the unit; Http404 when it has none of this code."""
    row = queries.priced_row(unit_id=place.id, code=code, on=today_at(request, place))
    if row is None:
        raise Http404
    return row


def _crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    way = ("Lembar harga", reverse("production:price_sheets", args=[place.code]))
    return stock_crumbs(place, way, *further)


def _write_page(
    request: StaffRequest, place: PlaceNow, *, context: dict[str, Any], status: int
) -> HttpResponse:
    row, form = context["row"], context["form"]
    way = (row.name, reverse("production:price_sheet", args=[place.code, row.code]))
    shown = {"unit": place, "crumbs": _crumbs(place, way, ("Tulis lembar baru", None)), **context}
    status = status_of(form, status)
    return render(request, "production/write_price_sheet.html", shown, status=status)
