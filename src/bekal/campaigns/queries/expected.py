"""Of which units a record is expected, and how they are chosen."""

import datetime as dt
from dataclasses import dataclass

from bekal.campaigns.models import ExpectedUnit
from bekal.places import queries as places
from bekal.places.rules import Level
from bekal.turnover.rules import KINDS_WITHOUT_WORKSHOP


@dataclass(frozen=True)
class KanwilUnits:
    """A kanwil and its units that have a workshop."""

    code: str
    name: str
    unit_ids: frozenset[int]


def expected_units(*, definition_id: int) -> frozenset[int]:
    """The units of which a definition expects a record."""
    rows = ExpectedUnit.objects.filter(definition_id=definition_id)
    return frozenset(rows.values_list("unit_id", flat=True))


def units_by_kanwil(*, on: dt.date) -> list[KanwilUnits]:
    """The kanwil of a day, by name, each with its units that have a workshop; three statements.

    Units of the kinds that guide or heal people have none (see turnover.rules).
    """
    nation = places.centre(on=on)
    if nation is None:
        return []
    standing = places.places_below(place_ids=[nation.id], on=on)
    units: dict[int | None, set[int]] = {}
    for place in standing:
        if place.level is Level.UNIT and place.kind not in KINDS_WITHOUT_WORKSHOP:
            units.setdefault(place.parent_id, set()).add(place.id)
    return [
        KanwilUnits(place.code, place.name, frozenset(units.get(place.id, ())))
        for place in standing
        if place.level is Level.KANWIL
    ]
