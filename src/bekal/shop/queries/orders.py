"""An order as its buyer sees it: by part, with nothing of a person but what is hidden in part."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import connection

from bekal.catalogue import queries as catalogue
from bekal.foundation.actors import ActorKind
from bekal.foundation.clock import Zone
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.shop.rules import Delivery, OrderStatus, PartStatus

# Every look at an order asks for all of it, in one go: row by row Django takes ten times as long.
_SHOWN = """
select o.id, o.code, o.placed_at, o.status, o.method, o.collector_id,
  o.goods_total, o.shipping_total, o.total, o.is_sample, o.expires_at, o.due_on,
  coalesce(b.name, ''), coalesce(b.district, ''), coalesce(c.reason, ''), (
    select jsonb_agg(jsonb_build_array(m.status, m.moved_at, m.moved_by) order by m.id)
    from shop_ordermove m where m.order_id = o.id)::text, (
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'position', p.position, 'unit_id', p.unit_id, 'delivery', p.delivery,
      'service', p.service, 'days_min', p.days_min, 'days_max', p.days_max, 'fee', p.fee,
      'goods_total', p.goods_total, 'promised_on', p.promised_on,
      'tracking_number', p.tracking_number, 'status', p.status, 'is_paid', p.sale_id is not null,
      'given_up', coalesce((select g.reason from shop_givenup g where g.part_id = p.id), ''),
      'credited', (select coalesce(sum(f.goods + f.shipping), 0)
                   from shop_problem x join shop_problemrefund f on f.answer_id = x.id
                   where x.part_id = p.id and f.is_credited),
      'lines', (select jsonb_agg(jsonb_build_array(
                  l.product_id, l.name, l.pieces, l.unit_price, l.gross) order by l.id)
                from shop_orderline l where l.part_id = p.id),
      'steps', (select jsonb_agg(jsonb_build_array(m.status, m.moved_at, m.moved_by) order by m.id)
                from shop_partmove m where m.part_id = p.id)
    ) order by p.position) from shop_orderpart p where p.order_id = o.id)::text
from shop_order o
left join shop_orderbuyer b on b.order_id = o.id and b.erased_at is null
left join shop_closing c on c.order_id = o.id
"""
_BY_CODE = _SHOWN + "where o.code = %(code)s"
_BY_ID = _SHOWN + "where o.id = any(%(ids)s::uuid[])"


@dataclass(frozen=True)
class StepShown:
    """That an order or part came to stand like this, and by whom ("buyer:…", "user:7")."""

    status: OrderStatus | PartStatus
    at: dt.datetime
    by: str

    @property
    def is_by_buyer(self) -> bool:
        """Whether the buyer did it."""
        return self.by.startswith(f"{ActorKind.BUYER}:")


@dataclass(frozen=True)
class BoughtLine:
    """Pieces of a product in a part; money in rupiah."""

    product_id: int
    name: str
    pieces: int
    unit_price: int
    gross: int


@dataclass(frozen=True)
class BoughtPart:
    """What one unit makes and sends, as the buyer follows it.

    `given_up` says why its unit gave it up before it was paid for; `credited` is the rupiah of what
    came back of it before its invoice was paid.
    """

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
    given_up: str
    credited: int
    lines: tuple[BoughtLine, ...]
    steps: tuple[StepShown, ...]

    @property
    def is_fetched(self) -> bool:
        """Whether the buyer comes for it."""
        return self.delivery is Delivery.PICKUP

    @property
    def total(self) -> int:
        """Rupiah of its goods and of sending them."""
        return self.goods_total + self.fee

    @property
    def is_open(self) -> bool:
        """Whether nobody has chosen yet how it reaches its buyer."""
        return self.delivery is Delivery.OPEN


@dataclass(frozen=True)
class OrderShown:
    """An order by its code; `masked` is so much of name and place as its code alone may tell.

    `reason` says why it was declined; `english` is what goods are called where their names, which
    stay as they were ordered, have been put into English.
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
    english: Mapping[str, str] = field(default_factory=dict)

    def called(self, name: str) -> str:
        """The name of one of its goods, in the language in which the order is told."""
        return self.english.get(name, name)

    @property
    def was_draft(self) -> bool:
        """Whether it ended before its unit had confirmed it."""
        return len(self.steps) > 1 and self.steps[-2].status is OrderStatus.DRAFT

    @property
    def was_cancelled(self) -> bool:
        """Whether it was cancelled, also where money that came for it is owed back since."""
        return any(step.status is OrderStatus.CANCELLED for step in self.steps)

    @property
    def is_by_invoice(self) -> bool:
        """Whether an institution ordered it, and pays what was agreed after the goods came."""
        return self.method is Method.INVOICE

    @property
    def given_up(self) -> BoughtPart | None:
        """The part for which its unit ended all of it before it was paid for, and wrote why."""
        gone = [part for part in self.parts if part.given_up] if self.reason else []
        return max(gone, key=lambda part: part.steps[-1].at, default=None)

    @property
    def gone(self) -> tuple[BoughtPart, ...]:
        """Parts that fell out of an order that goes on, and are not to be paid."""
        return tuple(part for part in self.parts if part.given_up and self.given_up is None)

    @property
    def fallen_out(self) -> int:
        """Rupiah of the parts that fell out."""
        return sum(part.total for part in self.gone)

    @property
    def credited(self) -> int:
        """Rupiah of what came back before its invoice was paid."""
        return sum(part.credited for part in self.parts)

    @property
    def still_total(self) -> int:
        """Rupiah of all that did not fall out, nor came back before it was paid."""
        return self.total - self.fallen_out - self.credited

    @property
    def left(self) -> tuple[BoughtLine, ...]:
        """Goods of the other workshops of an order that one of them ended: they can be had anew.

        What was agreed on with an institution is not in the shop: it chooses among its offers.
        """
        if self.given_up is None or self.is_by_invoice:
            return ()
        return tuple(line for part in self.parts if not part.given_up for line in part.lines)

    @property
    def zone(self) -> Zone:
        """The clock by which its hours are told: that of its first workshop."""
        return self.parts[0].zone


def order_shown(*, code: str, on: dt.date) -> OrderShown | None:
    """The order with this code, or None. Two statements."""
    return next(iter(_read(_BY_CODE, {"code": code}, on=on)), None)


def orders_shown(*, order_ids: Collection[UUID], on: dt.date) -> dict[UUID, OrderShown]:
    """The same of several orders, by id. Two statements, however many there are."""
    found = _read(_BY_ID, {"ids": sorted(order_ids)}, on=on) if order_ids else []
    return {order.id: order for order in found}


def in_english(order: OrderShown) -> OrderShown:
    """The same with the English names of its goods, of those that have one. One statement."""
    lines = [line for part in order.parts for line in part.lines]
    names = catalogue.english_names(product_ids={line.product_id for line in lines})
    english = {line.name: names[line.product_id] for line in lines if line.product_id in names}
    parts = tuple(
        replace(part, lines=tuple(replace(x, name=english.get(x.name, x.name)) for x in part.lines))
        for part in order.parts
    )
    return replace(order, parts=parts, english=english)


def _read(statement: str, values: Mapping[str, Any], *, on: dt.date) -> list[OrderShown]:
    """Orders with their units as they are called; nothing is asked of these where none is found."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = [(row, json.loads(row[-1])) for row in cursor.fetchall()]
    units = {part["unit_id"] for _, parts in rows for part in parts} | {row[5] for row, _ in rows}
    names = places.last_called(place_ids=units - {None}, on=on) if rows else {}
    return [_shown(row, parts, names) for row, parts in rows]


def _shown(
    row: Sequence[Any], parts: Sequence[Mapping[str, Any]], names: Mapping[int, tuple[str, str]]
) -> OrderShown:
    order_id, code, placed_at, status, method, collector, *rest = row
    goods_total, shipping_total, total, is_sample, expires_at, due_on, *rest = rest
    name, district, reason, moves, _parts = rest
    return OrderShown(
        id=order_id,
        code=code,
        placed_at=placed_at,
        status=OrderStatus(status),
        method=Method(method) if method else None,
        collector=names[collector][1] if collector else "",
        goods_total=goods_total,
        shipping_total=shipping_total,
        total=total,
        is_sample=is_sample,
        expires_at=expires_at,
        due_on=due_on,
        parts=tuple(_part(part, names[part["unit_id"]]) for part in parts),
        steps=_steps(json.loads(moves), OrderStatus),
        masked=_masked(name, district),
        reason=reason,
    )


def _part(row: Mapping[str, Any], called: tuple[str, str]) -> BoughtPart:
    day = row["promised_on"]
    told = {
        **row,
        "id": UUID(row["id"]),
        "delivery": Delivery(row["delivery"]),
        "promised_on": dt.date.fromisoformat(day) if day else None,
        "status": PartStatus(row["status"]),
        "lines": tuple(BoughtLine(*line) for line in row["lines"]),
        "steps": _steps(row["steps"], PartStatus),
    }
    zone = places.zone_of(unit_id=row["unit_id"])
    return BoughtPart(unit_code=called[0], unit_name=called[1], zone=zone, **told)


def _steps(
    rows: Iterable[Sequence[str]], status: type[OrderStatus | PartStatus]
) -> tuple[StepShown, ...]:
    return tuple(
        StepShown(status(said), dt.datetime.fromisoformat(at), by) for said, at, by in rows
    )


def _masked(name: str, district: str) -> tuple[str, ...]:
    """Initials and the regency: enough for the buyer to know it, too little for anybody else."""
    _, _, around = district.partition(", ")
    return tuple(text for text in (_hidden(name), around) if text)


def _hidden(name: str) -> str:
    """The initials alone: "R*** S***"."""
    return " ".join(f"{word[0]}***" for word in name.split())
