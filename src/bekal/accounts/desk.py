"""The clock of a unit, as views of a desk ask for it; the gate hands these on."""

import datetime as dt
from typing import TYPE_CHECKING

from bekal.foundation.clock import Zone, local_day
from bekal.places.queries import PlaceNow

if TYPE_CHECKING:
    from bekal.accounts.gate import StaffRequest


def zone_of(place: PlaceNow) -> Zone:
    """The zone that the clocks of a unit keep."""
    return place.zone or Zone.WIB


def today_at(request: "StaffRequest", place: PlaceNow) -> dt.date:
    """The present day at a unit."""
    return local_day(request.now, zone_of(place))
