"""Premi that was paid too much to somebody who left: who, how it is settled, what the head says."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.exports import Table
from bekal.foundation.formats import read_page
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.foundation.views import as_file
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.actions.overpaid import DECIDE, PROPOSE
from bekal.treasury.forms.clearing import DecideForm
from bekal.treasury.forms.overpaid import ProposeForm
from bekal.treasury.queries import CLEARING_STATES, PremiCleared
from bekal.treasury.views.common import CONFLICT, WRONG, permissions, refuse, to
from bekal.treasury.views.deciding import decision_shown, state_asked
from bekal.treasury.views.premi_common import crumbs
from bekal.treasury.views.premi_makers import known_maker

_HEADING = (
    *("tanggal_usul", "pembuat", "cara", "jumlah", "nomor_surat", "alasan", "keadaan"),
    *("alasan_ditolak", "diusulkan_oleh", "diputuskan_oleh", "tanggal_putusan"),
)


@needs(Permission.SEE_BOOKS)
@require_safe
def overpaid(request: StaffRequest, unit: str) -> HttpResponse:
    """Who left and was paid too much, and how others were settled."""
    place = request.scope.unit(unit)
    state = state_asked(request)
    page = read_page(request.GET.get("halaman", ""))
    left = queries.overpaid_left(unit_id=place.id)
    context = {
        "unit": place,
        "left": left,
        "stands": sum(one.amount for one in left),
        "waiting": sum(one.waiting for one in left),
        "page": queries.premi_clearings_page(unit_id=place.id, state=state, page=page),
        "state": state,
        "states": CLEARING_STATES,
        "may_propose": Permission.CLEAR_CASH in permissions(request, place),
        "crumbs": crumbs(place, ("Kelebihan bayar", None)),
    }
    return render(request, "treasury/overpaid/list.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """All clearings of premi of a unit as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    rows = list(queries.every_premi_clearing(unit_id=place.id))
    names = accounts.names_of(actors={actor for row in rows for actor in row.actors})
    name = f"kelebihan-premi-{place.code}-{today_at(request, place)}"
    return as_file(request, _table(place, rows, {"": "", **names}), name=name)


@needs(Permission.CLEAR_CASH)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Propose how what a maker was paid too much, or a part of it, is settled."""
    place = request.scope.unit(unit)
    code = known_maker(request, place, maker)
    stands = queries.overpaid_of(unit_id=place.id, maker=code)
    sent = request.POST if request.method == "POST" else None
    waiting = queries.overpaid_waiting(unit_id=place.id, maker=code)
    form = ProposeForm(sent, left=max(stands - waiting, 0), key=uuid7())
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        new = form.clearing(place.id, code)
        try:
            actions.propose_overpaid(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=PROPOSE, message=new)
        else:
            return to("premi_clearing", place.code, new.key, said="usul")
    context = {
        "unit": place,
        "code": code,
        "form": form,
        "stands": stands,
        "waiting": waiting,
        "key": uuid7() if status == CONFLICT else form["key"].value(),
        "crumbs": crumbs(place, _overpaid(place), ("Usulkan", None)),
    }
    return render(request, "treasury/overpaid/propose.html", context, status=status)


@needs(Permission.SEE_BOOKS)
@require_safe
def one(request: StaffRequest, unit: str, premi_clearing: UUID) -> HttpResponse:
    """One clearing of premi, and its decision where it waits."""
    place = request.scope.unit(unit)
    return _page(request, place, _the_clearing(place, premi_clearing), form=None)


@needs(Permission.APPROVE_MONEY)
@require_POST
def decide(request: StaffRequest, unit: str, premi_clearing: UUID) -> HttpResponse:
    """Approve a clearing of premi, which posts it, or refuse it."""
    place = request.scope.unit(unit)
    row = _the_clearing(place, premi_clearing)
    form, status = DecideForm(request.POST), WRONG
    is_approved = "setujui" in request.POST
    if form.is_valid():
        new = form.decision(place.id, row.id, is_approved=is_approved)
        try:
            actions.decide_overpaid(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=DECIDE, message=new)
        else:
            said_then = "setuju" if is_approved else "tolak"
            return to("premi_clearing", place.code, row.id, said=said_then)
    return _page(request, place, row, form=form, status=status)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: PremiCleared,
    *,
    form: DecideForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **decision_shown(request, place, row, form=form, status=status),
        "stands": queries.overpaid_of(unit_id=place.id, maker=row.maker),
        "crumbs": crumbs(place, _overpaid(place), (row.maker, None)),
    }
    return render(request, "treasury/overpaid/one.html", context, status=status)


def _the_clearing(place: PlaceNow, clearing_id: UUID) -> PremiCleared:
    found = queries.one_premi_clearing(unit_id=place.id, clearing_id=clearing_id)
    if found is None:
        raise Http404
    return found


def _table(place: PlaceNow, rows: list[PremiCleared], names: dict[str, str]) -> Table:
    zone = zone_of(place)
    cells = [
        [
            local_day(row.proposed_at, zone),
            row.maker,
            row.way,
            row.amount,
            row.paper,
            row.reason,
            row.state,
            row.decided_why,
            names[row.proposed_by],
            names[row.decided_by],
            local_day(row.decided_at, zone) if row.decided_at else None,
        ]
        for row in rows
    ]
    return Table("Kelebihan premi", _HEADING, cells)


def _overpaid(place: PlaceNow) -> tuple[str, str]:
    return "Kelebihan bayar", reverse("treasury:overpaid", args=[place.code])
