"""A part of an order as its unit sees it: what is in it, for whom, where to, how it stands."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.payments.rules import Method
from bekal.shop.models import Order, OrderBuyer, OrderLine, OrderPart, PartMove
from bekal.shop.rules import (
    Delivery,
    OrderChannel,
    OrderStatus,
    PartStatus,
    can_fail,
    falls_out,
    ready_by,
)


@dataclass(frozen=True)
class LineShown:
    """Pieces of a product in a part; money in rupiah."""

    id: int
    product_id: int
    code: str
    name: str
    pieces: int
    unit_price: int
    gross: int
    making: str


@dataclass(frozen=True)
class Receiver:
    """Who receives, and where; all empty once the buyer was erased."""

    name: str
    phone: str
    email: str
    address: str
    district: str
    district_code: str
    postal_code: str
    landmark: str
    note: str

    @property
    def is_mobile(self) -> bool:
        """Whether messages reach the number: an institution may have given a landline."""
        return formats.is_mobile(self.phone)

    @property
    def address_lines(self) -> list[str]:
        """The address as labels have it: street, then kecamatan with the postal code."""
        place = f"{self.district} {self.postal_code}".strip()
        return [line for line in (self.address, place) if line]


@dataclass(frozen=True)
class MoveShown:
    """That a part came to stand like this, and by whose hand."""

    status: PartStatus
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class PartShown:
    """The part of an order that one unit makes and sends. Money in rupiah.

    `ready_by` is the day by which it is to be ready: what was promised for work to order, else two
    days after it was accepted; None before that. `others` is how the parts of the order at other
    units stand, and whether they are sold. `reference` and `npwp` are those of an institution that
    buys by invoice.
    """

    id: UUID
    order_id: UUID
    order_code: str
    order_status: OrderStatus
    position: int
    unit_id: int
    collector_id: int | None
    placed_at: dt.datetime
    channel: OrderChannel
    language: str
    method: Method | None
    buyer_class: str
    is_sample: bool
    due_on: dt.date | None
    reference: str
    npwp: str
    status: PartStatus
    status_at: dt.datetime
    accepted_at: dt.datetime | None
    delivery: Delivery
    service: str
    fee: int
    weight_g: int
    goods_total: int
    promised_on: dt.date | None
    tracking_number: str
    sale_id: UUID | None
    others: tuple[tuple[PartStatus, bool], ...]
    receiver: Receiver
    lines: tuple[LineShown, ...]
    moves: tuple[MoveShown, ...]

    @property
    def total(self) -> int:
        """Goods and shipping of this part."""
        return self.goods_total + self.fee

    @property
    def pieces(self) -> int:
        """How many pieces lie in the box."""
        return sum(line.pieces for line in self.lines)

    @property
    def is_paid(self) -> bool:
        """Whether its money came in, or became a debt of the buyer: it is a sale."""
        return self.sale_id is not None

    @property
    def may_fail(self) -> bool:
        """Whether its unit may say that it cannot fulfil it."""
        return can_fail(self.status, order=self.order_status)

    @property
    def falls_out(self) -> bool:
        """Whether its order goes on without it, if its unit gives it up before it is paid for."""
        return falls_out(method=self.method, others=self.others)

    @property
    def other_parts(self) -> int:
        """How many further parts the order has at other units."""
        return len(self.others)

    @property
    def goes_with_others(self) -> bool:
        """Whether other units have parts of the order that did not end."""
        return any(status is not PartStatus.CANCELLED for status, _ in self.others)

    @property
    def is_settled(self) -> bool:
        """Whether its money came in: what was sold by invoice is paid with the order."""
        if self.method is Method.INVOICE:
            return self.order_status in {OrderStatus.PAID, OrderStatus.DONE}
        return self.is_paid

    def ready_by(self, zone: Zone) -> dt.date | None:
        """The day by which it is to be ready, at a unit of this zone."""
        accepted = local_day(self.accepted_at, zone) if self.accepted_at else None
        return ready_by(promised_on=self.promised_on, accepted_on=accepted)

    @property
    def received_at(self) -> dt.datetime | None:
        """When it came to its buyer."""
        return self.status_at if self.status is PartStatus.DELIVERED else None


def part_of_unit(*, unit_id: int, part_id: UUID) -> PartShown | None:
    """A part that this unit makes; None when it makes none with this id. Four statements."""
    return next(iter(_shown(_parts().filter(unit_id=unit_id, pk=part_id))), None)


def parts_of_unit(*, unit_id: int, part_ids: Collection[UUID]) -> list[PartShown]:
    """Parts that this unit makes, the first to be ready first; others are left out."""
    found = _shown(_parts().filter(unit_id=unit_id, pk__in=list(part_ids)))
    return sorted(found, key=lambda part: (part.ready_by(Zone.WIB) or dt.date.max, part.placed_at))


def part_of_order(*, order_id: UUID, part_id: UUID) -> PartShown | None:
    """A part of this order, for whoever may see all of it; None when it has none with this id."""
    return next(iter(_shown(_parts().filter(order_id=order_id, pk=part_id))), None)


def part_by_order_code(*, unit_id: int, code: str) -> PartShown | None:
    """The part of the order with this code that this unit makes."""
    return next(iter(_shown(_parts().filter(unit_id=unit_id, order__code=code))), None)


def _parts() -> QuerySet[OrderPart]:
    accepted = PartMove.objects.filter(part_id=OuterRef("pk"), status=PartStatus.ACCEPTED.value)
    return (
        OrderPart.objects.select_related("order__buyer", "order__institution")
        .annotate(accepted_at=Subquery(accepted.order_by("id").values("moved_at")[:1]))
        .prefetch_related(
            Prefetch("lines", OrderLine.objects.select_related("product").order_by("id")),
            Prefetch("moves", PartMove.objects.order_by("id")),
        )
    )


def _shown(parts: QuerySet[OrderPart]) -> list[PartShown]:
    found = list(parts)
    standing = _standing(part.order_id for part in found)
    return [_part(part, standing=standing[part.order_id]) for part in found]


def _standing(order_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, tuple[PartStatus, bool]]]:
    """How the parts of each order stand, and whether they are sold, by part."""
    orders: dict[UUID, dict[UUID, tuple[PartStatus, bool]]] = {}
    parts = OrderPart.objects.filter(order_id__in=set(order_ids)).order_by("position")
    for order_id, part_id, status, sale in parts.values_list("order_id", "pk", "status", "sale_id"):
        orders.setdefault(order_id, {})[part_id] = (PartStatus(status), sale is not None)
    return orders


def _part(part: OrderPart, *, standing: Mapping[UUID, tuple[PartStatus, bool]]) -> PartShown:
    return PartShown(
        id=part.id,
        position=part.position,
        unit_id=part.unit_id,
        status=PartStatus(part.status),
        status_at=part.status_at,
        accepted_at=part.accepted_at,  # type: ignore[attr-defined]
        delivery=Delivery(part.delivery),
        service=part.service,
        fee=part.fee,
        weight_g=part.weight_g,
        goods_total=part.goods_total,
        promised_on=part.promised_on,
        tracking_number=part.tracking_number,
        sale_id=part.sale_id,
        others=tuple(other for pk, other in standing.items() if pk != part.id),
        receiver=_receiver(part.order.buyer),
        lines=tuple(map(_line, part.lines.all())),
        moves=tuple(map(_move, part.moves.all())),
        **_of_order(part.order),
    )


def _of_order(order: Order) -> dict[str, Any]:
    """What a part shows of the order that it is a part of."""
    return {
        "order_id": order.id,
        "order_code": order.code,
        "order_status": OrderStatus(order.status),
        "collector_id": order.collector_id,
        "placed_at": order.placed_at,
        "channel": OrderChannel(order.channel),
        "language": order.language,
        "method": Method(order.method) if order.method else None,
        "buyer_class": order.buyer_class,
        "is_sample": order.is_sample,
        "due_on": order.due_on,
        "reference": order.reference,
        "npwp": order.institution.npwp if order.institution else "",
    }


def _receiver(buyer: OrderBuyer) -> Receiver:
    return Receiver(
        name=buyer.name,
        phone=buyer.phone,
        email=buyer.email,
        address=buyer.address,
        district=buyer.district,
        district_code=buyer.district_code,
        postal_code=buyer.postal_code,
        landmark=buyer.landmark,
        note=buyer.note,
    )


def _move(move: PartMove) -> MoveShown:
    return MoveShown(PartStatus(move.status), move.moved_at, move.moved_by)


def _line(line: OrderLine) -> LineShown:
    return LineShown(
        id=line.pk,
        product_id=line.product_id,
        code=line.product.code,
        name=line.name,
        pieces=line.pieces,
        unit_price=line.unit_price,
        gross=line.gross,
        making=line.making,
    )
