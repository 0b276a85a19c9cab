"""What views of a desk ask: the clock of a unit, its pace, what one may; the gate hands on."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from bekal.accounts import queries
from bekal.accounts.rules import Permission
from bekal.foundation.actions import keep_pace
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.foundation.paces import BEGUN
from bekal.places.queries import PlaceNow

if TYPE_CHECKING:
    from bekal.accounts.gate import StaffRequest


def zone_of(place: PlaceNow) -> Zone:
    """The zone that the clocks of a unit keep."""
    return place.zone or Zone.WIB


def today_at(request: "StaffRequest", place: PlaceNow) -> dt.date:
    """The present day at a unit."""
    return local_day(request.now, zone_of(place))


def keep_time(request: "StaffRequest", place: PlaceNow, door: str) -> None:
    """Keep how long the work took that was just done, where its form tells when it was opened."""
    try:
        key = UUID(request.POST.get(BEGUN, ""))
    except ValueError:
        return
    scope = scope_of_place(place.id)
    keep_pace(key=key, door=door, scope=scope, by=request.actor, now=request.now)


def may(request: "StaffRequest", place: PlaceNow, permission: Permission) -> bool:
    """Whether to offer something; the addresses themselves refuse in any case."""
    return queries.may(
        user_id=request.user.pk,
        permission=permission,
        place_id=place.id,
        on=request.scope.today,
    )


def said(request: "StaffRequest", words: Mapping[str, str]) -> str:
    """What the page before has done, as this one says it."""
    return words.get(request.GET.get("tersimpan", ""), "")
