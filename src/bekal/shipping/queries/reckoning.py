"""Why a quote is what it is: the row of the table that decides, and the arithmetic."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from bekal.shipping import rules
from bekal.shipping.queries.offers import IN_FORCE
from bekal.shipping.queries.shapes import Parcel, Reckoned
from bekal.shipping.rules import Manner, NoQuote, Terms

_EXPLAINED = (
    """
select c.name || ' ' || s.name, c.is_sample, s.divisor, s.tolerance_g, r.valid_from,
  case when length(a.code) = 4 then a.name || ', ' || p.name else a.name end,
  r.first_kg, r.next_kg, r.min_weight_g, r.max_weight_g, r.days_min, r.days_max
from shipping_courier c
join shipping_service s on s.courier_id = c.id
  and (s.stopped_on is null or s.stopped_on > %(on)s)
left join shipping_district d on d.code = %(district)s
"""
    + IN_FORCE
    + """
left join shipping_area a on a.code = r.area_id
left join places_province p on p.code = a.province_id
where c.unit_id = %(unit)s
order by 1, s.id
"""
)


def reckon(*, parcel: Parcel, district_code: str, on: dt.date) -> list[Reckoned]:
    """What every running service of a unit answers for a parcel, and why. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPLAINED, {"unit": parcel.unit_id, "district": district_code, "on": on})
        found = [_reckoned(parcel, row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: (one.fee is None, one.fee or 0, one.service))


def _reckoned(parcel: Parcel, row: Sequence[Any]) -> Reckoned:
    service, is_sample, divisor, tolerance_g, valid_from, area, *numbers = row
    terms = Terms(*numbers) if numbers[0] is not None else None
    if terms is None:
        return Reckoned(service, is_sample, None, NoQuote.OUTSIDE, area or "", None, valid_from, ())
    asked: dict[str, Any] = {
        "weight_g": parcel.weight_g,
        "volume_cm3": parcel.volume_cm3,
        "manner": Manner(divisor, tolerance_g),
        "terms": terms,
    }
    fee = rules.fee_of(**asked)
    steps = rules.explained(**asked)
    problem = NoQuote.TOO_HEAVY if fee is None else None
    return Reckoned(service, is_sample, fee, problem, area, terms, valid_from, steps)
