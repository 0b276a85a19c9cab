"""Services that a unit offers by appointment: what, when, and the days on which it does not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import is_service
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.institutions.models import ClosedDay, Service, ServiceHours
from bekal.institutions.rules import (
    Hours,
    ServiceKind,
    ServiceRefused,
    check_service,
    slug_of_service,
)
from bekal.places import queries as places


@dataclass(frozen=True)
class NewService:
    """A service as an officer describes it; `hours` are its week."""

    unit_id: int
    product_id: int
    kind: ServiceKind
    minutes: int
    description: str
    hours: tuple[Hours, ...]
    is_open: bool = True


@transaction.atomic
def set_service(*, service: NewService, by: Actor, now: dt.datetime) -> Service:
    """Offer a service, or change what is offered; the product says which it is.

    Appointments that were made stay. Raises ServiceRefused (with the field) for a product of
    another unit or that is no service.
    """
    check_service(
        minutes=service.minutes, description=service.description, hours=list(service.hours)
    )
    unit = service.unit_id
    today = local_day(now, places.zone_of(unit_id=unit))
    terms = catalogue.sale_terms(product_ids=[service.product_id], on=today)
    product = terms.get(service.product_id)
    if product is None or product.unit_id != unit or not is_service(product.category):
        raise ServiceRefused("Pilih produk jasa dari katalog unit Anda.", field="product")
    told = {
        "kind": service.kind,
        "minutes": service.minutes,
        "description": service.description.strip(),
        "is_open": service.is_open,
        "set_at": now,
        "set_by": str(by),
    }
    stays = {
        "slug": slug_of_service(product.name, code=product.code),
        "unit_id": unit,
        "name": product.name,
        "is_sample": product.is_sample,
    }
    kept, _is_new = Service.objects.update_or_create(
        product_id=service.product_id, defaults=told, create_defaults={**stays, **told}
    )
    _write_hours(kept, service.hours)
    _told("institutions.set_service", kept, {"open": kept.is_open}, by=by, now=now)
    return kept


@transaction.atomic
def close_day(*, service_id: int, day: dt.date, by: Actor, now: dt.datetime) -> None:
    """Take no new appointments on a day; a repeat changes nothing."""
    service = Service.objects.get(pk=service_id)
    _closed, is_new = ClosedDay.objects.get_or_create(service=service, day=day)
    if is_new:
        _told("institutions.close_day", service, {"day": day}, by=by, now=now)


@transaction.atomic
def open_day(*, service_id: int, day: dt.date, by: Actor, now: dt.datetime) -> None:
    """Take appointments on a day again; a repeat changes nothing."""
    service = Service.objects.get(pk=service_id)
    deleted, _ = ClosedDay.objects.filter(service=service, day=day).delete()
    if deleted:
        _told("institutions.open_day", service, {"day": day}, by=by, now=now)


def _write_hours(service: Service, hours: Sequence[Hours]) -> None:
    ServiceHours.objects.filter(service=service).delete()
    ServiceHours.objects.bulk_create(ServiceHours(service=service, **vars(each)) for each in hours)


def _told(
    action: str, service: Service, detail: dict[str, object], *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(service.unit_id),
        action=action,
        object_key=f"service:{service.pk}",
        detail=detail,
        by=by,
        now=now,
    )
