"""A delivery as an order of the shop: by invoice at the agreed price, handed over at once."""

import datetime as dt
from uuid import UUID, uuid5

from bekal.foundation.actors import Actor
from bekal.institutions.actions.binding import deliverable
from bekal.institutions.models import Supply
from bekal.institutions.rules import SupplyRefused
from bekal.payments.rules import Method
from bekal.sales.rules import BuyerClass
from bekal.shop import actions as shop
from bekal.shop import queries as shop_queries
from bekal.shop.queries import Institution
from bekal.shop.rules import Buyer, Delivery, NewOrder, OrderChannel, OrderItem, PartAsked


def handed_over(
    supply: Supply, pieces: int, *, due_on: dt.date, key: UUID, by: Actor, now: dt.datetime
) -> UUID:
    """Place the order and let its part go to the vendor, which sells it on credit; the order's id.

    Raises what the shop refuses: a pause, nobody to collect the money; and SupplyRefused where the
    product has lost its price, or the cost by which its price is split.
    """
    vendor = shop_queries.institution(institution_id=supply.institution_id)
    if vendor is None or vendor.erased_at is not None:
        raise SupplyRefused("Penyedia ini tidak lagi terdaftar.")
    deliverable(
        product_id=supply.product_id,
        unit_id=supply.unit_id,
        on=shop_queries.day_of(now),
        refusal=SupplyRefused,
    )
    order = _order(supply, vendor, pieces, due_on=due_on, key=key)
    placed = shop.place_order(order=order, by=by, now=now)
    shown = shop_queries.order_shown(code=placed.code, on=shop_queries.day_of(now))
    parts = shown.parts if shown else ()
    for part in parts:
        for step in (shop.prepare_part, shop.ready_part, shop.deliver_part):
            step(part_id=part.id, unit_id=supply.unit_id, by=by, now=now)
    return placed.order_id


def _order(
    supply: Supply, vendor: Institution, pieces: int, /, *, due_on: dt.date, key: UUID
) -> NewOrder:
    return NewOrder(
        key=uuid5(key, "order"),
        items=(OrderItem(supply.product_id, pieces, supply.unit_price),),
        parts=(PartAsked(supply.unit_id, Delivery.PICKUP, promised_on=due_on),),
        buyer=Buyer(name=vendor.name, phone=vendor.phone, email=vendor.email),
        buyer_class=BuyerClass.INSTITUTION,
        method=Method.INVOICE,
        channel=OrderChannel.INSTITUTION,
        language=vendor.language,
        is_agreed=True,
        is_at_hand=True,
        due_on=due_on + dt.timedelta(days=supply.term_days),
        institution_id=vendor.pk,
        reference=f"PASOKAN {due_on.isoformat()}",
    )
