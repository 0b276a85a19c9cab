"""What waits for a unit, counted in one statement for its desk."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.foundation.clock import Zone
from bekal.institutions.models.ended import is_ended
from bekal.institutions.rules import LATEST, instant_of

_WORK = f"""
select
  (select count(*) from institutions_invitation i
   join institutions_request r on r.id = i.request_id and r.answer_until > %(now)s
   where i.unit_id = %(unit)s
    and not exists (select from institutions_answer where invitation_id = i.id)
    and not {is_ended("r.id")}),
  (select count(*) from institutions_appointment a
   join institutions_slot t on t.id = a.slot_id
   join institutions_service s on s.id = t.service_id
   where s.unit_id = %(unit)s and a.status = 'booked'
    and t.starts_at >= %(since)s and t.starts_at < %(until)s),
  (select count(*) from institutions_enquiryplace p
   where p.place_id = %(unit)s
    and not exists (select from institutions_reply where to_id = p.id)),
  due.today, due.late
from (
  select count(*) filter (where g.at = %(today)s::date) as today,
    count(*) filter (where g.at < %(today)s::date) as late
  from institutions_supply s
  left join institutions_supplyend e on e.supply_id = s.id
  cross join generate_series(%(latest)s::date, %(today)s::date, interval '1 day') as g (at)
  where s.unit_id = %(unit)s and s.last_on >= %(latest)s
   and g.at between s.first_on and least(s.last_on, e.last_on)
   and s.weekdays & (1 << (extract(isodow from g.at)::int - 1)) > 0
   and not exists (select from institutions_supplydelivery
                   where supply_id = s.id and due_on = g.at::date)
) due
"""  # noqa: S608


@dataclass(frozen=True)
class UnitWork:
    """What nobody has done yet: answer requests and enquiries from abroad, serve visitors.

    `supplies` are the deliveries of today, `supplies_late` those of the fourteen days before.
    """

    requests: int
    visits: int
    enquiries: int
    supplies: int
    supplies_late: int


def unit_work(*, unit_id: int, today: dt.date, zone: Zone, now: dt.datetime) -> UnitWork:
    """What waits for a unit; `today` is its own day. One statement."""
    since = instant_of(today, dt.time(), zone)
    values: dict[str, Any] = {
        "unit": unit_id,
        "now": now,
        "today": today,
        "latest": today - LATEST,
        "since": since,
        "until": since + dt.timedelta(days=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORK, values)
        return UnitWork(*cursor.fetchone())
