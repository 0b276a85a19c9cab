"""What the pages share of what one person proposes and the head decides."""

from typing import Any

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, said, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import PlaceNow
from bekal.treasury.forms.clearing import DecideForm
from bekal.treasury.queries import CLEARING_STATES
from bekal.treasury.queries.clearing import Decided
from bekal.treasury.views.common import CONFLICT, permissions

_SAID = {
    "usul": "Usul dikirim kepada kepala.",
    "setuju": "Usul disetujui dan dibukukan.",
    "tolak": "Usul ditolak.",
}


def state_asked(request: StaffRequest) -> str:
    """The state by which the list is narrowed; nonsense narrows nothing."""
    asked = request.GET.get("keadaan", "")
    return asked if asked in CLEARING_STATES else ""


def decision_shown(
    request: StaffRequest,
    place: PlaceNow,
    row: Decided,
    *,
    form: DecideForm | None,
    status: int,
) -> dict[str, Any]:
    """Who proposed and decided when, and the form of the decision for whoever may give it.

    Nobody decides on a proposal of their own. A key that was used for something else is replaced.
    """
    zone, names = zone_of(place), accounts.names_of(actors=row.actors)
    is_open = not row.decided_as and Permission.APPROVE_MONEY in permissions(request, place)
    is_own = row.proposed_by == str(request.actor)
    return {
        "unit": place,
        "row": row,
        "proposed_on": local_day(row.proposed_at, zone),
        "decided_on": row.decided_at and local_day(row.decided_at, zone),
        "proposer": names.get(row.proposed_by, ""),
        "decider": names.get(row.decided_by, ""),
        "form": form or DecideForm(),
        "key": uuid7() if form is None or status == CONFLICT else form["key"].value(),
        "may_decide": is_open and not is_own,
        "is_own": is_open and is_own,
        "saved": said(request, _SAID),
    }
