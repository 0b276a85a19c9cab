"""Orders that wait for their unit: Rina writes to Lapas Nabire, Yohana answers."""

from bekal.catalogue.actions import set_contact
from bekal.foundation.ids import uuid7
from bekal.payments.rules import Method
from bekal.sales.rules import BuyerClass
from bekal.shop.actions import confirm_order, draft_order
from bekal.shop.models import Order, OrderPart
from bekal.shop.rules import Confirmation, Delivery, NewDraft, OrderItem
from bekal.shop.tests.market import PRICES, RINA, a_buyer
from tests.support.world import NOON, SETUP, YOHANA

NUMBER = "+6281298765432"


def answers_messages(unit_id, number=NUMBER):
    """The unit has a number for buyers."""
    set_contact(unit_id=unit_id, number=number, by=SETUP, now=NOON)


def a_draft(market, *items, **changes):
    """Rina asks Nabire for two noken, which she fetches."""
    wanted = items or [("noken", 2)]
    said = {
        "key": uuid7(),
        "unit_id": market.nabire,
        "items": tuple(OrderItem(getattr(market, name), n, PRICES[name]) for name, n in wanted),
        "delivery": Delivery.PICKUP,
        "buyer": a_buyer(district_code="", district="", address="", postal_code="", landmark=""),
        "buyer_class": BuyerClass.PUBLIC,
        **changes,
    }
    return NewDraft(**said)


def draft(market, *items, now=NOON, **changes):
    """The same, written down; its part."""
    new = a_draft(market, *items, **changes)
    draft_order(draft=new, by=RINA, now=now)
    return OrderPart.objects.select_related("order").get(order_id=new.key)


def confirm(part, *, now=NOON, by=YOHANA, **changes):
    """Yohana takes it on, to be fetched and paid at the counter."""
    said = {"delivery": Delivery.PICKUP, "method": Method.AT_PICKUP, **changes}
    return confirm_order(
        part_id=part.pk, unit_id=part.unit_id, said=Confirmation(**said), by=by, now=now
    )


def order_of(part):
    """The order of a part, as it stands now."""
    return Order.objects.get(pk=part.order_id)
