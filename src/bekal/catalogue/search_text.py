"""Triggers that keep what is derived from the catalogue: search text, words, spans, offers.

They belong to `models` and stand here for their length. What they write is derived from facts that
stay as they are, so everything that writes products and prices, whatever its way, keeps them.
"""

import pgtrigger

from bekal.foundation.triggers import Promise

# Every name that the unit and its kanwil bear, bore or will bear: then no page depends on the day
# on which the text was made, and who types an old name finds the unit.
_AROUND = """
select concat_ws(' ', string_agg(distinct t.name, ' '), string_agg(distinct above.name, ' '),
                 max(province.name), max(place.city))
  into around
  from catalogue_seller s
  join places_place place on place.id = s.unit_id
  left join places_province province on province.code = place.province_id
  left join places_tenure t on t.place_id = place.id
  left join places_tenure above on above.place_id = t.parent_id and above.during && t.during
 where s.id = new.seller_id;
"""
# Signs become blanks first: PostgreSQL's parser takes "kaos/mug" for the name of a file.
_VECTORS = """
about := regexp_replace(new.name, '[^[:alnum:]]+', ' ', 'g');
select regexp_replace(l.name_en, '[^[:alnum:]]+', ' ', 'g') into english
  from catalogue_listing l where l.product_id = new.id;
around := regexp_replace(around, '[^[:alnum:]]+', ' ', 'g');
select regexp_replace(c.name, '[^[:alnum:]]+', ' ', 'g') into category
  from catalogue_category c where c.code = new.category_id;
new.search_plain := setweight(to_tsvector('simple', about), 'A')
  || setweight(to_tsvector('simple', coalesce(english, '')), 'A')
  || setweight(to_tsvector('simple', coalesce(category, '')), 'B')
  || setweight(to_tsvector('simple', coalesce(around, '')), 'D');
new.search_stems := setweight(to_tsvector('indonesian', about), 'C')
  || setweight(to_tsvector('indonesian', concat_ws(' ', category, around)), 'D');
"""
# No unique index: two units that use a new word at the same moment do not wait for each other.
_WORDS = """
insert into catalogue_word (word)
select u.lexeme from unnest(new.search_plain) u
 where u.lexeme ~ '^[[:alpha:]]{3,40}$'
   and not exists (select from catalogue_word w where w.word = u.lexeme);
"""
# The words of the names alone: whoever looks for products like one reads a bounded stretch of each
# word, the newest products first, however many have it.
name_words = Promise(
    name="name_words",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("name", "seller_id"),
    func="""
    if tg_op = 'UPDATE' then
      if new.name = old.name and new.seller_id = old.seller_id then return null; end if;
      delete from catalogue_nameword where product_id = new.id;
    end if;
    insert into catalogue_nameword (word, product_id, seller_id)
    select u.lexeme, new.id, new.seller_id
      from unnest(to_tsvector('simple', regexp_replace(new.name, '[^[:alnum:]]+', ' ', 'g'))) u
     where u.lexeme ~ '^[[:alpha:]]{3,40}$';
    return null;
    """,
)
search_text = Promise(
    name="search_text",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("name", "category_id", "seller_id"),
    declare=[("about", "text"), ("around", "text"), ("category", "text"), ("english", "text")],
    func=f"{_AROUND}{_VECTORS}{_WORDS} return new;",
)
# The text of a product is made anew by writing its name again.
english_name = Promise(
    name="english_name",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("name_en"),
    func="""
    if tg_op = 'UPDATE' then
      if new.name_en = old.name_en then return null; end if;
    elsif new.name_en = '' then return null;
    end if;
    update catalogue_product set name = name where id = new.product_id;
    return null;
    """,
)
price_spans = Promise(
    name="price_spans",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
    delete from catalogue_pricespan where product_id = new.product_id;
    insert into catalogue_pricespan (product_id, amount, since, until)
    select new.product_id, amount, valid_from, lead(valid_from) over (order by valid_from)
      from (select distinct on (valid_from) valid_from, amount from catalogue_price
             where product_id = new.product_id order by valid_from, id desc) last_written;
    return null;
    """,
)
OFFERED = """(
  exists (select from catalogue_listing where product_id = p.id and is_published)
  and exists (select from catalogue_shelf where product_id = p.id
               and state in ('ready', 'few', 'made'))
  and exists (select from catalogue_price where product_id = p.id))"""
"""Whether buyers can have product `p`, as far as the order of the list goes by it."""
# Whoever changes one of the three waits for whoever changes another of them: else each would miss
# what the other has not committed.
_OFFER = f"""
perform from catalogue_product where id = touched for no key update;
update catalogue_product p set is_offered = not p.is_offered
 where p.id = touched and p.is_offered is distinct from {OFFERED};
return null;
"""
offered_once_priced = Promise(
    name="offered_once_priced",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    declare=[("touched", "bigint := new.product_id")],
    func=_OFFER,
)
offered_when_shown = Promise(
    name="offered_when_shown",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("is_published"),
    declare=[("touched", "bigint := new.product_id")],
    func=f"""
    if tg_op = 'UPDATE' then
      if new.is_published = old.is_published then return null; end if;
    end if;
    {_OFFER}""",
)
offered_on_shelf = Promise(
    name="offered_on_shelf",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state") | pgtrigger.Delete,
    declare=[("touched", "bigint := coalesce(new.product_id, old.product_id)")],
    func=f"""
    if tg_op = 'UPDATE' then
      if new.state = old.state then return null; end if;
    end if;
    {_OFFER}""",
)
