"""Recording a sale: the one way in which it becomes a fact."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.ledger.actions import NewEntry
from bekal.places import queries as places
from bekal.production import actions as production
from bekal.sales.actions import counting, statements
from bekal.sales.actions.pricing import PricedLine, priced, total
from bekal.sales.models import Sale
from bekal.sales.rules import (
    NewSale,
    SaleRefused,
    check_channel,
    check_day,
    check_items,
    hour_of,
    receipt_number,
    sale_lines,
    summed,
)


@dataclass(frozen=True)
class Recorded:
    """The answer to a sale: its id and number, and whether it had been recorded before."""

    sale_id: UUID
    number: int
    is_repeat: bool


@dataclass(frozen=True)
class _Fact:
    """A sale that is about to become one: its clock, its day and its priced lines."""

    sale: NewSale
    zone: Zone
    sold_on: dt.date
    lines: list[PricedLine]

    def row(self, *, now: dt.datetime) -> dict[str, object]:
        """As it is stored."""
        sale = self.sale
        return {
            "id": sale.key,
            "unit_id": sale.unit_id,
            "day": self.sold_on,
            "hour": hour_of(sale.sold_at or now, day=self.sold_on),
            "sold_at": sale.sold_at,
            "zone": self.zone.value,
            "channel": sale.channel.value,
            "buyer_class": sale.buyer_class.value,
            "payment": sale.payment.value,
            "total": total(self.lines),
            "collector_id": sale.collected_by,
            "order_part": sale.order_part,
            "is_sample": self.lines[0].terms.is_sample,
        }

    def entry(self, number: int) -> NewEntry:
        """Its entry in the books."""
        lines = sale_lines(
            unit_id=self.sale.unit_id,
            payment=self.sale.payment,
            parts=summed(line.split.parts for line in self.lines),
            collected_by=self.sale.collected_by,
        )
        memo = f"Penjualan {receipt_number(number)}"
        return NewEntry(lines, self.sale.key, self.sold_on, memo, f"sale:{self.sale.key}")

    def event(self, number: int) -> audit.NewEvent:
        """What the audit keeps of it."""
        return audit.NewEvent(
            chain=chain_of_place(self.sale.unit_id),
            action="sales.record",
            object_key=f"sale:{self.sale.key}",
            detail={"number": number, "sold_on": self.sold_on, "total": total(self.lines)},
        )


@transaction.atomic
def record_sale(*, sale: NewSale, by: Actor, now: dt.datetime) -> Recorded:
    """Record a sale: receipt, frozen split, ledger entry, sums and audit, all or nothing.

    The same key with the same content answers the first sale again. Raises SaleRefused (with the
    field), NoRule or NeedsCost of the ledger, and KeyReused for the same key with other content.
    """
    _check(sale)
    message = sale.frozen()
    scope = scope_of_place(sale.unit_id)
    first = claim_message(
        key=sale.key, door="sales.record", body=message, by=by, now=now, scope=scope
    )
    if first is not None:
        return _first_answer(sale.key)
    (fact,) = _facts([sale], now=now)
    production.move_sold(
        source=f"sale:{sale.key}",
        pieces={item.product_id: item.pieces for item in sale.items},
        sold_on=None if sale.collected_by else fact.sold_on,
        by=by,
        now=now,
    )
    (recorded,) = _record([fact], also=(), by=by, now=now)
    return recorded


@transaction.atomic(savepoint=False)  # it joins the transaction of the payment
def record_order(
    *, sales: Sequence[NewSale], also: Sequence[NewEntry], by: Actor, now: dt.datetime
) -> list[Recorded]:
    """Record the sales of an order, one of each unit, with further entries of it: all or nothing.

    Six statements for any number of units. There is no message to claim: whoever calls this holds
    the order, which is paid once, and its parts are the keys. Raises as `record_sale` does.
    """
    for sale in sales:
        _check(sale)
    facts = _facts(sorted(sales, key=lambda sale: sale.unit_id), now=now)
    production.move_ordered(
        sold={
            f"sale:{fact.sale.key}": {item.product_id: item.pieces for item in fact.sale.items}
            for fact in facts
        },
        by=by,
        now=now,
    )
    return _record(facts, also=also, by=by, now=now)


def _check(sale: NewSale) -> None:
    check_channel(sale.channel, collected_by=sale.collected_by)
    check_items(sale.items)


def _first_answer(key: UUID) -> Recorded:
    return Recorded(key, Sale.objects.values_list("number", flat=True).get(pk=key), is_repeat=True)


def _facts(sales: Sequence[NewSale], *, now: dt.datetime) -> list[_Fact]:
    """The sales with their days and prices."""
    zones = {sale.key: places.zone_of(unit_id=sale.unit_id) for sale in sales}
    days = [(sale, _day_of_sale(sale, zone=zones[sale.key], now=now)) for sale in sales]
    lines = priced(days)
    return [_Fact(sale, zones[sale.key], day, lines[sale.key]) for sale, day in days]


def _day_of_sale(sale: NewSale, *, zone: Zone, now: dt.datetime) -> dt.date:
    day = sale.sold_on or (local_day(sale.sold_at, zone) if sale.sold_at else None)
    if day is None:
        raise SaleRefused("Isi tanggal penjualan.", field="sold_on")
    check_day(day, today=local_day(now, zone))
    return day


def _record(
    facts: Sequence[_Fact], *, also: Sequence[NewEntry], by: Actor, now: dt.datetime
) -> list[Recorded]:
    """Receipts, entries and audit of sales whose goods have gone; three statements."""
    numbers = _write(facts, by=by, now=now)
    entries = [fact.entry(numbers[fact.sale.key]) for fact in facts]
    ledger.post_entries(entries=[*entries, *also], by=by, now=now)
    events = [fact.event(numbers[fact.sale.key]) for fact in facts]
    audit.record_all(events=events, by=by, now=now)
    return [Recorded(fact.sale.key, numbers[fact.sale.key], is_repeat=False) for fact in facts]


def _write(facts: Sequence[_Fact], *, by: Actor, now: dt.datetime) -> dict[UUID, int]:
    """Write receipts with their lines and sums by one statement; the number of each."""
    values: dict[str, Any] = {
        "sales": _json([fact.row(now=now) for fact in facts]),
        "lines": _json([line.row(fact.sale.key) for fact in facts for line in fact.lines]),
        "counts": counting.sold(
            {fact.sale.key: [line.counted() for line in fact.lines] for fact in facts}
        ),
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.RECORD_SALES, values)
        return dict(cursor.fetchall())


def _json(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, default=str)
