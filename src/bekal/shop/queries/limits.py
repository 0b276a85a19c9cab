"""How much of a product one buyer may have, and how much a number or a door had of it of late."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from bekal.catalogue.queries import Goods
from bekal.shop.rules import COUNTS_AS_BOUGHT, LIMIT_WINDOW, Change, ChangeKind, OrderItem

_BOUGHT = """
select l.product_id, sum(l.pieces)::int
from shop_orderbuyer b
join shop_order o on o.id = b.order_id and o.placed_at > %(since)s and o.status = any(%(counting)s)
join shop_orderpart p on p.order_id = o.id and p.status <> 'cancelled'
join shop_orderline l on l.part_id = p.id and l.product_id = any(%(products)s)
where (b.phone = %(phone)s or (b.household <> '' and b.household = %(household)s))
group by l.product_id
"""


def bought_of_late(
    *, goods: Mapping[int, Goods], phone: str, household: str, now: dt.datetime
) -> dict[int, int]:
    """Pieces of the limited goods among these that a number or a door bought in thirty days.

    One statement; none where nothing is limited.
    """
    product_ids = [pk for pk, each in goods.items() if each.buyer_limit is not None]
    if not product_ids:
        return {}
    values: dict[str, Any] = {
        "since": now - LIMIT_WINDOW,
        "counting": [status.value for status in COUNTS_AS_BOUGHT],
        "products": product_ids,
        "phone": phone,
        "household": household,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT, values)
        return dict(cursor.fetchall())


def over_limit(item: OrderItem, goods: Goods, *, had: int = 0) -> Change | None:
    """That these pieces are more than a buyer who `had` some may still have; None where not."""
    limit = goods.buyer_limit
    if limit is None or item.pieces + had <= limit:
        return None
    left = max(0, limit - had)
    return Change(ChangeKind.LIMIT, item.product_id, goods.unit_id, was=had, now=left, limit=limit)
