"""Settling what cash differed: what stands, who proposes on which paper, what the head says."""

from collections.abc import Iterable
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
from bekal.treasury.actions.clearing import DECIDE, PROPOSE
from bekal.treasury.forms.clearing import DecideForm, ProposeForm
from bekal.treasury.queries import CLEARING_STATES, Clearing
from bekal.treasury.views.common import CONFLICT, WRONG, permissions, refuse, to, way
from bekal.treasury.views.deciding import decision_shown, state_asked

_HEADING = (
    *("tanggal_usul", "selisih", "cara", "jumlah", "nomor_surat", "keadaan", "alasan_ditolak"),
    *("diusulkan_oleh", "diputuskan_oleh", "tanggal_putusan"),
)


@needs(Permission.SEE_BOOKS)
@require_safe
def clearings(request: StaffRequest, unit: str) -> HttpResponse:
    """The difference that stands, and how others were settled."""
    place = request.scope.unit(unit)
    state = state_asked(request)
    page = read_page(request.GET.get("halaman", ""))
    box = queries.box_of(unit_id=place.id)
    may = permissions(request, place)
    context = {
        "unit": place,
        "page": queries.clearings_page(unit_id=place.id, state=state, page=page),
        "state": state,
        "states": CLEARING_STATES,
        "difference": box.difference,
        "waiting": queries.rupiah_waiting(unit_id=place.id),
        "may_propose": box.difference and Permission.CLEAR_CASH in may,
        "crumbs": way(place, _cash(place), ("Selisih", None)),
    }
    return render(request, "treasury/clearing/list.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """All clearings of a unit as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    rows = list(queries.every_clearing(unit_id=place.id))
    names = accounts.names_of(actors={actor for row in rows for actor in row.actors})
    name = f"selisih-kas-{place.code}-{today_at(request, place)}"
    return as_file(request, _table(place, rows, {"": "", **names}), name=name)


@needs(Permission.CLEAR_CASH)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest, unit: str) -> HttpResponse:
    """Propose how the difference, or a part of it, is settled."""
    place = request.scope.unit(unit)
    box = queries.box_of(unit_id=place.id)
    sent = request.POST if request.method == "POST" else None
    waiting = queries.rupiah_waiting(unit_id=place.id)
    form = ProposeForm(sent, difference=box.difference, waiting=waiting, key=uuid7())
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        new = form.clearing(place.id)
        try:
            actions.propose_clearing(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=PROPOSE, message=new)
        else:
            return to("clearing", place.code, new.key, said="usul")
    context = {
        "unit": place,
        "form": form,
        "box": box,
        "waiting": waiting,
        "key": uuid7() if status == CONFLICT else form["key"].value(),
        "crumbs": way(place, _cash(place), _clearings(place), ("Usulkan", None)),
    }
    return render(request, "treasury/clearing/propose.html", context, status=status)


@needs(Permission.SEE_BOOKS)
@require_safe
def one(request: StaffRequest, unit: str, clearing: UUID) -> HttpResponse:
    """One clearing, and its decision where it waits."""
    place = request.scope.unit(unit)
    return _page(request, place, _the_clearing(place, clearing), form=None)


@needs(Permission.APPROVE_MONEY)
@require_POST
def decide(request: StaffRequest, unit: str, clearing: UUID) -> HttpResponse:
    """Approve a clearing, which posts it, or refuse it."""
    place = request.scope.unit(unit)
    row = _the_clearing(place, clearing)
    form, status = DecideForm(request.POST), WRONG
    is_approved = "setujui" in request.POST
    if form.is_valid():
        new = form.decision(place.id, row.id, is_approved=is_approved)
        try:
            actions.decide_clearing(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            status = refuse(request, place, form, refused=refused, door=DECIDE, message=new)
        else:
            return to("clearing", place.code, row.id, said="setuju" if is_approved else "tolak")
    return _page(request, place, row, form=form, status=status)


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: Clearing,
    *,
    form: DecideForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **decision_shown(request, place, row, form=form, status=status),
        "box": queries.box_of(unit_id=place.id),
        "crumbs": way(place, _cash(place), _clearings(place), (row.way, None)),
    }
    return render(request, "treasury/clearing/one.html", context, status=status)


def _the_clearing(place: PlaceNow, clearing_id: UUID) -> Clearing:
    found = queries.one_clearing(unit_id=place.id, clearing_id=clearing_id)
    if found is None:
        raise Http404
    return found


def _table(place: PlaceNow, rows: Iterable[Clearing], names: dict[str, str]) -> Table:
    zone = zone_of(place)
    cells = [
        [
            local_day(row.proposed_at, zone),
            "kurang" if row.is_short else "lebih",
            row.way,
            row.amount,
            row.paper,
            row.state,
            row.decided_why,
            names[row.proposed_by],
            names[row.decided_by],
            local_day(row.decided_at, zone) if row.decided_at else None,
        ]
        for row in rows
    ]
    return Table("Selisih kas", _HEADING, cells)


def _cash(place: PlaceNow) -> tuple[str, str]:
    return "Kas harian", reverse("treasury:cash", args=[place.code])


def _clearings(place: PlaceNow) -> tuple[str, str]:
    return "Selisih", reverse("treasury:clearings", args=[place.code])
