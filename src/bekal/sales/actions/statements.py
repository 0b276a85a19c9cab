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
    as c (category text, lines int, {", ".join(f"{name} bigint" for name in SUMS)})
)"""
# `gate` is the statement's own lock or fact, so that no sum moves before it is taken.
_SUMMARIES = f"""
leaf as (
  insert into sales_leaf as s
    (unit_id, day, category, channel, buyer_class, lines, {_COLUMNS})
  select %(unit)s, %(day)s, c.category, %(channel)s, %(buyer_class)s, c.lines,
         {", ".join(f"c.{name}" for name in SUMS)}
  from counts c, gate
  on conflict (unit_id, day, category, channel, buyer_class)
  do update set lines = s.lines + excluded.lines, {_ADDED}
), fold as (
  insert into sales_unitday as s (unit_id, day, receipts, refunds, {_COLUMNS})
  select %(unit)s, %(day)s, %(receipts)s, %(refunds)s, {_FOLDED} from counts c, gate
  group by gate.id
  on conflict (unit_id, day) do update set receipts = s.receipts + excluded.receipts,
    refunds = s.refunds + excluded.refunds, {_ADDED}
), hours as (
  insert into sales_producthour as s
    (product_id, day, hour, pieces, pieces_returned, gross, returned)
  select g.product_id, %(day)s, %(hour)s, g.pieces, g.pieces_returned, g.gross, g.returned
  from goods g, gate
  on conflict (product_id, day, hour) do update set pieces = s.pieces + excluded.pieces,
    pieces_returned = s.pieces_returned + excluded.pieces_returned,
    gross = s.gross + excluded.gross, returned = s.returned + excluded.returned
)"""

LOCK_BOOK = """
insert into sales_unitbook as b (unit_id, last_number) values (%s, 0)
on conflict (unit_id) do update set last_number = b.last_number
"""

RECORD_SALE = f"""
with book as (
  insert into sales_unitbook as b (unit_id, last_number) values (%(unit)s, 1)
  on conflict (unit_id) do update set last_number = b.last_number + 1
  returning last_number
), gate as (
  insert into sales_sale (id, unit_id, number, sold_on, sold_at, zone, channel, buyer_class,
                          payment, total, collector_id, is_sample, recorded_at, recorded_by)
  select %(id)s, %(unit)s, last_number, %(day)s, %(sold_at)s, %(zone)s, %(channel)s,
         %(buyer_class)s, %(payment)s, %(total)s, %(collected_by)s, %(is_sample)s, %(now)s,
         %(by)s
  from book
  returning id, number
), item as (
  select * from jsonb_to_recordset(%(lines)s::jsonb)
    as l (product_id bigint, name text, category text, pieces int, unit_price bigint,
          list_price bigint, unit_cost bigint, gross bigint, rule_id bigint, parts jsonb)
), line as (
  insert into sales_saleline (sale_id, product_id, name, category, pieces, unit_price,
                              list_price, unit_cost, gross, rule_id, parts)
  select gate.id, item.* from gate, item
), goods as (
  select product_id, pieces, 0 as pieces_returned, gross, 0 as returned from item
), {_COUNTS}, {_SUMMARIES}
select number from gate
"""

RECORD_REFUND = f"""
with gate as (
  insert into sales_refund (id, sale_id, kind, counts_on, reason, total, recorded_at, recorded_by)
  values (%(id)s, %(sale)s, %(kind)s, %(day)s, %(reason)s, %(total)s, %(now)s, %(by)s)
  returning id
), goods as (
  select product_id, 0 as pieces, pieces as pieces_returned, 0 as gross, amount as returned
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
