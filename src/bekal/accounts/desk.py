"""The clock of a unit and the time its work takes, as views of a desk ask; the gate hands on."""

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

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
