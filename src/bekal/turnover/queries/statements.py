"""The SQL of turnover: one statement for each question.

Parameters: `place` (id), `first` and `last` (days, both included), `on` (today), `named` (the day
whose names are shown), `step` (0: the place itself, 1: the places directly below it), `idle` (kinds
without a workshop). All SQL is put together of constants of this file and of places.queries.

`stand` is the heart: which unit's facts of which days count for which node below `place`. As it
was, a unit stands under a node for as long as it did; as it is now, for all days. Facts are then
read unit by unit (lateral), by the index of unit and day: the cost is that of the days asked for,
and no wrong guess of the planner can make it another.
"""

from bekal.places.queries import as_it_is_now, as_it_was
from bekal.turnover.rules import COLUMNS, Basis

_SPAN = "daterange(%(first)s, %(last)s, '[]')"
_STAND = {
    Basis.AS_IT_WAS: f"""
  select a.descendant_id as unit_id, low.ancestor_id as node_id, a.during * low.during as during
  from places_ancestry a
  join places_place p on p.id = a.descendant_id and p.level = 'unit'
  join places_ancestry low on low.descendant_id = a.descendant_id
   and low.distance = a.distance - %(step)s and low.during && a.during
  where a.ancestor_id = %(place)s and a.during * low.during && {_SPAN}
""",
    Basis.AS_IT_IS_NOW: f"""
  select f.id as unit_id, low.ancestor_id as node_id, life.during
  from places_place f {as_it_is_now(unit="f.id")}
  join places_ancestry low on low.descendant_id = f.id and low.distance = a.distance - %(step)s
   and low.during @> least(%(on)s::date, upper(life.during) - 1)
  where f.level = 'unit' and a.ancestor_id = %(place)s and life.during && {_SPAN}
""",
}
_BELOW = {
    Basis.AS_IT_WAS: f"during && {_SPAN}",
    Basis.AS_IT_IS_NOW: "during @> %(on)s::date",
}
# Only the days of the question find rows by the index: as constants the planner knows them well.
_OF_STAND = "f.unit_id = s.unit_id and f.day between %(first)s and %(last)s and f.day <@ s.during"
_SUMS = ", ".join(f"sum(f.{name}) as {name}" for name in COLUMNS)
_KEPT = ", ".join(f"coalesce(sum({name}), 0)::bigint as {name}" for name in COLUMNS)


def _stand(basis: Basis) -> str:
    return f"""
stand as materialized ({_STAND[basis]})"""


_HAS_WORKSHOP = f"""
left join lateral (
  select bool_or(t.kind <> all(%(idle)s)) as has_workshop
  from places_tenure t where t.place_id = s.unit_id and t.during && s.during * {_SPAN}
) kinds on true
"""
_HAS_WORD = f"""
  exists (select from sales_dayreport f where {_OF_STAND})
"""
_NAME = """
join lateral (
  select t.name, t.kind, t.parent_id from places_tenure t where t.place_id = p.id
  order by coalesce(lower(t.during) <= %(named)s, true) desc, t.during desc limit 1
) called on true
"""


_COUNTED = f"""
counted as (
  select node_id, count(*) filter (where has_workshop or has_record) as expected,
    count(*) filter (where has_record) as reported, {_KEPT}
  from unit group by node_id
)"""


def _units(basis: Basis) -> str:
    return f"""
{_stand(basis)},
unit as (
  select s.node_id, s.unit_id, bool_or(kinds.has_workshop) as has_workshop,
    bool_or(coalesce(sold.has_receipts, false) or {_HAS_WORD}) as has_record, {_KEPT}
  from stand s {_HAS_WORKSHOP}
  left join lateral (
    select bool_or(f.receipts > 0) as has_receipts, {_SUMS}
    from sales_unitday f where {_OF_STAND}
  ) sold on true
  group by s.node_id, s.unit_id
)"""


def _nodes(basis: Basis) -> str:
    return f"""
with {_units(basis)},
{_COUNTED},
node as (
  select node_id from stand
  union
  select place_id from places_tenure where %(step)s = 1 and parent_id = %(place)s
   and {_BELOW[basis]}
  union select %(place)s where %(step)s = 0
)
select p.id, p.code, p.level, called.name, called.kind,
  coalesce(c.expected, 0), coalesce(c.reported, 0),
  {", ".join(f"coalesce(c.{name}, 0)" for name in COLUMNS)}
from node n join places_place p on p.id = n.node_id {_NAME}
left join counted c on c.node_id = n.node_id
order by called.name, p.id
"""


def _provinces(basis: Basis) -> str:
    return f"""
with {_units(basis)}
select v.code, v.name, count(*) filter (where has_workshop or has_record),
  count(*) filter (where has_record), {_KEPT}
from unit u join places_place p on p.id = u.unit_id
join places_province v on v.code = p.province_id
group by v.code, v.name order by v.name, v.code
"""


_PIECE = """f.category, f.channel, f.buyer_class, sum(f.gross) as gross,
    sum(f.returned) as returned, sum(f.pieces) as pieces, sum(f.pieces_returned) as pieces_returned
"""
_IS_NATION = "(select level = 'centre' from places_place where id = %(place)s)"


def _slices(basis: Basis) -> str:
    # The nation holds every unit on every day: its leaves are read in one scan, where asking unit
    # by unit took seconds for a year.
    return f"""
with {_stand(basis)},
piece as (
  select {_PIECE} from sales_leaf f
  where f.day between %(first)s and %(last)s and {_IS_NATION}
  group by f.category, f.channel, f.buyer_class
  union all
  select f.* from stand s cross join lateral (
    select {_PIECE} from sales_leaf f where {_OF_STAND}
    group by f.category, f.channel, f.buyer_class
  ) f where not {_IS_NATION}
)
select case when grouping(f.category) = 0 then 'kategori'
    when grouping(f.channel) = 0 then 'saluran' else 'pembeli' end as dimension,
  coalesce(f.category, f.channel, f.buyer_class) as key, max(k.name) as name,
  sum(f.gross)::bigint, sum(f.returned)::bigint,
  sum(f.pieces)::bigint, sum(f.pieces_returned)::bigint
from piece f left join catalogue_category k on k.code = f.category
group by grouping sets ((f.category), (f.channel), (f.buyer_class))
order by dimension, sum(f.gross - f.returned) desc, key
"""


def _days(basis: Basis) -> str:
    return f"""
with {_stand(basis)},
said as (
  select f.day, count(*) as reports from stand s join sales_dayreport f on {_OF_STAND}
  group by f.day
),
sold as (
  select f.day, {_KEPT} from stand s cross join lateral (
    select f.* from sales_unitday f where {_OF_STAND} offset 0
  ) f group by f.day
)
select day, coalesce(said.reports, 0),
  {", ".join(f"coalesce(sold.{name}, 0)" for name in COLUMNS)}
from sold full join said using (day) order by day desc
"""


def _silent(basis: Basis) -> str:
    return f"""
with {_stand(basis)},
unit as (
  select s.unit_id, bool_or(kinds.has_workshop) as has_workshop,
    bool_or({_HAS_WORD} or exists (
      select from sales_unitday f where {_OF_STAND} and f.receipts > 0)) as has_record
  from stand s {_HAS_WORKSHOP} group by s.unit_id
)
select p.id, p.code, p.level, called.name, called.kind, above.name, last_sale.day, last_word.day
from unit u join places_place p on p.id = u.unit_id {_NAME}
left join lateral (
  select t.name from places_tenure t where t.place_id = called.parent_id
  order by coalesce(lower(t.during) <= %(named)s, true) desc, t.during desc limit 1
) above on true
left join lateral (
  select f.day from sales_unitday f where f.unit_id = p.id and f.receipts > 0
  order by f.day desc limit 1
) last_sale on true
left join lateral (
  select f.day from sales_dayreport f where f.unit_id = p.id order by f.day desc limit 1
) last_word on true
where u.has_workshop and not u.has_record
order by above.name, called.name, p.id
"""


NODES = {basis: _nodes(basis) for basis in Basis}
PROVINCES = {basis: _provinces(basis) for basis in Basis}
SLICES = {basis: _slices(basis) for basis in Basis}
DAYS = {basis: _days(basis) for basis in Basis}
SILENT = {basis: _silent(basis) for basis in Basis}

# A unit that ever stood under the place had another parent within the period than it has now.
MOVED = """
select exists (
  select from places_ancestry step
  join places_ancestry life on life.descendant_id = step.descendant_id and life.distance = 0
  where step.distance = 1 and step.during && daterange(%(first)s, %(last)s, '[]')
    and upper(step.during) <= %(on)s
    and upper(step.during) is distinct from upper(life.during)
    and exists (
      select from places_ancestry top
      where top.descendant_id = step.descendant_id and top.ancestor_id = %(place)s)
)
"""

RECEIPTS = """
select s.id, s.number, s.sold_at, s.zone, s.channel, s.buyer_class, s.payment, s.is_sample,
  s.total, lines.pieces, coalesce(back.amount, 0)::bigint
from sales_sale s
join lateral (
  select sum(l.pieces)::bigint as pieces from sales_saleline l where l.sale_id = s.id
) lines on true
left join lateral (
  select sum(r.total) as amount from sales_refund r where r.sale_id = s.id
) back on true
where s.unit_id = %(place)s and s.sold_on = %(first)s
order by s.number desc, s.id
"""
# What counts on the day: also what came back of receipts of other days.
TAKEN_BACK = """
select r.id, r.sale_id, s.number, s.sold_on, r.kind, r.reason, r.total
from sales_refund r join sales_sale s on s.id = r.sale_id
where s.unit_id = %(place)s and r.counts_on = %(first)s
order by r.recorded_at, r.id
"""

_LEVEL_SUMS = """
  select '{basis}' as basis, p.level, date_trunc('month', f.day)::date as month,
    sum(f.gross) as gross, sum(f.returned) as returned,
    sum(f.pieces) as pieces, sum(f.pieces_returned) as pieces_returned
  from sales_unitday f {join} join places_place p on p.id = a.ancestor_id
  group by 2, 3
"""
# The last tree there is stands for today's: the sum must hold by any.
_NOW = as_it_is_now(unit="f.unit_id").replace("%(on)s", "'infinity'")
_WAS = as_it_was(unit="f.unit_id", day="f.day")
PROBLEMS = f"""
with moved as (
  select date_trunc('month', s.sold_on)::date as month, l.gross, 0 as returned, l.pieces,
    0 as pieces_returned
  from sales_saleline l join sales_sale s on s.id = l.sale_id
  union all
  select date_trunc('month', r.counts_on)::date, 0, b.amount, 0, b.pieces
  from sales_refundline b join sales_refund r on r.id = b.refund_id
),
fact as (
  select month, sum(gross) as gross, sum(returned) as returned, sum(pieces) as pieces,
    sum(pieces_returned) as pieces_returned
  from moved group by month
),
level_sum as (
  {_LEVEL_SUMS.format(basis=Basis.AS_IT_WAS, join=_WAS)}
  union all {_LEVEL_SUMS.format(basis=Basis.AS_IT_IS_NOW, join=_NOW)}
),
month as (select month from fact union select date_trunc('month', day)::date from sales_unitday)
select to_char(month.month, 'YYYY-MM'), level.level, basis.basis
from month
cross join (values ('centre'), ('kanwil'), ('unit')) level (level)
cross join (values ('{Basis.AS_IT_WAS}'), ('{Basis.AS_IT_IS_NOW}')) basis (basis)
left join fact on fact.month = month.month
left join level_sum on level_sum.month = month.month and level_sum.level = level.level
 and level_sum.basis = basis.basis
where (coalesce(fact.gross, 0), coalesce(fact.returned, 0), coalesce(fact.pieces, 0),
       coalesce(fact.pieces_returned, 0))
  is distinct from
  (coalesce(level_sum.gross, 0), coalesce(level_sum.returned, 0), coalesce(level_sum.pieces, 0),
   coalesce(level_sum.pieces_returned, 0))
order by 1, 2, 3
"""
