"""Handing parcels to the courier: scan the label, scan the courier's number, the next one.

The field has the focus on every page that comes back, and Enter ends it, as scanners do.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, keep_time, needs, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.shop import actions, forms, queries
from bekal.shop.queries import PartShown
from bekal.shop.rules import GONE, Delivery, PartStatus
from bekal.shop.views.common import crumbs, part_page, the_part

_SAID = {
    PartStatus.WAITING: "Pesanan ini belum dibayar, jadi belum bisa diserahkan.",
    PartStatus.ACCEPTED: "Pesanan ini belum disiapkan. Tandai siap dulu.",
    PartStatus.PREPARING: "Pesanan ini masih disiapkan. Tandai siap dulu.",
    PartStatus.CANCELLED: "Pesanan ini dibatalkan. Jangan diserahkan.",
}


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: StaffRequest, unit: str) -> HttpResponse:
    """Read a code: a parcel leads to its number, what is fetched to its page."""
    place = request.scope.unit(unit)
    form = forms.ScanForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, place, form=form, status=422 if form.is_bound else 200)
    code = form.cleaned_data["code"]
    part = queries.part_by_order_code(unit_id=place.id, code=code)
    if part is not None and part.status not in _SAID:
        return see_other(_next(place, part))
    if part is None:
        form.add_error("code", f"{code} tidak ada di unit ini. Periksa lagi labelnya.")
    else:
        form.add_error("code", _SAID[part.status])
    return _page(request, place, form=form, part=part, status=422)


def _next(place: PlaceNow, part: PartShown) -> str:
    """Where a scanned part leads: to its number, to its page, or back when it is gone already."""
    if part.status in GONE:
        return _scan_page(place, part, "sudah")
    if part.delivery is Delivery.PICKUP:
        return part_page(place, part.id)
    return reverse("orders:hand_over", args=[place.code, part.id])


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """The courier's number of a parcel; then it is handed over, and the next one is scanned."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    sent = request.POST if request.method == "POST" else None
    form = forms.HandOverForm(sent, order_code=shown.order_code)
    if not form.is_valid():
        return _number_page(request, place, shown, form=form)
    try:
        actions.hand_over_part(
            part_id=part,
            unit_id=place.id,
            tracking_number=form.cleaned_data["tracking_number"],
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        form.add_error("tracking_number", refused.message)
        return _number_page(request, place, shown, form=form)
    keep_time(request, place, "shop.hand_over")
    return see_other(_scan_page(place, shown, "diserahkan"))


def _scan_page(place: PlaceNow, part: PartShown, done: str) -> str:
    address = reverse("orders:scan", args=[place.code])
    return f"{address}?{done}={part.id}"


def _page(
    request: StaffRequest,
    place: PlaceNow,
    *,
    form: forms.ScanForm,
    part: PartShown | None = None,
    status: int = 200,
) -> HttpResponse:
    already = _told(request, place, "sudah")
    context = {
        "unit": place,
        "zone": zone_of(place),
        "form": form,
        "part": part,
        "handed_over": _told(request, place, "diserahkan"),
        "already": already,
        "gone_on": local_day(already.status_at, zone_of(place)) if already else None,
        "crumbs": crumbs(place, ("Serahkan ke kurir", None)),
    }
    return render(request, "shop/desk/scan.html", context, status=status)


def _told(request: StaffRequest, place: PlaceNow, name: str) -> PartShown | None:
    """The part that the address says something of, if it is the unit's."""
    ids = forms.read_part_ids([request.GET.get(name, "")])
    return queries.part_of_unit(unit_id=place.id, part_id=ids[0]) if ids else None


def _number_page(
    request: StaffRequest, place: PlaceNow, part: PartShown, *, form: forms.HandOverForm
) -> HttpResponse:
    if part.delivery is not Delivery.COURIER:
        raise Http404
    context = {
        "unit": place,
        "zone": zone_of(place),
        "part": part,
        "form": form,
        "is_gone": part.status in GONE,
        "crumbs": crumbs(place, (part.order_code, part_page(place, part.id)), ("Serahkan", None)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "shop/desk/hand_over.html", context, status=status)
