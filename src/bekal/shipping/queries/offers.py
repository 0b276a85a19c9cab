"""What it costs to send parcels of units to an address."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection

from bekal.shipping import rules
from bekal.shipping.queries.shapes import Offer, Parcel, Quote
from bekal.shipping.rules import Manner, NoQuote, Terms

# Of the smallest area around the address that has rows by then, the last row decides.
IN_FORCE = """
left join lateral (
  select * from shipping_rate
  where service_id = s.id and valid_from <= %(on)s
    and area_id in (d.regency_id, left(d.regency_id, 2), '0')
  order by length(area_id) desc, valid_from desc, id desc limit 1
) r on true
"""
# Couriers and services are looked up by index (`offset 0`), however many units have some: the plan
# is kept. Nothing goes to a kecamatan that nobody knows, also where one rate holds for the nation.
_SERVICES = """
from unnest((select %(units)s::bigint[])) as asked (unit_id)
cross join lateral (
  select * from shipping_courier where unit_id = asked.unit_id offset 0
) c
cross join lateral (
  select * from shipping_service
  where courier_id = c.id and (stopped_on is null or stopped_on > %(on)s) offset 0
) s
left join shipping_district d on d.code = %(district)s
"""
_ASKED = (
    """
select c.unit_id, s.id, c.name || ' ' || s.name, c.is_sample, s.divisor, s.tolerance_g,
  r.id, case when d.code is not null then r.first_kg end, r.next_kg, r.min_weight_g,
  r.max_weight_g, r.days_min, r.days_max
"""
    + _SERVICES
    + IN_FORCE
)


def quotes(
    *, unit_id: int, district_code: str, weight_g: int, volume_cm3: int | None, on: dt.date
) -> list[Quote]:
    """What the couriers of a unit take for a parcel on a day, the cheapest first. One statement."""
    parcel = Parcel(unit_id, weight_g, volume_cm3)
    offers = quotes_of_units(parcels=[parcel], district_code=district_code, on=on)
    return list(offers[unit_id].quotes)


def quotes_of_units(
    *, parcels: Sequence[Parcel], district_code: str, on: dt.date
) -> dict[int, Offer]:
    """What each unit offers for its parcel, by unit, in one statement.

    A unit that cannot send it has no quotes and the reason, whose `sentence` the buyer reads.
    """
    by_unit = {parcel.unit_id: parcel for parcel in parcels}
    found: dict[int, list[Quote | NoQuote]] = {unit_id: [] for unit_id in by_unit}
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"units": list(by_unit), "district": district_code, "on": on})
        for unit_id, *row in cursor.fetchall():
            found[unit_id].append(_quote(by_unit[unit_id], row))
    return {unit_id: _offer(answers) for unit_id, answers in found.items()}


def _quote(parcel: Parcel, row: Sequence[object]) -> Quote | NoQuote:
    service_id, label, is_sample, divisor, tolerance_g, rate_id, *numbers = row
    if numbers[0] is None:  # no row of the table, or one that says "not there"
        return NoQuote.OUTSIDE
    terms = Terms(*numbers)  # type: ignore[arg-type]
    fee = rules.fee_of(
        weight_g=parcel.weight_g,
        volume_cm3=parcel.volume_cm3,
        manner=Manner(divisor, tolerance_g),  # type: ignore[arg-type]
        terms=terms,
    )
    if fee is None:
        return NoQuote.TOO_HEAVY
    days = (terms.days_min, terms.days_max)
    return Quote(service_id, label, fee, *days, rate_id, is_sample, terms)  # type: ignore[arg-type]


def _offer(answers: Iterable[Quote | NoQuote]) -> Offer:
    """The quotes by fee and days; without any, the reason that is nearest to a quote."""
    answers = list(answers)
    good = [answer for answer in answers if isinstance(answer, Quote)]
    if good:
        return Offer(tuple(sorted(good, key=lambda one: (one.fee, one.days_max, one.service_id))))
    if NoQuote.TOO_HEAVY in answers:
        return Offer(problem=NoQuote.TOO_HEAVY)
    return Offer(problem=NoQuote.OUTSIDE if answers else NoQuote.NO_RATES)
