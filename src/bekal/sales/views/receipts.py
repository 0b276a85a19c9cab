"""The receipts of a unit: the list, one receipt, and why each of its amounts is what it is."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, may, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import exports
from bekal.foundation.formats import read_page
from bekal.places.queries import PlaceNow
from bekal.sales import forms, queries, told
from bekal.sales.rules import BUYER_LABELS, CHANNEL_LABELS, is_voidable
from bekal.sales.views.common import (
    Crumb,
    books_page,
    crumb_of,
    crumbs,
    next_sale,
    order_page,
    the_sale,
)

PAGE_SIZE = 50
_DONE = {
    "jual": "Tersimpan. Nomor {}.",
    "batal": "Penjualan {} dibatalkan.",
    "kembali": "Pengembalian untuk {} tersimpan.",
}


@needs(Permission.SEE_SALES)
@require_safe
def receipt_list(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's receipts: filters, their sums, pages."""
    place = request.scope.unit(unit)
    filters = forms.read_filters(request.GET)
    found = queries.receipts_of(unit_id=place.id, filters=filters)
    page = Paginator(found, PAGE_SIZE).get_page(read_page(request.GET.get("halaman", "")))
    context = {
        "unit": place,
        "filters": filters,
        "is_narrowed": filters != queries.ALL_RECEIPTS,
        "number": request.GET.get("nomor", "")[:40] if filters.number is not None else "",
        "page": told.page_of(page),
        "sums": queries.sums_of(receipts=found),
        "channels": CHANNEL_LABELS,
        "buyers": BUYER_LABELS,
        "may_record": may(request, place, Permission.RECORD_SALE),
    }
    return render(request, "sales/list.html", context)


@needs(Permission.SEE_SALES)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The list, as filtered, as a CSV file, written while it is read."""
    place = request.scope.unit(unit)
    found = queries.receipts_of(unit_id=place.id, filters=forms.read_filters(request.GET))
    rows = told.rows_of(found.iterator(chunk_size=500))
    lines = exports.csv_lines(told.HEADING, (told.cells_of(row) for row in rows))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"penjualan-{place.code}-{today_at(request, place)}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SEE_SALES)
@require_safe
def receipt(request: StaffRequest, unit: str, sale: UUID) -> HttpResponse:
    """One receipt: what was sold, where the money went, what came back, who did what."""
    place = request.scope.unit_then(unit)
    kept = the_sale(place, sale)
    left = told.pieces_left(kept)
    may_record = may(request, place, Permission.RECORD_SALE)
    order_url = order_page(place, kept)
    is_hand_record = not order_url
    is_fresh = is_voidable(recorded_at=kept.recorded_at, now=request.now)
    done = _DONE.get(request.GET.get("tersimpan", ""), "")
    context = {
        "unit": place,
        "sale": kept,
        "told": told.tell(kept),
        "zone": zone_of(place),
        **told.trail_of(kept),
        "crumbs": _way(request, place, (str(kept), None)),
        "saved": done.format(kept),
        "again": next_sale(place, kept) if may_record else "",
        "collector": told.collector_of(kept, place),
        "order_url": order_url,
        "books_url": books_page(place, kept),
        "may_void": bool(left) and is_hand_record and is_fresh and may_record,
        "may_refund": bool(left) and is_hand_record and may(request, place, Permission.REFUND_SALE),
    }
    return render(request, "sales/receipt.html", context)


def _way(request: StaffRequest, place: PlaceNow, *last: Crumb) -> list[Crumb]:
    """The way down; a closed unit has no list of receipts any more, so no step to it."""
    return crumbs(place, *last) if request.scope.holds(place) else list(last)


@needs(Permission.SEE_SALES)
@require_safe
def why(request: StaffRequest, unit: str, *, sale: UUID, line: int) -> HttpResponse:
    """Why one line of a receipt was split as it was, to the rupiah."""
    place = request.scope.unit_then(unit)
    kept = queries.line_of_receipt(unit_id=place.id, sale_id=sale, line_id=line)
    if kept is None:
        raise Http404
    context = {
        "unit": place,
        "sale": kept.sale,
        "line": kept,
        "crumbs": _way(request, place, crumb_of(place, kept.sale), ("Mengapa sebesar ini?", None)),
        **told.reasons_of(kept, place),
    }
    return render(request, "sales/why.html", context)
