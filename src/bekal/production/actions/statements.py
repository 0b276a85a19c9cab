"""The hot writes, each one SQL statement.

Whoever changes holds or moves of a product takes the row of its level first, in the order of the
products: so nobody waits in a circle, and what a statement after that reads is what stands.
"""

# `level` is what stood before the statement; its triggers change it when it ends.
MOVE = """
with asked as (
  select * from unnest(%(products)s::bigint[], %(pieces)s::int[], %(reasons)s::text[],
                       %(sources)s::text[], %(notes)s::text[])
    with ordinality as a (product_id, pieces, reason, source, note, place)
), level as (
  select product_id, on_hand, held, told, since from production_stock
  where product_id in (select product_id from asked) order by product_id for update
), put as (
  insert into production_stockmove
    (product_id, pieces, reason, source, note, moved_at, moved_by)
  select a.product_id, a.pieces, a.reason, a.source, a.note, %(now)s, %(by)s
  from asked a left join level b using (product_id)
  where (not %(only_tracked)s or b.product_id is not null)
    and (%(sold_on)s::date is null or b.since <= %(sold_on)s)
    and (%(undoes)s::text is null or exists (
      select from production_stockmove m where m.source = %(undoes)s
        and m.product_id = a.product_id))
  order by a.product_id, a.place
  on conflict (source, product_id, reason) do nothing
  returning product_id, pieces
)
select put.product_id, coalesce(b.on_hand, 0), coalesce(b.held, 0), coalesce(b.told, -1),
  sum(put.pieces)::int
from put left join level b using (product_id) group by 1, 2, 3, 4
"""

LOCK_LEVELS = """
select product_id from production_stock where product_id = any(%s) order by product_id for update
"""

# Lists stand in a select of their own, so that the plan is kept (catalogue.queries.goods).
# The levels of some products, locked, after what has lapsed of them was let go; not of `groups`.
LOCK = """
with level as (
  select product_id, on_hand, held, told from production_stock
  where product_id = any((select %(products)s::bigint[])::bigint[])
  order by product_id for update
), lapsed as (
  update production_hold h set status = 'released' from level
  where h.product_id = level.product_id and h.status = 'held'
    and h.until <= (select %(now)s::timestamptz)
    and h.group_id <> all((select %(groups)s::uuid[])::uuid[])
  returning h.product_id
)
select (select count(*) from level), (select count(*) from lapsed)
"""

# After LOCK: what is still needed of each product, what is short, and the holds if nothing is.
# `offset 0` keeps each look a look by index: the kept plan is made while the tables are small.
HOLD = """
with asked as (
  select * from unnest(
    (select %(groups)s::uuid[]), (select %(products)s::bigint[]), (select %(pieces)s::int[]))
    as a (group_id, product_id, pieces)
), mine as (
  select h.* from asked cross join lateral (
    select group_id, product_id, status, pieces from production_hold
    where group_id = asked.group_id and product_id = asked.product_id offset 0) h
), need as (
  select a.product_id, sum(a.pieces)::int as pieces
  from asked a left join mine using (group_id, product_id)
  where mine.status is null or mine.status = 'released' group by a.product_id
), level as (
  select need.product_id, need.pieces, coalesce(s.on_hand - s.held, 0) as free,
    coalesce(s.told, -1) as told
  from need left join lateral (
    select on_hand, held, told from production_stock where product_id = need.product_id offset 0
  ) s on true
), differing as (
  select from asked a join mine using (group_id, product_id) where mine.pieces <> a.pieces
), paused as (
  select pause.sentence from need cross join lateral (
    select seller.unit_id from catalogue_product p join catalogue_seller seller
    on seller.id = p.seller_id where p.id = need.product_id offset 0) maker
  join production_pause pause on pause.unit_id = maker.unit_id and pause.ended_at is null
   and (pause.until is null or pause.until > %(now)s)
  order by need.product_id limit 1
), put as (
  insert into production_hold as h
    (group_id, product_id, pieces, until, status, held_at, held_by)
  select group_id, product_id, pieces, %(until)s, 'held', %(now)s, %(by)s from asked
  where not exists (select from level where free < level.pieces)
    and not exists (select from differing) and not exists (select from paused)
  order by product_id
  on conflict (group_id, product_id)
  do update set status = 'held', until = excluded.until where h.status <> 'taken'
)
select product_id, free, pieces, told, exists (select from differing),
  (select sentence from paused)
from level
union all
select null, null, null, null, true, null where exists (select from differing)
"""

# After LOCK: all lapsed holds of the groups again, if all of them are free.
REVIVE = """
with need as (
  select product_id, sum(pieces)::int as pieces from production_hold
  where group_id = any(%(groups)s) and status = 'released' group by product_id
), level as (
  select need.product_id, need.pieces, s.on_hand - s.held as free, s.told
  from need join production_stock s using (product_id)
), put as (
  update production_hold set status = 'held', until = null
  where group_id = any(%(groups)s) and status <> 'taken'
    and not exists (select from level where free < level.pieces)
)
select product_id, free, pieces, told from level
"""

PRODUCTS_OF_GROUPS = """
select distinct product_id from production_hold where group_id = any(%s) order by product_id
"""

TAKE = """
with level as (
  select product_id, on_hand, held, told from production_stock
  where product_id in (
    select product_id from production_hold
    where group_id = any(%(groups)s) and status = 'held')
  order by product_id for update
), done as (
  update production_hold h set status = 'taken' from level
  where h.product_id = level.product_id and h.group_id = any(%(groups)s) and h.status = 'held'
  returning h.id
)
select count(*) = (select count(*) from done) + count(*) filter (where status = 'taken')
from production_hold where group_id = any(%(groups)s)
"""
ALL_TAKEN = """
select coalesce(bool_and(status = 'taken'), true) from production_hold where group_id = any(%s)
"""
RELEASE = """
with level as (
  select product_id, on_hand, held, told from production_stock
  where product_id in (
    select product_id from production_hold
    where group_id = any(%(groups)s) and status = 'held')
  order by product_id for update
), done as (
  update production_hold h set status = 'released' from level
  where h.product_id = level.product_id and h.group_id = any(%(groups)s) and h.status = 'held'
  returning h.product_id, h.pieces
)
select product_id, on_hand - held, told, sum(done.pieces)::int
from done join level using (product_id) group by 1, 2, 3
"""
RELEASE_LAPSED = """
with level as (
  select product_id, on_hand, held, told from production_stock
  where product_id in (
    select product_id from production_hold where status = 'held' and until <= %(now)s)
  order by product_id for update
), done as (
  update production_hold h set status = 'released' from level
  where h.product_id = level.product_id and h.status = 'held' and h.until <= %(now)s
  returning h.product_id, h.pieces
)
select product_id, on_hand - held, told, sum(done.pieces)::int, count(*)
from done join level using (product_id) group by 1, 2, 3
"""
EXTEND = """
with level as (
  select product_id from production_stock
  where product_id in (
    select product_id from production_hold
    where group_id = any(%(groups)s) and status = 'held')
  order by product_id for update
)
update production_hold h set until = %(until)s from level
where h.product_id = level.product_id and h.group_id = any(%(groups)s) and h.status = 'held'
"""
