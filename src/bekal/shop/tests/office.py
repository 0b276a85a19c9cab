"""People of the units before the desk of orders, and orders that lie on it."""

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.payments.rules import Method
from bekal.shop.actions import ready_part
from bekal.shop.models import Order, OrderPart
from bekal.shop.rules import Delivery
from bekal.shop.tests.market import a_buyer, an_order, pay, place
from tests.support.world import NOON, YOHANA, long_ago

HERE = "/kerja/lapas-kelas-iib-nabire/pesanan/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/pesanan/"


def sign_in(client, unit_id, *, role=Role.PETUGAS, name="Yohana"):
    """Let somebody with this role at this unit use the client."""
    user = User.objects.create(email=f"{name}{unit_id}@contoh.go.id".lower(), name=name)
    Grant.objects.create(
        user=user, role=role, place_id=unit_id, granted_at=long_ago(), granted_by="command:uji"
    )
    client.force_login(user)
    return user


def paid(market, *items, now=NOON, **changes):
    """Rina's order by courier, paid: each of its parts lies on its unit's desk."""
    order = an_order(market, *(items or [("noken", 2)]), **changes)
    place(order, now=now)
    pay(order.key, now=now)
    return Order.objects.get(pk=order.key)


def to_fetch(market, *items, **told):
    """An order that Rina fetches and pays at the counter."""
    order = an_order(
        market,
        *(items or [("noken", 2)]),
        delivery=Delivery.PICKUP,
        method=Method.AT_PICKUP,
        buyer=a_buyer(district_code="", address="", postal_code="", landmark="", **told),
    )
    place(order)
    return Order.objects.get(pk=order.key)


def part_of(order, unit_id=None):
    """The part of an order that a unit makes; the only one when no unit is named."""
    parts = OrderPart.objects.filter(order=order)
    return parts.get(unit_id=unit_id) if unit_id else parts.get()


def made_ready(part):
    """Yohana has it ready."""
    ready_part(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON)
    part.refresh_from_db()
    return part
