"""The ground of a day on which all public pages of the catalogue stand: which units are open.

Units and kanwil of a day change a few times a year and are read by every page. Each process keeps
those of one day in memory for as long as nothing happened under the topics `catalogue` and
`places`: the same promise by which whole pages are kept (foundation.faces).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bekal.audit import queries as audit
from bekal.catalogue.models import Seller
from bekal.places import queries as places
from bekal.places.queries import PlaceNow

TOPICS = ("catalogue", "places")


@dataclass(frozen=True)
class Ground:
    """The selling units that are open on a day, by id, and the kanwil above them."""

    units: Mapping[int, PlaceNow]
    kanwil: Mapping[int, PlaceNow]

    def unit_ids(self, *, province: str = "", kanwil: str = "", unit: str = "") -> list[int]:
        """Ids of the open units of a province (its code), a kanwil, or with this code."""
        return [
            place.id
            for place in self.units.values()
            if province in {"", place.province_code}
            and kanwil in {"", self._kanwil_code(place)}
            and unit in {"", place.code}
        ]

    def _kanwil_code(self, unit: PlaceNow) -> str:
        above = self.kanwil.get(unit.parent_id or 0)
        return above.code if above else ""


_kept: dict[tuple[dt.date, int], Ground] = {}


def ground(*, on: dt.date) -> Ground:
    """The ground of a day. One statement, and two more when something has changed."""
    revision = audit.revision(topics=TOPICS)
    key = (on, revision)
    found = _kept.get(key)
    if found is None:
        found = _ground(on)
        _kept.clear()
        _kept[key] = found
    return found


def forget() -> None:
    """Forget what is kept: for tests, whose transactions never happened."""
    _kept.clear()


def _ground(on: dt.date) -> Ground:
    units = places.standing(place_ids=Seller.objects.values("unit_id"), on=on)
    above = {unit.parent_id for unit in units.values() if unit.parent_id}
    return Ground(units, places.standing(place_ids=above, on=on))
