"""What the summaries must say, computed from the facts alone: for rebuilding and for checking.

All SQL here is put together of constants of this file.
"""

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
  coalesce(sum(returned) filter (where is_sample), 0) as sample_returned,
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

# The hour as `rules.hour_of` tells it.
_WIB = "at time zone 'Asia/Jakarta'"
_HOUR = f"case when (at {_WIB})::date = day then extract(hour from at {_WIB})::smallint end"
PRODUCT_HOURS = f"""
select product_id, day, {_HOUR} as hour, sum(pieces)::bigint as pieces,
  sum(pieces_returned)::bigint as pieces_returned, sum(gross)::bigint as gross,
  sum(returned)::bigint as returned
from (
  select l.product_id, s.sold_on as day, coalesce(s.sold_at, s.recorded_at) as at, l.pieces,
    0 as pieces_returned, l.gross, 0 as returned
  from sales_saleline l join sales_sale s on s.id = l.sale_id
  union all
  select l.product_id, r.counts_on, r.recorded_at, 0, b.pieces, 0, b.amount
  from sales_refundline b join sales_refund r on r.id = b.refund_id
  join sales_saleline l on l.id = b.line_id
) moved group by 1, 2, 3
"""

# What each sale and refund must have moved in the ledger, unit by unit and account by account, and
# what it did. Money of an order is taken out of the advance of the unit that collected it.
_MONEY = """
  case when s.collector_id is not null then 'order_advance'
       else case s.payment when 'transfer' then 'bank' when 'credit' then 'receivable'
                           else s.payment end end"""
_TOLD = f"""
came as (
  select s.id as key, s.id as sale_id, s.total as amount from sales_sale s
  union all
  select r.id, r.sale_id, -r.total from sales_refund r
), moved as (
  select c.key, coalesce(s.collector_id, s.unit_id) as unit_id, {_MONEY} as kind, c.amount
  from came c join sales_sale s on s.id = c.sale_id
  union all
  select c.key, side.unit_id, 'settlement', side.sign * c.amount
  from came c join sales_sale s on s.id = c.sale_id and s.collector_id <> s.unit_id
  cross join lateral (values (s.collector_id, -1), (s.unit_id, 1)) as side (unit_id, sign)
  union all
  select l.sale_id, s.unit_id, part.key, -part.value::bigint
  from sales_saleline l join sales_sale s on s.id = l.sale_id
  cross join lateral jsonb_each_text(l.parts) part
  union all
  select b.refund_id, s.unit_id, part.key, part.value::bigint
  from sales_refundline b join sales_saleline l on l.id = b.line_id
  join sales_sale s on s.id = l.sale_id cross join lateral jsonb_each_text(b.parts) part
), told as (
  select key, unit_id, kind, sum(amount) as amount from moved
  group by key, unit_id, kind having sum(amount) <> 0
), posted as (
  select e.key, l.unit_id, a.kind, sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id where e.source like 'sale:%'
  group by e.key, l.unit_id, a.kind
)"""

PROBLEMS = f"""
with leaf as ({LEAVES}), kept_leaf as (
  select unit_id, day, category, channel, buyer_class, lines, gross, returned, pieces,
    pieces_returned, sample_gross, sample_returned, pnbp, premi, cost_recovery, capital, operating,
    partner
  from sales_leaf
), unit_day as ({UNIT_DAYS}), kept_day as (
  select unit_id, day, receipts, refunds, gross, returned, pieces, pieces_returned,
    sample_gross, sample_returned, pnbp, premi, cost_recovery, capital, operating, partner
  from sales_unitday
), product_hour as ({PRODUCT_HOURS}), kept_hour as (
  select product_id, day, hour, pieces, pieces_returned, gross, returned from sales_producthour
), {_TOLD}, wrong as (
  (select 'rincian' as what, unit_id, day from (table leaf except table kept_leaf) a)
  union (select 'rincian', unit_id, day from (table kept_leaf except table leaf) b)
  union (select 'rekap', unit_id, day from (table unit_day except table kept_day) c)
  union (select 'rekap', unit_id, day from (table kept_day except table unit_day) d)
), wrong_hour as (
  (select product_id, day from (table product_hour except table kept_hour) a)
  union (select product_id, day from (table kept_hour except table product_hour) b)
)
select what || ' unit ' || unit_id || ' hari ' || day || ': tidak sama dengan faktanya'
from wrong
union all
select 'jam produk ' || product_id || ' hari ' || day || ': tidak sama dengan faktanya'
from wrong_hour
union all
select 'jurnal ' || coalesce(told.key, posted.key) || ' ' || coalesce(told.kind, posted.kind)
  || ': terbukukan ' || coalesce(posted.amount, 0) || ', menurut fakta ' || coalesce(told.amount, 0)
from told full join posted
  on posted.key = told.key and posted.unit_id = told.unit_id and posted.kind = told.kind
where told.amount is distinct from posted.amount
union all
select 'nota unit ' || coalesce(b.unit_id, s.unit_id) || ': nomor terakhir '
  || coalesce(b.last_number, 0) || ', ada ' || coalesce(s.receipts, 0)
from sales_unitbook b full join (
  select unit_id, count(*) as receipts, max(number) as last_number from sales_sale group by unit_id
) s on s.unit_id = b.unit_id
where b.last_number is distinct from coalesce(s.last_number, 0)
   or b.last_number <> coalesce(s.receipts, 0)
order by 1
"""
