"""What a buyer may have of products, and which units take no orders."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from bekal.foundation.clock import Zone, local_day
from bekal.production.models import Stock
from bekal.production.queries.capacity import workshop_days
from bekal.production.rules import HORIZON, Kind, NoCapacity, booked

# What has lapsed is free, though nobody has let it go yet.
# Product by product, as in catalogue.queries.goods, so that the plan is kept.
_GOODS = """
select goods.* from unnest((select %(products)s::bigint[])) as asked (id) cross join lateral (
select p.id, s.on_hand - s.held + coalesce((
    select sum(h.pieces) from production_hold h
    where h.product_id = p.id and h.status = 'held' and h.until <= %(now)s), 0)::int,
  w.workshop_id, w.minutes_a_piece, w.days_ahead, coalesce(pause.sentence, '')
from catalogue_product p
join catalogue_seller seller on seller.id = p.seller_id
left join production_stock s on s.product_id = p.id
left join production_work w on w.product_id = p.id
left join production_pause pause on pause.unit_id = seller.unit_id and pause.ended_at is null
 and (pause.until is null or pause.until > %(now)s)
where p.id = asked.id limit 1) goods order by 1
"""
_PAUSES = """
select unit_id, sentence from production_pause
where unit_id = any(%(units)s) and ended_at is null and (until is null or until > %(now)s)
order by unit_id
"""


@dataclass(frozen=True)
class Availability:
    """What a buyer may have: `left` pieces that are READY, or one MADE by `promised_on`.

    `pause` is the sentence of a unit that takes no orders, else empty.
    """

    kind: Kind
    left: int | None
    promised_on: dt.date | None
    pause: str


@dataclass(frozen=True)
class Made:
    """Work to order: where, the minutes that it takes in all, and the days before it begins."""

    workshop_id: int
    minutes: int
    days_ahead: int


def availability(
    *, product_ids: Collection[int], now: dt.datetime, pieces: Mapping[int, int] | None = None
) -> dict[int, Availability]:
    """What buyers may have of these products; unknown ids are left out. One or two statements.

    Pieces that are free go before pieces to order: who asks for more than is free of what is made
    to order (so many as `pieces` says, else one) is told the day on which all of them are done, as
    the hours stand now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GOODS, {"products": list(product_ids), "now": now})
        rows = cursor.fetchall()
    asked = pieces or {}
    made = {
        row[0]: Made(row[2], row[3] * asked.get(row[0], 1), row[4])
        for row in rows
        if (row[1] or 0) < asked.get(row[0], 1) and row[2] is not None
    }
    days = promised(made, today=local_day(now, Zone.WIB)) if made else {}
    return {row[0]: _availability(row[1], days.get(row[0]), pause=row[5]) for row in rows}


def tracked(*, product_ids: Collection[int]) -> frozenset[int]:
    """Those of the products whose stock is kept; one statement."""
    rows = Stock.objects.filter(pk__in=product_ids).values_list("pk", flat=True)
    return frozenset(rows)


def pauses(*, unit_ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """The sentences of those among the units that take no orders now; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PAUSES, {"units": list(unit_ids), "now": now})
        return dict(cursor.fetchall())


def _availability(free: int | None, promised_on: dt.date | None, *, pause: str) -> Availability:
    if promised_on is not None:
        return Availability(Kind.MADE, None, promised_on, pause)
    if free is not None and free > 0:
        return Availability(Kind.READY, free, None, pause)
    return Availability(Kind.NONE, 0, None, pause)


def promised(made: Mapping[int, Made], *, today: dt.date) -> dict[int, dt.date]:
    """The day on which each would be done were it alone ordered; what cannot be, is left out."""
    last = today + dt.timedelta(days=HORIZON + max(how.days_ahead for how in made.values()))
    workshops = {how.workshop_id for how in made.values()}
    left: dict[int, dict[dt.date, int]] = {workshop: {} for workshop in workshops}
    for day in workshop_days(workshop_ids=workshops, first=today, last=last):
        left[day.workshop_id][day.day] = day.left
    found = {}
    for product, how in made.items():
        begins = today + dt.timedelta(days=how.days_ahead)
        free = {day: rest for day, rest in left[how.workshop_id].items() if day >= begins}
        try:
            found[product] = max(booked(how.minutes, left=free))
        except NoCapacity:
            continue
    return found
