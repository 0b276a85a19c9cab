"""What PostgreSQL keeps for stock and hours, as triggers; the models say where each stands.

A level is changed by the facts below it and by nothing else: `pg_trigger_depth()` is one where
somebody writes to the level itself, and more where the trigger of a fact does.
"""

import pgtrigger

from bekal.foundation.triggers import Promise

only_by_facts = Promise(
    name="only_by_facts",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
    if pg_trigger_depth() < 2 and (tg_op = 'INSERT'
       or (new.product_id, new.on_hand, new.held, new.since)
          is distinct from (old.product_id, old.on_hand, old.held, old.since)) then
      raise exception 'stock follows its moves and holds' using errcode = '23514';
    end if;
    return new;
    """,
)

# The first move of a product makes its level. A count tells from which day on sales move it.
moves_the_level = Promise(
    name="moves_the_level",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func="""
    insert into production_stock as s (product_id, on_hand, held, low_mark, since, told)
    select product_id, sum(pieces), 0, 3, min((moved_at at time zone 'Asia/Jakarta')::date), -1
    from added group by product_id order by product_id
    on conflict (product_id) do update set on_hand = s.on_hand + excluded.on_hand;
    if exists (select from added where reason = 'counted') then
      update production_stock s set since = greatest(s.since, c.day)
      from (select product_id, max((moved_at at time zone 'Asia/Jakarta')::date) as day
            from added where reason = 'counted' group by product_id) c
      where s.product_id = c.product_id;
    end if;
    return null;
    """,
)

holds_the_level = Promise(
    name="holds_the_level",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    declare=[("short", "boolean")],
    func="""
    with change as (
      select product_id, sum(pieces) as pieces from added where status = 'held' group by product_id
    ), put as (
      update production_stock s set held = s.held + c.pieces from change c
      where s.product_id = c.product_id returning s.held > s.on_hand as short
    )
    select coalesce(bool_or(put.short), false)
           or count(put.short) < (select count(*) from change) into short from put;
    if short then
      raise exception 'no more can be held than is there' using errcode = '23514';
    end if;
    return null;
    """,
)

moves_the_hold = Promise(
    name="moves_the_hold",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    referencing=pgtrigger.Referencing(old="removed", new="added"),
    declare=[("short", "boolean")],
    func="""
    with change as (
      select product_id, sum(pieces) as pieces from (
        select product_id, pieces from added where status = 'held'
        union all
        select product_id, -pieces from removed where status = 'held'
      ) both_ways group by product_id having sum(pieces) <> 0
    ), put as (
      update production_stock s set held = s.held + c.pieces from change c
      where s.product_id = c.product_id
      returning c.pieces > 0 and s.held > s.on_hand as short
    )
    select coalesce(bool_or(put.short), false) into short from put;
    if short then
      raise exception 'no more can be held than is there' using errcode = '23514';
    end if;
    return null;
    """,
)

hold_is_a_fact = Promise(
    name="hold_is_a_fact",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "((new.id, new.group_id, new.product_id, new.pieces)"
        " is distinct from (old.id, old.group_id, old.product_id, old.pieces)"
        " or (old.status <> new.status and (old.status = 'taken'"
        " or (old.status = 'released' and new.status = 'taken'))))"
    ),
    func="""
    raise exception 'a hold is kept, taken or let go, and what was taken stays taken'
      using errcode = '23514';
    """,
)

only_by_uses = Promise(
    name="only_by_uses",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
    if pg_trigger_depth() < 2 and new.taken <> coalesce(old.taken, 0) then
      raise exception 'hours are taken by uses' using errcode = '23514';
    end if;
    return new;
    """,
)

uses_the_hours = Promise(
    name="uses_the_hours",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func="""
    update production_capacityday d set taken = d.taken + u.minutes
    from (select slot_id, sum(minutes) as minutes from added
          where released_at is null group by slot_id) u
    where d.id = u.slot_id;
    return null;
    """,
)

frees_the_hours = Promise(
    name="frees_the_hours",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    referencing=pgtrigger.Referencing(old="removed", new="added"),
    func="""
    update production_capacityday d set taken = d.taken + u.minutes
    from (select slot_id, sum(minutes) as minutes from (
            select slot_id, minutes from added where released_at is null
            union all
            select slot_id, -minutes from removed where released_at is null
          ) both_ways group by slot_id having sum(minutes) <> 0) u
    where d.id = u.slot_id;
    return null;
    """,
)

only_released = Promise(
    name="only_released",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "old.released_at is not null"
        " or (new.id, new.group_id, new.product_id, new.slot_id, new.minutes)"
        " is distinct from (old.id, old.group_id, old.product_id, old.slot_id, old.minutes)"
    ),
    func="raise exception 'a use of hours can only be released' using errcode = '23514';",
)

only_ended = Promise(
    name="only_ended",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "old.ended_at is not null"
        " or (new.id, new.unit_id, new.sentence, new.until, new.paused_at)"
        " is distinct from (old.id, old.unit_id, old.sentence, old.until, old.paused_at)"
    ),
    func="raise exception 'a pause can only be ended' using errcode = '23514';",
)
