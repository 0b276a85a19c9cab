"""What vendors of food buy of workshops, by month: numerator and denominator, never a quota."""

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation import exports
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, queries
from bekal.institutions.queries import HarvestMonth, VendorMonth
from bekal.institutions.rules import EXPECTED_PERCENT, month_after
from bekal.institutions.views.common import CONFLICT, UNREADY, download
from bekal.institutions.views.supplying import may_handle, way_to
from bekal.places.queries import PlaceNow, unit_ids_below
from bekal.places.rules import Level
from bekal.shop import queries as shop

_HEADING = [
    "Bulan",
    "Penyedia",
    "UPT",
    "Dibeli dari UPT menurut buku",
    "Dibeli dari UPT waktu dinyatakan",
    "Belanja seluruhnya",
    "Persen",
    "Koreksi ke",
]


@needs(Permission.SEE_ORDERS)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The report of the person's own top place."""
    known = {place.id for place in request.scope.places}
    tops = [place for place in request.scope.places if place.parent_id not in known]
    asked = urlencode({"bulan": request.GET["bulan"][:7]}) if "bulan" in request.GET else ""
    if len(tops) == 1:
        return redirect(f"{reverse('supply:report', args=[tops[0].code])}?{asked}".rstrip("?"))
    return render(request, "institutions/supply/home.html", {"tops": tops, "asked": asked})


@needs(Permission.SEE_ORDERS)
@require_safe
def report(request: StaffRequest, unit: str) -> HttpResponse:
    """The vendors of a unit, or of all units below a place, in a month."""
    place = request.scope.place(unit)
    return page(request, place)


@needs(Permission.SEE_ORDERS)
@require_safe
def table(request: StaffRequest, unit: str) -> HttpResponseBase:
    """The same as a CSV file."""
    place = request.scope.place(unit)
    month = forms.read_month(request.GET.get("bulan", ""), today=today_at(request, place))
    rows = _rows(request, place, month=month)
    cells = [_cells(row, month, vendor=vendor, unit=name) for row, vendor, name in rows]
    lines = exports.csv_lines(_HEADING, cells)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"pasokan-{place.code}-{month:%Y-%m}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down what a vendor bought in all in a month, with its document."""
    place = request.scope.unit(unit)
    month = forms.read_month(request.GET.get("bulan", ""), today=today_at(request, place))
    if request.method != "POST":
        return page(request, place)
    form = forms.PurchasesForm(request.POST, request.FILES, vendors=queries.vendors())
    status = UNREADY
    if form.is_valid():
        new = actions.NewPurchases(
            key=form.key,
            institution_id=UUID(form.cleaned_data["vendor"]),
            unit_id=place.id,
            month=month,
            total=form.cleaned_data["total"],
            paper=form.cleaned_data["file"],
            reason=form.cleaned_data["reason"],
        )
        try:
            actions.declare_purchases(new=new, by=request.actor, now=request.now)
            address = reverse("supply:report", args=[place.code])
            return see_other(f"{address}?bulan={month:%Y-%m}&tersimpan")
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    return page(request, place, form=form, status=status)


@needs(Permission.SEE_ORDERS)
@require_safe
def paper(request: StaffRequest, unit: str, purchases: UUID) -> HttpResponse:
    """The document of a declaration."""
    place = request.scope.unit(unit)
    found = queries.purchases_paper(unit_id=place.id, purchases_id=purchases)
    if found is None:
        raise Http404
    return download(bytes(found.content), name=found.name, media_type=found.media_type)


def page(
    request: StaffRequest,
    place: PlaceNow,
    *,
    form: forms.PurchasesForm | None = None,
    harvest: forms.HarvestForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The report with its forms, as they were filled in where one of them was."""
    today = today_at(request, place)
    month = forms.read_month(request.GET.get("bulan", ""), today=today)
    after, is_unit = month_after(month), place.level is Level.UNIT
    may = is_unit and may_handle(request, place)
    rows = _rows(request, place, month=month)
    context = {
        "unit": place,
        "is_unit": is_unit,
        "month": month,
        "before": (month - dt.timedelta(days=1)).replace(day=1),
        "after": after if after <= today else None,
        "rows": rows,
        "harvests": _harvests(request, place, month=month, rows=[row for row, *_names in rows]),
        "declared": queries.declarations_of(unit_id=place.id, month=month) if is_unit else [],
        "expected": EXPECTED_PERCENT,
        "is_saved": "tersimpan" in request.GET,
        "crumbs": [way_to(place), ("Belanja penyedia", None)] if is_unit else None,
    }
    if may:
        is_used = status == CONFLICT
        form = form or forms.PurchasesForm(vendors=queries.vendors())
        harvest = harvest or forms.HarvestForm(auto_id=forms.HARVEST_IDS)
        context |= {"form": form, "key": form.key_to_send(is_used=is_used)}
        context |= {"harvest": harvest, "harvest_key": harvest.key_to_send(is_used=is_used)}
    return render(request, "institutions/supply/report.html", context, status=status)


def _harvests(
    request: StaffRequest, place: PlaceNow, *, month: dt.date, rows: list[VendorMonth]
) -> list[tuple[HarvestMonth, str]]:
    """The second reading: by unit, not by vendor."""
    names = _names(request)
    below = _below(request, place)
    found = queries.harvest_months(unit_ids=below, month=month, vendors=rows)
    return sorted(((row, names.get(row.unit_id, "")) for row in found), key=lambda row: row[1])


def _below(request: StaffRequest, place: PlaceNow) -> set[int]:
    """The units of a place that the reader sees."""
    if place.level is Level.UNIT:
        return {place.id}
    found = unit_ids_below(place_ids=[place.id], on=today_at(request, place))
    names = _names(request)
    return {one for one in found if one in names}


def _rows(
    request: StaffRequest, place: PlaceNow, *, month: dt.date
) -> list[tuple[VendorMonth, str, str]]:
    """The rows with what vendors and units are called."""
    names = _names(request)
    rows = queries.vendor_months(unit_ids=_below(request, place), month=month)
    vendors = shop.institution_names(ids={row.institution_id for row in rows})
    shown = [(row, vendors.get(row.institution_id, ""), names.get(row.unit_id, "")) for row in rows]
    return sorted(shown, key=lambda row: (row[2], row[1]))


def _names(request: StaffRequest) -> dict[int, str]:
    return {one.id: one.name for one in request.scope.units}


def _cells(row: VendorMonth, month: dt.date, *, vendor: str, unit: str) -> list[object]:
    newest = row.newest
    cells: list[object] = [f"{month:%Y-%m}", vendor, unit, row.bought]
    if newest is None:
        return [*cells, None, None, None, None]
    return [*cells, newest.bought, newest.total, row.share, newest.number - 1]
