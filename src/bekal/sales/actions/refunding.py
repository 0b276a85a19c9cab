"""Taking a sale back: all of it or some pieces, each piece once."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation import formats
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.ledger import actions as ledger
from bekal.ledger import queries as ledger_queries
from bekal.ledger.rules import Part, difference, split
from bekal.places import queries as places
from bekal.production import actions as production
from bekal.sales.actions import counting, statements
from bekal.sales.actions.new_refund import NewRefund
from bekal.sales.models import Refund, Sale, SaleLine
from bekal.sales.queries import RefundableLine, refundable_lines
from bekal.sales.rules import (
    Goods,
    PaymentKind,
    RefundKind,
    RefundRefused,
    hour_of,
    is_voidable,
    receipt_number,
    sale_lines,
    summed,
)


@dataclass(frozen=True)
class _Returned:
    line: RefundableLine
    pieces: int
    parts: tuple[Part, ...]

    @property
    def amount(self) -> int:
        return self.pieces * self.line.unit_price


@transaction.atomic
def refund_sale(*, refund: NewRefund, by: Actor, now: dt.datetime) -> UUID:
    """Take pieces of a sale back; returns the refund's id, which is its key.

    Each account gives back split(all that came back) - split(what had come back before), by the
    rule that was frozen onto the line. Raises RefundRefused, as for a sale of an order that
    `refund` does not name, and KeyReused for the same key with
    other content; the same key with the same content changes nothing.
    """
    message = refund.frozen()
    if claim_message(key=refund.key, door="sales.refund", body=message, by=by, now=now) is not None:
        return refund.key
    sale = _locked(refund.sale_id, by=by, now=now)
    _check_order(sale, named=refund.order_part)
    returned = _returned(refund)
    counts_on = _day_of(refund.kind, sale=sale, now=now)
    _check_unit_stands(sale, on=counts_on)
    _move_goods(refund, returned=returned, by=by, now=now)
    _write(refund, sale=sale, returned=returned, counts_on=counts_on, by=by, now=now)
    _post(refund, sale=sale, returned=returned, counts_on=counts_on, by=by, now=now)
    audit.record(
        chain=chain_of_place(sale.unit_id),
        action=f"sales.{refund.kind}",
        object_key=f"sale:{sale.pk}",
        detail={"refund": refund.key, "total": _total(returned)},
        by=by,
        now=now,
    )
    return refund.key


@transaction.atomic
def void_sale(*, key: UUID, sale_id: UUID, by: Actor, now: dt.datetime) -> UUID:
    """Take a whole record back as wrong, within ten minutes of its making.

    Raises RefundRefused when the time is over, nothing is left to take back, or an order made the
    sale: then the money is the buyer's again, so it goes by the order. A repeat of the same key
    changes nothing.
    """
    sale = _locked(sale_id, by=by, now=now)
    if Refund.objects.filter(pk=key, sale_id=sale_id).exists():
        return key
    _check_order(sale, named="")
    if not is_voidable(recorded_at=sale.recorded_at, now=now):
        raise RefundRefused(
            "Sudah lewat 10 menit. Minta bendahara atau kepala unit membatalkan penjualan ini."
        )
    left = {line.id: line.left for line in refundable_lines(sale_id=sale_id) if line.left}
    if not left:
        raise RefundRefused("Nota ini sudah dikembalikan semua.")
    refund = NewRefund.of_a_void(key, sale_id, left)
    return refund_sale(refund=refund, by=by, now=now)


def _found(sale_id: UUID) -> Sale:
    sale = Sale.objects.filter(pk=sale_id).first()
    if sale is None:
        raise RefundRefused("Penjualan ini tidak ditemukan.")
    return sale


def _locked(sale_id: UUID, *, by: Actor, now: dt.datetime) -> Sale:
    """The sale, with its unit's book locked: all that is done to it comes one after the other.

    The levels of its goods are taken before the book, as a sale takes them.
    """
    sale = _found(sale_id)
    products = SaleLine.objects.filter(sale_id=sale_id).values_list("product_id", flat=True)
    production.lock_levels(product_ids=list(products), by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_BOOK, [sale.unit_id])
    return sale


def _check_order(sale: Sale, *, named: str) -> None:
    """What an order sold is taken back by its order, which names its part; nothing else is."""
    if sale.order_part != named:
        raise RefundRefused("Penjualan ini dari pesanan. Kembalikan lewat halaman pesanannya.")


def _returned(refund: NewRefund) -> list[_Returned]:
    if not refund.reason.strip():
        raise RefundRefused("Isi alasannya.", field="reason")
    lines = {line.id: line for line in refundable_lines(sale_id=refund.sale_id)}
    asked = {line: pieces for line, pieces in refund.pieces.items() if pieces}
    if not asked:
        raise RefundRefused("Isi jumlah barang yang kembali.", field="pieces")
    if not asked.keys() <= lines.keys():
        raise RefundRefused("Barang ini tidak ada di nota.", field="pieces")
    return [_take_back(lines[line], pieces) for line, pieces in sorted(asked.items())]


def _take_back(line: RefundableLine, pieces: int) -> _Returned:
    if not 0 < pieces <= line.left:
        raise RefundRefused(
            f"{line.name}: yang masih bisa kembali {line.left}. Kurangi jumlahnya.", field="pieces"
        )
    rule = ledger_queries.rule_by_id(rule_id=line.rule_id)
    before, after = (
        split(rule, unit_price=line.unit_price, pieces=count, unit_cost=line.unit_cost)
        for count in (line.returned, line.returned + pieces)
    )
    return _Returned(line, pieces, difference(after, before))


def _day_of(kind: RefundKind, *, sale: Sale, now: dt.datetime) -> dt.date:
    if kind is RefundKind.CORRECTION:
        return sale.sold_on
    return max(local_day(now, Zone(sale.zone)), sale.sold_on)


def _check_unit_stands(sale: Sale, *, on: dt.date) -> None:
    """A refund counts on a day of the unit's life, or no total of the tree would hold it."""
    if places.place_by_id(place_id=sale.unit_id, on=on) is None:
        raise RefundRefused(
            f"Unit ini sudah tidak berjalan pada {formats.date(on)}. "
            "Hubungi kanwil untuk pengembalian barangnya."
        )


def _move_goods(
    refund: NewRefund, *, returned: list[_Returned], by: Actor, now: dt.datetime
) -> None:
    """Tracked goods come back, once; of a sale that never was, those that it had moved."""
    if refund.goods_source:
        return
    is_wrong = refund.kind is RefundKind.CORRECTION
    production.move_back(
        source=f"refund:{refund.key}",
        pieces={item.line.product_id: item.pieces for item in returned},
        is_written_off=refund.goods is Goods.WRITTEN_OFF,
        undoes=f"sale:{refund.sale_id}" if is_wrong else None,
        by=by,
        now=now,
    )


def _total(returned: list[_Returned]) -> int:
    return sum(item.amount for item in returned)


def _write(
    refund: NewRefund,
    *,
    sale: Sale,
    returned: list[_Returned],
    counts_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> None:
    values: dict[str, Any] = {
        "id": refund.key,
        "sale": sale.pk,
        "unit": sale.unit_id,
        "day": counts_on,
        "hour": hour_of(now, day=counts_on),
        "channel": sale.channel,
        "buyer_class": sale.buyer_class,
        "kind": refund.kind.value,
        "reason": refund.reason.strip(),
        "order_part": refund.order_part,
        "goods_source": refund.goods_source,
        "total": _total(returned),
        "now": now,
        "by": str(by),
        "lines": json.dumps([_row(item) for item in returned]),
        "counts": counting.taken_back(
            refund.key, (_counted(item, is_sample=sale.is_sample) for item in returned)
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.RECORD_REFUND, values)
        cursor.execute(statements.RECORD_REFUND_LINES, values)


def _post(
    refund: NewRefund,
    *,
    sale: Sale,
    returned: list[_Returned],
    counts_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> None:
    given_back = summed(item.parts for item in returned)
    ledger.post_entry(
        lines=sale_lines(
            unit_id=sale.unit_id,
            payment=PaymentKind(sale.payment),
            parts={account: -amount for account, amount in given_back.items()},
            collected_by=sale.collector_id,
        ),
        key=refund.key,
        occurred_on=counts_on,
        memo=f"Pengembalian {receipt_number(sale.number)}",
        source=f"sale:{sale.pk}",
        reverses_id=ledger_queries.entry_with_key(key=sale.pk),
        by=by,
        now=now,
    )


def _row(item: _Returned) -> dict[str, object]:
    return {
        "line_id": item.line.id,
        "product_id": item.line.product_id,
        "pieces": item.pieces,
        "amount": item.amount,
        "parts": {part.account.value: part.amount for part in item.parts},
    }


def _counted(item: _Returned, *, is_sample: bool) -> counting.Counted:
    return counting.Counted(
        item.line.category,
        item.pieces,
        item.amount,
        {part.account: -part.amount for part in item.parts},
        is_sample,
    )
