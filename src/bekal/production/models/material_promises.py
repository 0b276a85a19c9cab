"""What PostgreSQL keeps for materials and purchases, as triggers."""

import pgtrigger

from bekal.foundation.triggers import Promise

only_by_moves = Promise(
    name="only_by_moves",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
    if pg_trigger_depth() < 2 then
      raise exception 'the level of a material follows its moves' using errcode = '23514';
    end if;
    return new;
    """,
)

# What came, or came back at what it went out at, makes the average anew; what was wrongly bought
# takes its part of it away again.
moves_the_material = Promise(
    name="moves_the_material",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func="""
    insert into production_materiallevel as l
      (material_id, quantity, value, rate_value, rate_quantity)
    select material_id, 0, 0, 0, 0 from added group by material_id order by material_id
    on conflict (material_id) do nothing;
    update production_materiallevel l set
      quantity = l.quantity + m.quantity,
      value = l.value + m.value,
      rate_value = case when m.priced and l.quantity + m.quantity > 0 then l.value + m.value
                        when m.undone then 0 else l.rate_value end,
      rate_quantity = case when m.priced and l.quantity + m.quantity > 0
                           then l.quantity + m.quantity
                           when m.undone then 0 else l.rate_quantity end
    from (select material_id, sum(quantity) as quantity, sum(value) as value,
            bool_or(why in ('bought', 'given', 'returned', 'arrived', 'undone')) as priced,
            bool_or(why = 'undone') as undone
          from added group by material_id) m
    where l.material_id = m.material_id;
    return null;
    """,
)

purchase_stamp = Promise(
    name="stamp",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="new.xid := pg_current_xact_id()::text::bigint; return new;",
)

sums_its_lines = Promise(
    name="sums_its_lines",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if (select coalesce(sum(amount), -1) from production_purchaseline
        where purchase_id = new.id) <> new.total then
      raise exception 'the lines of a purchase sum to its total' using errcode = '23514';
    end if;
    return null;
    """,
)

with_its_purchase = Promise(
    name="with_its_purchase",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if not exists (
      select from production_purchase p join production_material m on m.id = new.material_id
      where p.id = new.purchase_id and p.unit_id = m.unit_id
        and p.xid = pg_current_xact_id()::text::bigint)
    then
      raise exception 'a line is written with its purchase, of a material of its unit'
        using errcode = '23514';
    end if;
    return new;
    """,
)

never_below_nothing = Promise(
    name="never_below_nothing",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_batch where id = new.batch_id for no key update;
    if new.quantity + coalesce((
      select sum(quantity) from production_materialuse
      where batch_id = new.batch_id and material_id = new.material_id), 0) < 0 then
      raise exception 'no more comes back of a material than a batch used'
        using errcode = '23514';
    end if;
    return new;
    """,
)
