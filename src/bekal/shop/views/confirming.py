"""Taking on an order that waits for the unit, or declining it."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts.gate import StaffRequest, keep_time, needs
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.shop import actions, forms, queries
from bekal.shop.queries import PartShown
from bekal.shop.rules import TAKEN_OTHERWISE, Delivery, OrderChanged, OrderStatus
from bekal.shop.views.common import crumbs, part_page, the_part
from bekal.shop.views.parts import shown_part


@needs(Permission.HANDLE_ORDERS)
@require_POST
def confirm(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Take an order on, in one tap; what changed meanwhile is told and nothing is done.

    Other pieces than were ordered may be counted first, without taking it on.
    """
    place = request.scope.unit(unit)
    shown, typed = the_part(place, part), forms.read_pieces(request.POST)
    if shown.order_status is not OrderStatus.DRAFT:
        return _taken_on(request, place, shown, typed=typed)
    seen = queries.confirming(part=shown, pieces=typed, now=request.now)
    if request.POST.get("act") == forms.RECOUNT:
        return _recounted(request, place, seen)
    form, problem = forms.ConfirmForm(request.POST, seen=seen), ""
    if form.is_valid():
        try:
            actions.confirm_order(
                part_id=part, unit_id=place.id, said=form.said(), by=request.actor, now=request.now
            )
        except Refused as refused:
            problem = _told(refused, shown)
        else:
            keep_time(request, place, "shop.confirm")
            return see_other(part_page(place, part, done="konfirmasi"))
    again = the_part(place, part)
    return shown_part(request, place, again, confirm=form, problem=problem, status=422)


def _taken_on(
    request: StaffRequest, place: PlaceNow, part: PartShown, *, typed: Mapping[int, int]
) -> HttpResponse:
    """A colleague was first: whoever agreed on other pieces is told so."""
    stands = {line.product_id: line.pieces for line in part.lines}
    if any(stands.get(product, 0) != pieces for product, pieces in typed.items()):
        return shown_part(request, place, part, problem=TAKEN_OTHERWISE, status=422)
    return see_other(part_page(place, part.id))


def _recounted(request: StaffRequest, place: PlaceNow, seen: queries.Confirming) -> HttpResponse:
    """The page with the sums of what was typed; nothing is done."""
    form = forms.ConfirmForm.recounted(request.POST.dict(), seen=seen)
    status = 200 if form.is_valid() else 422
    return shown_part(request, place, seen.part, confirm=form, status=status)


@needs(Permission.HANDLE_ORDERS)
@require_POST
def decline(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Decline an order, with a reason that its buyer reads."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return shown_part(request, place, shown, reason=form, status=422)
    try:
        actions.decline_order(
            part_id=part,
            unit_id=place.id,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        again = the_part(place, part)
        return shown_part(request, place, again, problem=refused.message, status=422)
    return see_other(part_page(place, part, done="tolak"))


@needs(Permission.HANDLE_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Write down where to send what a buyer, who asked first, wants sent."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    if shown.order_status is not OrderStatus.DRAFT:
        return see_other(part_page(place, part))
    if request.method != "POST":
        return _address_page(request, place, shown, form=forms.AddressForm(initial=_known(shown)))
    if request.POST.get("act") == forms.SEARCH:
        searched = forms.AddressForm.searched(request.POST.dict())
        return _address_page(request, place, shown, form=searched)
    form = forms.AddressForm(request.POST)
    if not form.is_valid():
        return _address_page(request, place, shown, form=form, status=422)
    actions.address_order(
        part_id=part, unit_id=place.id, told=form.buyer(), by=request.actor, now=request.now
    )
    return see_other(f"{part_page(place, part)}#langkah")


def _known(part: PartShown) -> dict[str, str]:
    receiver = part.receiver
    return {
        "way": Delivery.COURIER.value,
        "name": receiver.name,
        "phone": formats.phone(receiver.phone) if receiver.phone else "",
        "place": receiver.district,
        "district": receiver.district_code,
        "address": receiver.address,
        "postal_code": receiver.postal_code,
        "landmark": receiver.landmark,
    }


def _address_page(
    request: StaffRequest,
    place: PlaceNow,
    part: PartShown,
    *,
    form: forms.AddressForm,
    status: int = 200,
) -> HttpResponse:
    here = reverse("orders:part", args=[place.code, part.id])
    context = {
        "unit": place,
        "part": part,
        "part_url": here,
        "crumbs": crumbs(place, (part.order_code, here), ("Alamat kirim", None)),
        **form.places(),
    }
    return render(request, "shop/desk/address.html", {**context, "form": form}, status=status)


def _told(refused: Refused, part: PartShown) -> str:
    """What was refused, with each thing that is not as the officer saw it."""
    changes = refused.changes if isinstance(refused, OrderChanged) else ()
    if not changes:
        return refused.message
    names = {line.product_id: f"{line.name}: " for line in part.lines}
    told = [f"{names.get(change.product_id or 0, '')}{change.for_officer}" for change in changes]
    return " ".join(["Ada yang berubah sejak Anda melihatnya.", *told])
