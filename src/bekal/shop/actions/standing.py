"""An order with all that its payment or its end needs, locked; and moving it."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from bekal.catalogue.rules import Making
from bekal.foundation.actors import Actor
from bekal.payments.rules import Method
from bekal.production.rules import NewWork
from bekal.sales.rules import BuyerClass, SaleItem
from bekal.shop.actions import statements
from bekal.shop.rules import (
    Delivery,
    OrderChannel,
    OrderStatus,
    PartStatus,
    check_order_move,
    check_part_move,
)


@dataclass(frozen=True)
class LockedPart:
    """A part of an order; `lines` are (product, pieces, price, how it comes to be)."""

    id: UUID
    unit_id: int
    status: PartStatus
    delivery: Delivery
    fee: int
    is_sold: bool
    lines: tuple[tuple[int, int, int, Making], ...]

    @property
    def subject(self) -> str:
        """Its text key, for payments of it alone and for its sale."""
        return f"part:{self.id}"

    @property
    def items(self) -> tuple[SaleItem, ...]:
        """Its lines as those of a sale."""
        return tuple(SaleItem(product, pieces, price) for product, pieces, price, _ in self.lines)

    @property
    def goods_total(self) -> int:
        """Rupiah of its lines."""
        return sum(pieces * price for _, pieces, price, _ in self.lines)

    @property
    def fell_out(self) -> bool:
        """Whether it ended before it was paid for."""
        return self.status is PartStatus.CANCELLED and not self.is_sold

    @property
    def works(self) -> list[NewWork]:
        """What of it is made to order."""
        return [
            NewWork(self.id, product, pieces)
            for product, pieces, _, making in self.lines
            if making is Making.ORDER
        ]

    @property
    def has_holds(self) -> bool:
        """Whether some of it lay ready when it was ordered."""
        return any(making is Making.STOCK for *_, making in self.lines)


@dataclass(frozen=True)
class LockedOrder:
    """An order that nobody else can move until the transaction ends."""

    id: UUID
    code: str
    status: OrderStatus
    method: Method | None
    collector_id: int | None
    buyer_class: BuyerClass | None
    channel: OrderChannel
    total: int
    expires_at: dt.datetime | None
    parts: tuple[LockedPart, ...]

    @property
    def subject(self) -> str:
        """Its text key for payments, where one ask is for all of it."""
        return f"order:{self.id}"


def locked(order_id: UUID) -> LockedOrder | None:
    """An order, locked, as it stands now; None when there is none. Two statements."""
    asked = {"order": order_id}
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_ORDER, asked)
        if cursor.fetchone() is None:
            return None
        cursor.execute(statements.READ_ORDER, asked)
        row = cursor.fetchone()
    return _order(row)


def take_paid(
    order_id: UUID, *, safe_until: dt.datetime, by: Actor, now: dt.datetime
) -> LockedOrder | None:
    """Let an order that waits be paid, with its parts; as it was before. One statement.

    None, and nothing is done, where it does not wait any more, or where its goods are kept no
    longer than `safe_until`.
    """
    values: dict[str, Any] = {
        "order": order_id,
        "safe_until": safe_until,
        "by": str(by),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.TAKE_PAID, values)
        row = cursor.fetchone()
    return _order(row) if row else None


def _order(row: tuple[Any, ...]) -> LockedOrder:
    pk, code, status, method, collector, buyer_class, channel, total, expires_at, parts = row
    return LockedOrder(
        id=pk,
        code=code,
        status=OrderStatus(status),
        method=Method(method) if method else None,
        collector_id=collector,
        buyer_class=BuyerClass(buyer_class) if buyer_class else None,
        channel=OrderChannel(channel),
        total=total,
        expires_at=expires_at,
        parts=tuple(_part(each) for each in json.loads(parts)),
    )


def _part(row: Mapping[str, Any]) -> LockedPart:
    return LockedPart(
        id=UUID(row["id"]),
        unit_id=row["unit_id"],
        status=PartStatus(row["status"]),
        delivery=Delivery(row["delivery"]),
        fee=row["fee"],
        is_sold=row["sale_id"] is not None,
        lines=tuple((line[0], line[1], line[2], Making(line[3])) for line in row["lines"]),
    )


def move(
    order: LockedOrder,
    status: OrderStatus,
    *,
    parts: Collection[LockedPart] = (),
    part_status: PartStatus | None = None,
    sold: Collection[UUID] = (),
    promised: Mapping[UUID, dt.date] | None = None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Move an order, and some of its parts with it; one statement. Raises MoveRefused."""
    if status is not order.status:
        check_order_move(order.status, status)
    for part in parts:
        if part_status is not None and part.status is not part_status:
            check_part_move(part.status, part_status)
    values: dict[str, Any] = {
        "order": order.id,
        "status": status.value,
        "part_status": part_status.value if part_status else None,
        "parts": [part.id for part in parts],
        "sold": list(sold),
        "promised": json.dumps({str(k): v for k, v in (promised or {}).items()}, default=str),
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.MOVE, values)


def finish(
    order: LockedOrder,
    *,
    paid_now: bool = False,
    ended: UUID | None = None,
    ended_as: PartStatus = PartStatus.DELIVERED,
    by: Actor,
    now: dt.datetime,
) -> None:
    """An order that is paid for is done when the last of its parts is there.

    It is cancelled where none of them ever came. `order` is as it was locked; `paid_now` and
    `ended` (a part, which now stands `ended_as`) say what was moved since.
    """
    is_paid = paid_now or order.status is OrderStatus.PAID
    stand = {ended_as if part.id == ended else part.status for part in order.parts}
    if is_paid and stand <= {PartStatus.DELIVERED, PartStatus.CANCELLED}:
        paid = replace(order, status=OrderStatus.PAID)
        came = PartStatus.DELIVERED in stand
        move(paid, OrderStatus.DONE if came else OrderStatus.CANCELLED, by=by, now=now)
