"""Let the search of products know their English names."""

import pgtrigger.migrations
from django.db import migrations
from pgtrigger.compiler import Trigger

from bekal.foundation.triggers import PromiseSql

AGAIN = """
update catalogue_product p set name = p.name
  from catalogue_listing l where l.product_id = p.id and l.name_en <> '';
"""


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0003_orders_are_fetched_somewhere"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='product',
            name='search_text',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='listing',
            trigger=Trigger(name='english_name', sql=PromiseSql(func="\n    if tg_op = 'UPDATE' then\n      if new.name_en = old.name_en then return null; end if;\n    elsif new.name_en = '' then return null;\n    end if;\n    update catalogue_product set name = name where id = new.product_id;\n    return null;\n    ", hash='4a09393e203b3537b102ec7cf5bb9f7310242a46', operation='INSERT OR UPDATE OF "name_en"', pgid='pgtrigger_english_name_f9c36', table='catalogue_listing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='product',
            trigger=Trigger(name='search_text', sql=PromiseSql(declare='DECLARE about text; around text; category text; english text;', func="\nselect concat_ws(' ', string_agg(distinct t.name, ' '), string_agg(distinct above.name, ' '),\n                 max(province.name), max(place.city))\n  into around\n  from catalogue_seller s\n  join places_place place on place.id = s.unit_id\n  left join places_province province on province.code = place.province_id\n  left join places_tenure t on t.place_id = place.id\n  left join places_tenure above on above.place_id = t.parent_id and above.during && t.during\n where s.id = new.seller_id;\n\nabout := regexp_replace(new.name, '[^[:alnum:]]+', ' ', 'g');\nselect regexp_replace(l.name_en, '[^[:alnum:]]+', ' ', 'g') into english\n  from catalogue_listing l where l.product_id = new.id;\naround := regexp_replace(around, '[^[:alnum:]]+', ' ', 'g');\nselect regexp_replace(c.name, '[^[:alnum:]]+', ' ', 'g') into category\n  from catalogue_category c where c.code = new.category_id;\nnew.search_plain := setweight(to_tsvector('simple', about), 'A')\n  || setweight(to_tsvector('simple', coalesce(english, '')), 'A')\n  || setweight(to_tsvector('simple', coalesce(category, '')), 'B')\n  || setweight(to_tsvector('simple', coalesce(around, '')), 'D');\nnew.search_stems := setweight(to_tsvector('indonesian', about), 'C')\n  || setweight(to_tsvector('indonesian', concat_ws(' ', category, around)), 'D');\n\ninsert into catalogue_word (word)\nselect u.lexeme from unnest(new.search_plain) u\n where u.lexeme ~ '^[[:alpha:]]{3,40}$'\n   and not exists (select from catalogue_word w where w.word = u.lexeme);\n return new;", hash='d187590f792a2628bad693b72705f57842989ac8', operation='INSERT OR UPDATE OF "name", "category_id", "seller_id"', pgid='pgtrigger_search_text_d2525', table='catalogue_product', when='BEFORE')),
        ),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
