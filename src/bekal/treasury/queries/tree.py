"""Which units stand below a place on a day, and under which place directly below it."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from bekal.places import queries as places

# A unit that has been closed counts under those that it had last, so that no sum falls out.
_UNDER = """
select a.descendant_id, coalesce(low.ancestor_id, a.descendant_id)
from places_ancestry a
join places_place p on p.id = a.descendant_id and p.level = 'unit'
join lateral (
  select least(%(on)s::date, upper(life.during) - 1) as day from places_ancestry life
  where life.descendant_id = a.descendant_id and life.distance = 0
   and (lower(life.during) is null or lower(life.during) <= %(on)s::date)
  order by life.during desc limit 1
) last on true
left join places_ancestry low on low.descendant_id = a.descendant_id and low.during @> last.day
 and low.distance = a.distance - 1
where a.ancestor_id = %(place)s and a.during @> last.day
"""


@dataclass(frozen=True)
class Below:
    """A place directly below another."""

    id: int
    code: str
    name: str


def units_under(*, place_id: int, on: dt.date) -> dict[int, int]:
    """The units at or below a place by the tree of a day, each with the place directly below it.

    Closed units stand where they stood last. A unit itself is its own. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNDER, {"place": place_id, "on": on})
        return dict(cursor.fetchall())


def named(*, place_ids: frozenset[int], on: dt.date) -> list[Below]:
    """These places as they were last called up to a day, by name. One statement."""
    found = places.last_called(place_ids=place_ids, on=on)
    rows = [Below(pk, code, name) for pk, (code, name) in found.items()]
    return sorted(rows, key=lambda row: (row.name, row.id))
