"""Who works in which workshop, by code, how long a day; and how long a unit lets anybody work."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.production.models.capacity import Workshop

# The same question as people.rules.judge, asked in SQL of the day on which the work begins. The
# maker is locked, so that nobody leaves or is let go between the question and the row.
may_work = Promise(
    name="may_work",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("unit", "bigint"), ("cap", "record"), ("begins", "date")],
    func="""
    begins := lower(new.during);
    perform from people_maker m where m.code = new.maker_id for share;
    select w.unit_id into unit from production_workshop w where w.id = new.workshop_id;
    if not exists (select from people_stay s where s.maker_id = new.maker_id
                   and s.unit_id = unit and s.during @> new.during) then
      raise exception 'who is not in the unit does not work there' using errcode = '23514';
    end if;
    if not exists (select from people_requirement r where r.during @> begins) or exists (
      select from people_requirement r
      left join lateral (
        select f.* from people_fact f
        where f.maker_id = new.maker_id and f.code = r.code and f.known_on <= begins
        order by f.id desc limit 1
      ) f on true
      where r.during @> begins and not coalesce(
        f.holds and (f.until is null or f.until >= begins)
        and (not r.needs_number or f.number <> '')
        and (not r.needs_until or f.until is not null), false)
    ) then
      raise exception 'a requirement of work is not met' using errcode = '23514';
    end if;
    select l.minutes_a_day, l.minutes_a_week into cap from production_worklimit l
    where l.unit_id = unit and l.valid_from <= begins order by l.valid_from desc, l.id desc limit 1;
    if not found or new.minutes_a_day > cap.minutes_a_day
       or new.minutes_a_day * new.days_a_week > cap.minutes_a_week then
      raise exception 'longer than the unit lets anybody work' using errcode = '23514';
    end if;
    return new;
    """,
)

only_shortened = Promise(
    name="only_shortened",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.ended_at is not null or new.ended_at is null
       or (new.id, new.maker_id, new.workshop_id, new.minutes_a_day, new.days_a_week,
           new.assigned_at, new.assigned_by)
       is distinct from
          (old.id, old.maker_id, old.workshop_id, old.minutes_a_day, old.days_a_week,
           old.assigned_at, old.assigned_by)
       or not (old.during @> new.during)
       or (lower(new.during) <> lower(old.during)) then
      raise exception 'an assignment can only be ended, once' using errcode = '23514';
    end if;
    return new;
    """,
)


class WorkLimit(models.Model):
    """How long anybody may work in a unit, a day and a week, from a day on, until the next row.

    A decision of the unit with its number: our sources ask that hours be limited (Mandela Rules 96
    to 103) and name no figure for Indonesia, so there is none in code.
    """

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    minutes_a_day = models.SmallIntegerField()
    minutes_a_week = models.SmallIntegerField()
    basis = models.CharField(max_length=120)
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes_a_day__gte=1, minutes_a_day__lte=1440)
                & Q(minutes_a_week__gte=F("minutes_a_day"))
                & Q(minutes_a_week__lte=F("minutes_a_day") * 7),
                name="production_worklimit_of_a_day_and_a_week",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="production_worklimit_has_basis"),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.minutes_a_day} a day from {self.valid_from}"


class Assignment(models.Model):
    """That a maker works in a workshop from a day to a day; in one at a time.

    Empty once it was ended before it began.
    """

    personal_data = NONE

    maker = models.ForeignKey("people.Maker", on_delete=models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()
    minutes_a_day = models.SmallIntegerField()
    days_a_week = models.SmallIntegerField()
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="production_assignment_one_at_a_time",
                expressions=[
                    ("maker", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(minutes_a_day__gte=1, days_a_week__gte=1, days_a_week__lte=7),
                name="production_assignment_takes_time",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False)
                | Q(during__isempty=True, ended_at__isnull=False),
                name="production_assignment_has_days",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="production_assignment_ended_at_and_by",
            ),
        ]
        triggers: ClassVar = [may_work, only_shortened, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.maker_id} in {self.workshop_id}"
