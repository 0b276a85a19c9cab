"""The stock of a unit: its list, a product with its moves, and its low mark."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.queries import StockFilters, StockRow, StockSort
from bekal.production.rules import REASON_LABELS, pieces_text
from bekal.production.views.common import WRONG, stock_crumbs, to
from bekal.ui.inputs import show_refusal

ROWS_A_PAGE = 40
_SAVED = {
    "masuk": "Barang masuk tersimpan.",
    "keluar": "Barang keluar tersimpan.",
    "hitung": "Hasil hitung tersimpan.",
    "batas": "Batas menipis tersimpan.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def stock_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit has of each product, what of it is ordered, and what is low."""
    place = request.scope.unit(unit)
    filters = forms.read_filters(request.GET)
    rows = queries.stock_of_unit(unit_id=place.id, filters=filters)
    context = {
        "unit": place,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(filters.page),
        "filters": filters,
        "standings": forms.STANDING_SLUGS,
        "sorts": list(StockSort),
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
    }
    return render(request, "production/stock.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a CSV file for a spreadsheet."""
    place = request.scope.unit(unit)
    rows = queries.stock_of_unit(unit_id=place.id, filters=forms.read_filters(request.GET))
    answer = HttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"persediaan-{place.code}-{today_at(request, place)}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SEE_CATALOGUE)
@require_safe
def product(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """One product: its level and every move that made it."""
    place = request.scope.unit(unit)
    row = the_row(place, code)
    form = forms.LowMarkForm(initial={"low_mark": row.low_mark})
    return _product_page(request, place, row, form=form)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["POST"])
def low_mark(request: StaffRequest, unit: str, code: str) -> HttpResponse:
    """Say from how few free pieces on a product is low."""
    place = request.scope.unit(unit)
    row = the_row(place, code)
    form = forms.LowMarkForm(request.POST)
    if form.is_valid():
        try:
            actions.set_low_mark(
                product_id=row.product_id,
                low_mark=form.cleaned_data["low_mark"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("product", place.code, row.code, tersimpan="batas")
    return _product_page(request, place, row, form=form, status=WRONG)


def rows_asked(request: StaffRequest, place: PlaceNow) -> list[StockRow]:
    """The products that a page is asked for: the unit's, or the one that `?barang=` names."""
    if code := request.GET.get("barang", ""):
        return [the_row(place, code)]
    return queries.stock_of_unit(unit_id=place.id, filters=StockFilters())


def the_row(place: PlaceNow, code: str) -> StockRow:
    """The product of the unit; Http404 when it has none of this code."""
    row = queries.stock_row(unit_id=place.id, code=code)
    if row is None:
        raise Http404
    return row


def _product_page(
    request: StaffRequest,
    place: PlaceNow,
    row: StockRow,
    *,
    form: forms.LowMarkForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "unit": place,
        "row": row,
        "zone": zone_of(place),
        "form": form,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, (row.name, None)),
        **_history(request, row, zone=zone_of(place)),
    }
    return render(request, "production/product.html", context, status=status)


def _history(request: StaffRequest, row: StockRow, *, zone: Zone) -> dict[str, Any]:
    """The moves of one page in words, newest first."""
    if row.on_hand is None:
        return {}
    asked = formats.read_page(request.GET.get("halaman", ""))
    page = queries.moves_of(product_id=row.product_id, on_hand=row.on_hand, page=asked)
    names = accounts.names_of(actors={line.moved_by for line in page})
    moves = [
        (
            line,
            local_day(line.moved_at, zone),
            REASON_LABELS[line.reason],
            pieces_text(line.pieces),
            names[line.moved_by],
        )
        for line in page
    ]
    return {"page": page, "moves": moves}
