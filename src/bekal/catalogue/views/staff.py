"""The pages of a unit's products. Each address names its permission."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.catalogue import actions, exports, forms, queries, rules
from bekal.catalogue.views import steps
from bekal.foundation.actions import frozen_bytes, keep_conflict
from bekal.foundation.refusals import KeyReused, Refused
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import Keyed, show_refusal

_WRITES: Mapping[rules.Sheet, Callable[..., object]] = {
    rules.Sheet.PRICE: actions.set_price,
    rules.Sheet.COST: actions.set_cost,
}
_DOORS = {
    rules.Sheet.PRICE: "catalogue.set_price",
    rules.Sheet.COST: "catalogue.set_cost",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def product_list(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's products: search, filter, sort, pages."""
    place = request.scope.unit(unit)
    filters = forms.read_filters(request.GET)
    page = queries.products_of(unit_id=place.id, filters=filters, on=today_at(request, place))
    context = {
        "unit": place,
        "page": page,
        "filters": filters,
        "categories": queries.categories_of(unit_id=place.id),
        "statuses": forms.STATUS_SLUGS,
        "sorts": list(queries.Sort),
        "may_change": steps.may_change(request, place),
    }
    return render(request, "catalogue/list.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a CSV file for a spreadsheet."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    rows = queries.every_product_of(
        unit_id=place.id, filters=forms.read_filters(request.GET), on=today
    )
    answer = HttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"produk-{place.code}-{today}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, unit: str) -> HttpResponse:
    """Add a product to a unit."""
    place = request.scope.unit(unit)
    choices = [(category.code, category.name) for category in queries.categories()]
    form = forms.NewProduct(request.POST if request.method == "POST" else None, categories=choices)
    if form.is_valid():
        try:
            product = actions.add_product(
                unit_id=place.id, **form.cleaned_data, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return steps.saved(place, product.code, "produk")
    status = 422 if form.is_bound else 200
    context = {
        "unit": place,
        "form": form,
        "crumbs": [*steps.way_to(place), ("Tambah produk", None)],
    }
    return render(request, "catalogue/add.html", context, status=status)


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def price(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Write a new price on a product's sheet."""
    return _amount(request, unit, code, sheet=rules.Sheet.PRICE)


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def cost(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Write a new cost on a product's sheet."""
    return _amount(request, unit, code, sheet=rules.Sheet.COST)


def _amount(request: StaffRequest, unit: str, code: str, *, sheet: rules.Sheet) -> HttpResponse:
    place, row, form = _amount_asked(request, unit, code, sheet=sheet)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _WRITES[sheet](
                product_id=row.id,
                **form.cleaned_data,
                key=form.key,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            asked = {"product": row.id, **form.cleaned_data}
            status = _refused(
                request, place, form, refused=refused, door=_DOORS[sheet], asked=asked
            )
        else:
            return steps.saved(place, row.code, slugify(sheet.value))
    return _amount_page(request, place, row, form=form, sheet=sheet, status=status)


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: StaffRequest, unit: str) -> HttpResponse:
    """Read a sheet of prices and costs and show what it would change; nothing is written."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    is_sent = request.method == "POST"
    form = forms.PriceSheet(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"valid_from": today},
    )
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= _preview(place, form, today=today)
    status = 422 if form.errors else 200
    return _import_page(request, place, context, status=status)


@needs(Permission.SET_PRICE)
@require_POST
def import_save(request: StaffRequest, unit: str) -> HttpResponse:
    """Write a sheet that was looked at, with a result per row."""
    place = request.scope.unit(unit)
    form = forms.PriceSheet(request.POST)
    if not form.is_valid():
        return _import_page(request, place, {"form": form}, status=422)
    try:
        results = actions.import_amounts(
            unit_id=place.id,
            rows=form.cleaned_data["rows"],
            valid_from=form.cleaned_data["valid_from"],
            key=form.key,
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        context = {"form": form, **_preview(place, form, today=today_at(request, place))}
        asked, door = form.told(), "catalogue.import_amounts"
        status = _refused(request, place, form, refused=refused, door=door, asked=asked)
        return _import_page(request, place, context, status=status)
    written = sum(not result.problem for result in results)
    context = {"results": results, "written": written, "left": len(results) - written}
    return _import_page(request, place, context)


def _preview(place: PlaceNow, form: forms.PriceSheet, *, today: dt.date) -> dict[str, Any]:
    """What a sheet that was read would change."""
    rows = form.cleaned_data["rows"]
    wanted = {row.code for row in rows}
    known = queries.rows_by_code(unit_id=place.id, codes_wanted=wanted, on=today)
    return exports.preview(rows, known)


def _refused(
    request: StaffRequest,
    place: PlaceNow,
    form: Keyed,
    *,
    refused: Refused,
    door: str,
    asked: Mapping[str, Any],
) -> int:
    """Show on the form what was refused; a used key is kept for a person to look at. The status."""
    used, body = form.key, frozen_bytes(asked)
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return 422
    form.renew_key()
    scope = f"place:{place.id}"
    keep_conflict(key=used, door=door, scope=scope, body=body, by=request.actor, now=request.now)
    return 409


def _import_page(
    request: StaffRequest, place: PlaceNow, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    crumbs = [*steps.way_to(place), ("Impor harga", None)]
    shown = {"unit": place, "crumbs": crumbs, **context}
    return render(request, "catalogue/import.html", shown, status=status)


def _amount_asked(
    request: StaffRequest, unit: str, code: str, *, sheet: rules.Sheet
) -> tuple[PlaceNow, queries.ProductRow, forms.Amount]:
    """The unit, its product, and the form, filled when it was sent. Raises Http404."""
    place, row = steps.product_of(request, unit, code)
    today = today_at(request, place)
    data = request.POST if request.method == "POST" else None
    return place, row, forms.Amount(data, sheet=sheet, today=today)


def _amount_page(
    request: StaffRequest,
    place: PlaceNow,
    row: queries.ProductRow,
    *,
    form: forms.Amount,
    sheet: rules.Sheet,
    status: int,
) -> HttpResponse:
    context = {
        "unit": place,
        "row": row,
        "form": form,
        "is_price": sheet is rules.Sheet.PRICE,
        "heading": f"Ubah {sheet}",
        "crumbs": [*steps.way_to(place, row), (f"Ubah {sheet}", None)],
    }
    return render(request, "catalogue/amount.html", context, status=status)
