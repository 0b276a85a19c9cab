"""The desk of orders: the list of a unit's parts, as a page and as a file."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlencode

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
from bekal.shop.queries import (
    PILE_LABELS,
    SORTING_LABELS,
    DeskCounts,
    DeskFilters,
    PartRow,
    Pile,
)
from bekal.shop.rules import DELIVERY_LABELS, PART_LABELS
from bekal.shop.views.common import powers

PAGE_SIZE = 40
_NOTHING_CHOSEN = {
    "kosong": "Centang paling sedikit satu pesanan yang sudah boleh disiapkan, lalu cetak lagi.",
    "label": "Label hanya untuk yang dikirim kurir. Centang paling sedikit satu pesanan yang sudah "
    "boleh disiapkan dan dikirim kurir, lalu cetak lagi.",
}
"""What is said where nothing of what was ticked can be printed, by the word in the address."""
HEADING = (
    "pesanan",
    "dipesan",
    "status",
    "pengiriman",
    "siap_paling_lambat",
    "barang",
    "nilai",
    "data_contoh",
)


@needs(Permission.SEE_ORDERS)
@require_safe
def order_list(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's parts of orders: piles, filters, pages."""
    place = request.scope.unit(unit)
    filters = forms.read_desk_filters(request.GET)
    today, zone = today_at(request, place), zone_of(place)
    found = queries.orders_of(unit_id=place.id, filters=filters, today=today, zone=zone)
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(
        read_page(request.GET.get("halaman", ""))
    )
    page.object_list = queries.rows_of(cast("QuerySet[Any, Any]", page.object_list))
    counts = queries.desk_counts(unit_id=place.id, today=today, zone=zone)
    context = {
        "unit": place,
        "zone": zone,
        "today": today,
        "filters": filters,
        "page": page,
        "piles": _piles(place, filters, counts),
        **_elsewhere(place, filters),
        "sortings": SORTING_LABELS,
        "deliveries": DELIVERY_LABELS,
        "counts": counts,
        "nothing_chosen": _NOTHING_CHOSEN.get(request.GET.get("pilih", "")),
        "to_tell": queries.count_to_send(unit_id=place.id),
        **_may(request, place),
    }
    return render(request, "shop/desk/list.html", context)


def _may(request: StaffRequest, place: PlaceNow) -> dict[str, bool]:
    """What the person may do with the list."""
    may = powers(request, place)
    return {
        "may_handle": Permission.HANDLE_ORDERS in may,
        "may_see_money": Permission.SEE_PAYMENTS in may,
    }


def _elsewhere(place: PlaceNow, filters: DeskFilters) -> dict[str, str]:
    """Where the same is sought among all orders, where the pile stands whole, and the reports."""
    here = reverse("orders:list", args=[place.code])
    asked = {"tumpukan": Pile.ALL, "cari": filters.text}
    return {
        "problems_url": reverse("orders:problems", args=[place.code]),
        "everywhere_url": f"{here}?{urlencode(asked)}",
        "unfiltered_url": f"{here}?{urlencode({'tumpukan': filters.pile})}",
    }


def _piles(
    place: PlaceNow, filters: DeskFilters, counts: DeskCounts
) -> list[tuple[str, str, int | None, bool]]:
    """Each pile with its address, how much lies on it where that is work, and whether it is here.

    A pile of nothing to confirm is left out: most units never have one.
    """
    sums = {
        Pile.PREPARE: counts.prepare,
        Pile.HAND_OVER: counts.hand_over,
        Pile.CONFIRM: counts.confirm,
    }
    address = reverse("orders:list", args=[place.code])
    return [
        (
            PILE_LABELS[pile],
            f"{address}?{urlencode({'tumpukan': pile})}",
            sums.get(pile),
            pile is filters.pile,
        )
        for pile in Pile
        if pile is not Pile.CONFIRM or counts.confirm or filters.pile is pile
    ]


@needs(Permission.SEE_ORDERS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The list, as filtered, as a CSV file; it names no buyer."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    found = queries.orders_of(
        unit_id=place.id,
        filters=forms.read_desk_filters(request.GET),
        today=today,
        zone=zone_of(place),
    )
    lines = exports.csv_lines(HEADING, _cells(queries.rows_of(found)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"pesanan-{place.code}-{today}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(rows: list[PartRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (
            row.order_code,
            row.placed_at.isoformat(timespec="seconds"),
            PART_LABELS[row.status],
            row.manner,
            row.ready_on,
            row.pieces,
            row.total,
            "ya" if row.is_sample else "tidak",
        )
