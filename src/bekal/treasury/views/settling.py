"""Sales beside the money that came: what fits is folded away, what does not stands on top."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.payments import queries as payments
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.actions.settling import SETTLE
from bekal.treasury.forms.settling import ByHandForm, SuggestedForm
from bekal.treasury.views.common import CONFLICT, WRONG, permissions, refuse, to, way

_SHOWN = dt.timedelta(days=30)
_SAID = {
    "qris": "Pencairan QRIS tersimpan.",
    "pasti": "Yang pasti sudah dicocokkan.",
    "pecah": "Baris bank dipecah untuk beberapa tagihan.",
}


@needs(Permission.SEE_BOOKS)
@require_safe
def matching(request: StaffRequest, unit: str) -> HttpResponse:
    """The last 31 days: what was recorded, what came, what differs, and lines to decide."""
    return _page(request, request.scope.unit(unit))


@needs(Permission.KEEP_MONEY)
@require_POST
def take(request: StaffRequest, unit: str) -> HttpResponse:
    """Take a suggestion: this line is the QRIS of these days."""
    place = request.scope.unit(unit)
    form, status, problem = SuggestedForm(request.POST), WRONG, ""
    if form.is_valid():
        new = form.settling(place.id)
        try:
            actions.settle_qris(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=SETTLE, message=new)
            problem = refused.message
        else:
            return to("matching", place.code, said="qris")
    problem = problem or "Halaman ini tidak lengkap. Muat ulang, lalu coba lagi."
    return _page(request, place, problem=problem, status=status)


@needs(Permission.KEEP_MONEY)
@require_POST
def take_certain(request: StaffRequest, unit: str) -> HttpResponse:
    """Take every suggestion whose sum is equal to the rupiah; a repeat finds nothing more."""
    place = request.scope.unit(unit)
    actions.settle_certain(unit_id=place.id, by=request.actor, now=request.now)
    return to("matching", place.code, said="pasti")


@needs(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: StaffRequest, unit: str, bank_line: int) -> HttpResponse:
    """Say of a line that it is QRIS money, with the fee and a reason."""
    place = request.scope.unit(unit)
    line = payments.line_in(unit_id=place.id, line_id=bank_line)
    if line is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ByHandForm(data, initial={"key": uuid7()})
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        new = form.settling(place.id, line.id)
        try:
            actions.settle_qris(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=SETTLE, message=new)
        else:
            return to("matching", place.code, said="qris")
    context = {
        "unit": place,
        "line": line,
        "form": form,
        "key": uuid7() if status == CONFLICT else form["key"].value(),
        "crumbs": way(place, _matching(place), ("Pencairan QRIS", None)),
    }
    return render(request, "treasury/matching/by_hand.html", context, status=status)


def _matching(place: PlaceNow) -> tuple[str, str]:
    return "Cocokkan uang", reverse("treasury:matching", args=[place.code])


def _page(
    request: StaffRequest, place: PlaceNow, *, problem: str = "", status: int = 200
) -> HttpResponse:
    today = today_at(request, place)
    days = queries.days_beside(unit_id=place.id, period=Period(today - _SHOWN, today))
    lines = queries.lines_to_match(unit_id=place.id)
    may = permissions(request, place)
    context: dict[str, Any] = {
        "unit": place,
        "lines": [(row, uuid7()) for row in lines],
        "certain": sum(bool(row.qris and row.qris.is_certain) for row in lines),
        "uneven": [day for day in days if day.gap],
        "even": [day for day in days if not day.gap],
        "may_settle": Permission.KEEP_MONEY in may,
        "may_split": Permission.HANDLE_PAYMENTS in may,
        "problem": problem,
        "saved": said(request, _SAID),
        "crumbs": way(place, ("Cocokkan uang", None)),
    }
    return render(request, "treasury/matching/days.html", context, status=status)
