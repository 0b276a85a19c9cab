"""Three units that sell online, and Rina, who buys; all made by calling actions."""

import datetime as dt
from dataclasses import dataclass

from bekal.catalogue.actions import describe_product, publish
from bekal.catalogue.rules import Making, NewListing, Origin
from bekal.foundation.actors import Actor, ActorKind, buyer_actor
from bekal.foundation.ids import uuid7
from bekal.payments.actions import receive
from bekal.payments.models import Request
from bekal.payments.rules import Means, Method, NewReceipt
from bekal.payments.tests.money import a_merchant
from bekal.production.tests.goods import a_workshop, made_in
from bekal.production.tests.goods import receive as receive_goods
from bekal.sales.rules import BuyerClass
from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_rate, a_row, a_service
from bekal.shop.actions import place_order
from bekal.shop.rules import Buyer, Delivery, NewOrder, OrderItem, PartAsked
from tests.support.world import NOON, SETUP, World, a_product, build

RINA = buyer_actor("rina")
PROVIDER = Actor(ActorKind.WEBHOOK, "sandbox")
HOME = "510601"
"""A kecamatan of Kabupaten Bangli."""
DISTRICTS = [
    a_row("510601", "Susut", "Kab. Bangli", "Bali"),
    a_row("510602", "Bangli", "Kab. Bangli", "Bali"),
    a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah"),
    a_row("940401", "Mimika Baru", "Kab. Mimika", "Papua Tengah"),
]
MINUTE = dt.timedelta(minutes=1)
AFTER = NOON + 20 * MINUTE + dt.timedelta(seconds=1)
"""When an order of noon by QRIS is over."""


@dataclass(frozen=True)
class Market:
    """The world with what can be ordered in it."""

    world: World
    chair: int
    services: dict[int, int]

    def __getattr__(self, name):
        return getattr(self.world, name)


def open_market(world=None):
    """All of it for sale: noken and coffee of Nabire, bread of Merauke, endek of Bangli.

    Bangli and Nabire take money by QRIS and bank. Ten pieces of each lie ready; chairs are made.
    """
    world = world or build()
    load_districts(by=SETUP, now=NOON, rows=DISTRICTS)
    services = {}
    for unit in (world.nabire, world.merauke, world.bangli):
        services[unit] = a_service(unit)
        a_rate(unit, services[unit])
    for unit in (world.nabire, world.bangli):
        a_merchant(unit)
    for product in (world.noken, world.coffee, world.bread, world.endek):
        sell_online(product)
        receive_goods(product, 10)
    chair = a_product(world.nabire, "Kursi rotan", "kerajinan", price=350_000, cost=200_000)
    sell_online(chair, making=Making.ORDER)
    made_in(a_workshop(world.nabire), chair)
    return Market(world, chair, services)


def sell_online(product, **changes):
    """Describe and publish a product of half a kilogram."""
    told = {
        "description": "Dibuat di bengkel.",
        "origin": Origin.INSIDE,
        "weight_g": 500,
        "length_cm": 20,
        "width_cm": 20,
        "height_cm": 10,
        "is_food": False,
        **changes,
    }
    describe_product(product_id=product, listing=NewListing(**told), by=SETUP, now=NOON)
    publish(product_id=product, by=SETUP, now=NOON)


PRICES = {"noken": 100_000, "coffee": 48_000, "bread": 15_001, "endek": 100_000, "chair": 350_000}
UNITS = {"noken": "nabire", "coffee": "nabire", "chair": "nabire", "bread": "merauke"}


def a_buyer(**changes):
    """Rina, who lives in Bangli."""
    said = {
        "name": "Rina",
        "phone": "+6281234567890",
        "district_code": HOME,
        "district": "Susut, Kab. Bangli, Bali",
        "address": "Jalan Merdeka 5, RT 02/RW 01",
        "postal_code": "80614",
        "landmark": "pagar hijau",
        **changes,
    }
    return Buyer(**said)


def an_order(market, *items, delivery=Delivery.COURIER, **changes):
    """What Rina orders: ("noken", 2), each unit by courier, paid by QRIS."""
    wanted = tuple(OrderItem(getattr(market, name), n, PRICES[name]) for name, n in items)
    units = dict.fromkeys(getattr(market, UNITS.get(name, "bangli")) for name, _ in items)
    given = {
        "key": uuid7(),
        "items": wanted,
        "parts": tuple(a_part(market, unit, delivery, items) for unit in units),
        "buyer": a_buyer(),
        "buyer_class": BuyerClass.PUBLIC,
        "method": Method.QRIS,
        **changes,
    }
    return NewOrder(**given)


def a_part(market, unit, delivery, items):
    """How the part of a unit is delivered, with the fee that its weight has."""
    if delivery is Delivery.PICKUP:
        return PartAsked(unit, delivery)
    pieces = sum(n for name, n in items if getattr(market, UNITS.get(name, "bangli")) == unit)
    kilos = -(-pieces * 500 // 1000)
    return PartAsked(unit, delivery, market.services[unit], 18_000 + 9_000 * (kilos - 1))


def place(order, *, now=NOON):
    return place_order(order=order, by=RINA, now=now)


def pay(order_id, amount=None, *, now=NOON, means=Means.QRIS, reference=None):
    """Money comes for an order or a part of it; by default all that is missing."""
    ask = Request.objects.get(pk=order_id)
    receipt = NewReceipt(
        key=uuid7(),
        unit_id=ask.unit_id,
        amount=amount or ask.payable,
        method=means,
        provider="sandbox",
        reference=reference or str(uuid7()),
        request_id=ask.pk,
        received_at=now,
    )
    return receive(receipt=receipt, by=PROVIDER, now=now)
