"""What the desk of a unit says of its goods and of the work of a day."""

import datetime as dt
from dataclasses import replace

from django.db import connection

from bekal.production.queries.levels import ALERTS, Alerts, MadeToday

_TODAY = """
select (select count(*)::int from production_batch where unit_id = %(unit)s and made_on = %(day)s),
  exists (select from production_noproduction
          where unit_id = %(unit)s and day = %(day)s and withdrawn_at is null),
  exists (select from production_assignment a join production_workshop w on w.id = a.workshop_id
          where w.unit_id = %(unit)s and a.during @> %(day)s::date)
"""
_DESK = " ".join(("select * from (", ALERTS, ") goods, (", _TODAY, ") made"))


def goods_and_work(*, unit_id: int, day: dt.date, now: dt.datetime) -> Alerts:
    """What of a unit's stock needs a look, and what was said of a day's work; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DESK, {"unit": unit_id, "day": day, "today": day, "now": now})
        *alerts, made, is_idle, has_work = cursor.fetchone()
    return replace(Alerts(*alerts), made=MadeToday(made, is_idle, has_work))
