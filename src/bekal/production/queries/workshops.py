"""The workshops of a unit, their working time, and what is made in them to order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from bekal.production.models import Capacity
from bekal.production.queries.capacity import WorkshopDay, workshop_days
from bekal.production.rules import NewWorkTime

DAYS_SHOWN = 30
_WORKSHOPS = """
select w.id, w.name, w.kind, in_force.minutes, in_force.days_a_week
from production_workshop w
left join lateral (
  select c.minutes, c.days_a_week from production_capacity c
  where c.workshop_id = w.id and c.valid_from <= %(on)s
  order by c.valid_from desc, c.id desc limit 1
) in_force on true
where w.unit_id = %(unit)s and (%(workshop)s::bigint is null or w.id = %(workshop)s)
order by lower(w.name), w.id
"""
_WORKS = """
select w.workshop_id, p.id, p.code, p.name, w.minutes_a_piece, w.days_ahead
from production_work w
join production_workshop shop on shop.id = w.workshop_id
join catalogue_product p on p.id = w.product_id
where shop.unit_id = %s order by lower(p.name), p.id
"""


@dataclass(frozen=True)
class WorkshopRow:
    """A workshop with the working time in force on a day."""

    id: int
    name: str
    kind: str
    time: NewWorkTime


@dataclass(frozen=True)
class MadeRow:
    """A product that is made to order in a workshop."""

    workshop_id: int
    product_id: int
    code: str
    name: str
    minutes_a_piece: int
    days_ahead: int


@dataclass(frozen=True)
class HoursAhead:
    """The days of a workshop from today on, and their sums in minutes."""

    days: tuple[WorkshopDay, ...]

    @property
    def minutes(self) -> int:
        """What it works in all."""
        return sum(day.minutes for day in self.days)

    @property
    def taken(self) -> int:
        """What of that is promised."""
        return sum(day.taken for day in self.days)

    @property
    def left(self) -> int:
        """What can still be promised."""
        return self.minutes - self.taken

    @property
    def next_free(self) -> dt.date | None:
        """The first day with something left."""
        return next((day.day for day in self.days if day.left), None)


def workshops_of(*, unit_id: int, on: dt.date) -> list[WorkshopRow]:
    """A unit's workshops by name; one statement."""
    return _workshops(unit_id, on=on)


def workshop_of(*, unit_id: int, workshop_id: int, on: dt.date) -> WorkshopRow | None:
    """One workshop of a unit, or None."""
    return next(iter(_workshops(unit_id, on=on, workshop=workshop_id)), None)


def works_of(*, unit_id: int) -> list[MadeRow]:
    """What a unit makes to order, by name; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKS, [unit_id])
        return [MadeRow(*row) for row in cursor.fetchall()]


def hours_ahead(*, workshop_ids: Iterable[int], today: dt.date) -> dict[int, HoursAhead]:
    """The next thirty days of workshops, today included; one statement."""
    ids = list(workshop_ids)
    last = today + dt.timedelta(days=DAYS_SHOWN - 1)
    found: dict[int, list[WorkshopDay]] = {workshop: [] for workshop in ids}
    for day in workshop_days(workshop_ids=ids, first=today, last=last):
        found[day.workshop_id].append(day)
    return {workshop: HoursAhead(tuple(days)) for workshop, days in found.items()}


def times_of(*, workshop_id: int) -> list[Capacity]:
    """The working times of a workshop, the latest first; one statement."""
    rows = Capacity.objects.filter(workshop_id=workshop_id)
    return list(rows.order_by("-valid_from", "-id"))


def _workshops(unit_id: int, *, on: dt.date, workshop: int | None = None) -> list[WorkshopRow]:
    with connection.cursor() as cursor:
        cursor.execute(_WORKSHOPS, {"unit": unit_id, "on": on, "workshop": workshop})
        return [
            WorkshopRow(row[0], row[1], row[2], NewWorkTime(row[3] or 0, row[4] or 0))
            for row in cursor.fetchall()
        ]
