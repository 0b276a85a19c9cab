"""Chains across units: who sends what to whom, and what is made of it there."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from bekal.foundation.clock import Period

# What is made of a material says the newest price sheet of each product.
_LINKS = """
select t.unit_id, p.code, p.name, p.is_sample, t.to_unit_id,
  coalesce(string_agg(distinct m.name, ', ' order by m.name), ''),
  coalesce((
    select string_agg(distinct made.name, ', ' order by made.name)
    from production_costline l
    join production_costsheet s on s.id = l.sheet_id
    join catalogue_product made on made.id = s.product_id
    where l.material_id = any(array_agg(distinct t.material_id))
      and s.id = (select max(id) from production_costsheet where product_id = s.product_id)), ''),
  count(*)::int, sum(t.pieces)::int,
  coalesce(sum(t.came) filter (where t.outcome = 'arrived'), 0)::int,
  coalesce(sum(t.pieces - t.came), 0)::int,
  coalesce(sum(t.pieces) filter (where t.ended_at is null), 0)::int,
  sum(t.value)::bigint
from production_stocktransfer t
join catalogue_product p on p.id = t.product_id
left join production_material m on m.id = t.material_id
where (t.unit_id = any(%(units)s) or t.to_unit_id = any(%(units)s))
  and t.recorded_at >= %(first)s::date::timestamp at time zone 'Asia/Jakarta'
  and t.recorded_at < (%(last)s::date + 1)::timestamp at time zone 'Asia/Jakarta'
group by t.unit_id, p.id, t.to_unit_id
order by sum(t.value) desc, p.name, t.unit_id, t.to_unit_id
"""


@dataclass(frozen=True)
class ChainSums:
    """Pieces that went, arrived, were lost and are on the way, of so many transfers; rupiah."""

    transfers: int = 0
    sent: int = 0
    arrived: int = 0
    lost: int = 0
    on_the_way: int = 0
    value: int = 0


@dataclass(frozen=True)
class ChainLink:
    """What a unit sent another of a product in a period.

    `materials` is what it became there, `makes` the products whose price sheets name that.
    """

    unit_id: int
    product_code: str
    product: str
    is_sample: bool
    to_unit_id: int
    materials: str
    makes: str
    sums: ChainSums


def chain_links(*, unit_ids: Collection[int], period: Period) -> list[ChainLink]:
    """What the units sent or were sent in a period, the dearest first; one statement.

    Days are those of Jakarta, for a chain has units in several zones.
    """
    asked: dict[str, Any] = {
        "units": list(unit_ids),
        "first": period.first,
        "last": period.last,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, asked)
        return [ChainLink(*(*row[:7], ChainSums(*row[7:]))) for row in cursor.fetchall()]


def sums_of_chain(links: Collection[ChainLink]) -> ChainSums:
    """All of them together."""
    names = [field.name for field in fields(ChainSums)]
    return ChainSums(*(sum(getattr(link.sums, name) for link in links) for name in names))
