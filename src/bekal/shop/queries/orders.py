"""An order as its buyer sees it: by part, with nothing of a person but what is hidden in part."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from bekal.foundation.clock import Zone
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.shop.models import Order, OrderBuyer, OrderLine, OrderMove, OrderPart, PartMove
from bekal.shop.rules import Delivery, OrderStatus, PartStatus


@dataclass(frozen=True)
class StepShown:
    """That an order or part came to stand like this."""

    status: OrderStatus | PartStatus
    at: dt.datetime


@dataclass(frozen=True)
class BoughtLine:
    """Pieces of a product in a part; money in rupiah."""

    name: str
    pieces: int
    unit_price: int
    gross: int


@dataclass(frozen=True)
class BoughtPart:
    """What one unit makes and sends, as the buyer follows it."""

    id: UUID
    position: int
    unit_id: int
    unit_code: str
    unit_name: str
    zone: Zone
    delivery: Delivery
    service: str
    days_min: int | None
    days_max: int | None
    fee: int
    goods_total: int
    promised_on: dt.date | None
    tracking_number: str
    status: PartStatus
    is_paid: bool
    lines: tuple[BoughtLine, ...]
    steps: tuple[StepShown, ...]

    @property
    def is_fetched(self) -> bool:
        """Whether the buyer comes for it."""
        return self.delivery is Delivery.PICKUP


@dataclass(frozen=True)
class OrderShown:
    """An order by its code; `masked` is so much of name and place as its code alone may tell.

    `reason` says why it was declined.
    """

    id: UUID
    code: str
    placed_at: dt.datetime
    status: OrderStatus
    method: Method | None
    collector: str
    goods_total: int
    shipping_total: int
    total: int
    is_sample: bool
    expires_at: dt.datetime | None
    due_on: dt.date | None
    parts: tuple[BoughtPart, ...]
    steps: tuple[StepShown, ...]
    masked: tuple[str, ...]
    reason: str

    @property
    def was_draft(self) -> bool:
        """Whether it ended before its unit had confirmed it."""
        return len(self.steps) > 1 and self.steps[-2].status is OrderStatus.DRAFT

    @property
    def is_by_invoice(self) -> bool:
        """Whether an institution ordered it, and pays what was agreed after the goods came."""
        return self.method is Method.INVOICE

    @property
    def zone(self) -> Zone:
        """The clock by which its hours are told: that of its first workshop."""
        return self.parts[0].zone


def code_of(*, order_id: UUID) -> str:
    """The code of an order that is there."""
    return Order.objects.values_list("code", flat=True).get(pk=order_id)


def code_if_any(*, order_id: UUID) -> str:
    """The code of an order, or nothing where there is none."""
    return Order.objects.filter(pk=order_id).values_list("code", flat=True).first() or ""


def order_shown(*, code: str, on: dt.date) -> OrderShown | None:
    """The order with this code, or None. Six statements."""
    order = (
        Order.objects.filter(code=code)
        .select_related("buyer", "closing")
        .prefetch_related(
            Prefetch("moves", OrderMove.objects.order_by("id")),
            Prefetch("parts", OrderPart.objects.order_by("position")),
            Prefetch("parts__lines", OrderLine.objects.order_by("id")),
            Prefetch("parts__moves", PartMove.objects.order_by("id")),
        )
        .first()
    )
    if order is None:
        return None
    return _shown(order, on=on)


def _shown(order: Order, *, on: dt.date) -> OrderShown:
    parts = list(order.parts.all())
    units = {part.unit_id for part in parts} | ({order.collector_id or 0} - {0})
    names = places.last_called(place_ids=units, on=on)
    return OrderShown(
        id=order.id,
        code=order.code,
        placed_at=order.placed_at,
        status=OrderStatus(order.status),
        method=Method(order.method) if order.method else None,
        collector=names[order.collector_id][1] if order.collector_id else "",
        goods_total=order.goods_total,
        shipping_total=order.shipping_total,
        total=order.total,
        is_sample=order.is_sample,
        expires_at=order.expires_at,
        due_on=order.due_on,
        parts=tuple(_part(part, names[part.unit_id]) for part in parts),
        steps=tuple(StepShown(OrderStatus(m.status), m.moved_at) for m in order.moves.all()),
        masked=_masked(getattr(order, "buyer", None)),
        reason=order.closing.reason if hasattr(order, "closing") else "",
    )


def address_of(*, order_id: UUID, phone_end: str) -> OrderBuyer | None:
    """Who receives an order, for somebody who knows the last four digits of the phone."""
    buyer = OrderBuyer.objects.filter(order_id=order_id, erased_at__isnull=True).first()
    digits = "".join(sign for sign in phone_end if sign.isdigit())
    if buyer is None or len(digits) != 4 or not buyer.phone.endswith(digits):  # noqa: PLR2004
        return None
    return buyer


def _part(part: OrderPart, called: tuple[str, str]) -> BoughtPart:
    return BoughtPart(
        id=part.id,
        position=part.position,
        unit_id=part.unit_id,
        unit_code=called[0],
        unit_name=called[1],
        zone=places.zone_of(unit_id=part.unit_id),
        delivery=Delivery(part.delivery),
        service=part.service,
        days_min=part.days_min,
        days_max=part.days_max,
        fee=part.fee,
        goods_total=part.goods_total,
        promised_on=part.promised_on,
        tracking_number=part.tracking_number,
        status=PartStatus(part.status),
        is_paid=part.sale_id is not None,
        lines=tuple(
            BoughtLine(line.name, line.pieces, line.unit_price, line.gross)
            for line in part.lines.all()
        ),
        steps=tuple(StepShown(PartStatus(m.status), m.moved_at) for m in part.moves.all()),
    )


def _masked(buyer: OrderBuyer | None) -> tuple[str, ...]:
    """Initials and the regency: enough for the buyer to know it, too little for anybody else."""
    if buyer is None or buyer.erased_at is not None:
        return ()
    _, _, around = buyer.district.partition(", ")
    return tuple(text for text in (_hidden(buyer.name), around) if text)


def _hidden(name: str) -> str:
    """The initials alone: "R*** S***"."""
    return " ".join(f"{word[0]}***" for word in name.split())
