"""Whether levels and hours say what their facts say."""

from django.db import connection

_PROBLEMS = """
with moved as (
  select product_id, sum(pieces) as pieces from production_stockmove group by product_id
), kept as (
  select product_id, sum(pieces) as pieces from production_hold
  where status = 'held' group by product_id
), used as (
  select slot_id, sum(minutes) as minutes from production_capacityuse
  where released_at is null group by slot_id
)
select 'stok produk ' || coalesce(s.product_id, m.product_id) || ': ' || coalesce(s.on_hand, 0)
  || ', menurut gerak barang ' || coalesce(m.pieces, 0)
from production_stock s full join moved m on m.product_id = s.product_id
where coalesce(s.on_hand, 0) <> coalesce(m.pieces, 0) or s.product_id is null
union all
select 'tahanan produk ' || coalesce(s.product_id, k.product_id) || ': ' || coalesce(s.held, 0)
  || ', menurut pesanan ' || coalesce(k.pieces, 0)
from production_stock s full join kept k on k.product_id = s.product_id
where coalesce(s.held, 0) <> coalesce(k.pieces, 0)
union all
select 'jam bengkel ' || d.workshop_id || ' hari ' || d.day || ': ' || d.taken
  || ', menurut janji ' || coalesce(u.minutes, 0)
from production_capacityday d left join used u on u.slot_id = d.id
where d.taken <> coalesce(u.minutes, 0)
order by 1
"""


def stock_problems() -> list[str]:
    """Where a level, what is held of it, or promised hours differ from the facts; empty is good."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


_BATCHES = """
with wanted as (
  select b.product_id, 'batch:' || b.id as source, b.good as pieces, b.number, b.unit_id
  from production_batch b where b.model <> 'service' and b.good > 0
  union all
  select b.product_id, 'batchfix:' || c.id, c.good_change, b.number, b.unit_id
  from production_batchcorrection c join production_batch b on b.id = c.batch_id
  where b.model <> 'service' and c.good_change <> 0
), moved as (
  select product_id, source, sum(pieces) as pieces from production_stockmove
  where source like 'batch:%' or source like 'batchfix:%' group by product_id, source
)
select case when w.source is null
  then 'gerak barang ' || m.source || ' produk ' || m.product_id || ' tanpa hasil produksi'
  else 'hasil B-' || lpad(w.number::text, 4, '0') || ' unit ' || w.unit_id || ': ' || w.pieces
    || ', menurut gerak barang ' || coalesce(m.pieces, 0) end
from wanted w full join moved m on (m.source, m.product_id) = (w.source, w.product_id)
where w.pieces is distinct from m.pieces
union all
select 'hasil produksi unit ' || coalesce(k.unit_id, b.unit_id) || ': nomor terakhir '
  || coalesce(k.last_number, 0) || ', ada ' || coalesce(b.batches, 0)
from production_batchbook k full join (
  select unit_id, count(*) as batches, max(number) as last_number
  from production_batch group by unit_id
) b on b.unit_id = k.unit_id
where k.last_number is distinct from coalesce(b.last_number, 0)
   or k.last_number <> coalesce(b.batches, 0)
order by 1
"""


def batch_problems() -> list[str]:
    """Where batches, their numbers and the goods that came of them differ; empty is good."""
    with connection.cursor() as cursor:
        cursor.execute(_BATCHES)
        return [row[0] for row in cursor.fetchall()]


_AWAY = """
select a.maker_id || ': bertugas di ' || w.name || ' pada hari-hari ia tidak di unit itu'
from production_assignment a join production_workshop w on w.id = a.workshop_id
where not isempty(a.during) and not exists (
  select from people_stay s
  where s.maker_id = a.maker_id and s.unit_id = w.unit_id and s.during @> a.during)
order by a.id
"""


def work_problems() -> list[str]:
    """Makers who are given work where they are not, as sentences; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_AWAY)
        return [row[0] for row in cursor.fetchall()]
