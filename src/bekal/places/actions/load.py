"""The first stock of places: the centre, the kanwil and the units of our sources."""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone
from bekal.places.actions.tree import lock_tree, refresh_ancestry
from bekal.places.models import Place, Province, Tenure
from bekal.places.rules import Opening, RowProblem, Spell, openings, read_units


@dataclass(frozen=True)
class LoadReport:
    """What a load did: places written now, places there before, and rows it could not use."""

    provinces: int
    opened: int
    known: int
    problems: tuple[RowProblem, ...]


def _rows(name: str) -> list[dict[str, str]]:
    text = files("bekal.places").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@transaction.atomic
def load_places(*, by: Actor, now: dt.datetime) -> LoadReport:
    """Write the provinces and places of `places/data` that are not there yet.

    May run any number of times: a place that is known by its code is left as it is, since later
    changes come through the actions of the tree. Rows that cannot be used are reported, by their
    number in the file (the first after the heading is 2), and skipped.
    """
    lock_tree()
    provinces = _load_provinces()
    codes = dict(Province.objects.values_list("name", "code"))
    units, problems = read_units(_rows("units.csv"), provinces=codes)
    wanted = openings(units)
    known = set(Place.objects.values_list("code", flat=True))
    fresh = [opening for opening in wanted if opening.code not in known]
    _open(fresh)
    if provinces or fresh:
        refresh_ancestry(by=by, now=now)
        detail = {"provinces": provinces, "opened": len(fresh), "unusable_rows": len(problems)}
        audit.record(
            chain=NATION,
            action="places.load",
            object_key="nation",
            detail=detail,
            by=by,
            now=now,
        )
    return LoadReport(provinces, len(fresh), len(wanted) - len(fresh), tuple(problems))


def _load_provinces() -> int:
    known = set(Province.objects.values_list("code", flat=True))
    fresh = [
        Province(code=row["code"], name=row["name"], zone=Zone(row["zone"]))
        for row in _rows("provinces.csv")
        if row["code"] not in known
    ]
    Province.objects.bulk_create(fresh)
    return len(fresh)


def _open(fresh: Iterable[Opening]) -> None:
    fresh = list(fresh)
    Place.objects.bulk_create(
        Place(
            code=opening.code,
            level=opening.level,
            province_id=opening.province_code,
            city=opening.city,
            source=opening.source,
        )
        for opening in fresh
    )
    ids = dict(Place.objects.values_list("code", "id"))
    Tenure.objects.bulk_create(
        _tenure(ids, opening, spell) for opening in fresh for spell in opening.spells
    )


def _tenure(ids: dict[str, int], opening: Opening, spell: Spell) -> Tenure:
    return Tenure(
        place_id=ids[opening.code],
        name=spell.name,
        kind=opening.kind,
        unit_class=opening.unit_class,
        parent_id=ids[spell.parent_code] if spell.parent_code else None,
        during=(spell.since, spell.until),
        source=spell.source,
    )
