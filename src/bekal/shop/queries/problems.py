"""Whether orders, their sales, their money and what is kept for them agree."""

from django.db import connection

_PROBLEMS = """
select 'pesanan ' || o.code || ': lunas, tetapi paket unit ' || p.unit_id || ' bukan penjualan'
from shop_order o join shop_orderpart p on p.order_id = o.id
where o.status in ('paid', 'done') and p.status <> 'cancelled' and p.sale_id is null
union all
select 'pesanan ' || o.code || ': paket unit ' || p.unit_id || ' berjumlah ' || p.goods_total
  || ', penjualannya ' || s.total
from shop_order o join shop_orderpart p on p.order_id = o.id join sales_sale s on s.id = p.sale_id
where s.total <> p.goods_total or s.unit_id <> p.unit_id
union all
select 'pesanan ' || o.code || ': paket unit ' || p.unit_id || ' berjumlah ' || p.goods_total
  || ', barisnya ' || coalesce(l.gross, 0)
from shop_order o join shop_orderpart p on p.order_id = o.id
left join (select part_id, sum(gross) as gross from shop_orderline group by part_id) l
  on l.part_id = p.id
where p.goods_total <> coalesce(l.gross, 0)
union all
select 'pesanan ' || o.code || ': barangnya ' || o.goods_total || ', ongkirnya ' || o.shipping_total
  || ', menurut paketnya ' || coalesce(p.goods, 0) || ' dan ' || coalesce(p.fees, 0)
from shop_order o left join (
  select order_id, sum(goods_total) as goods, sum(fee) as fees from shop_orderpart group by order_id
) p on p.order_id = o.id
where (o.goods_total, o.shipping_total) <> (coalesce(p.goods, 0), coalesce(p.fees, 0))
union all
select 'pesanan ' || o.code || ': lunas, tetapi uangnya ' || coalesce(sum(r.settled), 0)
from shop_order o left join payments_request r on r.subject = 'order:' || o.id
where o.status in ('paid', 'done') and o.method not in ('at_pickup', '')
group by o.id
having coalesce(sum(least(r.settled, r.amount - r.reduced)), 0)
  <> o.total - coalesce(sum(r.reduced), 0)
union all
select 'pesanan ' || o.code || ': fakturnya ' || r.amount - r.reduced || ', menurut paketnya '
  || p.owed
from shop_order o join payments_request r on r.subject = 'order:' || o.id
join lateral (
  select coalesce(sum(a.goods_total + a.fee - coalesce(b.credited, 0)), 0) as owed
  from shop_orderpart a left join lateral (
    select sum(f.goods + f.shipping) as credited
    from shop_problem x join shop_problemrefund f on f.answer_id = x.id and f.is_credited
    where x.part_id = a.id
  ) b on true
  where a.order_id = o.id and (a.status <> 'cancelled' or a.sale_id is not null)
) p on true
where o.method = 'invoice' and o.status in ('placed', 'paid', 'done')
  and r.amount - r.reduced is distinct from p.owed
union all
select 'pesanan ' || o.code || ': sudah berakhir, tetapi barangnya masih ditahan'
from production_hold h join shop_orderpart p on p.id = h.group_id
join shop_order o on o.id = p.order_id
where h.status = 'held' and h.until is null
  and (o.status in ('expired', 'cancelled', 'refunded') or p.status = 'cancelled')
union all
select 'pesanan ' || o.code || ': status ' || o.status || ', catatan terakhirnya '
  || coalesce(m.status, '-')
from shop_order o left join lateral (
  select status from shop_ordermove where order_id = o.id order by id desc limit 1
) m on true
where m.status is distinct from o.status
union all
select 'pesanan ' || o.code || ': status paket unit ' || p.unit_id || ' ' || p.status
  || ', catatan terakhirnya ' || coalesce(m.status, '-')
from shop_orderpart p join shop_order o on o.id = p.order_id left join lateral (
  select status from shop_partmove where part_id = p.id order by id desc limit 1
) m on true
where m.status is distinct from p.status
order by 1
"""


def order_problems() -> list[str]:
    """Where orders and what follows from them do not agree, a sentence each; empty is good."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
