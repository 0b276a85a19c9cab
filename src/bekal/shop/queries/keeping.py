"""Whether anything of a buyer is kept longer than it may be."""

import datetime as dt

from django.conf import settings
from django.db import connection

from bekal.shop.rules import ENDED, ended_before

_GRACE = 2
"""Days that the job of the night may have stood still."""
_KEPT = """
select 'pesanan ' || o.code || ': data pembelinya disimpan lebih lama daripada masanya'
from shop_order o join shop_orderbuyer b on b.order_id = o.id
where b.erased_at is null and o.placed_at < %(before)s and o.status_at < %(before)s
  and o.status = any(%(ended)s)
union all
select 'pesanan ' || o.code || ': tidak pernah berakhir, jadi data pembelinya tidak dihapus'
from shop_order o join shop_orderbuyer b on b.order_id = o.id
where b.erased_at is null and o.placed_at < %(before)s and o.status_at < %(before)s
  and o.status <> all(%(ended)s)
union all
select 'pesanan ' || o.code || ': laporan pembelinya disimpan lebih lama daripada masanya'
from shop_problemtext t join shop_problem q on q.id = t.problem_id
join shop_orderpart p on p.id = q.part_id join shop_order o on o.id = p.order_id
where o.status_at < %(before)s and o.status = any(%(ended)s)
union all
select 'pesanan ' || o.code || ': rekening pembelinya disimpan lebih lama daripada masanya'
from shop_payee y join shop_order o on o.id = y.order_id
where o.status_at < %(before)s and o.status = any(%(ended)s)
order by 1 limit 100
"""


def kept_too_long(*, today: dt.date) -> list[str]:
    """What should have been erased, a sentence each, a hundred at most; empty is good."""
    before = ended_before(today=today, days=settings.BEKAL_BUYER_DATA_DAYS + _GRACE)
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"before": before, "ended": [status.value for status in ENDED]})
        return [row[0] for row in cursor.fetchall()]
