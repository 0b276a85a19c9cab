"""The permits of a unit: the list and its file, adding, renewing, what they speak of."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.catalogue import actions, exports, permit_forms, queries
from bekal.catalogue.queries import PermitDetail
from bekal.catalogue.views import steps
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import show_refusal

_SAVED = {
    "izin": "Izin tersimpan.",
    "produk": "Produk pada izin ini tersimpan.",
    "dicabut": "Izin dicabut. Makanan yang hanya punya izin ini tidak bisa dipesan lagi.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def permits(request: StaffRequest, unit: str) -> HttpResponse:
    """A unit's permits, what ends first on top."""
    place = request.scope.unit(unit)
    filters = permit_forms.read_permit_filters(request.GET)
    on = today_at(request, place)
    context = {
        "unit": place,
        "page": queries.permits_of(unit_id=place.id, filters=filters, on=on),
        "filters": filters,
        "states": permit_forms.STATES,
        "may_change": steps.may_change(request, place),
        "crumbs": [steps.way_to(place)[0], ("Izin", None)],
    }
    return render(request, "catalogue/permits.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a CSV file for a spreadsheet."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    filters = permit_forms.read_permit_filters(request.GET)
    rows = queries.every_permit_of(unit_id=place.id, filters=filters, on=today)
    answer = HttpResponse(exports.permits_as_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"izin-{place.code}-{today}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.SET_PRICE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down a permit; `perpanjang` in the address names the one that it renews."""
    place = request.scope.unit(unit)
    before = _renewed(request, place)
    form = permit_forms.Permit(
        request.POST if request.method == "POST" else None,
        products=queries.goods_to_permit(unit_id=place.id),
        chosen=before.product_ids if before else (),
        initial=_same_again(before) if before else None,
    )
    if form.is_valid():
        try:
            row = actions.add_permit(
                unit_id=place.id,
                permit=form.told(),
                renews=before.row.id if before else None,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return _to(place, row.pk, "izin")
    context = {"unit": place, "form": form, "before": before, "crumbs": _way(place, "Tambah izin")}
    status = 422 if form.is_bound else 200
    return render(request, "catalogue/permit_add.html", context, status=status)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def permit(request: StaffRequest, unit: str, permit: int) -> HttpResponse:
    """One permit and the products that it speaks of."""
    place, found = _permit(request, unit, permit)
    form = permit_forms.PermitGoods(
        products=queries.goods_to_permit(unit_id=place.id), chosen=found.product_ids
    )
    return _page(request, place, found, form=form)


@needs(Permission.SET_PRICE)
@require_POST
def goods(request: StaffRequest, unit: str, permit: int) -> HttpResponse:
    """Say anew which products a permit speaks of."""
    place, found = _permit(request, unit, permit)
    form = permit_forms.PermitGoods(
        request.POST, products=queries.goods_to_permit(unit_id=place.id)
    )
    if form.is_valid():
        actions.set_permit_products(
            unit_id=place.id,
            permit_id=found.row.id,
            product_ids=form.product_ids(),
            by=request.actor,
            now=request.now,
        )
        return _to(place, found.row.id, "produk")
    return _page(request, place, found, form=form, status=422)


@needs(Permission.SET_PRICE)
@require_POST
def withdraw(request: StaffRequest, unit: str, permit: int) -> HttpResponse:
    """Take back a permit that was written wrongly or has lost its force."""
    place, found = _permit(request, unit, permit)
    actions.withdraw_permit(
        unit_id=place.id, permit_id=found.row.id, by=request.actor, now=request.now
    )
    return _to(place, found.row.id, "dicabut")


def _permit(request: StaffRequest, unit: str, permit: int) -> tuple[PlaceNow, PermitDetail]:
    """A unit in the scope and a permit of it. Raises Http404."""
    place = request.scope.unit(unit)
    on = today_at(request, place)
    found = queries.permit_detail(unit_id=place.id, permit_id=permit, on=on)
    if found is None:
        raise Http404
    return place, found


def _renewed(request: StaffRequest, place: PlaceNow) -> PermitDetail | None:
    """The permit that a new one renews. Raises Http404 for one that is not the unit's."""
    named = request.GET.get("perpanjang", "")
    if not named:
        return None
    is_number = named.isascii() and named.isdigit() and len(named) < 10  # noqa: PLR2004
    return _permit(request, place.code, int(named) if is_number else 0)[1]


def _same_again(before: PermitDetail) -> dict[str, object]:
    """What most likely stays when a permit is renewed."""
    row = before.row
    return {"kind": row.kind, "number": row.number, "holder": row.holder}


def _page(
    request: StaffRequest,
    place: PlaceNow,
    found: PermitDetail,
    *,
    form: permit_forms.PermitGoods,
    status: int = 200,
) -> HttpResponse:
    context = {
        "unit": place,
        "permit": found.row,
        "form": form,
        "may_change": steps.may_change(request, place),
        "saved": _SAVED.get(request.GET.get("tersimpan", ""), ""),
        "crumbs": _way(place, found.row.number),
    }
    return render(request, "catalogue/permit.html", context, status=status)


def _way(place: PlaceNow, here: str) -> list[tuple[str, str | None]]:
    permits_url = reverse("permits:list", args=[place.code])
    return [steps.way_to(place)[0], ("Izin", permits_url), (here, None)]


def _to(place: PlaceNow, permit_id: int, what: str) -> HttpResponse:
    address = reverse("permits:detail", args=[place.code, permit_id])
    return redirect(f"{address}?tersimpan={what}")
