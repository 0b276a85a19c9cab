"""What the desk of a unit says of its goods and of the work of a day."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection

from bekal.production.queries.levels import ALERTS, Alerts, MadeToday
from bekal.production.rules import learned_minutes

PACES = 20
"""Of how many of a unit's last batches it is learned how long writing one down takes."""
_TELLS_TIME = 7
_TODAY = """
with newest as (
  select id, recorded_at from production_batch where unit_id = %(unit)s
  order by recorded_at desc, number desc limit %(paces)s
)
select (select count(*)::int from production_batch where unit_id = %(unit)s and made_on = %(day)s),
  exists (select from production_noproduction
          where unit_id = %(unit)s and day = %(day)s and withdrawn_at is null),
  exists (select from production_assignment a join production_workshop w on w.id = a.workshop_id
          where w.unit_id = %(unit)s and a.during @> %(day)s::date),
  (select array_agg(id order by recorded_at, id) from newest),
  (select array_agg(recorded_at order by recorded_at, id) from newest)
"""
_DESK = " ".join(("select * from (", ALERTS, ") goods, (", _TODAY, ") made"))


def goods_and_work(*, unit_id: int, day: dt.date, now: dt.datetime) -> Alerts:
    """What of a unit's stock needs a look, and what was said of a day's work; one statement.

    The key of a form is made when it is opened and holds that millisecond (RFC 9562), so no clock
    of a phone is asked how long writing a batch down takes.
    """
    asked: dict[str, Any] = {"unit": unit_id, "day": day, "today": day, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_DESK, {**asked, "paces": PACES})
        *alerts, made, is_idle, has_work, keys, times = cursor.fetchone()
    pairs = zip(keys or (), times or (), strict=True)
    took = [at - opened for key, at in pairs if (opened := opened_at(key))]
    told = MadeToday(made, is_idle, has_work, learned_minutes(took))
    return replace(Alerts(*alerts), made=told)


def opened_at(key: UUID) -> dt.datetime | None:
    """When a key was made, for those that tell it (UUIDv7)."""
    if key.version != _TELLS_TIME:
        return None
    return dt.datetime.fromtimestamp((key.int >> 80) / 1_000, tz=dt.UTC)
