"""Let the list begin with what can be bought."""

import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.migrations
from django.db import migrations, models
from pgtrigger.compiler import Trigger

from bekal.foundation.triggers import PromiseSql

OFFERED = """
update catalogue_product p set is_offered = true
 where exists (select from catalogue_listing where product_id = p.id and is_published)
   and exists (select from catalogue_shelf where product_id = p.id
                and state in ('ready', 'few', 'made'))
   and exists (select from catalogue_price where product_id = p.id);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0006_messages_show_products_in_both_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='is_offered',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(OFFERED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('id'), '+', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast('is_offered', models.IntegerField()), '*', models.Value(9007199254740992))), '-', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast('is_sample', models.IntegerField()), '*', models.Value(4503599627370496))), name='catalogue_product_offered'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='listing',
            trigger=Trigger(name='offered_when_shown', sql=PromiseSql(declare='DECLARE touched bigint := new.product_id;', func="\n    if tg_op = 'UPDATE' then\n      if new.is_published = old.is_published then return null; end if;\n    end if;\n    \nperform from catalogue_product where id = touched for no key update;\nupdate catalogue_product p set is_offered = not p.is_offered\n where p.id = touched and p.is_offered is distinct from (\n  exists (select from catalogue_listing where product_id = p.id and is_published)\n  and exists (select from catalogue_shelf where product_id = p.id\n               and state in ('ready', 'few', 'made'))\n  and exists (select from catalogue_price where product_id = p.id));\nreturn null;\n", hash='63347de130abcffc147c1da83174190373f49d12', operation='INSERT OR UPDATE OF "is_published"', pgid='pgtrigger_offered_when_shown_362bb', table='catalogue_listing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='price',
            trigger=Trigger(name='offered_once_priced', sql=PromiseSql(declare='DECLARE touched bigint := new.product_id;', func="\nperform from catalogue_product where id = touched for no key update;\nupdate catalogue_product p set is_offered = not p.is_offered\n where p.id = touched and p.is_offered is distinct from (\n  exists (select from catalogue_listing where product_id = p.id and is_published)\n  and exists (select from catalogue_shelf where product_id = p.id\n               and state in ('ready', 'few', 'made'))\n  and exists (select from catalogue_price where product_id = p.id));\nreturn null;\n", hash='91c1c2f6b67f6198a08951f05b642420806624a0', operation='INSERT', pgid='pgtrigger_offered_once_priced_85773', table='catalogue_price', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shelf',
            trigger=Trigger(name='offered_on_shelf', sql=PromiseSql(declare='DECLARE touched bigint := coalesce(new.product_id, old.product_id);', func="\n    if tg_op = 'UPDATE' then\n      if new.state = old.state then return null; end if;\n    end if;\n    \nperform from catalogue_product where id = touched for no key update;\nupdate catalogue_product p set is_offered = not p.is_offered\n where p.id = touched and p.is_offered is distinct from (\n  exists (select from catalogue_listing where product_id = p.id and is_published)\n  and exists (select from catalogue_shelf where product_id = p.id\n               and state in ('ready', 'few', 'made'))\n  and exists (select from catalogue_price where product_id = p.id));\nreturn null;\n", hash='edd95f94b6d96cda9e0e2596d4e7410f1a72f3cd', operation='INSERT OR UPDATE OF "state" OR DELETE', pgid='pgtrigger_offered_on_shelf_348d4', table='catalogue_shelf', when='AFTER')),
        ),
    ]
