"""Who works where, by code; who could; and how long a unit lets anybody work."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from psycopg.types.range import DateRange

from bekal.people import queries as people
from bekal.production.models import Assignment, WorkLimit


@dataclass(frozen=True)
class Assigned:
    """A maker's work in a workshop; `until` is its last day."""

    id: int
    maker: str
    workshop_id: int
    workshop: str
    first: dt.date
    until: dt.date | None
    minutes_a_day: int
    days_a_week: int


def limit_on(*, unit_id: int, on: dt.date) -> WorkLimit | None:
    """The limit in force on a day, or None where the unit has set none; one statement."""
    rows = WorkLimit.objects.filter(unit_id=unit_id, valid_from__lte=on)
    return rows.order_by("-valid_from", "-id").first()


def limits_of(*, unit_id: int) -> list[WorkLimit]:
    """All limits of a unit, the latest first; one statement."""
    rows = WorkLimit.objects.filter(unit_id=unit_id)
    return list(rows.order_by("-valid_from", "-id"))


def assigned_on(*, unit_id: int, on: dt.date) -> list[Assigned]:
    """Who worked in a unit on a day, whoever is there now; one statement."""
    return _rows(_of_unit(unit_id).filter(during__contains=on))


def assignments_now(*, unit_id: int, on: dt.date) -> list[Assigned]:
    """What is given to makers today and from later days on; one statement."""
    last = Q(during__endswith__isnull=True) | Q(during__endswith__gt=on)
    return _rows(_of_unit(unit_id).filter(last, during__isempty=False))


def assignments_past(*, unit_id: int, on: dt.date) -> list[Assigned]:
    """What was given to makers and is over, the latest first; one statement."""
    rows = _rows(_of_unit(unit_id).filter(during__endswith__lte=on, during__isempty=False))
    return sorted(rows, key=lambda row: (row.until or on, row.id), reverse=True)


def worked_in(*, workshop_id: int, first: dt.date, last: dt.date) -> list[Assigned]:
    """Who was given work in a workshop within some days, both included; one statement."""
    found = Assignment.objects.filter(workshop_id=workshop_id)
    return _rows(found.filter(during__overlap=DateRange(first, last, "[]")))


def assignment_of(*, unit_id: int, assignment_id: int) -> Assigned | None:
    """One of a unit, or None; one statement."""
    rows = _rows(_of_unit(unit_id).filter(pk=assignment_id, during__isempty=False))
    return next(iter(rows), None)


def unassigned(*, unit_id: int, on: dt.date) -> list[str]:
    """The codes of those who may work on a day and have nothing to do; four statements."""
    busy = {row.maker for row in assignments_now(unit_id=unit_id, on=on)}
    able = people.eligible_makers(unit_id=unit_id, on=on)
    return [maker for maker in able if maker not in busy]


def _of_unit(unit_id: int) -> QuerySet[Assignment]:
    return Assignment.objects.filter(workshop__unit_id=unit_id)


def _rows(found: QuerySet[Assignment]) -> list[Assigned]:
    rows = found.select_related("workshop").order_by("workshop__name", "maker_id", "during", "id")
    return [
        Assigned(
            row.pk,
            row.maker_id,
            row.workshop_id,
            row.workshop.name,
            row.during.lower,
            row.during.upper and row.during.upper - dt.timedelta(days=1),
            row.minutes_a_day,
            row.days_a_week,
        )
        for row in rows
    ]
