"""The SQL of a campaign's picture: one statement, so that all figures are of one snapshot.

Parameters: `definition` (id), `first`, `last` and `today` (days), `expected_hbp` (the number of the
campaign before, or null), `ahead` (days since the first, or null to look at no campaign before),
`hour` (hours of today that are over), `top`, `newest` and `few` (see queries.snapshot).
All SQL is put together of constants of this file. Only rows of the campaign's days are read, by the
indexes of the sums: the cost does not grow with what was sold on other days.
"""

_OF_DAYS = "between %(first)s and %(last)s"

# A province has a total as soon as one of its units has a row of sums or has reported a day.
_PROVINCES = f"""
sold as (
  select f.unit_id, sum(f.gross - f.returned)::bigint as total, sum(f.returned)::bigint as refunded,
    sum(f.receipts)::int as receipts, sum(f.refunds)::int as refunds,
    sum(f.pieces - f.pieces_returned)::bigint as pieces,
    sum(f.sample_gross - f.sample_returned)::bigint as sample
  from sales_unitday f where f.day {_OF_DAYS} group by f.unit_id
), said as (
  select distinct f.unit_id from sales_dayreport f where f.day {_OF_DAYS}
), unit as (
  select p.province_id, sold.*, sold.unit_id is not null or said.unit_id is not null as has_record,
    coalesce(sold.receipts > 0, false) or said.unit_id is not null as has_reported,
    e.unit_id is not null as is_expected
  from places_place p
  left join sold on sold.unit_id = p.id
  left join said on said.unit_id = p.id
  left join campaigns_expectedunit e on e.unit_id = p.id and e.definition_id = %(definition)s
  where p.level = 'unit'
), province as (
  select v.code, v.name, bool_or(u.has_record) as has_record,
    coalesce(sum(u.total), 0)::bigint as total, coalesce(sum(u.refunded), 0)::bigint as refunded,
    coalesce(sum(u.receipts), 0)::int as receipts, coalesce(sum(u.refunds), 0)::int as refunds,
    coalesce(sum(u.pieces), 0)::bigint as pieces, coalesce(sum(u.sample), 0)::bigint as sample,
    count(*) filter (where u.has_reported) as units_reported,
    count(*) filter (where u.has_reported or u.is_expected) as units_expected
  from places_province v left join unit u on u.province_id = v.code
  group by v.code, v.name
)"""

_BUYERS = f"""
buyer as (
  select f.buyer_class, sum(f.gross - f.returned)::bigint as total
  from sales_leaf f where f.day {_OF_DAYS} group by f.buyer_class
)"""

_HOURS = """
of_today as materialized (
  select product_id, hour, pieces - pieces_returned as pieces, gross - returned as total
  from sales_producthour where day = %(today)s
), hours as (
  select hour, sum(total)::bigint as total from of_today group by hour
)"""

# The name that a unit had on the day `{day}`, as `called`.
_UNIT_NAME = """
left join lateral (
  select t.name from places_tenure t where t.place_id = {unit} and t.during @> {day} limit 1
) called on true"""

_TOP = f"""
best as (
  select product_id, sum(pieces)::bigint as pieces from of_today
  group by product_id having sum(pieces) > 0 order by 2 desc, 1 limit %(top)s
), top as (
  select p.id, p.name, p.category_id as category, called.name as unit_name, best.pieces
  from best join catalogue_product p on p.id = best.product_id
  join catalogue_seller s on s.id = p.seller_id
  {_UNIT_NAME.format(unit="s.unit_id", day="%(today)s::date")}
)"""

# Records of other days among the newest are passed over; the look back is bounded all the same.
_LATEST = f"""
recent as (
  (select n.id, n.id as sale_id, n.unit_id, n.sold_on as day, n.recorded_at as at, n.total,
     false as is_refund
   from (select * from sales_sale order by recorded_at desc limit 10 * %(newest)s) n
   where n.sold_on {_OF_DAYS} order by n.recorded_at desc, n.id desc limit %(newest)s)
  union all
  (select n.id, n.sale_id, s.unit_id, n.counts_on, n.recorded_at, n.total, true
   from (select * from sales_refund order by recorded_at desc limit 10 * %(newest)s) n
   join sales_sale s on s.id = n.sale_id
   where n.counts_on {_OF_DAYS} order by n.recorded_at desc, n.id desc limit %(newest)s)
), newest as (
  select * from recent order by at desc, id desc limit %(newest)s
), latest as (
  select n.id, n.at, n.total as amount, n.is_refund, moved.names[1] as name, moved.pieces,
    cardinality(moved.names) - 1 as others,
    case when coalesce(d.receipts, 0) < %(few)s then v.name else coalesce(called.name, v.name) end
      as place
  from newest n
  join places_place p on p.id = n.unit_id join places_province v on v.code = p.province_id
  left join sales_unitday d on d.unit_id = n.unit_id and d.day = n.day
  {_UNIT_NAME.format(unit="n.unit_id", day="n.day")}
  join lateral (
    select array_agg(m.name order by m.amount desc, m.line) as names, sum(m.pieces)::int as pieces
    from (
      select l.name, l.gross as amount, l.pieces, l.id as line
      from sales_saleline l where l.sale_id = n.sale_id and not n.is_refund
      union all
      select l.name, b.amount, b.pieces, l.id
      from sales_refundline b join sales_saleline l on l.id = b.line_id
      where b.refund_id = n.id and n.is_refund
    ) m
  ) moved on true
)"""

# What the campaign before had come to at the same point: whole days, then full hours of its day.
_BEFORE = """
before as (
  select lower(d.during) as first, upper(d.during) - 1 as last,
    lower(d.during) + %(ahead)s::int as same_day
  from campaigns_definition d
  where d.superseded_at is null and upper(d.during) <= %(first)s and %(ahead)s::int >= 0
  order by d.hbp_number is not distinct from %(expected_hbp)s::int
    and d.hbp_number is not null desc, d.during desc limit 1
), last_year as (
  select b.first, b.last,
    coalesce((select sum(f.gross - f.returned) from sales_unitday f
              where f.day between b.first and b.last and f.day < b.same_day), 0)::bigint
    + coalesce((select sum(f.gross - f.returned) from sales_producthour f
                where f.day = b.same_day and b.same_day <= b.last and f.hour < %(hour)s), 0)::bigint
      as total
  from before b
)"""

PICTURE = f"""
with {_PROVINCES}, {_BUYERS}, {_HOURS}, {_TOP}, {_LATEST}, {_BEFORE}
select json_build_object(
  'provinces', (select coalesce(json_agg(p order by p.code), '[]') from province p),
  'buyers', (select coalesce(json_object_agg(b.buyer_class, b.total), '{{}}') from buyer b),
  'hours', (select coalesce(json_agg(h order by h.hour), '[]') from hours h),
  'top', (select coalesce(json_agg(t order by t.pieces desc, t.id), '[]') from top t),
  'latest', (select coalesce(json_agg(n order by n.at desc, n.id desc), '[]') from latest n),
  'last_year', (select row_to_json(y) from last_year y)
)::text
"""
