"""Workshops of a unit, their working time, and what is made in them to order."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from bekal.catalogue import queries as catalogue
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.production.actions.moving import lock_levels
from bekal.production.actions.recording import record, wait_for_unit
from bekal.production.actions.telling import tell_of, tell_of_hours
from bekal.production.models import Capacity, CapacityDay, Work, Workshop
from bekal.production.queries import workshop_days
from bekal.production.rules import (
    CapacityRefused,
    NewWorkTime,
    check_ahead,
    check_how_made,
    check_work_time,
    check_workshop,
)

# Days that were promised something keep at least that; days set by themselves stay as they are.
_FOLLOW = """
update production_capacityday d set minutes = greatest(d.taken, coalesce((
  select case when extract(isodow from d.day) <= c.days_a_week then c.minutes else 0 end
  from production_capacity c where c.workshop_id = d.workshop_id and c.valid_from <= d.day
  order by c.valid_from desc, c.id desc limit 1), 0))
where d.workshop_id = %s and not d.is_set and d.day >= %s
"""


@transaction.atomic
def open_workshop(
    *, unit_id: int, name: str, kind: str, time: NewWorkTime, by: Actor, now: dt.datetime
) -> int:
    """Open a workshop with its working time from today on; returns its id.

    Names are unique in a unit, without case, so a form sent twice opens one. Raises
    CapacityRefused with the field.
    """
    check_workshop(name=name, kind=kind)
    check_work_time(time)
    wait_for_unit(unit_id)
    there = Workshop.objects.filter(unit_id=unit_id, name__iexact=name.strip()).first()
    if there is not None:
        raise CapacityRefused(f"Bengkel \u201c{there.name}\u201d sudah ada.", field="name")
    workshop = Workshop.objects.create(
        unit_id=unit_id, name=name.strip(), kind=kind.strip(), opened_at=now, opened_by=str(by)
    )
    _write_time(workshop, time, valid_from=local_day(now, Zone.WIB), by=by, now=now)
    return workshop.pk


@transaction.atomic
def set_capacity(
    *, workshop_id: int, time: NewWorkTime, valid_from: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Let a workshop work so long from a day on; days with promises keep at least those.

    The same from the same day on is written once. Raises CapacityRefused with the field.
    """
    check_work_time(time)
    check_ahead(valid_from, today=local_day(now, Zone.WIB), field="valid_from")
    made = list(Work.objects.filter(workshop_id=workshop_id).values_list("pk", flat=True))
    lock_levels(product_ids=made, by=by, now=now)
    workshop = _locked(workshop_id)
    with connection.cursor() as cursor:
        _write_time(workshop, time, valid_from=valid_from, by=by, now=now)
        cursor.execute(_FOLLOW, [workshop_id, valid_from])
    tell_of(made, by=by, now=now)


@transaction.atomic
def set_day(
    *, workshop_id: int, day: dt.date, minutes: int | None, by: Actor, now: dt.datetime
) -> None:
    """Set one day by itself, such as a holiday (0 minutes); None lets it follow the week again.

    Raises CapacityRefused when more is promised on that day.
    """
    if minutes is not None:
        check_work_time(NewWorkTime(minutes, 7))
    check_ahead(day, today=local_day(now, Zone.WIB), field="day")
    workshop = _locked(workshop_id)
    (there,) = workshop_days(workshop_ids=[workshop_id], first=day, last=day)
    if minutes is not None and minutes < there.taken:
        raise CapacityRefused(
            f"Hari itu sudah dijanjikan {there.taken} menit. Isi paling sedikit {there.taken}.",
            field="minutes",
        )
    given = there.minutes if minutes is None else minutes
    CapacityDay.objects.update_or_create(
        workshop_id=workshop_id,
        day=day,
        defaults={"minutes": given, "is_set": minutes is not None},
        create_defaults={"minutes": given, "is_set": minutes is not None, "taken": 0},
    )
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [workshop_id, day])
    tell_of_hours([workshop_id], by=by, now=now)
    _record("set_day", workshop, {"day": day, "minutes": minutes}, by=by, now=now)


@transaction.atomic
def set_work(
    *,
    product_id: int,
    workshop_id: int,
    minutes_a_piece: int,
    days_ahead: int,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Let a product be made to order in a workshop of its unit; what is promised stays.

    Raises CapacityRefused with the field.
    """
    check_how_made(minutes_a_piece=minutes_a_piece, days_ahead=days_ahead)
    lock_levels(product_ids=[product_id], by=by, now=now)
    workshop = _locked(workshop_id)
    terms = catalogue.sale_terms(product_ids=[product_id], on=local_day(now, Zone.WIB))
    if product_id not in terms or terms[product_id].unit_id != workshop.unit_id:
        raise CapacityRefused("Pilih produk dari unit ini.", field="product")
    how = {"workshop": workshop, "minutes_a_piece": minutes_a_piece, "days_ahead": days_ahead}
    Work.objects.update_or_create(
        product_id=product_id, defaults={**how, "set_at": now, "set_by": str(by)}
    )
    detail = {"product": product_id, "minutes": minutes_a_piece, "days_ahead": days_ahead}
    tell_of([product_id], by=by, now=now)
    _record("set_work", workshop, detail, by=by, now=now)


@transaction.atomic
def stop_work(*, product_id: int, by: Actor, now: dt.datetime) -> None:
    """Make a product to order no longer; what is promised stays. A repeat changes nothing."""
    lock_levels(product_ids=[product_id], by=by, now=now)
    work = Work.objects.select_for_update().filter(pk=product_id).first()
    if work is None:
        return
    workshop = _locked(work.workshop_id)
    work.delete()
    tell_of([product_id], by=by, now=now)
    _record("stop_work", workshop, {"product": product_id}, by=by, now=now)


def _locked(workshop_id: int) -> Workshop:
    return Workshop.objects.select_for_update().get(pk=workshop_id)


def _write_time(
    workshop: Workshop, time: NewWorkTime, *, valid_from: dt.date, by: Actor, now: dt.datetime
) -> None:
    given = {"minutes": time.minutes, "days_a_week": time.days_a_week}
    rows = Capacity.objects.filter(workshop=workshop, valid_from=valid_from).order_by("-id")
    if given in rows.values(*given)[:1]:
        return
    Capacity.objects.create(
        workshop=workshop, valid_from=valid_from, set_at=now, set_by=str(by), **given
    )
    _record("set_capacity", workshop, {**given, "from": valid_from}, by=by, now=now)


def _record(
    act: str, workshop: Workshop, detail: Mapping[str, Any], *, by: Actor, now: dt.datetime
) -> None:
    record(act, f"workshop:{workshop.pk}", unit_id=workshop.unit_id, detail=detail, by=by, now=now)
