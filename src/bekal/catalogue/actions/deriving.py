"""Making again what triggers derive from products and price sheets."""

import datetime as dt

from django.db import connection, transaction

from bekal.catalogue.search_text import OFFERED
from bekal.foundation.actors import Actor

# The trigger of the products writes their search text whenever a name is written.
_TEXTS = "update catalogue_product set name = name"
_NO_WORDS = "delete from catalogue_nameword"
_WORDS = """
insert into catalogue_nameword (word, product_id, seller_id)
select u.lexeme, p.id, p.seller_id from catalogue_product p
 cross join lateral unnest(
   to_tsvector('simple', regexp_replace(p.name, '[^[:alnum:]]+', ' ', 'g'))) u
 where u.lexeme ~ '^[[:alpha:]]{3,40}$'
"""
_NO_SPANS = "delete from catalogue_pricespan"
_SPANS = """
insert into catalogue_pricespan (product_id, amount, since, until)
select product_id, amount, valid_from,
       lead(valid_from) over (partition by product_id order by valid_from)
  from (select distinct on (product_id, valid_from) product_id, amount, valid_from
          from catalogue_price order by product_id, valid_from, id desc) last_written
"""
_OFFERS = f"""
update catalogue_product p set is_offered = not is_offered
 where is_offered is distinct from {OFFERED}
"""


@transaction.atomic
def rebuild_showcase(*, by: Actor, now: dt.datetime) -> int:
    """Make all search texts, words of names, price spans and offers again; of how many products.

    Raises nothing. Nobody's facts change, so it leaves no event. Pages see the old ones until it
    is done.
    """
    with connection.cursor() as cursor:
        # Before the products: whoever writes a price waits for its product, and holds the table.
        cursor.execute("lock table catalogue_price in share mode")
        cursor.execute(_TEXTS)
        products = int(cursor.rowcount)
        cursor.execute(_NO_WORDS)
        cursor.execute(_WORDS)
        cursor.execute(_NO_SPANS)
        cursor.execute(_SPANS)
        cursor.execute(_OFFERS)
    return products
