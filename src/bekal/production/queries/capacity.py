"""Working time: what a workshop has of it, and what of that is promised."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

_DAYS = """
select w.id, d::date, coalesce(set.minutes, in_force.minutes, 0), coalesce(set.taken, 0),
  coalesce(set.is_set, false)
from unnest(%(workshops)s::bigint[]) as w (id)
cross join generate_series(%(first)s::date, %(last)s::date, interval '1 day') as d
left join production_capacityday set on set.workshop_id = w.id and set.day = d::date
left join lateral (
  select case when extract(isodow from d) <= c.days_a_week then c.minutes else 0 end as minutes
  from production_capacity c where c.workshop_id = w.id and c.valid_from <= d::date
  order by c.valid_from desc, c.id desc limit 1
) in_force on true
order by w.id, d
"""


@dataclass(frozen=True)
class WorkshopDay:
    """A workshop's day: its minutes, and how many of them are promised."""

    workshop_id: int
    day: dt.date
    minutes: int
    taken: int
    is_set: bool

    @property
    def left(self) -> int:
        """Minutes that can still be promised."""
        return self.minutes - self.taken


def workshop_days(
    *, workshop_ids: Collection[int], first: dt.date, last: dt.date
) -> list[WorkshopDay]:
    """Every day of a period in some workshops, by workshop and day; one statement."""
    values: dict[str, Any] = {"workshops": sorted(workshop_ids), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, values)
        return [WorkshopDay(*row) for row in cursor.fetchall()]
