"""What PostgreSQL keeps of transfers between units, as triggers."""

import pgtrigger

from bekal.foundation.triggers import Promise

sends_what_is_its_own = Promise(
    name="sends_what_is_its_own",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if new.ended_at is not null then
      raise exception 'a transfer is on the way before it ends' using errcode = '23514';
    end if;
    if not exists (select from catalogue_product p join catalogue_seller s on s.id = p.seller_id
                   where p.id = new.product_id and s.unit_id = new.unit_id) then
      raise exception 'a unit sends what is its own' using errcode = '23514';
    end if;
    return new;
    """,
)

ends_once = Promise(
    name="ends_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.ended_at is not null or new.ended_at is null
       or (new.id, new.unit_id, new.to_unit_id, new.product_id, new.pieces, new.value, new.letter,
           new.recorded_at, new.recorded_by)
       is distinct from (old.id, old.unit_id, old.to_unit_id, old.product_id, old.pieces,
                         old.value, old.letter, old.recorded_at, old.recorded_by) then
      raise exception 'a transfer only ends, once' using errcode = '23514';
    end if;
    if new.material_id is not null and not exists (
      select from production_material m
      where m.id = new.material_id and m.unit_id = new.to_unit_id) then
      raise exception 'what arrives is material of the receiver' using errcode = '23514';
    end if;
    return new;
    """,
)

# The goods move in the transaction of the act, so that they are never at two units, nor at none
# without a transfer on the way.
moves_the_goods = Promise(
    name="moves_the_goods",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func="""
    if not exists (
      select from production_stockmove m
      where m.source = 'transfer:' || new.id and m.product_id = new.product_id
        and m.reason = 'moved' and m.pieces = -new.pieces)
    or new.outcome = 'arrived' and not exists (
      select from production_materialmove m
      where m.source = 'transfer:' || new.id and m.material_id = new.material_id
        and m.why = 'arrived' and m.quantity = new.quantity)
    or new.outcome = 'back' and new.came > 0 and not exists (
      select from production_stockmove m
      where m.source = 'transferback:' || new.id and m.product_id = new.product_id
        and m.reason = 'moved' and m.pieces = new.came)
    then
      raise exception 'the goods move with their transfer' using errcode = '23514';
    end if;
    return null;
    """,
)
