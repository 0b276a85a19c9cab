"""What the summaries must say, computed from the facts alone: for rebuilding and for checking."""

_PARTS = """
  coalesce((parts ->> 'pnbp_payable')::bigint, 0) as pnbp,
  coalesce((parts ->> 'premi_unallocated')::bigint, 0) as premi,
  coalesce((parts ->> 'cost_recovery')::bigint, 0) as cost_recovery,
  coalesce((parts ->> 'capital')::bigint, 0) as capital,
  coalesce((parts ->> 'operating')::bigint, 0) as operating,
  coalesce((parts ->> 'partner_payable')::bigint, 0) as partner
"""
_FACTS = f"""
with moved as (
  select s.unit_id, s.sold_on as day, s.channel, s.buyer_class, s.is_sample, l.category,
    1 as lines, l.gross, 0 as returned, l.pieces, 0 as pieces_returned, 1 as sign, l.parts
  from sales_saleline l join sales_sale s on s.id = l.sale_id
  union all
  select s.unit_id, r.counts_on, s.channel, s.buyer_class, s.is_sample, l.category,
    0, 0, b.amount, 0, b.pieces, -1, b.parts
  from sales_refundline b
  join sales_refund r on r.id = b.refund_id
  join sales_saleline l on l.id = b.line_id
  join sales_sale s on s.id = l.sale_id
), fact as (
  select moved.*, {_PARTS} from moved
)
"""
_SUMMED = """
  sum(gross) as gross, sum(returned) as returned, sum(pieces) as pieces,
  sum(pieces_returned) as pieces_returned,
  coalesce(sum(gross) filter (where is_sample), 0) as sample_gross,
  sum(sign * pnbp) as pnbp, sum(sign * premi) as premi, sum(sign * cost_recovery) as cost_recovery,
  sum(sign * capital) as capital, sum(sign * operating) as operating, sum(sign * partner) as partner
"""

LEAVES = f"""
{_FACTS}
select unit_id, day, category, channel, buyer_class, sum(lines)::int as lines, {_SUMMED}
from fact group by unit_id, day, category, channel, buyer_class
"""
UNIT_DAYS = f"""
{_FACTS}
select unit_id, day,
  (select count(*) from sales_sale s where s.unit_id = fact.unit_id and s.sold_on = fact.day)
    as receipts,
  (select count(*) from sales_refund r join sales_sale s on s.id = r.sale_id
   where s.unit_id = fact.unit_id and r.counts_on = fact.day) as refunds,
  {_SUMMED}
from fact group by unit_id, day
"""
