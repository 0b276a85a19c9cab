"""The makers of a unit: who is here, who is on the way, who was here; without any name."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import connection
from django.db.models import Exists, OuterRef

from bekal.accounts.rules import Permission
from bekal.people.models import Maker, StatusMove, Stay
from bekal.people.queries.eligibility import (
    Expiring,
    expiring_facts,
    known_facts,
    requirements_on,
)
from bekal.people.rules import NO_MAKERS, Eligibility, Status, judge
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level

# The last stay of each in the unit. Whoever was received elsewhere is known to have been here by
# the code alone; the page of a maker is for the unit that has them, or had them last.
_MAKERS = """
select m.code, m.status, m.is_sample, lower(s.during), upper(s.during), m.erased_at is not null,
       coalesce(t.from_unit_id = %(unit)s, false),
       exists (select from people_stay later where later.maker_id = m.code
               and later.unit_id <> s.unit_id and lower(later.during) > lower(s.during))
from people_stay s
join people_maker m on m.code = s.maker_id
left join people_transfer t on t.maker_id = m.code and t.closed_at is null
where s.unit_id = %(unit)s and (%(codes)s::text[] is null or m.code = any(%(codes)s))
  and not exists (select from people_stay newer where newer.maker_id = s.maker_id
                  and newer.unit_id = s.unit_id and lower(newer.during) > lower(s.during))
order by m.code
"""
_COMING = """
select t.id, t.maker_id, t.from_unit_id, t.to_unit_id, t.left_on, t.reason
from people_transfer t
where t.closed_at is null and (t.to_unit_id = %(to)s or t.maker_id = %(maker)s)
order by t.left_on, t.id
"""


class Presence(StrEnum):
    """Where a maker is, seen from a unit; the values stand on the page."""

    HERE = "di unit"
    LEAVING = "sedang pindah"
    HOME = "pulang"
    ELSEWHERE = "sudah pindah"


class Standing(StrEnum):
    """What narrows the list; the values stand on the page."""

    HERE = "di unit"
    MAY_WORK = "boleh bekerja"
    MAY_NOT = "belum boleh bekerja"
    LEAVING = "sedang pindah"
    PAST = "pulang atau sudah pindah"


class MakerSort(StrEnum):
    """The orders of the list; the values stand in the address."""

    CODE = "kode"
    NEWEST = "terbaru"
    ENDING = "paling dulu habis"


@dataclass(frozen=True)
class MakerFilters:
    """What the list is narrowed to, and how it is sorted."""

    text: str = ""
    standing: Standing = Standing.HERE
    sort: MakerSort = MakerSort.CODE
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether some of the makers here are left out."""
        return bool(self.text) or self.standing is not Standing.HERE


@dataclass(frozen=True)
class MakerRow:
    """A maker as a unit sees them; `ends_on` is when the first of their facts ends."""

    code: str
    presence: Presence
    since: dt.date
    left_on: dt.date | None
    is_sample: bool
    is_erased: bool
    judgement: Eligibility
    ends_on: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether the unit may look at the person: not once another unit has them."""
        return self.presence is not Presence.ELSEWHERE and not self.is_erased

    @property
    def is_here(self) -> bool:
        """Whether something may be recorded of them now."""
        return self.presence is Presence.HERE


@dataclass(frozen=True)
class Coming:
    """A transfer that nobody has answered yet."""

    id: int
    maker: str
    from_unit_id: int
    to_unit_id: int
    left_on: dt.date
    reason: str


@dataclass(frozen=True)
class MakerTasks:
    """Facts that end soon or have ended, and how many makers wait to be received."""

    ending: tuple[Expiring, ...]
    coming: int


def makers_of(*, unit_id: int, filters: MakerFilters, on: dt.date) -> list[MakerRow]:
    """A unit's makers as filtered and sorted; three statements."""
    rows = _rows(unit_id, codes=None, on=on)
    wanted = filters.text.upper()
    found = [row for row in rows if wanted in row.code and _stands(row, filters.standing)]
    if filters.sort is MakerSort.NEWEST:
        found.sort(key=lambda row: row.since, reverse=True)
    elif filters.sort is MakerSort.ENDING:
        found.sort(key=lambda row: row.ends_on or dt.date.max)
    return found


def maker_of(*, unit_id: int, code: str, on: dt.date) -> MakerRow | None:
    """A maker whom the unit may look at, or None; three statements."""
    found = next(iter(_rows(unit_id, codes=[code], on=on)), None)
    return found if found is not None and found.is_open else None


def open_codes(*, unit_id: int, codes: Collection[str], on: dt.date) -> frozenset[str]:
    """Which of some makers a unit may look at; one statement."""
    return frozenset(row.code for row in _unjudged(unit_id, codes=codes, on=on) if row.is_open)


def stay_of(*, maker: str, on: dt.date) -> int | None:
    """The unit where a maker is on a day, or None; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select unit_id from people_stay where maker_id = %s and during @> %s::date",
            [maker, on],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def gone_home(*, codes: Collection[str]) -> frozenset[str]:
    """Which of some makers are in the custody of no unit any more; one statement."""
    found = Maker.objects.filter(pk__in=codes, status=Status.RELEASED)
    return frozenset(found.values_list("pk", flat=True))


def gone_from(*, unit_id: int, codes: Collection[str]) -> frozenset[str]:
    """Which of some makers a unit does not have any more: at home, elsewhere or on the way.

    One statement.
    """
    here = Stay.objects.filter(unit_id=unit_id, maker_id=OuterRef("pk"), during__endswith=None)
    found = Maker.objects.filter(~Exists(here), pk__in=codes)
    return frozenset(found.values_list("pk", flat=True))


def moves_of(*, maker: str) -> list[StatusMove]:
    """How a maker came, moved and went, the newest first; one statement."""
    return list(StatusMove.objects.filter(maker_id=maker).order_by("-id"))


def coming_to(*, unit_id: int) -> list[Coming]:
    """Who is on the way to a unit, and not yet received; one statement."""
    return _coming(to=unit_id, maker=None)


def coming_of(*, maker: str) -> Coming | None:
    """The transfer of a maker that nobody has answered yet, or None; one statement."""
    return next(iter(_coming(to=None, maker=maker)), None)


def maker_tasks(*, unit_id: int, on: dt.date, may: frozenset[Permission]) -> MakerTasks:
    """What makers ask of somebody with these permissions; one statement for each kind."""
    ending = expiring_facts(unit_id=unit_id, on=on) if Permission.KEEP_MAKERS in may else []
    coming = coming_to(unit_id=unit_id) if Permission.DECIDE_MAKERS in may else []
    return MakerTasks(tuple(ending), len(coming))


def receivers(*, unit_id: int, on: dt.date) -> list[PlaceNow]:
    """The units to which a maker of a unit may be moved, by name; one statement."""
    standing = places.standing(on=on).values()
    found = (
        place
        for place in standing
        if place.level is Level.UNIT and place.id != unit_id and place.kind not in NO_MAKERS
    )
    return sorted(found, key=lambda place: (place.name, place.id))


def _unjudged(unit_id: int, *, codes: Collection[str] | None, on: dt.date) -> list[MakerRow]:
    with connection.cursor() as cursor:
        cursor.execute(_MAKERS, {"unit": unit_id, "codes": None if codes is None else list(codes)})
        return [_row(*row, on=on) for row in cursor.fetchall()]


def _rows(unit_id: int, *, codes: Collection[str] | None, on: dt.date) -> list[MakerRow]:
    found = _unjudged(unit_id, codes=codes, on=on)
    requirements = requirements_on(on=on)
    facts = known_facts(makers=[row.code for row in found], on=on)
    rows = []
    for row in found:
        known = facts[row.code]
        judgement = judge(requirements=requirements, facts=known, on=on)
        ends = min((fact.until for fact in known if fact.holds and fact.until), default=None)
        rows.append(replace(row, judgement=judgement, ends_on=ends))
    return rows


def _row(
    code: str,
    status: str,
    is_sample: bool,  # noqa: FBT001 - a row of the statement
    *stay: object,
    on: dt.date,
) -> MakerRow:
    since, until, is_erased, is_leaving, is_elsewhere = stay
    assert isinstance(since, dt.date)
    if until is None:
        presence = Presence.HERE
    elif is_leaving:
        presence = Presence.LEAVING
    elif is_elsewhere or status != Status.RELEASED:
        presence = Presence.ELSEWHERE
    else:
        presence = Presence.HOME
    left = until if isinstance(until, dt.date) else None
    nothing = Eligibility(on, ())
    return MakerRow(code, presence, since, left, is_sample, bool(is_erased), nothing)


def _stands(row: MakerRow, standing: Standing) -> bool:
    is_past = row.presence in {Presence.HOME, Presence.ELSEWHERE}
    return {
        Standing.HERE: row.is_here,
        Standing.MAY_WORK: row.is_here and row.judgement.is_eligible,
        Standing.MAY_NOT: row.is_here and not row.judgement.is_eligible,
        Standing.LEAVING: row.presence is Presence.LEAVING,
        Standing.PAST: is_past,
    }[standing]


def _coming(*, to: int | None, maker: str | None) -> list[Coming]:
    with connection.cursor() as cursor:
        cursor.execute(_COMING, {"to": to, "maker": maker})
        return [Coming(*row) for row in cursor.fetchall()]
