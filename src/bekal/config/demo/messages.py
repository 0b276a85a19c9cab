"""Two orders by WhatsApp on the desk of the demo's officer, from people who do not exist."""

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from bekal.catalogue.queries import sale_terms, sample_products
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor
from bekal.places import queries as places
from bekal.sales.rules import BuyerClass
from bekal.shop import actions, queries
from bekal.shop.rules import Buyer, Delivery, NewDraft, OrderItem

_BUYERS = (
    ("Pembeli Contoh Satu", "+6280000000001", Delivery.OPEN),
    ("Pembeli Contoh Dua", "+6280000000002", Delivery.PICKUP),
)


def make_messages(*, by: Actor, now: dt.datetime) -> str:
    """Write down what waits to be confirmed; nothing where that unit sells nothing."""
    unit = places.place_on(code=SIGN_INS[0].place_code, on=now.date())
    goods = _goods(unit.id, now=now) if unit else []
    for (name, phone, delivery), item in zip(_BUYERS, goods, strict=False):
        draft = NewDraft(
            key=uuid5(NAMESPACE_URL, f"bekal:demo.message:{phone}"),
            unit_id=unit.id if unit else 0,
            items=(item,),
            delivery=delivery,
            buyer=Buyer(name=name, phone=phone),
            buyer_class=BuyerClass.PUBLIC,
        )
        actions.draft_order(draft=draft, by=by, now=now)
    return f"{min(len(goods), len(_BUYERS))} orders to confirm"


def _goods(unit_id: int, *, now: dt.datetime) -> list[OrderItem]:
    """A piece of each simulated product that can be ordered there now."""
    found = sale_terms(product_ids=sample_products().get(unit_id, ()), on=now.date())
    items = [OrderItem(good.product_id, 1, good.price) for good in found.values() if good.price]
    return [item for item in items if not queries.look(items=[item], now=now).changes]
