"""The audit trail of a place: who did what, when, to what; and whether the chains are whole."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.audit import queries as audit
from bekal.audit.rules import NATION, chain_of_place
from bekal.foundation import exports
from bekal.foundation.clock import Zone
from bekal.foundation.formats import read_page
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.treasury import trail_told
from bekal.treasury.forms.samples import AskedTrail, read_trail
from bekal.treasury.queries.checks import check_runs
from bekal.treasury.queries.tree import units_under
from bekal.treasury.views.book_common import asked_of
from bekal.treasury.views.desk import frame

EVENTS_A_PAGE = 50
MOST_CHECKED = 40
"""So many chains are computed anew while a page waits; the nation's are checked at night."""


@needs(Permission.EXAMINE)
@require_safe
def trail(request: StaffRequest, place: str) -> HttpResponse:
    """The events of a place and all below it, newest first, narrowed to an object or a person."""
    found = request.scope.place_then(place)
    asked, chains = read_trail(request.GET), _chains(request, found)
    rows = audit.events_sought(_sought(asked, chains, zone=found.zone or Zone.WIB))
    page = Paginator(rows, EVENTS_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    names = accounts.names_of(actors={event.actor for event in page})
    context: dict[str, Any] = {
        **frame(request, found, asked_of(request, found), ("Jejak audit", None)),
        "sought": asked,
        "topics": trail_told.TOPICS,
        "page": page,
        "events": [trail_told.tell(event, by=names[event.actor]) for event in page],
        **_standing(request, chains),
    }
    return render(request, "treasury/desk/trail.html", context)


@needs(Permission.EXAMINE)
@require_safe
def download(request: StaffRequest, place: str) -> HttpResponseBase:
    """The trail, as narrowed, as a CSV file, written while it is read."""
    found = request.scope.place_then(place)
    asked, chains = read_trail(request.GET), _chains(request, found)
    rows = audit.events_sought(_sought(asked, chains, zone=found.zone or Zone.WIB))
    cells = (trail_told.cells(event) for event in rows.iterator(chunk_size=500))
    lines = exports.csv_lines(trail_told.HEADING, cells)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="jejak-{found.code}.csv"'
    return answer


def _chains(request: StaffRequest, place: PlaceNow) -> frozenset[str]:
    """The chains of a place and the units below it; that of the nation for the nation alone."""
    units = units_under(place_id=place.id, on=request.scope.today)
    chains = {chain_of_place(unit) for unit in {*units, place.id}}
    return frozenset(chains | {NATION} if place.level is Level.CENTRE else chains)


def _sought(asked: AskedTrail, chains: Collection[str], *, zone: Zone) -> audit.Sought:
    day_after = asked.last + dt.timedelta(days=1) if asked.last else None
    return audit.Sought(
        chains,
        asked.object_key,
        asked.actor,
        asked.topic,
        since=_midnight(asked.first, zone),
        until=_midnight(day_after, zone),
    )


def _midnight(day: dt.date | None, zone: Zone) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), zone.info) if day else None


def _standing(request: StaffRequest, chains: Collection[str]) -> dict[str, Any]:
    """Whether the chains are whole: computed now where they are few, else of the last night."""
    if len(chains) <= MOST_CHECKED:
        broken = audit.chain_problems(chains=chains)
        return {"broken": broken, "checked_at": request.now, "is_now": True}
    last = check_runs().first()
    chained = "every audit chain is whole"
    outcomes = last.outcomes.all() if last else []
    broken = [text for each in outcomes if each.name == chained for text in each.sentences]
    return {"broken": broken, "checked_at": last.ran_at if last else None, "is_now": False}
