"""Whole tables of many units at once, as for the demo."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.shipping import rules
from bekal.shipping.models import Courier, Rate, Service
from bekal.shipping.rules import Manner, Terms


@dataclass(frozen=True)
class NewTable:
    """A courier of a unit with one service and what it takes, by the code of the area."""

    unit_id: int
    courier: str
    service: str
    manner: Manner
    rates: tuple[tuple[str, Terms], ...]


@transaction.atomic
def load_tables(
    *,
    tables: Sequence[NewTable],
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
    is_sample: bool = False,
) -> int:
    """Write new couriers of many units with their services and rates; returns how many rates.

    Three statements and an audit row a unit. Units that have a courier already are left alone, so
    a second load changes nothing. Raises RateRefused, ServiceRefused.
    """
    for table in tables:
        _check(table)
    known = set(Courier.objects.values_list("unit_id", flat=True).distinct())
    new = [table for table in tables if table.unit_id not in known]
    services = _add_services(new, is_sample=is_sample, by=by, now=now)
    rates = [
        Rate(
            service=service,
            area_id=area,
            **asdict(terms),
            valid_from=valid_from,
            set_at=now,
            set_by=str(by),
        )
        for service, table in zip(services, new, strict=True)
        for area, terms in table.rates
    ]
    Rate.objects.bulk_create(rates)
    _record(new, by=by, now=now)
    return len(rates)


def _add_services(
    tables: Sequence[NewTable], *, is_sample: bool, by: Actor, now: dt.datetime
) -> list[Service]:
    """The couriers of the tables, and the service of each."""
    made: dict[str, Any] = {"added_at": now, "added_by": str(by)}
    couriers = {
        (unit_id, name): Courier(unit_id=unit_id, name=name, is_sample=is_sample, **made)
        for unit_id, name in {(table.unit_id, table.courier): None for table in tables}
    }
    Courier.objects.bulk_create(couriers.values())
    services = [
        Service(
            courier=couriers[table.unit_id, table.courier],
            name=table.service,
            **asdict(table.manner),
            **made,
        )
        for table in tables
    ]
    return Service.objects.bulk_create(services)


def _check(table: NewTable) -> None:
    rules.check_manner(table.manner)
    for name in (table.courier, table.service):
        rules.check_name(name)
    for _, terms in table.rates:
        rules.check_terms(terms)


def _record(tables: Sequence[NewTable], *, by: Actor, now: dt.datetime) -> None:
    for unit_id in sorted({table.unit_id for table in tables}):
        mine = [table for table in tables if table.unit_id == unit_id]
        audit.record(
            chain=chain_of_place(unit_id),
            action="shipping.load_tables",
            object_key=f"place:{unit_id}",
            detail={"services": [f"{table.courier} {table.service}" for table in mine]},
            by=by,
            now=now,
        )
