"""Hours of workshops, promised to orders day by day."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from bekal.foundation.actors import Actor
from bekal.production.actions.telling import tell_of_hours
from bekal.production.models import CapacityUse
from bekal.production.queries import WorkshopDay, workshop_days
from bekal.production.rules import HORIZON, NewWork, NoCapacity, UnitPaused, booked, filled

# Bookings of a workshop come one after the other; workshops are taken in the order of their ids.
_LOCK = """
select w.product_id, w.workshop_id, w.minutes_a_piece, w.days_ahead, coalesce(p.sentence, '')
from production_work w join production_workshop s on s.id = w.workshop_id
left join production_pause p on p.unit_id = s.unit_id and p.ended_at is null
 and (p.until is null or p.until > %s)
where w.product_id = any(%s) order by w.workshop_id, w.product_id for update of s
"""
_BOOK = """
with asked as (
  select * from unnest(%(groups)s::uuid[], %(products)s::bigint[], %(workshops)s::bigint[],
                       %(days)s::date[], %(minutes)s::int[], %(most)s::int[])
    as a (group_id, product_id, workshop_id, day, minutes, most)
), slot as (
  insert into production_capacityday as d (workshop_id, day, minutes, taken, is_set)
  select distinct workshop_id, day, most, 0, false from asked order by workshop_id, day
  on conflict (workshop_id, day) do update set minutes = d.minutes
  returning id, workshop_id, day
)
insert into production_capacityuse
  (group_id, product_id, slot_id, minutes, used_at, used_by, released_by)
select a.group_id, a.product_id, slot.id, a.minutes, %(now)s, %(by)s, ''
from asked a join slot using (workshop_id, day)
"""
_RELEASE = """
with shop as (
  select id from production_workshop where id in (
    select d.workshop_id from production_capacityuse u
    join production_capacityday d on d.id = u.slot_id
    where u.group_id = any(%(groups)s) and u.released_at is null)
  order by id for update
)
update production_capacityuse u set released_at = %(now)s, released_by = %(by)s
from production_capacityday d join shop on shop.id = d.workshop_id
where d.id = u.slot_id and u.group_id = any(%(groups)s) and u.released_at is null
returning d.workshop_id
"""


@dataclass(frozen=True)
class _Work:
    workshop_id: int
    minutes_a_piece: int
    days_ahead: int
    pause: str


@dataclass(frozen=True)
class _Booking:
    work: NewWork
    workshop_id: int
    day: dt.date
    minutes: int
    most: int


_Hours = dict[int, dict[dt.date, WorkshopDay]]
_Done = dict[tuple[UUID, int], dt.date]


def promise_work(
    *, group: UUID, product_id: int, pieces: int, from_day: dt.date, by: Actor, now: dt.datetime
) -> dt.date:
    """Book the hours that some pieces take; returns the day on which they are done.

    As `promise_works` does for several.
    """
    work = NewWork(group, product_id, pieces)
    return promise_works(works=[work], from_day=from_day, by=by, now=now)[group, product_id]


@transaction.atomic(savepoint=False)  # it joins the transaction of the order
def promise_works(
    *, works: Sequence[NewWork], from_day: dt.date, by: Actor, now: dt.datetime
) -> dict[tuple[UUID, int], dt.date]:
    """Book the hours that pieces take; returns the day on which each is done, by group and product.

    All of it or nothing. What a unit agreed on already keeps its day, whatever hours there are: it
    takes the first that are left, those after its day too, so that nobody else is promised them.
    Work begins `days_ahead` of the product after `from_day` and fills the
    hours that are left, day by day. What a group has booked of a product stands: a repeat answers
    its day, also where the unit has paused since. Raises NoCapacity, and UnitPaused when a unit
    takes no orders just now (the transaction that it joins is over then). Four statements; call it
    after `hold_stock`.
    """
    wanted: Counter[tuple[UUID, int]] = Counter()
    for work in works:
        wanted[work.group, work.product_id] += work.pieces
    agreed = {(w.group, w.product_id): w.agreed_on for w in works if w.agreed_on}
    known = _lock({product for _, product in wanted}, now=now)
    done = _done({group for group, _ in wanted})
    todo = [
        NewWork(*key, pieces, agreed.get(key))
        for key, pieces in sorted(wanted.items())
        if key not in done and (key[1] in known or key not in agreed)
    ]
    if not all(work.product_id in known for work in todo):
        raise NoCapacity
    for work in todo:
        if sentence := known[work.product_id].pause:
            raise UnitPaused(sentence, product_id=work.product_id)
    hours = _hours(known.values(), from_day=from_day) if todo else {}
    bookings = [
        booking
        for work in todo
        for booking in _booked(work, known[work.product_id], hours, from_day=from_day)
    ]
    if bookings:
        _write(bookings, by=by, now=now)
        tell_of_hours({booking.workshop_id for booking in bookings}, by=by, now=now)
    last = {(each.work.group, each.work.product_id): each.day for each in bookings}
    return {key: (done | last | agreed)[key] for key in wanted}


@transaction.atomic(savepoint=False)
def release_work(*, groups: Collection[UUID], by: Actor, now: dt.datetime) -> None:
    """Give back the hours that groups were promised; one statement. A repeat changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, {"groups": list(groups), "now": now, "by": str(by)})
        workshops = {workshop for (workshop,) in cursor.fetchall()}
    tell_of_hours(workshops, by=by, now=now)


def _lock(product_ids: Collection[int], *, now: dt.datetime) -> dict[int, _Work]:
    """How the products are made and whether their units pause, with their workshops locked."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [now, list(product_ids)])
        return {row[0]: _Work(*row[1:]) for row in cursor.fetchall()}


def _done(groups: Collection[UUID]) -> _Done:
    """The last day of what the groups have booked, looked at once the workshops are locked."""
    uses = CapacityUse.objects.filter(group__in=groups, released_at__isnull=True)
    rows = uses.values_list("group", "product_id").annotate(last=Max("slot__day"))
    return {(group, product): last for group, product, last in rows}


def _hours(known: Iterable[_Work], *, from_day: dt.date) -> _Hours:
    works = list(known)
    last = from_day + dt.timedelta(days=HORIZON + max(work.days_ahead for work in works))
    found: _Hours = {}
    for day in workshop_days(
        workshop_ids={work.workshop_id for work in works}, first=from_day, last=last
    ):
        found.setdefault(day.workshop_id, {})[day.day] = day
    return found


def _booked(work: NewWork, how: _Work, hours: _Hours, *, from_day: dt.date) -> list[_Booking]:
    """The bookings of one product, and the hours less by them."""
    begins = from_day + dt.timedelta(days=how.days_ahead)
    if work.agreed_on:
        begins = min(begins, work.agreed_on)
    days = hours.get(how.workshop_id, {})
    left = {day: hour.left for day, hour in days.items() if day >= begins}
    spread = filled if work.agreed_on else booked
    shares = spread(work.pieces * how.minutes_a_piece, left=left)
    for day, minutes in shares.items():
        days[day] = replace(days[day], taken=days[day].taken + minutes)
    return [
        _Booking(work, how.workshop_id, day, minutes, days[day].minutes)
        for day, minutes in shares.items()
    ]


def _write(bookings: Sequence[_Booking], *, by: Actor, now: dt.datetime) -> None:
    values: dict[str, Any] = {
        "groups": [booking.work.group for booking in bookings],
        "products": [booking.work.product_id for booking in bookings],
        "workshops": [booking.workshop_id for booking in bookings],
        "days": [booking.day for booking in bookings],
        "minutes": [booking.minutes for booking in bookings],
        "most": [booking.most for booking in bookings],
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, values)
