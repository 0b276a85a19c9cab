"""Let the search of products follow the names of units.

The trigger on the tenures of places is made here and not beside their model: places lies below
and knows nothing of products.
"""

from django.db import migrations

FOLLOW = """
create function catalogue_search_follows_tenure() returns trigger as $$
begin
  update catalogue_product p set name = p.name
    from catalogue_seller s
   where s.id = p.seller_id
     and (s.unit_id = new.place_id or s.unit_id in (
       select t.place_id from places_tenure t where t.parent_id = new.place_id));
  return null;
end;
$$ language plpgsql;

create trigger catalogue_search_follows_tenure
after insert or update of name, parent_id, during on places_tenure
for each row execute function catalogue_search_follows_tenure();
"""
UNFOLLOW = """
drop trigger catalogue_search_follows_tenure on places_tenure;
drop function catalogue_search_follows_tenure();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("places", "0001_initial")]
    operations = [migrations.RunSQL(FOLLOW, UNFOLLOW)]
