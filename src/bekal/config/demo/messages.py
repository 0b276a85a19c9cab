"""Two orders by WhatsApp on the desk of the demo's officer, from people who do not exist."""

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from bekal.catalogue.queries import SaleTerms, sale_terms, sample_products
from bekal.config.demo.goods import SHOWN
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor
from bekal.places import queries as places
from bekal.sales.rules import BuyerClass
from bekal.shop import actions
from bekal.shop.rules import OPEN_QUESTION, Buyer, Delivery, NewDraft, OrderItem

_BUYERS = (
    ("Pembeli Contoh Satu", "+6280000000001", True),
    ("Pembeli Contoh Dua", "+6280000000002", False),
)


def make_messages(*, by: Actor, now: dt.datetime) -> str:
    """Write down what waits to be confirmed; nothing where that unit sells nothing."""
    unit = places.place_on(code=SIGN_INS[0].place_code, on=now.date())
    goods = _goods(unit.id, on=now.date()) if unit else []
    for (name, phone, asks_first), good in zip(_BUYERS, goods, strict=False):
        draft = NewDraft(
            key=uuid5(NAMESPACE_URL, f"bekal:demo.message:{phone}"),
            unit_id=good.unit_id,
            items=(OrderItem(good.product_id, 1, good.price or 0),),
            delivery=Delivery.PICKUP,
            buyer=Buyer(name=name, phone=phone, note=OPEN_QUESTION if asks_first else ""),
            buyer_class=BuyerClass.PUBLIC,
            asks_first=asks_first,
        )
        actions.draft_order(draft=draft, by=by, now=now)
    return f"{min(len(goods), len(_BUYERS))} orders to confirm"


def _goods(unit_id: int, *, on: dt.date) -> list[SaleTerms]:
    found = sale_terms(product_ids=sample_products().get(unit_id, ()), on=on)
    return [good for good in found.values() if good.name in SHOWN and good.price]
