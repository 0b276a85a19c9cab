"""Closing the months of a unit: what is open, who asks, who decides, who opens again."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Period, local_day
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ledger import queries as ledger
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.actions.closing import PREPARE
from bekal.treasury.forms.closing import DecideForm, PrepareForm, ReopenForm
from bekal.treasury.queries import Paper
from bekal.treasury.views.common import CONFLICT, WRONG, permissions, refuse, to, way
from bekal.ui.inputs import show_refusal

_YEAR = dt.timedelta(days=366)
_SAID = {
    "siap": "Permintaan tutup buku dikirim kepada kepala.",
    "tutup": "Buku bulan itu sudah ditutup.",
    "tolak": "Permintaan ditolak.",
    "buka": "Buku sudah dibuka lagi.",
}


@needs(Permission.SEE_BOOKS)
@require_safe
def closing(request: StaffRequest, unit: str) -> HttpResponse:
    """Through which day a unit's books are closed, what comes next, and what came late."""
    return _page(request, request.scope.unit(unit))


@needs(Permission.KEEP_MONEY)
@require_POST
def prepare(request: StaffRequest, unit: str) -> HttpResponse:
    """Ask the head to close the next month."""
    place = request.scope.unit(unit)
    form = PrepareForm(request.POST)
    status = WRONG
    if form.is_valid():
        new = form.paper(place.id)
        try:
            actions.prepare_closing(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=PREPARE, message=new)
        else:
            return to("closing", place.code, said="siap")
    return _page(request, place, form=form, status=status)


@needs(Permission.APPROVE_MONEY)
@require_POST
def decide(request: StaffRequest, unit: str, month_paper: UUID) -> HttpResponse:
    """Approve a closing, which closes the month, or refuse it."""
    place = request.scope.unit(unit)
    form = DecideForm(request.POST)
    is_approved = "setujui" in request.POST
    if form.is_valid():
        try:
            actions.decide_closing(
                paper_id=month_paper,
                unit_id=place.id,
                is_approved=is_approved,
                why=form.cleaned_data["why"],
                by=request.actor,
                now=request.now,
            )
        except LookupError as unknown:
            raise Http404 from unknown
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("closing", place.code, said="tutup" if is_approved else "tolak")
    return _page(request, place, decision=form, status=WRONG)


@needs(Permission.REOPEN_MONTH)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: StaffRequest, unit: str) -> HttpResponse:
    """Open a month of a unit again, and every later one with it."""
    place = request.scope.unit(unit)
    closed = ledger.closed_through(unit_id=place.id)
    begun = {"key": uuid7(), "month": f"{closed:%Y-%m}" if closed else ""}
    form = ReopenForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.reopen_month(
                **form.cleaned_data, unit_id=place.id, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("closing", place.code, said="buka")
    context = {
        "unit": place,
        "form": form,
        "closed": closed,
        "months": _months_back(closed),
        "crumbs": way(place, _closing(place), ("Buka lagi", None)),
    }
    status = WRONG if form.is_bound else 200
    return render(request, "treasury/closing/reopen.html", context, status=status)


@needs(Permission.SEE_BOOKS)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """The units below: through when they are closed, who waits, which were opened again."""
    units = request.scope.units
    ids = request.scope.unit_ids
    closings = ledger.last_closings(unit_ids=ids)
    waiting = queries.papers_waiting(unit_ids=ids)
    rows = [
        (unit, closings.get(unit.id), waiting.get(unit.id))
        for unit in units
        if unit.id in closings or unit.id in waiting
    ]
    context = {"rows": rows, "silent": len(units) - len(rows), "total": len(units)}
    return render(request, "treasury/closing/overview.html", context)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    *,
    form: PrepareForm | None = None,
    decision: DecideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    month = queries.month_to_close(unit_id=place.id, today=today_at(request, place))
    waiting = queries.waiting_paper(unit_id=place.id)
    may = permissions(request, place)
    context: dict[str, Any] = {
        "unit": place,
        "month": month,
        "points": queries.open_points(unit_id=place.id, month=month) if month else [],
        "waiting": waiting,
        **_past(request, place, waiting),
        "form": form or PrepareForm(),
        "decision": decision or DecideForm(),
        "key": uuid7() if form is None or status == CONFLICT else form["key"].value(),
        "may_prepare": Permission.KEEP_MONEY in may and month and not waiting,
        "may_decide": Permission.APPROVE_MONEY in may and waiting,
        "may_reopen": Permission.REOPEN_MONTH in may,
        "saved": said(request, _SAID),
        "crumbs": way(place, ("Tutup buku", None)),
    }
    return render(request, "treasury/closing/closing.html", context, status=status)


def _past(request: StaffRequest, place: PlaceNow, waiting: Paper | None) -> dict[str, Any]:
    """What was closed and opened, what came late, and who did it."""
    today, zone = today_at(request, place), zone_of(place)
    rows = ledger.closings_of(unit_id=place.id)
    actors = {row.decided_by for row in rows} | {row.prepared_by for row in rows}
    actors |= {waiting.prepared_by} if waiting else set()
    names = accounts.names_of(actors=actors - {""})
    told = [
        (
            row,
            local_day(row.decided_at, zone),
            names.get(row.prepared_by, ""),
            names[row.decided_by],
        )
        for row in rows
    ]
    return {
        "closed": rows[0].through if rows else None,
        "history": told,
        "late": ledger.late_entries(unit_id=place.id, period=Period(today - _YEAR, today)),
        "asker": names.get(waiting.prepared_by, "") if waiting else "",
        "asked_on": local_day(waiting.prepared_at, zone) if waiting else None,
    }


def _months_back(closed: dt.date | None) -> list[dt.date]:
    """The last twelve closed months by their first days, the newest first."""
    found: list[dt.date] = []
    while closed is not None and len(found) < 12:  # noqa: PLR2004 - a year
        found.append(closed.replace(day=1))
        closed = found[-1] - dt.timedelta(days=1)
    return found


def _closing(place: PlaceNow) -> tuple[str, str]:
    return "Tutup buku", reverse("treasury:closing", args=[place.code])
