"""Parts of an order become sales, and what was paid for them goes where it belongs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import uuid5

from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.ledger.actions import NewEntry
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
    parts: Sequence[LockedPart],
    *,
    payment: PaymentKind,
    collected_by: int | None,
    also: Sequence[NewEntry] = (),
    by: Actor,
    now: dt.datetime,
) -> None:
    """Parts become sales: out of the advance of the unit that collected, or on credit.

    `also` are further entries of the order, posted together with those of the sales.
    """
    new = [
        _sale(order, part, payment=payment, collected_by=collected_by, now=now) for part in parts
    ]
    sales.record_order(sales=new, also=also, by=by, now=now)


def _sale(
    order: LockedOrder,
    part: LockedPart,
    *,
    payment: PaymentKind,
    collected_by: int | None,
    now: dt.datetime,
) -> NewSale:
    if order.buyer_class is None:
        raise LookupError(f"{order.code} does not say who buys")
    is_institution = order.channel is OrderChannel.INSTITUTION
    return NewSale(
        key=part.id,
        unit_id=part.unit_id,
        items=part.items,
        channel=Channel.ORDER if is_institution else Channel.ONLINE,
        buyer_class=order.buyer_class,
        payment=payment,
        sold_at=now,
        collected_by=collected_by,
        order_part=part.subject,
    )


def shipping_entries(
    order: LockedOrder, fees: Mapping[int, int], *, collector_id: int, now: dt.datetime
) -> list[NewEntry]:
    """What was paid for shipping, by unit, goes from the advance to the units that send."""
    lines = out_of_advance(collector_id, fees, AccountKind.SHIPPING)
    memo = f"Ongkos kirim {order.code}"
    return [_entry(order, lines, what="shipping", memo=memo, now=now)] if lines else []


def credit_entries(
    order: LockedOrder, owed: Mapping[int, int], *, collector_id: int, now: dt.datetime
) -> list[NewEntry]:
    """What was sold on credit is paid: the advance settles what its buyers owe the units."""
    lines = out_of_advance(collector_id, owed, AccountKind.RECEIVABLE)
    memo = f"Pelunasan {order.code}"
    return [_entry(order, lines, what="credit", memo=memo, now=now)] if lines else []


def _entry(
    order: LockedOrder, lines: Sequence[Line], *, what: str, memo: str, now: dt.datetime
) -> NewEntry:
    zone = places.zone_of(unit_id=lines[0].unit_id)
    return NewEntry(lines, uuid5(order.id, what), local_day(now, zone), memo, order.subject)


def out_of_advance(collector_id: int, sums: Mapping[int, int], account: AccountKind) -> list[Line]:
    """The collector's advance goes to an account of each unit, through what units hold."""
    lines: list[Line] = []
    for unit_id, amount in sums.items():
        if not amount:
            continue
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
