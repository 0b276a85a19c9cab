"""Whether goods that came back for a problem, what they moved, and what was refunded agree."""

from django.db import connection

# What was settled while goods still moved with the refund does not say whether it was tracked.
_PROBLEMS = """
with told as (
  select g.source, l.product_id, g.reason, g.pieces, b.is_tracked,
    'barang kembali pesanan ' || o.code || ', ' || l.name as name, r.answer_id as refund_id
  from shop_goodsbackline b join shop_orderline l on l.id = b.line_id
  join shop_orderpart p on p.id = l.part_id join shop_order o on o.id = p.order_id
  left join shop_problemrefund r on r.answer_id = b.goods_id
  cross join lateral (values
    ('goodsback:' || b.goods_id, 'return', b.to_stock),
    ('goodslost:' || b.goods_id, 'return', b.written_off),
    ('goodslost:' || b.goods_id, 'written_off', -b.written_off)
  ) as g (source, reason, pieces)
  where g.pieces <> 0
), moved as (
  select source, product_id, reason, pieces from production_stockmove
  where source like 'goodsback:%' or source like 'goodslost:%'
), refunded as (
  select r.goods_source as source, l.product_id, b.pieces
  from sales_refund r join sales_refundline b on b.refund_id = r.id
  join sales_saleline l on l.id = b.line_id where r.goods_source <> ''
)
select coalesce(t.name, 'gerak barang ' || m.source || ' produk ' || m.product_id) || ': '
  || coalesce(t.pieces, 0) || ', menurut gerak barang ' || coalesce(m.pieces, 0)
from told t full join moved m
  on (m.source, m.product_id, m.reason) = (t.source, t.product_id, t.reason)
where case when m.source is null then t.is_tracked is true
           else t.pieces is distinct from m.pieces or t.is_tracked is false end
union all
select coalesce(t.name, 'pengembalian ' || f.source || ' produk ' || f.product_id) || ': '
  || coalesce(t.pieces, 0) || ', uangnya kembali untuk ' || coalesce(f.pieces, 0)
from (select * from told where reason = 'return' and refund_id is not null) t
full join refunded f on (f.source, f.product_id) = (t.source, t.product_id)
where t.pieces is distinct from f.pieces and (f.source is not null or t.is_tracked is not null)
union all
select 'pengembalian ' || r.goods_source || ': barangnya kembali sekali lagi dengan uangnya'
from sales_refund r
where r.goods_source <> '' and exists (
  select from production_stockmove m where m.source = 'refund:' || r.id)
order by 1
"""


def goods_problems() -> list[str]:
    """Where goods that came back, their moves and their refunds differ, a sentence each."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
