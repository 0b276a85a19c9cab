"""Where what is derived from the catalogue differs from what it is derived from."""

from django.db import connection

from bekal.catalogue.search_text import OFFERED

_PROBLEMS = f"""
with truth as (
  select product_id, amount, valid_from as since,
         lead(valid_from) over (partition by product_id order by valid_from) as until
    from (select distinct on (product_id, valid_from) product_id, amount, valid_from
            from catalogue_price order by product_id, valid_from, id desc) last_written
),
kept as (select product_id, amount, since, until from catalogue_pricespan),
words as (
  select u.lexeme::varchar as word, p.id as product_id, p.seller_id from catalogue_product p
   cross join lateral unnest(
     to_tsvector('simple', regexp_replace(p.name, '[^[:alnum:]]+', ' ', 'g'))) u
   where u.lexeme ~ '^[[:alpha:]]{{3,40}}$'
),
kept_words as (select word, product_id, seller_id from catalogue_nameword)
select 'product ' || product_id || ': a price from ' || since || ' is missing in the spans'
  from (table truth except table kept) missing
union all
select 'product ' || product_id || ': the spans have a price from ' || since || ' too many'
  from (table kept except table truth) stale
union all
select 'product ' || id || ': its name is not in its search text'
  from catalogue_product left join catalogue_listing on product_id = id
 where search_plain is null or search_stems is null
    or not tsvector_to_array(to_tsvector('simple',
             regexp_replace(concat_ws(' ', name, name_en), '[^[:alnum:]]+', ' ', 'g')))
           <@ tsvector_to_array(search_plain)
union all
select 'product ' || product_id || ': the words of its name are not those that are kept'
  from (select product_id from (table words except table kept_words) missing
        union select product_id from (table kept_words except table words) stale) differing
union all
select 'product ' || id || ': the list has it among what can be bought, or not, and is wrong'
  from catalogue_product p where is_offered is distinct from {OFFERED}
order by 1
"""


def showcase_problems() -> list[str]:
    """How what is derived differs from price sheets, names and shelves, a sentence each."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
