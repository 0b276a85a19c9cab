from django.db import migrations

FILL = """
alter table sales_sale disable trigger user;
update sales_sale set order_part = 'part:' || id
where order_part = '' and id in (select id from shop_orderpart);
alter table sales_sale enable trigger user;
alter table sales_refund disable trigger user;
update sales_refund r set order_part = s.order_part
from sales_sale s where s.id = r.sale_id and s.order_part <> '' and r.order_part = '';
alter table sales_refund enable trigger user;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('shop', '0013_resellers'),
        ('sales', '0006_sales_know_their_order'),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
