"""What was chosen, as one order of the shop with a part for each workshop."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.utils.translation import gettext_noop

from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.institutions.models import Answer, Request
from bekal.institutions.rules import no_such_request
from bekal.payments.rules import Method
from bekal.sales.rules import BuyerClass
from bekal.shipping import queries as shipping
from bekal.shop import actions as shop
from bekal.shop import queries as shop_queries
from bekal.shop.actions import Placed
from bekal.shop.rules import (
    Buyer,
    Delivery,
    NewOrder,
    OrderChanged,
    OrderChannel,
    OrderItem,
    PartAsked,
)

AGREED_SERVICE = gettext_noop("Kurir bengkel")
"""What stands for the courier of an order at agreed fees; pages say it in their language."""


def place(
    *,
    request: Request,
    parts: Sequence[tuple[Answer, int]],
    due_on: dt.date,
    po_number: str,
    key: UUID,
    by: Actor,
    now: dt.datetime,
) -> Placed:
    """Place the order, by invoice, at the prices, fees and days that were offered.

    What was offered for a day that has passed is promised for today. Raises what the shop refuses:
    a pause since the offer, goods of the demo beside real ones.
    """
    institution = shop_queries.institution(institution_id=request.institution_id)
    if institution is None:
        raise no_such_request()
    district = shipping.district(code=request.district_code)
    today = local_day(now, Zone.WIB)
    order = NewOrder(
        key=uuid5(key, "order"),
        items=tuple(_item(answer, pieces) for answer, pieces in parts),
        parts=tuple(_part(answer, today=today) for answer, _pieces in parts),
        buyer=Buyer(
            name=institution.name,
            phone=institution.phone,
            email=institution.email,
            district_code=request.district_code,
            district=district.label if district else "",
            address=request.destination,
        ),
        buyer_class=BuyerClass.INSTITUTION,
        method=Method.INVOICE,
        channel=OrderChannel.INSTITUTION,
        language=institution.language,
        is_agreed=True,
        due_on=due_on,
        institution_id=institution.pk,
        reference=po_number,
    )
    return shop.place_order(order=order, by=by, now=now)


def foresee(parts: Sequence[tuple[Answer, int]], *, now: dt.datetime) -> None:
    """Raise OrderChanged with what stands in the way now: a pause, goods that are not sold."""
    items = [_item(answer, pieces) for answer, pieces in parts]
    seen = shop_queries.look(items=items, is_agreed=True, now=now)
    if seen.changes:
        raise OrderChanged(seen.changes)


def _item(answer: Answer, pieces: int) -> OrderItem:
    return OrderItem(answer.product_id or 0, pieces, answer.unit_price or 0)


def _part(answer: Answer, *, today: dt.date) -> PartAsked:
    """How the workshop said it would hand over; `fee` of None: the institution fetches."""
    unit_id = answer.invitation.unit_id
    ready_on = max(today, answer.ready_on or today)
    if answer.fee is None:
        return PartAsked(unit_id, Delivery.PICKUP, promised_on=ready_on)
    return PartAsked(
        unit_id,
        Delivery.COURIER,
        fee=answer.fee,
        service=AGREED_SERVICE,
        promised_on=ready_on,
    )
