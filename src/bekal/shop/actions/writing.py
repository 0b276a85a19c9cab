"""Writing an order down: its row, its parts and lines, and who ordered, by one statement."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from bekal.shop.actions import statements
from bekal.shop.actions.limits import household_of
from bekal.shop.actions.planning import PlannedPart
from bekal.shop.rules import Buyer, OrderRefused, new_code

_TRIES = 5


def write_order(head: Mapping[str, Any], *, parts: Sequence[PlannedPart], buyer: Buyer) -> str:
    """Write an order with its parts, and return the code that it got.

    `head` are the values of statements.PLACE that are of the order alone.
    """
    values: dict[str, Any] = {
        **head,
        "goods_total": sum(part.goods_total for part in parts),
        "shipping_total": sum(part.fee for part in parts),
        "parts": _json(_part_row(part) for part in parts),
        "lines": _json(row for part in parts for row in _line_rows(part)),
        **_buyer_row(buyer),
    }
    with connection.cursor() as cursor:
        for _ in range(_TRIES):
            code = new_code()
            cursor.execute(statements.PLACE, {**values, "code": code})
            if cursor.fetchone():
                return code
    raise OrderRefused("Kode pesanan belum bisa dibuat. Coba lagi.")


def _part_row(part: PlannedPart) -> dict[str, object]:
    return {
        "id": part.id,
        "unit_id": part.unit_id,
        "position": part.position,
        "delivery": part.delivery.value,
        "service_id": part.service_id,
        "service": part.service,
        "days_min": part.days_min,
        "days_max": part.days_max,
        "fee": part.fee,
        "weight_g": part.weight_g,
        "goods_total": part.goods_total,
        "promised_on": part.promised_on,
    }


def _line_rows(part: PlannedPart) -> Iterable[dict[str, object]]:
    for line in part.lines:
        yield {
            "part_id": part.id,
            "product_id": line.product_id,
            "name": line.name,
            "pieces": line.pieces,
            "unit_price": line.unit_price,
            "making": line.making.value,
        }


def _buyer_row(buyer: Buyer) -> Mapping[str, str]:
    return {
        "name": buyer.name.strip(),
        "phone": buyer.phone,
        "email": buyer.email.strip(),
        "district_code": buyer.district_code,
        "district": buyer.district,
        "address": buyer.address.strip(),
        "postal_code": buyer.postal_code.strip(),
        "landmark": buyer.landmark.strip(),
        "note": buyer.note.strip(),
        "household": household_of(buyer),
    }


def _json(rows: Iterable[Mapping[str, object]]) -> str:
    return json.dumps(list(rows), default=str)
