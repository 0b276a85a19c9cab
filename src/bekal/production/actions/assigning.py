"""Work is given to makers, and ends; only who may work, and no longer than the unit allows."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from psycopg.types.range import DateRange

from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.people import actions as people
from bekal.people import queries as people_queries
from bekal.production.actions.recording import record
from bekal.production.models import Assignment, WorkLimit, Workshop
from bekal.production.queries import limit_on
from bekal.production.rules import (
    AssignmentRefused,
    NewAssignment,
    NewWorkLimit,
    check_ahead,
    check_days,
    check_hours,
    check_limit,
    check_may_work,
)

_A_DAY = dt.timedelta(days=1)


@transaction.atomic
def set_work_limit(*, unit_id: int, limit: NewWorkLimit, by: Actor, now: dt.datetime) -> None:
    """Let nobody work longer than that from a day on; work that was given before stays.

    Raises AssignmentRefused, CapacityRefused for the day, with the field.
    """
    check_limit(limit)
    check_ahead(limit.valid_from, today=local_day(now, Zone.WIB), field="valid_from")
    last = WorkLimit.objects.filter(unit_id=unit_id).order_by("-id").values(*vars(limit))[:1]
    if vars(limit) in last:
        return
    WorkLimit.objects.create(unit_id=unit_id, set_at=now, set_by=str(by), **vars(limit))
    record("set_work_limit", f"unit:{unit_id}", unit_id=unit_id, detail=vars(limit), by=by, now=now)


@transaction.atomic
def assign(*, unit_id: int, new: NewAssignment, by: Actor, now: dt.datetime) -> int:
    """Give a maker work in a workshop of the unit; returns its id. The same again is given once.

    Raises AssignmentRefused with the field, PeopleRefused when the maker is not in the unit.
    """
    people.hold_here(maker=new.maker, unit_id=unit_id, by=by, now=now)
    workshop = Workshop.objects.filter(pk=new.workshop_id, unit_id=unit_id).first()
    if workshop is None:
        raise AssignmentRefused("Pilih bengkel dari unit ini.", field="workshop")
    check_days(new, today=local_day(now, Zone.WIB))
    during = DateRange(new.first, new.until and new.until + _A_DAY)
    hours = {"minutes_a_day": new.minutes_a_day, "days_a_week": new.days_a_week}
    there = Assignment.objects.filter(maker_id=new.maker, during__overlap=during).first()
    if there is not None:
        return _the_same(there, workshop=workshop, during=during, hours=hours)
    _check(unit_id, new)
    made = Assignment.objects.create(
        maker_id=new.maker,
        workshop=workshop,
        during=during,
        assigned_at=now,
        assigned_by=str(by),
        **hours,
    )
    detail = {"maker": new.maker, "from": new.first, "until": new.until, **hours}
    key = f"workshop:{workshop.pk}"
    record("assign", key, unit_id=unit_id, detail=detail, by=by, now=now)
    return made.pk


@transaction.atomic
def end_assignment(
    *, unit_id: int, assignment_id: int, last: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Let `last` be the last day of a maker's work; a repeat changes nothing.

    Raises LookupError for another unit's, AssignmentRefused with the field.
    """
    found = Assignment.objects.select_for_update(of=("self",)).filter(
        pk=assignment_id, workshop__unit_id=unit_id
    )
    one = found.first()
    if one is None:
        raise LookupError(f"unit {unit_id} has no assignment {assignment_id}")
    if one.ended_at is not None:
        return
    today = local_day(now, Zone.WIT)
    if last < one.during.lower - _A_DAY and one.during.lower <= today:
        raise AssignmentRefused("Hari terakhir tidak bisa sebelum hari pertama.", field="last")
    if last > today:
        raise AssignmentRefused("Tanggal ini belum tiba.", field="last")
    _end(one, unit_id, on=last + _A_DAY, by=by, now=now)


@transaction.atomic
def end_assignments(*, maker: str, unit_id: int, on: dt.date, by: Actor, now: dt.datetime) -> int:
    """End all work of a maker who is not in the unit from a day on; returns how much there was.

    `people` calls it in the transaction of the leaving.
    """
    found = Assignment.objects.select_for_update(of=("self",)).filter(
        maker_id=maker, workshop__unit_id=unit_id, ended_at__isnull=True
    )
    running = [one for one in found.order_by("id") if _runs_on(one, on)]
    for one in running:
        _end(one, unit_id, on=on, by=by, now=now)
    return len(running)


def _runs_on(one: Assignment, on: dt.date) -> bool:
    return one.during.upper is None or one.during.upper > on


def _end(one: Assignment, unit_id: int, *, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """The work is over on a day; what had not begun by then never was."""
    begins = one.during.lower
    upper = on if one.during.upper is None else min(on, one.during.upper)
    one.during = DateRange(begins, upper) if begins < upper else DateRange(empty=True)
    one.ended_at, one.ended_by = now, str(by)
    one.save(update_fields=["during", "ended_at", "ended_by"])
    detail = {"maker": one.maker_id, "on": on}
    key = f"workshop:{one.workshop_id}"
    record("end_assignment", key, unit_id=unit_id, detail=detail, by=by, now=now)


def _the_same(
    there: Assignment, *, workshop: Workshop, during: DateRange, hours: Mapping[str, int]
) -> int:
    """The id of the same work given before. Raises AssignmentRefused for other work."""
    known = {"minutes_a_day": there.minutes_a_day, "days_a_week": there.days_a_week}
    if (there.workshop_id, there.during, known) == (workshop.pk, during, hours):
        return there.pk
    raise AssignmentRefused(
        f"Pembuat ini sudah bertugas di {there.workshop} pada hari-hari itu. "
        "Akhiri tugas itu dahulu.",
        field="first",
    )


def _check(unit_id: int, new: NewAssignment) -> None:
    if people_queries.stay_of(maker=new.maker, on=new.first) != unit_id:
        raise AssignmentRefused("Pembuat ini belum di unit ini pada hari itu.", field="first")
    check_may_work(people_queries.eligibility(maker=new.maker, on=new.first))
    limit = limit_on(unit_id=unit_id, on=new.first)
    check_hours(
        new,
        minutes_a_day=limit.minutes_a_day if limit else None,
        minutes_a_week=limit.minutes_a_week if limit else 0,
    )
