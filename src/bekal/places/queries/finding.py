"""What stood where, on any day."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from bekal.foundation.clock import Zone
from bekal.places.models import Ancestry, Place, Province, Tenure
from bekal.places.rules import CENTRE_CODE, Level

_LAST_CALLED = """
select distinct on (t.place_id) t.place_id, p.code, t.name
from places_tenure t join places_place p on p.id = t.place_id
where t.place_id = any((select %(places)s::bigint[])::bigint[])
  and (lower(t.during) is null or lower(t.during) <= %(on)s)
order by t.place_id, t.during desc, t.id desc
"""
_HISTORY = """
select t.name, t.kind, t.unit_class, coalesce(above.name, ''), lower(t.during),
  upper(t.during) - 1, t.source
from places_tenure t
left join lateral (
  select up.name from places_tenure up
  where up.place_id = t.parent_id and up.during && t.during order by up.during desc limit 1
) above on true
where t.place_id = %s order by t.during desc, t.id desc
"""


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place as it is on one day. `zone` and `province` are None above the units.

    `city` is the town it lies in, as its source has it; empty above the units.
    """

    id: int
    code: str
    level: Level
    name: str
    kind: str
    unit_class: str
    province_code: str | None
    province: str | None
    zone: Zone | None
    parent_id: int | None
    city: str

    @property
    def town(self) -> str:
        """Where its papers are signed: its town, its province where no source names the town."""
        return self.city or self.province or ""


@dataclass(frozen=True, slots=True)
class TenureLine:
    """What a place was called and under whom it stood, and what is known of that (`source`).

    `first` is None when it began before our sources, `last` when it goes on.
    """

    name: str
    kind: str
    unit_class: str
    parent: str
    first: dt.date | None
    last: dt.date | None
    source: str


def _of(tenures: QuerySet[Tenure]) -> list[PlaceNow]:
    rows = tenures.values_list(
        "place_id",
        "place__code",
        "place__level",
        "name",
        "kind",
        "unit_class",
        "place__province_id",
        "place__province__name",
        "place__province__zone",
        "parent_id",
        "place__city",
    )
    return [
        PlaceNow(*row[:2], Level(row[2]), *row[3:8], Zone(row[8]) if row[8] else None, *row[9:])
        for row in rows
    ]


def _standing(on: dt.date) -> QuerySet[Tenure]:
    return Tenure.objects.filter(during__contains=on)


def _first(tenures: QuerySet[Tenure]) -> PlaceNow | None:
    return next(iter(_of(tenures)), None)


def place_on(*, code: str, on: dt.date) -> PlaceNow | None:
    """The place with this code as it is on a day; None when it does not stand then."""
    return _first(_standing(on).filter(place__code=code))


def place_by_id(*, place_id: int, on: dt.date) -> PlaceNow | None:
    """The place with this id as it is on a day; None when it does not stand then."""
    return _first(_standing(on).filter(place_id=place_id))


def place_by_then(*, code: str, on: dt.date) -> PlaceNow | None:
    """The place with this code as it was last called up to a day, also when it has been closed."""
    begun = Q(during__startswith__lte=on) | Q(during__startswith__isnull=True)
    return _first(Tenure.objects.filter(begun, place__code=code).order_by("-during", "id"))


def last_called(*, place_ids: Collection[int], on: dt.date) -> dict[int, tuple[str, str]]:
    """Code and name of places as they were last called up to a day, closed ones too; by id."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CALLED, {"places": list(place_ids), "on": on})
        return {pk: (code, name) for pk, code, name in cursor.fetchall()}


def standing(*, on: dt.date) -> dict[int, PlaceNow]:
    """Every place that stands on a day, by id. One statement."""
    return {place.id: place for place in _of(_standing(on))}


def centre(*, on: dt.date) -> PlaceNow | None:
    """The top of the tree on a day; None before places are loaded."""
    return place_on(code=CENTRE_CODE, on=on)


def children_of(*, place_id: int, on: dt.date) -> list[PlaceNow]:
    """The places directly below one on a day, by name."""
    return _of(_standing(on).filter(parent_id=place_id).order_by("name", "place_id"))


def line_of(*, place_id: int, on: dt.date) -> list[PlaceNow]:
    """From the centre down to the place itself on a day; empty when it does not stand then."""
    above = Ancestry.objects.filter(descendant_id=place_id, during__contains=on)
    far = Subquery(above.filter(ancestor_id=OuterRef("place_id")).values("distance")[:1])
    line = _standing(on).filter(place_id__in=above.values("ancestor_id")).annotate(far=far)
    return _of(line.order_by("-far", "place_id"))


def places_below(*, place_ids: Collection[int] | QuerySet[Any, Any], on: dt.date) -> list[PlaceNow]:
    """These places and all below them on a day, each once, by name.

    `place_ids` may be a lazy queryset of ids from another room: then it is one statement.
    """
    below = Ancestry.objects.filter(ancestor_id__in=place_ids, during__contains=on)
    standing = _standing(on).filter(place_id__in=below.values("descendant_id"))
    # Sorted here: by the database's collation 646 names take longer than all the rest.
    return sorted(_of(standing), key=lambda place: (place.name, place.id))


def ids_above(*, place_id: int, on: dt.date) -> QuerySet[Ancestry, int]:
    """Ids of a place and all above it on a day, lazy, for a room that joins its own rows to it."""
    above = Ancestry.objects.filter(descendant_id=place_id, during__contains=on)
    return above.values_list("ancestor_id", flat=True)


def history_of(*, place_id: int) -> list[TenureLine]:
    """What a place was, newest first, each with what its parent was last called then."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, [place_id])
        return [TenureLine(*row) for row in cursor.fetchall()]


def unit_ids_below(*, place_ids: Collection[int], on: dt.date) -> frozenset[int]:
    """Ids of the units at or below any of these places on a day."""
    below = Ancestry.objects.filter(
        ancestor_id__in=place_ids, during__contains=on, descendant__level=Level.UNIT
    )
    return frozenset(below.values_list("descendant_id", flat=True))


def unit_ids_by_name(*, names: Collection[str], on: dt.date) -> dict[str, int]:
    """Ids of units that stand on a day, by a name that they bear or once bore.

    A name that no unit or more than one unit has borne is left out: it names no single unit.
    """
    standing = _standing(on).values("place_id")
    units = Tenure.objects.filter(place__level=Level.UNIT, place_id__in=standing)
    found: dict[str, set[int]] = {}
    for name, place_id in units.filter(name__in=names).values_list("name", "place_id"):
        found.setdefault(name, set()).add(place_id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def province_names() -> dict[str, str]:
    """The name of every province that is known, by its code of Kemendagri."""
    return dict(Province.objects.order_by("code").values_list("code", "name"))


def search_places(
    *, text: str, within: Collection[int] | None, on: dt.date, limit: int = 20
) -> list[PlaceNow]:
    """Places whose name or city has every word of `text` on a day, by name, at most `limit`.

    `within` are the places to search at and below; None searches the whole tree.
    """
    found = _standing(on)
    if within is not None:
        below = Ancestry.objects.filter(ancestor_id__in=within, during__contains=on)
        found = found.filter(place_id__in=below.values("descendant_id"))
    for word in text.replace("\0", " ").split():
        found = found.filter(Q(name__icontains=word) | Q(place__city__icontains=word))
    return _of(found.order_by("name", "place_id")[:limit])


@cache
def zone_of(*, unit_id: int) -> Zone:
    """The zone that the clocks of a unit keep, by its province; asked once per process.

    Neither changes while a process lives: a unit keeps its province, and a law that moves a
    province to another zone comes with a release.
    """
    return Zone(Place.objects.filter(pk=unit_id).values_list("province__zone", flat=True).get())
