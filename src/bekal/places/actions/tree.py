"""Open, rename, move and close places, from a day on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.foundation.actors import Actor
from bekal.places.models import Place, Province, Tenure
from bekal.places.queries import TRUE_ANCESTRY
from bekal.places.rules import (
    Level,
    PlaceRefused,
    check_covers,
    check_next_day,
    check_parent,
)

# One change of the tree at a time: each looks at places that it does not change.
_LOCK = "select pg_advisory_xact_lock(hashtextextended('places.tree', 0))"
_REFRESH = f"""
with {TRUE_ANCESTRY},
gone as (
  delete from places_ancestry a where not exists (
    select from truth t
    where (t.ancestor_id, t.descendant_id, t.distance, t.during)
        = (a.ancestor_id, a.descendant_id, a.distance, a.during))
  returning 1
)
insert into places_ancestry (ancestor_id, descendant_id, distance, during)
select * from truth t
where (select count(*) from gone) >= 0  -- old rows go before new ones come
  and not exists (
    select from places_ancestry a
    where (a.ancestor_id, a.descendant_id, a.distance, a.during)
        = (t.ancestor_id, t.descendant_id, t.distance, t.during))
"""  # noqa: S608


@dataclass(frozen=True, kw_only=True)
class NewPlace:
    """What a place is on its first day. `code` must be a slug; a unit needs its province."""

    code: str
    level: Level
    name: str
    kind: str
    unit_class: str = ""
    parent_id: int | None
    province_code: str | None = None
    city: str = ""


@dataclass(frozen=True)
class Move:
    """One place that goes under another."""

    place_id: int
    parent_id: int


def lock_tree() -> None:
    """Wait until no other transaction changes the tree, and keep others waiting until commit."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


@transaction.atomic
def refresh_ancestry(*, by: Actor, now: dt.datetime) -> None:
    """Bring the ancestry in line with the tenures, in one statement that writes only differences.

    Every action here calls it; call it alone only to repair what `ancestry_problems` found.
    """
    lock_tree()
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH)


@transaction.atomic
def open_place(*, new: NewPlace, on: dt.date, source: str, by: Actor, now: dt.datetime) -> Place:
    """Open a new place under its parent from a day on.

    Raises PlaceRefused for a code in use, a parent of the wrong level or one that is not there
    from that day on without end, and for a unit without a known province.
    """
    lock_tree()
    _check_new(new)
    _check_parent_from(level=new.level, parent_id=new.parent_id, on=on)
    place = Place.objects.create(
        code=new.code,
        level=new.level,
        province_id=new.province_code,
        city=new.city,
        source=source,
    )
    Tenure.objects.create(
        place=place,
        name=new.name,
        kind=new.kind,
        unit_class=new.unit_class,
        parent_id=new.parent_id,
        during=(on, None),
        source=source,
    )
    detail = {"code": new.code, "name": new.name, "parent": new.parent_id}
    _finish("open", place.pk, {**detail, "on": str(on), "source": source}, by=by, now=now)
    return place


@transaction.atomic
def rename_place(
    *,
    place_id: int,
    name: str,
    kind: str,
    unit_class: str,
    on: dt.date,
    source: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Give a place another name, kind or class from a day on; its code stays.

    Raises PlaceRefused when the place is closed, the day is not after the last change, or nothing
    would change.
    """
    lock_tree()
    old = _last_tenure(place_id)
    check_next_day(since=old.during.lower, until=old.during.upper, day=on)
    if (old.name, old.kind, old.unit_class) == (name, kind, unit_class):
        raise PlaceRefused("Nama, jenis, dan kelas sama seperti sekarang.", field="name")
    detail = {"from": old.name, "to": name, "kind": kind, "class": unit_class}
    _follow(old, on=on, source=source, name=name, kind=kind, unit_class=unit_class)
    _finish("rename", place_id, {**detail, "on": str(on), "source": source}, by=by, now=now)


@transaction.atomic
def move_place(
    *, place_id: int, parent_id: int, on: dt.date, source: str, by: Actor, now: dt.datetime
) -> None:
    """Put a place, with all below it, under another parent from a day on.

    Raises PlaceRefused as `reorganise` does.
    """
    reorganise(moves=[Move(place_id, parent_id)], on=on, source=source, by=by, now=now)


@transaction.atomic
def reorganise(
    *, moves: Sequence[Move], on: dt.date, source: str, by: Actor, now: dt.datetime
) -> None:
    """Move several places on one day, all or none.

    Raises PlaceRefused when a place is closed, stands there already, was changed on or after that
    day, or when its new parent has the wrong level or is not there from that day on without end.
    """
    lock_tree()
    for move in moves:
        old = _last_tenure(move.place_id)
        check_next_day(since=old.during.lower, until=old.during.upper, day=on)
        if old.parent_id == move.parent_id:
            raise PlaceRefused("Tempat ini sudah berada di bawah induk itu.", field="parent")
        level = Level(old.place.level)
        _check_parent_from(level=level, parent_id=move.parent_id, on=on)
        _follow(old, on=on, source=source, parent_id=move.parent_id)
        detail = {"from": old.parent_id, "to": move.parent_id, "on": str(on), "source": source}
        _record("move", move.place_id, detail, by=by, now=now)
    refresh_ancestry(by=by, now=now)


@transaction.atomic
def close_place(*, place_id: int, on: dt.date, source: str, by: Actor, now: dt.datetime) -> None:
    """Close a place: `on` is the first day on which it no longer stands. Its history remains.

    Raises PlaceRefused when it is closed already, was changed on or after that day, or when
    another place would be left without its parent.
    """
    lock_tree()
    old = _last_tenure(place_id)
    check_next_day(since=old.during.lower, until=old.during.upper, day=on)
    if Tenure.objects.filter(parent_id=place_id, during__overlap=(on, None)).exists():
        raise PlaceRefused(
            "Masih ada tempat di bawahnya pada tanggal itu. Pindahkan atau tutup itu dahulu."
        )
    _end(old, on)
    _finish("close", place_id, {"on": str(on), "source": source}, by=by, now=now)


def _last_tenure(place_id: int) -> Tenure:
    tenures = Tenure.objects.select_for_update(of=("self",)).select_related("place")
    tenure = tenures.filter(place_id=place_id).order_by("during", "id").last()
    if tenure is None:
        raise PlaceRefused("Tempat ini tidak ada dalam daftar.")
    return tenure


def _check_new(new: NewPlace) -> None:
    if Place.objects.filter(code=new.code).exists():
        raise PlaceRefused("Kode ini sudah dipakai tempat lain. Pilih kode lain.", field="code")
    if new.level is Level.CENTRE and Place.objects.filter(level=Level.CENTRE).exists():
        raise PlaceRefused("Kantor pusat sudah ada.", field="level")
    known = Province.objects.filter(code=new.province_code).exists()
    if not known and (new.level is Level.UNIT or new.province_code is not None):
        raise PlaceRefused("Pilih provinsi tempat UPT ini berada.", field="province")


def _check_parent_from(*, level: Level, parent_id: int | None, on: dt.date) -> None:
    if parent_id is None:
        check_parent(level=level, parent_level=None)
        return
    last = _last_tenure(parent_id)
    check_parent(level=level, parent_level=Level(last.place.level))
    first = Tenure.objects.filter(place_id=parent_id).order_by("during", "id")[:1].get()
    check_covers(since=first.during.lower, until=last.during.upper, day=on)


def _follow(
    old: Tenure,
    *,
    on: dt.date,
    source: str,
    name: str | None = None,
    kind: str | None = None,
    unit_class: str | None = None,
    parent_id: int | None = None,
) -> None:
    """End a tenure and open the next one on the same day; what is not given stays as it was."""
    _end(old, on)
    Tenure.objects.create(
        place_id=old.place_id,
        name=old.name if name is None else name,
        kind=old.kind if kind is None else kind,
        unit_class=old.unit_class if unit_class is None else unit_class,
        parent_id=old.parent_id if parent_id is None else parent_id,
        during=(on, None),
        source=source,
    )


def _end(tenure: Tenure, on: dt.date) -> None:
    tenure.during = (tenure.during.lower, on)
    tenure.save(update_fields=["during"])


def _record(
    verb: str, place_id: int, detail: Mapping[str, object], *, by: Actor, now: dt.datetime
) -> None:
    key = f"place:{place_id}"
    audit.record(chain=key, action=f"places.{verb}", object_key=key, detail=detail, by=by, now=now)


def _finish(
    verb: str, place_id: int, detail: Mapping[str, object], *, by: Actor, now: dt.datetime
) -> None:
    refresh_ancestry(by=by, now=now)
    _record(verb, place_id, detail, by=by, now=now)
