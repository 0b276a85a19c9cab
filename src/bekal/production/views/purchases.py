"""What a unit buys for its workshops: the form, the list, one receipt, and taking it back."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.queries import PurchaseRow
from bekal.production.rules.purchases import FUND_LABELS, PAID_FROM_LABELS
from bekal.production.views.common import (
    DONE,
    WRONG,
    as_file,
    materials_crumbs,
    status_of,
    submit,
    to,
)
from bekal.ui.inputs import show_refusal

_SAVED = {"beli": "Pembelian tersimpan.", "batal": "Pembelian dibatalkan."}
_MORE = "baris"


@needs(Permission.SEE_BOOKS)
@require_safe
def purchase_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit bought, the newest first."""
    place = request.scope.unit(unit)
    filters = forms.read_purchase_filters(request.GET)
    context = {
        "unit": place,
        "page": queries.purchases_of(unit_id=place.id, filters=filters),
        "filters": filters,
        "may_buy": may(request, place, Permission.PREPARE_MONEY),
        "crumbs": materials_crumbs(place, ("Pembelian", None)),
    }
    return render(request, "production/purchases.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    filters = forms.read_purchase_filters(request.GET)
    rows = queries.every_purchase_of(unit_id=place.id, filters=filters)
    name = f"pembelian-{place.code}-{today_at(request, place)}"
    return as_file(request, exports.of_purchases(rows), name=name)


@needs(Permission.PREPARE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: StaffRequest, unit: str) -> HttpResponse:
    """Write a receipt down, line by line."""
    place = request.scope.unit(unit)
    rows = [row for row in queries.materials_of(unit_id=place.id) if not row.ended]
    sent = request.POST if request.method == "POST" else None
    asks_more = sent is not None and sent.get("act") == _MORE
    form = forms.PurchaseForm(
        None if asks_more else sent,
        materials=rows,
        today=today_at(request, place),
        initial=sent.dict() if sent is not None and asks_more else None,
    )
    status = 200
    if form.is_valid():
        new = form.purchase(place.id)
        act = partial(actions.record_purchase, new=new)
        status = submit(request, place, form, act=act, door="production.purchase", message=new)
        if status == DONE:
            return to("purchase", place.code, new.key, tersimpan="beli")
    return _buy_page(request, place, form, has_materials=bool(rows), status=status)


@needs(Permission.SEE_BOOKS)
@require_safe
def purchase(request: StaffRequest, unit: str, purchase: UUID) -> HttpResponse:
    """One receipt: its lines, its money, and who wrote it down."""
    place = request.scope.unit(unit)
    row = _the_purchase(place, purchase)
    context = {
        "unit": place,
        "row": row,
        "lines": queries.lines_of_purchase(purchase_id=row.id),
        "who": accounts.names_of(actors={row.recorded_by})[row.recorded_by],
        "on": local_day(row.recorded_at, zone_of(place)),
        "zone": zone_of(place),
        "may_undo": may(request, place, Permission.KEEP_MONEY) and not row.undone,
        "saved": said(request, _SAVED),
        "crumbs": _crumbs(place, row),
    }
    return render(request, "production/purchase.html", context)


@needs(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: StaffRequest, unit: str, purchase: UUID) -> HttpResponse:
    """Take back a purchase that was written down wrong."""
    place = request.scope.unit(unit)
    row = _the_purchase(place, purchase)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.undo_purchase(
                unit_id=place.id,
                purchase_id=row.id,
                key=form.key,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("purchase", place.code, row.id, tersimpan="batal")
    context = {"unit": place, "row": row, "form": form, "crumbs": _crumbs(place, row)}
    status = WRONG if form.errors else 200
    return render(request, "production/undo_purchase.html", context, status=status)


def _the_purchase(place: PlaceNow, purchase: UUID) -> PurchaseRow:
    """The purchase of the unit; Http404 when it has none of this id."""
    row = queries.purchase_of(unit_id=place.id, purchase_id=purchase)
    if row is None:
        raise Http404
    return row


def _crumbs(place: PlaceNow, row: PurchaseRow) -> list[tuple[str, str | None]]:
    way = ("Pembelian", reverse("production:purchases", args=[place.code]))
    return materials_crumbs(place, way, (row.receipt or row.supplier, None))


def _buy_page(
    request: StaffRequest,
    place: PlaceNow,
    form: forms.PurchaseForm,
    *,
    has_materials: bool,
    status: int,
) -> HttpResponse:
    money = queries.money_of(unit_id=place.id)
    held = [(FUND_LABELS[fund], amount) for fund, amount in money.funds.items()]
    held += [(PAID_FROM_LABELS[box], amount) for box, amount in money.boxes.items()]
    context = {
        "unit": place,
        "form": form,
        "held": held,
        "has_materials": has_materials,
        "crumbs": materials_crumbs(place, ("Catat pembelian", None)),
    }
    status = status_of(form, status)
    return render(request, "production/buy.html", context, status=status)
