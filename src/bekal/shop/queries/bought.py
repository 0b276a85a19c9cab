"""What institutions bought of units, by the books."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection

# A sale counts on its day, a refund on the day on which it counts.
_BOUGHT = """
select o.institution_id, s.unit_id, sum(f.amount)::bigint
from shop_order o
join shop_orderpart p on p.order_id = o.id
join sales_sale s on s.id = p.sale_id and s.unit_id = any(%(units)s)
join lateral (
  select s.total as amount where s.sold_on >= %(first)s and s.sold_on < %(after)s
  union all
  select -r.total from sales_refund r
  where r.sale_id = s.id and r.counts_on >= %(first)s and r.counts_on < %(after)s
) f on true
where o.institution_id is not null
group by o.institution_id, s.unit_id
"""


def bought_in(*, unit_ids: Collection[int], month: dt.date) -> dict[tuple[UUID, int], int]:
    """Rupiah that each institution bought of each of these units in a month, net of refunds.

    `month` is its first day. One statement.
    """
    after = (month + dt.timedelta(days=32)).replace(day=1)
    values: dict[str, Any] = {"units": sorted(unit_ids), "first": month, "after": after}
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT, values)
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}
