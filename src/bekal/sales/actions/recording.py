"""Recording a sale: the one way in which it becomes a fact."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import SaleTerms
from bekal.foundation import formats
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.ledger import actions as ledger
from bekal.ledger import queries as ledger_queries
from bekal.ledger.rules import Split, SplitRule, split
from bekal.places import queries as places
from bekal.production import actions as production
from bekal.sales.actions import counting, statements
from bekal.sales.models import Sale
from bekal.sales.rules import (
    NewSale,
    SaleItem,
    SaleRefused,
    check_channel,
    check_day,
    check_items,
    check_total,
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
class _PricedLine:
    item: SaleItem
    terms: SaleTerms
    unit_price: int
    list_price: int
    rule: SplitRule
    split: Split


@transaction.atomic
def record_sale(*, sale: NewSale, by: Actor, now: dt.datetime) -> Recorded:
    """Record a sale: receipt, frozen split, ledger entry, sums and audit, all or nothing.

    The same key with the same content answers the first sale again. Raises SaleRefused (with the
    field), NoRule or NeedsCost of the ledger, and KeyReused for the same key with other content.
    """
    check_channel(sale.channel, collected_by=sale.collected_by)
    check_items(sale.items)
    message = sale.frozen()
    if claim_message(key=sale.key, door="sales.record", body=message, by=by, now=now) is not None:
        return _first_answer(sale.key)
    zone = places.zone_of(unit_id=sale.unit_id)
    sold_on = _day_of_sale(sale, zone=zone, now=now)
    lines = _priced(sale, sold_on=sold_on)
    _move_goods(sale, sold_on=sold_on, by=by, now=now)
    number = _write(sale, lines=lines, zone=zone, sold_on=sold_on, by=by, now=now)
    _post(sale, lines=lines, number=number, sold_on=sold_on, by=by, now=now)
    audit.record(
        chain=chain_of_place(sale.unit_id),
        action="sales.record",
        object_key=f"sale:{sale.key}",
        detail={"number": number, "sold_on": sold_on, "total": _total(lines)},
        by=by,
        now=now,
    )
    return Recorded(sale.key, number, is_repeat=False)


def _first_answer(key: UUID) -> Recorded:
    return Recorded(key, Sale.objects.values_list("number", flat=True).get(pk=key), is_repeat=True)


def _day_of_sale(sale: NewSale, *, zone: Zone, now: dt.datetime) -> dt.date:
    day = sale.sold_on or (local_day(sale.sold_at, zone) if sale.sold_at else None)
    if day is None:
        raise SaleRefused("Isi tanggal penjualan.", field="sold_on")
    check_day(day, today=local_day(now, zone))
    return day


def _priced(sale: NewSale, *, sold_on: dt.date) -> list[_PricedLine]:
    terms = catalogue.sale_terms(product_ids=[item.product_id for item in sale.items], on=sold_on)
    for item in sale.items:
        _check_terms(terms.get(item.product_id), unit_id=sale.unit_id, sold_on=sold_on)
    if len({terms[item.product_id].is_sample for item in sale.items}) > 1:
        raise SaleRefused(
            "Produk data contoh tidak bisa senota dengan produk sungguhan.", field="items"
        )
    rules = ledger_queries.rules_in_force(
        unit_id=sale.unit_id,
        activities=sorted({terms[item.product_id].category for item in sale.items}),
        on=sold_on,
    )
    lines = [_price(item, terms[item.product_id], rules) for item in sale.items]
    check_total(_total(lines))
    return lines


def _check_terms(terms: SaleTerms | None, *, unit_id: int, sold_on: dt.date) -> None:
    if terms is None or terms.unit_id != unit_id:
        raise SaleRefused(
            "Produk ini tidak ada di katalog unit Anda. Pilih dari daftar.", field="items"
        )
    if terms.price is None:
        raise SaleRefused(
            f"{terms.name} belum punya harga pada {formats.date(sold_on)}. "
            "Isi harganya di halaman produk.",
            field="items",
        )


def _price(item: SaleItem, terms: SaleTerms, rules: dict[str, SplitRule]) -> _PricedLine:
    list_price = terms.price or 0
    unit_price = list_price if item.unit_price is None else item.unit_price
    if unit_price < 1:
        raise SaleRefused(f"Harga {terms.name} paling sedikit Rp1.", field="items")
    rule = rules[terms.category]
    parts = split(rule, unit_price=unit_price, pieces=item.pieces, unit_cost=terms.cost)
    return _PricedLine(item, terms, unit_price, list_price, rule, parts)


def _total(lines: list[_PricedLine]) -> int:
    return sum(line.split.gross for line in lines)


def _move_goods(sale: NewSale, *, sold_on: dt.date, by: Actor, now: dt.datetime) -> None:
    """Tracked goods go, before the unit's book is taken; what an order held goes in any case."""
    production.move_sold(
        source=f"sale:{sale.key}",
        pieces={item.product_id: item.pieces for item in sale.items},
        sold_on=None if sale.collected_by else sold_on,
        by=by,
        now=now,
    )


def _write(
    sale: NewSale,
    *,
    lines: list[_PricedLine],
    zone: Zone,
    sold_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> int:
    is_sample = lines[0].terms.is_sample
    values: dict[str, Any] = {
        "id": sale.key,
        "unit": sale.unit_id,
        "day": sold_on,
        "hour": hour_of(sale.sold_at or now, day=sold_on),
        "sold_at": sale.sold_at,
        "zone": zone.value,
        "channel": sale.channel.value,
        "buyer_class": sale.buyer_class.value,
        "payment": sale.payment.value,
        "total": _total(lines),
        "collected_by": sale.collected_by,
        "is_sample": is_sample,
        "now": now,
        "by": str(by),
        "receipts": 1,
        "refunds": 0,
        "lines": json.dumps([_row(line) for line in lines]),
        "counts": counting.sold(_counted(line) for line in lines),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.RECORD_SALE, values)
        number: int = cursor.fetchone()[0]
    return number


def _post(
    sale: NewSale,
    *,
    lines: list[_PricedLine],
    number: int,
    sold_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> None:
    ledger.post_entry(
        lines=sale_lines(
            unit_id=sale.unit_id,
            payment=sale.payment,
            parts=summed(line.split.parts for line in lines),
            collected_by=sale.collected_by,
        ),
        key=sale.key,
        occurred_on=sold_on,
        memo=f"Penjualan {receipt_number(number)}",
        source=f"sale:{sale.key}",
        by=by,
        now=now,
    )


def _row(line: _PricedLine) -> dict[str, object]:
    return {
        "product_id": line.item.product_id,
        "name": line.terms.name,
        "category": line.terms.category,
        "pieces": line.item.pieces,
        "unit_price": line.unit_price,
        "list_price": line.list_price,
        "unit_cost": line.terms.cost,
        "gross": line.split.gross,
        "rule_id": line.rule.id,
        "parts": {part.account.value: part.amount for part in line.split.parts},
    }


def _counted(line: _PricedLine) -> counting.Counted:
    return counting.Counted(
        line.terms.category,
        line.item.pieces,
        line.split.gross,
        {part.account: part.amount for part in line.split.parts},
        line.terms.is_sample,
    )
