"""Premi of a unit: what waits to be divided, what is owed, and what happens next."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts.gate import StaffRequest, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.exports import Table
from bekal.foundation.views import as_file
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.queries import MakerStanding, RunFilters
from bekal.treasury.rules.premi_paying import RunState
from bekal.treasury.views.premi_common import crumbs, permissions, to

ROWS_A_PAGE = 40
_SAVED = {
    "bagi": "Premi dibagi kepada para pembuat.",
    "kosong": "Tidak ada premi yang bisa dibagi sekarang. Sebabnya ada di daftar yang menunggu.",
}
_OPEN = (RunState.PREPARED, RunState.APPROVED)


@needs(Permission.SEE_BOOKS)
@require_safe
def home(request: StaffRequest, unit: str) -> HttpResponse:
    """What waits, what is owed to whom, and which payments are under way."""
    place = request.scope.unit(unit)
    waits = queries.waiting_premi(unit_id=place.id)
    standings = queries.maker_standings(unit_id=place.id)
    newest = list(queries.runs_of(unit_id=place.id, filters=RunFilters())[:5])
    context = {
        "unit": place,
        "waits": queries.summed_up(waits),
        "waiting": sum(one.line.premi for one in waits),
        "unpaid": sum(one.unpaid for one in standings),
        "saved_up": sum(one.saved for one in standings),
        "page": Paginator(standings, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
        "runs": [(run, queries.run_state(run)) for run in newest],
        "has_open": any(queries.run_state(run) in _OPEN for run in newest),
        "left": _left(place),
        "saving": queries.saving_on(unit_id=place.id, on=today_at(request, place)),
        "saved": said(request, _SAVED),
        "crumbs": crumbs(place),
        **_may(request, place),
        **_lateness(request, place, standings),
    }
    return render(request, "treasury/premi/home.html", context)


@needs(Permission.PREPARE_MONEY)
@require_POST
def divide(request: StaffRequest, unit: str) -> HttpResponse:
    """Divide what can be divided."""
    place = request.scope.unit(unit)
    asked: dict[str, Any] = {
        "unit_id": place.id,
        "on": today_at(request, place),
        "by": request.actor,
        "now": request.now,
    }
    lines = actions.allocate_premi(**asked)
    claims = actions.claim_agreements(**asked)
    return to("premi", place.code, said="bagi" if lines or claims else "kosong")


@needs(Permission.SEE_BOOKS)
@require_safe
def waiting(request: StaffRequest, unit: str) -> HttpResponse:
    """Every line of a receipt whose premi waits, with the reason."""
    place = request.scope.unit(unit)
    rows = queries.waiting_premi(unit_id=place.id)
    context = {
        "unit": place,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("halaman")),
        "sums": queries.summed_up(rows),
        "crumbs": crumbs(place, ("Menunggu dibagi", None)),
        **_may(request, place),
    }
    return render(request, "treasury/premi/waiting.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The same as a file."""
    place = request.scope.unit(unit)
    rows = queries.waiting_premi(unit_id=place.id)
    heading = ("nota", "tanggal", "produk", "barang", "premi", "sebab")
    cells = (
        (one.line.number, one.line.sold_on, one.line.name, one.line.pieces, one.line.premi, one.why)
        for one in rows
    )
    table = Table("Premi menunggu", heading, list(cells))
    return as_file(request, table, name=f"premi-menunggu-{place.code}-{today_at(request, place)}")


def _may(request: StaffRequest, place: PlaceNow) -> dict[str, bool]:
    held = permissions(request, place)
    return {
        "may_prepare": Permission.PREPARE_MONEY in held,
        "may_approve": Permission.APPROVE_MONEY in held,
    }


def _left(place: PlaceNow) -> list[dict[str, Any]]:
    """Who has left and is still to get premi that stands in no payment, or savings."""
    premi = {one.maker: one.amount for one in queries.unsettled(unit_id=place.id)}
    saved = queries.unreturned(unit_id=place.id)
    return [
        {"maker": maker, "unsettled": premi.get(maker, 0), "saved": saved.get(maker, 0)}
        for maker in sorted({*premi, *saved})
    ]


def _lateness(
    request: StaffRequest, place: PlaceNow, standings: Sequence[MakerStanding]
) -> dict[str, str]:
    """Since when premi is owed that nobody has put into a payment, where that is too long."""
    oldest = queries.oldest_open(unit_id=place.id) if standings else None
    if oldest is None:
        return {"late": ""}
    days = (today_at(request, place) - oldest).days
    if days <= settings.BEKAL_PREMI_LATE_DAYS:
        return {"late": ""}
    return {"late": f"Ada premi sejak {formats.date(oldest)}, {days} hari, yang belum dibayarkan."}
