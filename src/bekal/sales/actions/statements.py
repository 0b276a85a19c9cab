"""The hot writes, each one SQL statement: a sale or refund with its lines and its sums.

The sums arrive as rows of `counts`, one for each category; the fold is their sum. Measured in
bench/: one statement costs a fraction of the same rows written one by one.
All SQL here is put together of constants of this file.
"""

from bekal.sales.sums import SUMS
from bekal.sales.truth import LEAVES, PRODUCT_HOURS, UNIT_DAYS

_COLUMNS = ", ".join(SUMS)
_ADDED = ", ".join(f"{name} = s.{name} + excluded.{name}" for name in SUMS)
_FOLDED = ", ".join(f"sum(c.{name})" for name in SUMS)
_COUNTS = f"""
counts as (
  select * from jsonb_to_recordset(%(counts)s::jsonb)
    as c (fact uuid, category text, lines int, {", ".join(f"{name} bigint" for name in SUMS)})
)"""
# `at` tells where and when each fact counts; it comes of the statement's own lock or fact, so that
# no sum moves before that is taken.
_SUMMARIES = f"""
leaf as (
  insert into sales_leaf as s
    (unit_id, day, category, channel, buyer_class, lines, {_COLUMNS})
  select at.unit_id, at.day, c.category, at.channel, at.buyer_class, c.lines,
         {", ".join(f"c.{name}" for name in SUMS)}
  from counts c join at on at.id = c.fact
  order by at.unit_id, c.category
  on conflict (unit_id, day, category, channel, buyer_class)
  do update set lines = s.lines + excluded.lines, {_ADDED}
), fold as (
  insert into sales_unitday as s (unit_id, day, receipts, refunds, {_COLUMNS})
  select at.unit_id, at.day, at.receipts, at.refunds, {_FOLDED}
  from counts c join at on at.id = c.fact
  group by at.unit_id, at.day, at.receipts, at.refunds
  order by at.unit_id
  on conflict (unit_id, day) do update set receipts = s.receipts + excluded.receipts,
    refunds = s.refunds + excluded.refunds, {_ADDED}
), hours as (
  insert into sales_producthour as s
    (product_id, day, hour, pieces, pieces_returned, gross, returned)
  select g.product_id, at.day, at.hour, g.pieces, g.pieces_returned, g.gross, g.returned
  from goods g join at on at.id = g.fact
  order by at.unit_id, g.product_id
  on conflict (product_id, day, hour) do update set pieces = s.pieces + excluded.pieces,
    pieces_returned = s.pieces_returned + excluded.pieces_returned,
    gross = s.gross + excluded.gross, returned = s.returned + excluded.returned
)"""

LOCK_BOOK = """
insert into sales_unitbook as b (unit_id, last_number) values (%s, 0)
on conflict (unit_id) do update set last_number = b.last_number
"""

# One sale, or several of different units, such as those of an order.
RECORD_SALES = f"""
with told as (
  select * from jsonb_to_recordset(%(sales)s::jsonb)
    as a (id uuid, unit_id bigint, day date, hour smallint, sold_at timestamptz, zone text,
          channel text, buyer_class text, payment text, total bigint, collector_id bigint,
          order_part text, is_sample boolean)
), book as (
  insert into sales_unitbook as b (unit_id, last_number)
  select unit_id, 1 from told order by unit_id
  on conflict (unit_id) do update set last_number = b.last_number + 1
  returning unit_id, last_number
), gate as (
  insert into sales_sale (id, unit_id, number, sold_on, sold_at, zone, channel, buyer_class,
                          payment, total, collector_id, order_part, is_sample, recorded_at,
                          recorded_by)
  select told.id, unit_id, last_number, day, sold_at, zone, channel, buyer_class, payment, total,
         collector_id, order_part, is_sample, %(now)s, %(by)s
  from told join book using (unit_id)
  returning id, number
), at as (
  select id, unit_id, day, hour, channel, buyer_class, 1 as receipts, 0 as refunds
  from told join gate using (id)
), item as (
  select * from jsonb_to_recordset(%(lines)s::jsonb)
    as l (sale_id uuid, product_id bigint, name text, category text, pieces int,
          unit_price bigint, list_price bigint, unit_cost bigint, gross bigint, rule_id bigint,
          parts jsonb)
), line as (
  insert into sales_saleline (sale_id, product_id, name, category, pieces, unit_price,
                              list_price, unit_cost, gross, rule_id, parts)
  select item.* from item join gate on gate.id = item.sale_id
), goods as (
  select sale_id as fact, product_id, pieces, 0 as pieces_returned, gross, 0 as returned from item
), {_COUNTS}, {_SUMMARIES}
select id, number from gate
"""

RECORD_REFUND = f"""
with gate as (
  insert into sales_refund (id, sale_id, kind, counts_on, reason, total, order_part, goods_source,
                            recorded_at, recorded_by)
  values (%(id)s, %(sale)s, %(kind)s, %(day)s, %(reason)s, %(total)s, %(order_part)s,
          %(goods_source)s, %(now)s, %(by)s)
  returning id
), at as (
  select id, %(unit)s::bigint as unit_id, %(day)s::date as day, %(hour)s::smallint as hour,
    %(channel)s::text as channel, %(buyer_class)s::text as buyer_class, 0 as receipts, 1 as refunds
  from gate
), goods as (
  select %(id)s::uuid as fact, product_id, 0 as pieces, pieces as pieces_returned, 0 as gross,
    amount as returned
  from jsonb_to_recordset(%(lines)s::jsonb) as l (product_id bigint, pieces int, amount bigint)
), {_COUNTS}, {_SUMMARIES}
select id from gate
"""

RECORD_REFUND_LINES = """
insert into sales_refundline (refund_id, line_id, pieces, amount, parts)
select %(id)s, l.* from jsonb_to_recordset(%(lines)s::jsonb)
  as l (line_id bigint, pieces int, amount bigint, parts jsonb)
"""

REBUILD = (
    "lock table sales_leaf, sales_unitday, sales_producthour in share row exclusive mode",
    "delete from sales_leaf",
    "delete from sales_unitday",
    "delete from sales_producthour",
    f"""insert into sales_producthour
    (product_id, day, hour, pieces, pieces_returned, gross, returned) {PRODUCT_HOURS}""",
    f"""insert into sales_leaf (unit_id, day, category, channel, buyer_class, lines, {_COLUMNS})
    {LEAVES}""",
    f"insert into sales_unitday (unit_id, day, receipts, refunds, {_COLUMNS}) {UNIT_DAYS}",
)
