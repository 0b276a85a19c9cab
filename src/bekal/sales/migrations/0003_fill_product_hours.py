"""The new sums from the facts that are there already, as `bekal rebuild` makes them."""

from django.db import migrations

HOURS = """
insert into sales_producthour (product_id, day, hour, pieces, pieces_returned, gross, returned)
select product_id, day,
  case when (at at time zone 'Asia/Jakarta')::date = day
    then extract(hour from at at time zone 'Asia/Jakarta')::smallint end,
  sum(pieces), sum(pieces_returned), sum(gross), sum(returned)
from (
  select l.product_id, s.sold_on as day, coalesce(s.sold_at, s.recorded_at) as at, l.pieces,
    0 as pieces_returned, l.gross, 0 as returned
  from sales_saleline l join sales_sale s on s.id = l.sale_id
  union all
  select l.product_id, r.counts_on, r.recorded_at, 0, b.pieces, 0, b.amount
  from sales_refundline b join sales_refund r on r.id = b.refund_id
  join sales_saleline l on l.id = b.line_id
) moved group by 1, 2, 3;
"""
SAMPLES = """
with back as (
  select s.unit_id, r.counts_on as day, l.category, s.channel, s.buyer_class,
    sum(b.amount) as amount
  from sales_refundline b join sales_refund r on r.id = b.refund_id
  join sales_saleline l on l.id = b.line_id join sales_sale s on s.id = l.sale_id
  where s.is_sample group by 1, 2, 3, 4, 5
)
update sales_leaf f set sample_returned = back.amount from back
where (f.unit_id, f.day, f.category, f.channel, f.buyer_class)
  = (back.unit_id, back.day, back.category, back.channel, back.buyer_class);
with back as (
  select unit_id, day, sum(sample_returned) as amount from sales_leaf group by 1, 2
)
update sales_unitday f set sample_returned = back.amount from back
where (f.unit_id, f.day) = (back.unit_id, back.day) and back.amount <> 0;
"""


class Migration(migrations.Migration):
    dependencies = [("sales", "0002_product_hours")]
    operations = [
        migrations.RunSQL(HOURS, "delete from sales_producthour"),
        migrations.RunSQL(SAMPLES, migrations.RunSQL.noop),
    ]
