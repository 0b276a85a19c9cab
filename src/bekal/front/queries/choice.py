"""The units among which a person chooses, and how they are narrowed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bekal.places import queries as places
from bekal.places.queries import PlaceNow


@dataclass(frozen=True)
class ListedUnit:
    """A unit in the list to choose from, with the kanwil above it."""

    unit: PlaceNow
    kanwil: PlaceNow | None

    @property
    def kanwil_name(self) -> str:
        """The heading that it is listed under."""
        return self.kanwil.name if self.kanwil else "Unit lain"

    @property
    def kanwil_code(self) -> str:
        """The word of its kanwil in addresses."""
        return self.kanwil.code if self.kanwil else ""

    @property
    def searched(self) -> str:
        """What a search looks into."""
        return f"{self.unit.name} {self.unit.province} {self.kanwil_name}".casefold()


def listed_units(*, units: tuple[PlaceNow, ...], on: dt.date) -> list[ListedUnit]:
    """Units with the kanwil that they stand under, by kanwil, name and id; two statements."""
    top = places.centre(on=on)
    above = places.children_of(place_id=top.id, on=on) if top else []
    kanwil = {place.id: place for place in above}
    listed = [ListedUnit(unit, kanwil.get(unit.parent_id or 0)) for unit in units]
    return sorted(listed, key=lambda one: (one.kanwil_name, one.unit.name, one.unit.id))


def sift(listed: Iterable[ListedUnit], *, text: str, kanwil: str) -> list[ListedUnit]:
    """Those under the kanwil with this code, whose names have every word; "" leaves none out."""
    words = text.casefold().split()
    return [
        one
        for one in listed
        if (not kanwil or one.kanwil_code == kanwil) and all(word in one.searched for word in words)
    ]
