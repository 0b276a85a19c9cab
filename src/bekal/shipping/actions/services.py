"""The services by which a unit sends: added, and stopped from a day on."""

import datetime as dt
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.places.queries import zone_of
from bekal.shipping import rules
from bekal.shipping.models import Courier, Service
from bekal.shipping.rules import Manner


@transaction.atomic
def add_service(
    *,
    key: UUID,
    unit_id: int,
    courier: str,
    name: str,
    manner: Manner,
    by: Actor,
    now: dt.datetime,
    is_sample: bool = False,
) -> int:
    """Add a service of a courier to a unit, such as JNE and REG; returns its id.

    A courier is known by its name, whatever its case. A repeat under the key answers the first id.
    Raises ServiceRefused for a missing or too long name, a way of counting that no courier has, or
    a service that is there already, and KeyReused.
    """
    courier, name = rules.check_name(courier, field="courier"), rules.check_name(name)
    rules.check_manner(manner)
    told = {"unit_id": unit_id, "courier": courier, "name": name, "is_sample": is_sample}
    body = frozen_bytes({**told, **asdict(manner)})
    first = claim_message(key=key, door="shipping.add_service", body=body, by=by, now=now)
    if first is not None:
        return int(first["service"])
    service = _add(unit_id, courier, name, manner=manner, is_sample=is_sample, by=by, now=now)
    where = {"unit_id": unit_id, "service_id": service.pk}
    detail = {**told, **asdict(manner)}
    _record("add_service", **where, detail=detail, by=by, now=now)
    answer_message(key=key, answer={"service": service.pk}, by=by, now=now)
    return service.pk


def _add(
    unit_id: int,
    courier: str,
    name: str,
    *,
    manner: Manner,
    is_sample: bool,
    by: Actor,
    now: dt.datetime,
) -> Service:
    Courier.objects.bulk_create(
        [
            Courier(
                unit_id=unit_id, name=courier, is_sample=is_sample, added_at=now, added_by=str(by)
            )
        ],
        ignore_conflicts=True,
    )
    # Two who add at once take turns at the courier.
    known = Courier.objects.select_for_update().get(unit_id=unit_id, name__iexact=courier)
    if known.services.filter(name__iexact=name, stopped_on__isnull=True).exists():
        said = f"{known.name} {name} sudah ada. Buka layanan itu, atau pakai nama lain."
        raise rules.ServiceRefused(said, field="name")
    return Service.objects.create(
        courier=known,
        name=name,
        divisor=manner.divisor,
        tolerance_g=manner.tolerance_g,
        added_at=now,
        added_by=str(by),
    )


@transaction.atomic
def stop_service(
    *, service_id: int, unit_id: int, day: dt.date, by: Actor, now: dt.datetime
) -> None:
    """Let a service of a unit carry nothing from a day on (today or later); final.

    The same day again changes nothing. Raises ServiceUnknown when the unit has no such service,
    ServiceRefused when it is stopped already from another day, DayRefused.
    """
    found = Service.objects.filter(pk=service_id, courier__unit_id=unit_id)
    service = found.select_for_update(of=("self",)).first()
    if service is None:
        raise rules.ServiceUnknown
    if service.stopped_on == day:
        return
    if service.stopped_on is not None:
        raise rules.ServiceRefused("Layanan ini sudah dihentikan.", field="day")
    today = local_day(now, zone_of(unit_id=unit_id))
    rules.check_day(day=day, today=today, field="day")
    service.stopped_on, service.stopped_at, service.stopped_by = day, now, str(by)
    service.save(update_fields=["stopped_on", "stopped_at", "stopped_by"])
    where = {"unit_id": unit_id, "service_id": service_id}
    _record("stop_service", **where, detail={"day": str(day)}, by=by, now=now)


def _record(
    what: str,
    *,
    unit_id: int,
    service_id: int,
    detail: dict[str, object],
    by: Actor,
    now: dt.datetime,
) -> None:
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"shipping.{what}",
        object_key=f"service:{service_id}",
        detail=detail,
        by=by,
        now=now,
    )
