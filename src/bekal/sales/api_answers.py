"""A recorded sale as programs are told of it."""

import datetime as dt
from collections import Counter
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from bekal.catalogue import queries as catalogue
from bekal.foundation.api.values import Rupiah
from bekal.foundation.clock import Zone
from bekal.places.queries import PlaceNow
from bekal.sales.models import Sale
from bekal.sales.rules import BuyerClass, Channel, PaymentKind, RefundKind


class SaleLine(Schema):
    """A line of a receipt; `returned` counts the pieces that came back."""

    product: str
    name: str
    pieces: int
    unit_price: Rupiah
    gross: Rupiah
    returned: int


class SaleRefund(Schema):
    """What was taken back at one time."""

    id: UUID
    kind: RefundKind
    counts_on: dt.date
    total: Rupiah


class SaleAnswer(Schema):
    """A recorded sale. `number` is its receipt number in the unit."""

    id: UUID
    number: str
    unit: str
    sold_on: dt.date
    sold_at: AwareDatetime | None
    zone: Zone
    channel: Channel
    buyer_class: BuyerClass
    payment: PaymentKind
    total: Rupiah
    returned: Rupiah
    is_sample: Annotated[bool, Field(description="Data contoh.")]
    recorded_at: AwareDatetime
    items: list[SaleLine]
    refunds: list[SaleRefund]


class SaleRecorded(SaleAnswer):
    """The answer to recording or taking back."""

    is_repeat: Annotated[bool, Field(description="Apakah kunci ini sudah pernah dikirim.")]


def told(sale: Sale, place: PlaceNow) -> dict[str, object]:
    """A receipt of queries.receipt; one statement for the codes of its products."""
    refunds = list(sale.refunds.all())
    return {
        "id": sale.pk,
        "number": str(sale),
        "unit": place.code,
        "sold_on": sale.sold_on,
        "sold_at": sale.sold_at,
        "zone": sale.zone,
        "channel": sale.channel,
        "buyer_class": sale.buyer_class,
        "payment": sale.payment,
        "total": sale.total,
        "returned": sum(refund.total for refund in refunds),
        "is_sample": sale.is_sample,
        "recorded_at": sale.recorded_at,
        "items": _items(sale),
        "refunds": [
            {
                "id": refund.pk,
                "kind": refund.kind,
                "counts_on": refund.counts_on,
                "total": refund.total,
            }
            for refund in refunds
        ],
    }


def _items(sale: Sale) -> list[dict[str, object]]:
    lines = list(sale.lines.all())
    terms = catalogue.sale_terms(product_ids=[line.product_id for line in lines], on=sale.sold_on)
    back: Counter[int] = Counter()
    for refund in sale.refunds.all():
        for line in refund.lines.all():
            back[line.line_id] += line.pieces
    return [
        {
            "product": terms[line.product_id].code,
            "name": line.name,
            "pieces": line.pieces,
            "unit_price": line.unit_price,
            "gross": line.gross,
            "returned": back[line.pk],
        }
        for line in lines
    ]
