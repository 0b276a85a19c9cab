"""Writing on the table of rates: one row, or many at once."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places.queries import zone_of
from bekal.shipping import rules
from bekal.shipping.models import Area, Rate, Service
from bekal.shipping.rules import Terms

_NOWHERE = dict.fromkeys(Terms.__dataclass_fields__)
_Way = tuple[int, str]


@dataclass(frozen=True)
class NewRate:
    """What a service takes to an area; without terms it does not go there."""

    service_id: int
    area: str
    terms: Terms | None

    @property
    def numbers(self) -> dict[str, int | None]:
        """The columns of a row."""
        return asdict(self.terms) if self.terms else dict(_NOWHERE)

    @property
    def told(self) -> dict[str, object]:
        """What it says, for a person to compare with another."""
        return {"service_id": self.service_id, "area": self.area, **self.numbers}


@transaction.atomic
def set_rate(
    *,
    key: UUID,
    unit_id: int,
    rate: NewRate,
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
) -> int:
    """Write what a service of a unit takes to an area from a day on; returns the id of the row.

    Nothing is edited: a mistyped row is put right by writing its day again, the last one holds.
    The same row again changes nothing and answers the first. Raises ServiceUnknown, AreaUnknown,
    RateRefused, DayRefused (before today, or more than a year ahead), KeyReused.
    """
    body = frozen_bytes({"unit_id": unit_id, "valid_from": valid_from, **rate.told})
    first = claim_message(key=key, door="shipping.set_rate", body=body, by=by, now=now)
    if first is not None:
        return int(first["rate"])
    (written,) = write_rates(unit_id=unit_id, rates=[rate], valid_from=valid_from, by=by, now=now)
    if isinstance(written, Refused):
        raise written
    answer_message(key=key, answer={"rate": written}, by=by, now=now)
    return written


@transaction.atomic
def write_rates(
    *,
    unit_id: int,
    rates: Sequence[NewRate],
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
) -> list[int | Refused]:
    """Write rows of a unit's table from a day on: for each its id, or why it is refused.

    A row that stands already with that day is not written again. As many statements for a thousand
    rows as for one. Raises DayRefused (before today, or more than a year ahead).
    """
    rules.check_day(day=valid_from, today=local_day(now, zone_of(unit_id=unit_id)))
    services = _services(unit_id, {rate.service_id for rate in rates}, on=valid_from)
    areas = _areas({rate.area for rate in rates})
    standing = _standing(services, on=valid_from)
    answers: list[Rate | Refused] = []
    fresh: list[Rate] = []
    for rate in rates:
        try:
            _check(rate, services=services, areas=areas)
        except Refused as refused:
            answers.append(refused)
            continue
        row, way = _row(rate, valid_from=valid_from, by=by, now=now), (rate.service_id, rate.area)
        if not _says_the_same(standing.get(way), row):
            standing[way] = row
            fresh.append(row)
        answers.append(standing[way])
    Rate.objects.bulk_create(fresh)
    _record(unit_id, fresh, by=by, now=now)
    return [answer if isinstance(answer, Refused) else answer.pk for answer in answers]


def _services(unit_id: int, ids: Collection[int], *, on: dt.date) -> set[int]:
    """The services of the unit that carry on a day, locked: two who write take turns."""
    found = Service.objects.filter(pk__in=ids, courier__unit_id=unit_id).order_by("pk")
    locked = found.select_for_update(of=("self",))
    return {one.pk for one in locked if one.stopped_on is None or one.stopped_on > on}


def _areas(codes: Collection[str]) -> set[str]:
    return set(Area.objects.filter(pk__in=codes).values_list("pk", flat=True))


def _standing(services: Collection[int], *, on: dt.date) -> dict[_Way, Rate]:
    """The last row of every service and area up to a day."""
    rows = Rate.objects.filter(service_id__in=services, valid_from__lte=on)
    latest = rows.order_by("service", "area", "-valid_from", "-id").distinct("service", "area")
    return {(row.service_id, row.area_id): row for row in latest}


def _check(rate: NewRate, *, services: Collection[int], areas: Collection[str]) -> None:
    if rate.service_id not in services:
        raise rules.ServiceUnknown
    if rate.area not in areas:
        raise rules.AreaUnknown
    if rate.terms is not None:
        rules.check_terms(rate.terms)


def _row(rate: NewRate, *, valid_from: dt.date, by: Actor, now: dt.datetime) -> Rate:
    return Rate(
        service_id=rate.service_id,
        area_id=rate.area,
        **rate.numbers,
        valid_from=valid_from,
        set_at=now,
        set_by=str(by),
    )


def _says_the_same(standing: Rate | None, row: Rate) -> bool:
    names = ("valid_from", *_NOWHERE)
    return standing is not None and all(
        getattr(standing, name) == getattr(row, name) for name in names
    )


def _record(unit_id: int, fresh: Sequence[Rate], *, by: Actor, now: dt.datetime) -> None:
    if not fresh:
        return
    detail = {
        "services": sorted({row.service_id for row in fresh}),
        "rows": [row.pk for row in fresh],
        "valid_from": str(fresh[0].valid_from),
    }
    audit.record(
        chain=chain_of_place(unit_id),
        action="shipping.set_rates",
        object_key=f"place:{unit_id}",
        detail=detail,
        by=by,
        now=now,
    )
