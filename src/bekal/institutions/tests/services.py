"""Lapas Nabire washes motorcycles, two at a time; Budi of the town comes."""

import datetime as dt

from bekal.catalogue.models import Category
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.ids import uuid7
from bekal.institutions.actions import NewBooking, NewService, book, set_service
from bekal.institutions.rules import Hours, ServiceKind
from tests.support.world import NOON, YOHANA, a_product

BUDI = Actor(ActorKind.BUYER, "budi")
WEEKDAYS = tuple(Hours(day, dt.time(8), dt.time(12), 2) for day in range(5))
NINE = dt.datetime(2026, 4, 28, 0, 0, tzinfo=dt.UTC)
"""Tuesday 28 April 2026, 09.00 WIT."""
PHONE = "+6281234567890"


def a_wash(world, *, price=15_000, unit=None, name="Cuci motor", category="jasa"):
    """The product that is sold when a motorcycle was washed; returns its id."""
    Category.objects.get_or_create(code=category, defaults={"name": category})
    return a_product(unit or world.nabire, name, category, price=price, cost=5_000)


def new_service(world, product, **changes):
    given = {
        "unit_id": world.nabire,
        "product_id": product,
        "kind": ServiceKind.WASH,
        "minutes": 60,
        "description": "Sabun dan semir termasuk",
        "hours": WEEKDAYS,
    }
    return NewService(**given | changes)


def offer_wash(world, **changes):
    product = changes.pop("product", None) or a_wash(world)
    return set_service(service=new_service(world, product, **changes), by=YOHANA, now=NOON)


def take(service, *, at=NINE, now=NOON, key=None, name="Budi", phone=PHONE, note=""):
    booking = NewBooking(key or uuid7(), service.pk, at, name, phone, note)
    return book(booking=booking, by=BUDI, now=now)
