"""A problem at its unit: what was reported, the answer, the goods, the money."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.payments import queries as payments
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.shop import actions, forms, queries, told
from bekal.shop.queries import ProblemShown
from bekal.shop.rules import FAULT_LABELS, WHERE_LABELS, ProblemState
from bekal.shop.views.common import crumbs, part_page, powers, problem_page

UNPROCESSABLE = 422
_Form = forms.AnswerForm | forms.GoodsForm
_DONE = {
    "lapor": "Laporan tercatat. Jawab di bawah ini.",
    "terima": "Laporan diterima. Kabar untuk pembeli sudah dibuat.",
    "tolak": "Laporan ditolak. Kabar untuk pembeli sudah dibuat.",
    "barang": "Barang yang kembali tercatat. Yang masih baik sudah masuk stok.",
    "faktur": "Fakturnya dikurangi. Lembaga membaca jumlah yang baru di halaman pesanannya.",
    "uang": "Pengembalian uang disetujui. Sekarang uangnya dibayarkan kepada pembeli.",
}
_TOO_LATE = "Keadaan laporan ini sudah berubah. Yang tersimpan tampil di bawah."
_TELLS_PAYEE = frozenset({Permission.REFUND_SALE, Permission.HANDLE_PAYMENTS})


@needs(Permission.SEE_ORDERS)
@require_safe
def problem(request: StaffRequest, unit: str, problem: UUID) -> HttpResponse:
    """All of one problem; who does not handle orders does not read what the buyer wrote."""
    place = request.scope.unit(unit)
    return _page(request, place, _the_problem(place, problem))


@needs(Permission.HANDLE_ORDERS)
@require_safe
@never_cache
def photo(request: StaffRequest, unit: str, problem: UUID) -> HttpResponse:
    """The picture that the buyer sent."""
    place = request.scope.unit(unit)
    content = queries.photo_of(unit_id=place.id, problem_id=problem)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/webp")


@needs(Permission.HANDLE_ORDERS)
@require_POST
def answer(request: StaffRequest, unit: str, problem: UUID) -> HttpResponse:
    """Accept or refuse a problem; the same again changes nothing."""
    place = request.scope.unit(unit)
    shown = _the_problem(place, problem)
    # What this report gave back itself is left for it, so that a second tap says the same.
    left = queries.shipping_left(problem=shown) + shown.shipping
    form = forms.AnswerForm(request.POST, problem=shown, shipping_left=left)
    if not form.is_valid():
        return _page(request, place, shown, form=form, status=UNPROCESSABLE)
    try:
        actions.answer_problem(
            problem_id=problem,
            unit_id=place.id,
            answer=form.answer,
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        form.show(refused)
        now = _the_problem(place, problem)
        return _page(request, place, now, form=form, status=UNPROCESSABLE)
    return see_other(problem_page(place, problem, done=request.POST["act"]))


@needs(Permission.HANDLE_ORDERS)
@require_POST
def goods(request: StaffRequest, unit: str, problem: UUID) -> HttpResponse:
    """Say what became of goods that came back; the same again changes nothing."""
    place = request.scope.unit(unit)
    shown = _the_problem(place, problem)
    form = forms.GoodsForm(request.POST, problem=shown)
    if not form.is_valid():
        return _page(request, place, shown, form=form, status=UNPROCESSABLE)
    try:
        actions.settle_goods(
            problem_id=problem,
            unit_id=place.id,
            goods=form.goods,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            now=request.now,
        )
    except Refused as refused:
        form.show(refused)
        return _page(request, place, shown, form=form, status=UNPROCESSABLE)
    return see_other(problem_page(place, problem, done="barang"))


@needs(Permission.REFUND_SALE)
@require_POST
def refund(request: StaffRequest, unit: str, problem: UUID) -> HttpResponse:
    """Reverse the sale of what came back and owe the buyer the money; a second tap does nothing."""
    place = request.scope.unit(unit)
    shown = _the_problem(place, problem)
    try:
        actions.refund_problem(
            problem_id=problem, unit_id=place.id, by=request.actor, now=request.now
        )
    except Refused as refused:
        return _page(request, place, shown, refusal=refused.message, status=UNPROCESSABLE)
    is_credited = _the_problem(place, problem).state is ProblemState.CREDITED
    return see_other(problem_page(place, problem, done="faktur" if is_credited else "uang"))


def _the_problem(place: PlaceNow, problem_id: UUID) -> ProblemShown:
    """A problem with a part of the unit. Raises Http404 when it has none with this id."""
    found = queries.problem_of_unit(unit_id=place.id, problem_id=problem_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: StaffRequest,
    place: PlaceNow,
    problem: ProblemShown,
    *,
    form: _Form | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    may = powers(request, place)
    may_handle = Permission.HANDLE_ORDERS in may
    context = {
        "unit": place,
        "zone": zone_of(place),
        "problem": problem,
        "fault": FAULT_LABELS[problem.fault],
        "where": WHERE_LABELS[problem.where] if problem.where else "",
        "reported_on": local_day(problem.reported_at, zone_of(place)),
        "may_handle": may_handle,
        "may_refund": Permission.REFUND_SALE in may,
        "is_answerer": problem.answered_by == str(request.actor),
        "payee": queries.payee_of(subject=f"problem:{problem.id}") if may & _TELLS_PAYEE else "",
        "tells_payee": bool(may & _TELLS_PAYEE) and problem.where is not None,
        "done": _DONE.get(request.GET.get("selesai", ""), ""),
        "steps": told.steps_of(problem, zone=zone_of(place)),
        "part_url": part_page(place, problem.part_id),
        "crumbs": _way(place, problem),
        **_debt(request, place, problem, may_pay=Permission.HANDLE_PAYMENTS in may),
        **_asking(problem, form, may_handle=may_handle, refusal=refusal),
    }
    return render(request, "shop/desk/problem.html", context, status=status)


def _way(place: PlaceNow, problem: ProblemShown) -> list[tuple[str, str | None]]:
    the_list = reverse("orders:problems", args=[place.code])
    return crumbs(place, ("Laporan masalah", the_list), (problem.order_code, None))


def _asking(
    problem: ProblemShown, form: _Form | None, *, may_handle: bool, refusal: str
) -> dict[str, Any]:
    """The one form that the state of a problem asks for, for whoever may send it.

    A form that came too late is not shown again: only what is said of it.
    """
    told = " ".join(map(str, form.non_field_errors())) or _TOO_LATE if form else ""
    said: dict[str, Any] = {"refusal": refusal or told}
    if may_handle and problem.state is ProblemState.OPEN:
        left = queries.shipping_left(problem=problem)
        fresh = forms.AnswerForm(problem=problem, shipping_left=left)
        late = {"form": fresh, **said}
        shown = {"form": form} if isinstance(form, forms.AnswerForm) else late
        return {"asks": "answer", "shipping_left": left, **shown}
    if may_handle and problem.state is ProblemState.AWAITING_GOODS:
        late = {"form": forms.GoodsForm(problem=problem), **said}
        shown = {"form": form} if isinstance(form, forms.GoodsForm) else late
        return {"asks": "goods", **shown}
    return said


def _debt(
    request: StaffRequest, place: PlaceNow, problem: ProblemShown, *, may_pay: bool
) -> dict[str, Any]:
    """What is owed to the buyer for a problem, who pays it, and where that is written down."""
    if problem.state is not ProblemState.OWED:
        return {}
    (debt,) = payments.debts_about(subjects=[f"problem:{problem.id}"])
    is_ours = debt.unit_id == place.id
    pay_url = reverse("payments:pay", args=[place.code, debt.id]) if is_ours and may_pay else ""
    payer = None if is_ours else places.place_by_id(place_id=debt.unit_id, on=request.scope.today)
    return {"pay_url": pay_url, "payer": payer or place}
