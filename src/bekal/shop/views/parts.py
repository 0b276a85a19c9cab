"""One part of an order at its unit: what is in it, the next step, its papers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts.gate import StaffRequest, keep_time, needs, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.payments.rules import Means, Method
from bekal.places.queries import PlaceNow
from bekal.shop import actions, forms, printed, queries, told
from bekal.shop.queries import PartShown
from bekal.shop.rules import (
    REJECTED,
    Delivery,
    OrderChannel,
    OrderStatus,
    PartStatus,
    amended_words,
)
from bekal.shop.views.common import crumbs, part_page, powers, the_part
from bekal.shop.views.prints import PAPER_LABELS

_STEPS = {
    "siapkan": actions.prepare_part,
    "siap": actions.ready_part,
    "terima": actions.deliver_part,
    "kembali": actions.take_parcel_back,
}
_TIMED_AS = {"siapkan": "shop.prepare", "siap": "shop.prepare", "terima": "shop.hand_over"}
_DONE = {
    "siapkan": "Tercatat sedang disiapkan.",
    "siap": "Tercatat siap. Kabar untuk pembeli sudah dibuat.",
    "terima": "Tercatat diterima pembeli.",
    "kembali": "Tercatat kembali ke bengkel. Kirim lagi, atau hentikan pesanannya.",
    "henti": "Pesanan dihentikan dan pembeli dikabari.",
    "bagian": "Bagian ini dihentikan dan pembeli dikabari. Bagian bengkel lain tetap berjalan.",
    "gagal": "Pesanan dihentikan dan pembeli dikabari. Uangnya kembali setelah orang lain setuju.",
    "bayar": "Pembayaran tercatat dan barang diserahkan.",
    "konfirmasi": "Pesanan disetujui.",
    "tolak": "Pesanan ditolak. Barangnya tidak pernah ditahan.",
}


@needs(Permission.SEE_ORDERS)
@require_safe
def part(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """All of one part; who does not handle orders sees no buyer."""
    place = request.scope.unit(unit)
    return shown_part(request, place, the_part(place, part))


@needs(Permission.HANDLE_ORDERS)
@require_POST
def step(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Move a part one step on; a second tap changes nothing."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    act = request.POST.get("act", "")
    if act not in _STEPS:
        return shown_part(request, place, shown, problem="Pilih langkahnya lagi.", status=422)
    try:
        _STEPS[act](part_id=part, unit_id=place.id, by=request.actor, now=request.now)
    except Refused as refused:
        return shown_part(
            request, place, the_part(place, part), problem=refused.message, status=422
        )
    if act in _TIMED_AS:
        keep_time(request, place, _TIMED_AS[act])
    return see_other(part_page(place, part, done=act))


@needs(Permission.HANDLE_ORDERS)
@require_POST
def counter(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Take the money of a part that is paid on fetching, and hand it out."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    form = forms.CounterForm(request.POST)
    if not form.is_valid():
        return shown_part(request, place, shown, form=form, status=422)
    try:
        actions.take_at_counter(
            part_id=part,
            unit_id=place.id,
            means=Means(form.cleaned_data["means"]),
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        now = the_part(place, part)
        return shown_part(request, place, now, form=form, problem=refused.message, status=422)
    return see_other(part_page(place, part, done="bayar"))


@needs(Permission.HANDLE_ORDERS)
@require_POST
def fail(request: StaffRequest, unit: str, part: UUID) -> HttpResponse:
    """Say that a part cannot be fulfilled; a second tap changes nothing."""
    place = request.scope.unit(unit)
    shown = the_part(place, part)
    form = forms.FailForm(request.POST, is_paid=shown.is_paid)
    if not form.is_valid():
        return shown_part(request, place, shown, reason=form, status=422)
    try:
        actions.fail_part(
            part_id=part,
            unit_id=place.id,
            reason=form.cleaned_data["reason"],
            are_goods_here=form.are_goods_here,
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        form.add_error("reason", refused.message)
        return shown_part(request, place, shown, reason=form, status=422)
    done = "bagian" if shown.falls_out else "henti"
    return see_other(part_page(place, part, done="gagal" if shown.is_paid else done))


def shown_part(
    request: StaffRequest,
    place: PlaceNow,
    part: PartShown,
    *,
    form: forms.CounterForm | None = None,
    confirm: forms.ConfirmForm | None = None,
    reason: forms.ReasonForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a part, with what is to be done next and what was refused."""
    may = powers(request, place)
    may_handle = Permission.HANDLE_ORDERS in may
    context = {
        "unit": place,
        "zone": zone_of(place),
        "part": part,
        "placed_on": local_day(part.placed_at, zone_of(place)),
        "ready_by": part.ready_by(zone_of(place)),
        "words": told.words_of(part),
        "sent_on": local_day(part.status_at, zone_of(place)),
        "others": f"{part.other_parts} dari bengkel lain",
        "form": form or forms.CounterForm(),
        "problem": problem,
        "done": _DONE.get(request.GET.get("selesai", ""), ""),
        **(_papers(part) if may_handle else {}),
        "moves": told.moves_of(part, zone=zone_of(place)),
        **_problems(part, may_handle=may_handle),
        "crumbs": crumbs(place, (part.order_code, None)),
        **_step(part),
        **_powers_over(part, may),
        "fail": _failing(part, reason),
        "amended": _amended(part),
        **(_to_confirm(request, part, confirm=confirm, reason=reason) if may_handle else {}),
    }
    return render(request, "shop/desk/part.html", context, status=status)


def _amended(part: PartShown) -> str:
    """What became of pieces as an order by message was confirmed; nothing of any other."""
    is_taken_on = (
        part.channel is OrderChannel.WHATSAPP and part.order_status is not OrderStatus.DRAFT
    )
    ids = [part.order_id] if is_taken_on else []
    return amended_words(queries.amended_in(order_ids=ids).get(part.order_id, ()))


def _powers_over(part: PartShown, may: frozenset[Permission]) -> dict[str, bool]:
    """What whoever has these permissions may do with a part as it stands."""
    may_handle = Permission.HANDLE_ORDERS in may
    return {
        "may_handle": may_handle,
        "may_fail": may_handle and part.may_fail,
        "may_see_sale": part.is_paid and Permission.SEE_SALES in may,
    }


def _failing(part: PartShown, refused: forms.ReasonForm | None) -> forms.FailForm:
    """The form by which a unit gives a part up; as it was sent, where it was refused."""
    if isinstance(refused, forms.FailForm):
        return refused
    return forms.FailForm(is_paid=part.is_paid)


def _papers(part: PartShown) -> dict[str, Any]:
    """What may be printed of a part now."""
    names = printed.papers_of(part)
    papers = {name: label for name, label in PAPER_LABELS.items() if name in names}
    return {
        "papers": papers,
        "is_packed": printed.is_packed(part),
        "is_labelled": printed.is_labelled(part),
    }


def _problems(part: PartShown, *, may_handle: bool) -> dict[str, Any]:
    """What was reported of a part that left; before that there is nothing to report."""
    if part.status not in {PartStatus.SENT, PartStatus.DELIVERED, PartStatus.CANCELLED}:
        return {}
    problems = queries.problems_of_parts(part_ids=[part.id]).get(part.id, [])
    standing = [one for one in problems if one.state not in REJECTED]
    is_left = part.pieces > sum(piece.reported for one in standing for piece in one.pieces)
    may_report = may_handle and is_left and part.sale_id is not None
    return {"problems": problems, "may_report": may_report}


def _to_confirm(
    request: StaffRequest,
    part: PartShown,
    *,
    confirm: forms.ConfirmForm | None,
    reason: forms.ReasonForm | None,
) -> dict[str, Any]:
    """What an order that waits to be confirmed asks, or the message that follows from it."""
    if part.order_status is OrderStatus.DRAFT:
        seen = confirm.seen if confirm else queries.confirming(part=part, now=request.now)
        return {
            "seen": seen,
            "confirm": confirm or forms.ConfirmForm(seen=seen),
            "reason": reason or forms.ReasonForm(),
        }
    if part.channel is not OrderChannel.WHATSAPP:
        return {}
    on = request.scope.today
    message = queries.message_to_buyer(order_id=part.order_id, unit_id=part.unit_id, on=on)
    return {"message": message}


def _step(part: PartShown) -> dict[str, Any]:
    """What is to be done with a part next, for the template to offer as its one primary act."""
    pays_now = part.method is Method.AT_PICKUP and not part.is_paid
    is_ready = part.status is PartStatus.READY
    return {
        "to_confirm": part.order_status is OrderStatus.DRAFT,
        "to_prepare": part.status is PartStatus.ACCEPTED,
        "to_ready": part.status is PartStatus.PREPARING,
        "to_hand_over": is_ready and part.delivery is Delivery.COURIER,
        "to_take": is_ready and part.delivery is Delivery.PICKUP and pays_now,
        "to_give": is_ready and part.delivery is Delivery.PICKUP and not pays_now,
        "to_deliver": part.status is PartStatus.SENT,
    }
