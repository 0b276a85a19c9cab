"""Lines of receipts whose premi is not divided yet, and what is divided of batches and lines.

All statements read what `sales` and `production` keep; nothing is written here.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from bekal.production.queries import BatchShares
from bekal.treasury.rules.premi import Made, Part

_PREMI = "coalesce((parts ->> 'premi_unallocated')::bigint, 0)"
_WAITING = f"""
select l.id, l.product_id, l.name, s.id, s.number, s.sold_on, l.pieces - coalesce(b.pieces, 0),
       coalesce((l.parts ->> 'premi_unallocated')::bigint, 0) - coalesce(b.premi, 0),
       coalesce(b.ids, '{{}}')
from sales_sale s join sales_saleline l on l.sale_id = s.id
left join treasury_allocatedline a on a.sale_line_id = l.id and a.refund_line_id is null
left join lateral (
  select sum(pieces)::int as pieces, sum({_PREMI})::bigint as premi,
         array_agg(id order by id) as ids
  from sales_refundline where line_id = l.id
) b on true
where s.unit_id = %s and a.id is null
order by s.sold_on, s.number, l.id
"""  # noqa: S608 - put together of constants
_RETURNED = f"""
select b.id, b.line_id, l.product_id, s.sold_on, b.pieces, b.premi, exists (
  select from production_stockmove m where m.product_id = l.product_id
  and m.source = coalesce(nullif(r.goods_source, ''), 'refund:' || r.id)
  and m.reason = 'written_off')
from (select id, refund_id, line_id, pieces, {_PREMI} as premi from sales_refundline) b
join sales_refund r on r.id = b.refund_id
join sales_saleline l on l.id = b.line_id join sales_sale s on s.id = l.sale_id
join treasury_allocatedline a on a.sale_line_id = l.id and a.refund_line_id is null
where s.unit_id = %s
  and not exists (select from treasury_allocatedline h where h.refund_line_id = b.id)
order by b.id
"""  # noqa: S608 - put together of constants
_USED = """
select p.batch, sum(p.pieces)::int, sum(p.borne - p.repaid)::bigint
from treasury_allocatedpart p join treasury_allocatedline l on l.id = p.line_id
where p.batch = any(%s) and not l.is_lost group by p.batch
"""
_PARTS = """
select l.sale_line_id, p.batch, sum(p.pieces)::int, sum(p.amount)::bigint, sum(p.repaid)::bigint
from treasury_allocatedpart p join treasury_allocatedline l on l.id = p.line_id
where l.sale_line_id = any(%s) group by l.sale_line_id, p.batch order by min(p.id)
"""
_PAID = """
select e.batch, e.maker_id, l.sale_line_id
from treasury_premiearning e join treasury_allocatedline l on l.id = e.line_id
where l.sale_line_id = any(%s) and l.refund_line_id is null and e.run_id is not null
"""
# A unit without a batch has no maker to whom a sale could go.
_UNITS = """
select u.id from places_place u
where exists (select from treasury_premiagreement g where g.unit_id = u.id)
   or exists (select from production_batch b where b.unit_id = u.id) and (
     exists (
       select from sales_sale s join sales_saleline l on l.sale_id = s.id
       where s.unit_id = u.id and not exists (
         select from treasury_allocatedline a
         where a.sale_line_id = l.id and a.refund_line_id is null))
     or exists (
       select from sales_sale s join sales_saleline l on l.sale_id = s.id
       join sales_refundline r on r.line_id = l.id
       where s.unit_id = u.id and not exists (
         select from treasury_allocatedline h where h.refund_line_id = r.id)))
order by u.id
"""


@dataclass(frozen=True)
class WaitingLine:
    """A line of a receipt that is not divided, net of what came back of it."""

    id: int
    product_id: int
    name: str
    sale_id: UUID
    number: int
    sold_on: dt.date
    pieces: int
    premi: int
    refund_lines: list[int]


@dataclass(frozen=True)
class ReturnedLine:
    """What came back of a line after it was divided; `is_lost`: it cannot be sold again."""

    id: int
    sale_line_id: int
    product_id: int
    sold_on: dt.date
    pieces: int
    premi: int
    is_lost: bool


def units_to_divide() -> list[int]:
    """The units where premi of sales may be divided, or an agreement holds; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        return [row[0] for row in cursor.fetchall()]


def waiting_lines(*, unit_id: int) -> list[WaitingLine]:
    """The lines of a unit that are not divided, the oldest sale first; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [unit_id])
        return [WaitingLine(*row) for row in cursor.fetchall()]


def returned_lines(*, unit_id: int) -> list[ReturnedLine]:
    """Returns of divided lines that changed nothing yet, in their order; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURNED, [unit_id])
        return [ReturnedLine(*row) for row in cursor.fetchall()]


def made_of(batches: Sequence[BatchShares]) -> dict[int, list[Made]]:
    """Batches by product, oldest first, with what is left of each; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_USED, [[batch.batch_id for batch in batches]])
        used = {batch: (pieces, debt) for batch, pieces, debt in cursor.fetchall()}
    found: dict[int, list[Made]] = {}
    for one in batches:
        pieces, debt = used.get(one.batch_id, (0, 0))
        left = one.pieces - (pieces or 0)
        made = Made(one.batch_id, one.made_on, left, one.shares, debt or 0)
        found.setdefault(one.product_id, []).append(made)
    return found


def parts_of(
    *, sale_lines: Collection[int], shares: dict[UUID, tuple[tuple[str, int], ...]]
) -> dict[int, list[Part]]:
    """How divided lines stand now, returns included, by sale line; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [list(sale_lines)])
        found: dict[int, list[Part]] = {}
        for line, batch, pieces, amount, repaid in cursor.fetchall():
            part = Part(batch, shares[batch], pieces, amount, repaid)
            found.setdefault(line, []).append(part)
    return found


def kept_by_makers(*, sale_lines: Collection[int]) -> dict[int, set[tuple[UUID, str]]]:
    """Which (batch, maker) of divided lines stand in a payment; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PAID, [list(sale_lines)])
        found: dict[int, set[tuple[UUID, str]]] = {}
        for batch, maker, line in cursor.fetchall():
            found.setdefault(line, set()).add((batch, maker))
    return found
