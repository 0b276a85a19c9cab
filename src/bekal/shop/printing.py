"""What the papers of one printing share."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bekal.catalogue.queries import Reach
from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.places.queries import PlaceNow
from bekal.ui import pdf

_FOLDER = "shop/papers"


@dataclass(frozen=True)
class Print:
    """What all papers of one printing share: whose they are, how it is reached, and when."""

    unit: PlaceNow
    at: dt.datetime
    reach: Reach

    @property
    def zone(self) -> Zone:
        """The zone of the unit."""
        return self.unit.zone or Zone.WIB

    @property
    def day(self) -> str:
        """The day at the unit: "27 April 2026"."""
        return formats.date(local_day(self.at, self.zone))

    @property
    def sender_lines(self) -> list[str]:
        """Where the unit is found and called: street where it names one, town, telephone."""
        point, contact = self.reach.point, self.reach.contact
        street = formats.breakable(point.where) if point else ""
        town = ", ".join(filter(None, (self.unit.city, self.unit.province)))
        number = formats.phone(contact.number) if contact else ""
        return [line for line in (street, town, number) if line]

    def paper(self, template: str, data: Mapping[str, Any]) -> bytes:
        """A paper of this unit as PDF."""
        shared = {
            "unit": self.unit.name,
            "place": self.unit.town,
            "sender_lines": self.sender_lines,
            "day": self.day,
        }
        return pdf.paper(f"{_FOLDER}/{template}.typ", {**shared, **data}, made_at=self.at)
