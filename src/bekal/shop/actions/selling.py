"""Parts of an order become sales, and what was paid for them goes where it belongs."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid5

from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind, Line
from bekal.places import queries as places
from bekal.production import actions as production
from bekal.sales import actions as sales
from bekal.sales.rules import Channel, NewSale, PaymentKind
from bekal.shop.actions.standing import LockedOrder, LockedPart
from bekal.shop.rules import OrderChannel


def take(parts: Sequence[LockedPart], *, by: Actor, now: dt.datetime) -> None:
    """What lay ready for these parts is theirs; it goes with their sales."""
    held = [part.id for part in parts if part.has_holds]
    if held:
        production.take_holds(groups=held, by=by, now=now)


def sell(
    order: LockedOrder,
    part: LockedPart,
    *,
    payment: PaymentKind,
    collected_by: int | None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """One part becomes a sale: out of the advance of the unit that collected, or on credit."""
    if order.buyer_class is None:
        raise LookupError(f"{order.code} does not say who buys")
    is_institution = order.channel is OrderChannel.INSTITUTION
    sale = NewSale(
        key=part.id,
        unit_id=part.unit_id,
        items=part.items,
        channel=Channel.ORDER if is_institution else Channel.ONLINE,
        buyer_class=order.buyer_class,
        payment=payment,
        sold_at=now,
        collected_by=collected_by,
    )
    sales.record_sale(sale=sale, by=by, now=now)


def post_shipping(order: LockedOrder, *, collector_id: int, by: Actor, now: dt.datetime) -> None:
    """What was paid for shipping goes from the advance to the units that send."""
    sums = {part.unit_id: part.fee for part in order.parts if part.fee}
    if sums:
        lines = out_of_advance(collector_id, sums, AccountKind.SHIPPING)
        memo = f"Ongkos kirim {order.code}"
        _post(order, lines, key=uuid5(order.id, "shipping"), memo=memo, by=by, now=now)


def post_credit_paid(
    order: LockedOrder,
    parts: Sequence[LockedPart],
    *,
    collector_id: int,
    by: Actor,
    now: dt.datetime,
) -> None:
    """What was sold on credit is paid: the advance settles what its buyers owe the units."""
    sums = {part.unit_id: part.goods_total for part in parts}
    if sums:
        lines = out_of_advance(collector_id, sums, AccountKind.RECEIVABLE)
        memo = f"Pelunasan {order.code}"
        _post(order, lines, key=uuid5(order.id, "credit"), memo=memo, by=by, now=now)


def _post(
    order: LockedOrder,
    lines: Sequence[Line],
    *,
    key: UUID,
    memo: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    zone = places.zone_of(unit_id=lines[0].unit_id)
    ledger.post_entry(
        lines=lines,
        key=key,
        occurred_on=local_day(now, zone),
        memo=memo,
        source=order.subject,
        by=by,
        now=now,
    )


def out_of_advance(collector_id: int, sums: dict[int, int], account: AccountKind) -> list[Line]:
    """The collector's advance goes to an account of each unit, through what units hold."""
    lines = []
    for unit_id, amount in sums.items():
        lines += [
            Line(collector_id, AccountKind.ORDER_ADVANCE, amount),
            Line(unit_id, account, -amount),
        ]
        if unit_id != collector_id:
            lines += [
                Line(collector_id, AccountKind.SETTLEMENT, -amount, unit_id),
                Line(unit_id, AccountKind.SETTLEMENT, amount, collector_id),
            ]
    return lines
