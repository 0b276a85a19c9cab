"""An order that a person of the unit has to confirm: written down first, so that it is not lost."""

import datetime as dt
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import Making
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.private import sealed
from bekal.shop.actions.limits import household_of
from bekal.shop.actions.planning import PlannedLine, PlannedPart
from bekal.shop.actions.writing import write_order
from bekal.shop.models import Order
from bekal.shop.queries import Look, bought_of_late, day_of, is_made, look, parcels_of
from bekal.shop.rules import (
    DRAFT_LIFE,
    OPEN_SERVICE,
    Delivery,
    NewDraft,
    OrderChanged,
    OrderChannel,
    OrderRefused,
    OrderStatus,
    PartStatus,
    check_draft,
)

DOOR = "shop.draft_order"


@transaction.atomic
def draft_order(*, draft: NewDraft, by: Actor, now: dt.datetime) -> str:
    """Write an order down that its unit is to confirm; the code by which both speak of it.

    Nothing is kept for it and nothing asked before that; that its number may not have so much of
    it is told now, when less can still be asked for. The same key with the same content answers
    the first code again. Raises OrderChanged with all that is not as the buyer saw it,
    OrderRefused for what cannot be, KeyReused for the same key with other content.
    """
    check_draft(draft)
    message = sealed(draft.frozen())
    if claim_message(key=draft.key, door=DOOR, body=message, by=by, now=now) is not None:
        return Order.objects.values_list("code", flat=True).get(pk=draft.key)
    seen = _seen(draft, now=now)
    code = write_order(
        _head(draft, seen, by=by, now=now), parts=[_part(draft, seen)], buyer=draft.buyer
    )
    audit.record(
        chain=chain_of_place(draft.unit_id),
        action=DOOR,
        object_key=f"order:{draft.key}",
        detail={"code": code, "pieces": sum(item.pieces for item in draft.items)},
        by=by,
        now=now,
    )
    return code


def _seen(draft: NewDraft, *, now: dt.datetime) -> Look:
    """The goods as they are now. Raises OrderChanged, OrderRefused."""
    goods = catalogue.goods_for_sale(
        product_ids=[item.product_id for item in draft.items], on=day_of(now)
    )
    household = household_of(draft.buyer)
    had = bought_of_late(goods=goods, phone=draft.buyer.phone, household=household, now=now)
    seen = look(items=draft.items, goods=goods, had=had, now=now)
    if seen.changes:
        raise OrderChanged(seen.changes)
    if {goods.unit_id for goods in seen.goods.values()} != {draft.unit_id}:
        raise OrderRefused(_("Lewat WhatsApp, satu pesanan untuk satu bengkel."), field="items")
    if draft.unit_id not in catalogue.contacts_of(unit_ids=[draft.unit_id]):
        raise OrderRefused(_("Bengkel ini tidak menerima pesanan lewat WhatsApp."), field="items")
    return seen


def _head(draft: NewDraft, seen: Look, *, by: Actor, now: dt.datetime) -> dict[str, Any]:
    return {
        "id": draft.key,
        "now": now,
        "by": str(by),
        "channel": OrderChannel.WHATSAPP.value,
        "language": draft.language,
        "buyer_class": draft.buyer_class.value,
        "method": "",
        "collector": None,
        "is_sample": any(goods.is_sample for goods in seen.goods.values()),
        "expires_at": now + DRAFT_LIFE,
        "due_on": None,
        "institution": None,
        "reference": "",
        "status": OrderStatus.DRAFT.value,
        "part_status": PartStatus.WAITING.value,
    }


def _part(draft: NewDraft, seen: Look) -> PlannedPart:
    return PlannedPart(
        id=uuid5(draft.key, str(draft.unit_id)),
        unit_id=draft.unit_id,
        position=1,
        delivery=draft.delivery,
        service_id=None,
        service=OPEN_SERVICE if draft.delivery is Delivery.COURIER else "",
        days_min=None,
        days_max=None,
        fee=0,
        weight_g=parcels_of(draft.items, seen.goods)[draft.unit_id].weight_g,
        promised_on=None,
        lines=tuple(
            PlannedLine(
                item.product_id,
                seen.goods[item.product_id].name,
                item.pieces,
                item.unit_price,
                Making.ORDER if is_made(item, seen.available[item.product_id]) else Making.STOCK,
            )
            for item in draft.items
        ),
    )
