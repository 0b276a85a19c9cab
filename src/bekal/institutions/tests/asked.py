"""Sri of a hospital asks; Yohana of Nabire and Wayan of Bangli answer."""

import datetime as dt
from typing import Any

from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.ids import uuid7
from bekal.institutions.actions import (
    NewAnswer,
    NewChoice,
    NewRequest,
    answer_request,
    ask_workshops,
    choose_answers,
)
from bekal.institutions.rules import Offer, Part, Wanted
from bekal.payments.tests.money import a_merchant
from bekal.shipping.actions import load_districts
from bekal.shop.actions import cancel_order, fail_part, register_institution
from bekal.shop.models import Order, OrderPart
from bekal.shop.rules import InstitutionKind, InstitutionSaid, OrderStatus
from bekal.shop.tests.market import DISTRICTS
from tests.support.world import NOON, SETUP, TODAY, WAYAN, YOHANA

SRI = Actor(ActorKind.BUYER, "sri")
DAY = dt.timedelta(days=1)
DEADLINE = NOON + 7 * DAY
NEEDED = TODAY + 30 * DAY
NPWP = "0021832415000000"


def open_for_requests(world):
    """Nabire and Bangli take money by bank; the kecamatan of both are known."""
    load_districts(by=SETUP, now=NOON, rows=DISTRICTS)
    for unit in (world.nabire, world.bangli):
        a_merchant(unit)


def said(**changes):
    given = {
        "name": "RSUD Nabire",
        "npwp": NPWP,
        "kind": InstitutionKind.OFFICE,
        "contact_name": "Sri Wahyuni",
        "phone": "+6281234567890",
        "email": "pengadaan@rsud.example.id",
    }
    return InstitutionSaid(**given | changes)


def register(*, key=None, now=NOON, **changes):
    return register_institution(
        key=key or uuid7(), said=said(**changes), language="id", by=SRI, now=now
    )


def wanted(**changes):
    given: dict[str, Any] = {
        "title": "Meja pasien",
        "specification": "Kayu jati, 60 x 40 cm",
        "pieces": 40,
        "measure": "buah",
        "needed_on": NEEDED,
        "destination": "Gudang RSUD, Jalan Merdeka, Nabire",
        "answer_until": DEADLINE,
    }
    return Wanted(**given | changes)


def new_request(
    world, *, institution=None, units=None, key=None, file=None, district="940101", **changes
):
    return NewRequest(
        key=key or uuid7(),
        institution_id=(institution or register()).institution_id,
        wanted=wanted(**changes),
        unit_ids=frozenset({world.nabire, world.bangli} if units is None else units),
        district_code=district,
        file=file,
    )


def ask(world, *, now=NOON, **changes):
    return ask_workshops(new=new_request(world, **changes), by=SRI, now=now)


def offer(product, **changes):
    given = {
        "product_id": product,
        "pieces": 25,
        "unit_price": 90_000,
        "ready_on": TODAY + 20 * DAY,
        "valid_until": TODAY + 20 * DAY,
        "note": "Termasuk plitur",
    }
    return Offer(**given | changes)


def new_answer(asked, unit, product=None, *, key=None, reason="", **changes):
    return NewAnswer(
        key=key or uuid7(),
        request_id=asked.request_id,
        unit_id=unit,
        offer=offer(product, **changes) if product else None,
        reason=reason,
    )


def answer(asked, unit, product=None, *, now=NOON, **changes):
    by = YOHANA if unit != 0 else WAYAN
    return answer_request(answer=new_answer(asked, unit, product, **changes), by=by, now=now)


def new_choice(asked, *parts, key=None, due_on=NEEDED, po_number="PO-12/2026"):
    return NewChoice(
        key=key or uuid7(),
        request_id=asked.request_id,
        parts=tuple(Part(*part) for part in parts),
        due_on=due_on,
        po_number=po_number,
    )


def choose(asked, *parts, now=NOON, **changes):
    return choose_answers(choice=new_choice(asked, *parts, **changes), by=SRI, now=now)


def cancel(order_id=None, *, now=NOON):
    """The institution takes its order back; by default the one that stands."""
    if order_id is None:
        order_id = Order.objects.get(status=OrderStatus.PLACED).pk
    cancel_order(order_id=order_id, by=SRI, now=now)
    return order_id


def give_up(unit, *, reason="Rotan habis", now=NOON):
    """The workshop gives up the order of which it is the only one, before it is paid."""
    part = OrderPart.objects.get(unit_id=unit, order__status=OrderStatus.PLACED)
    fail_part(part_id=part.pk, unit_id=unit, reason=reason, are_goods_here=None, by=YOHANA, now=now)
    return part.order_id
