"""What PostgreSQL keeps of batches, as triggers; models/batches.py says where each stands.

The row of a unit in `BatchBook` gives each batch its number and lets a batch and the word that
nothing was made wait for each other.
"""

import pgtrigger

from bekal.foundation.triggers import Promise

only_by_batches = Promise(
    name="only_by_batches",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
    if pg_trigger_depth() < 2 and (tg_op = 'UPDATE' or new.last_number <> 0) then
      raise exception 'the book of batches follows them' using errcode = '23514';
    end if;
    return new;
    """,
)

takes_its_number = Promise(
    name="takes_its_number",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    insert into production_batchbook as b (unit_id, last_number) values (new.unit_id, 1)
    on conflict (unit_id) do update set last_number = b.last_number + 1
    returning last_number into new.number;
    new.xid := pg_current_xact_id()::text::bigint;
    if not exists (select from production_workshop w
                   where w.id = new.workshop_id and w.unit_id = new.unit_id)
       or not exists (select from catalogue_product p join catalogue_seller s on s.id = p.seller_id
                      where p.id = new.product_id and s.unit_id = new.unit_id) then
      raise exception 'workshop and product of a batch are its unit''s' using errcode = '23514';
    end if;
    if exists (select from production_noproduction n
               where n.unit_id = new.unit_id and n.day = new.made_on and n.withdrawn_at is null)
    then
      raise exception 'nothing was made on that day' using errcode = '23514';
    end if;
    return new;
    """,
)

has_shares = Promise(
    name="has_shares",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if not exists (select from production_batchshare where batch_id = new.id) then
      raise exception 'nobody worked on batch %', new.id using errcode = '23514';
    end if;
    return null;
    """,
)

# The maker is locked, so that two batches of a day do not both take the last minutes of it. What
# was taken back wholly took no time.
worked_there = Promise(
    name="worked_there",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("made", "record"), ("cap", "integer"), ("spent", "bigint")],
    func="""
    select b.unit_id, b.made_on, b.xid into made from production_batch b where b.id = new.batch_id;
    if made.xid is distinct from pg_current_xact_id()::text::bigint then
      raise exception 'shares are written with their batch' using errcode = '23514';
    end if;
    perform from people_maker m where m.code = new.maker_id for no key update;
    if not exists (select from people_stay s where s.maker_id = new.maker_id
                   and s.unit_id = made.unit_id and s.during @> made.made_on)
       or not exists (select from production_assignment a
                      join production_workshop w on w.id = a.workshop_id
                      where a.maker_id = new.maker_id and w.unit_id = made.unit_id
                      and a.during @> made.made_on) then
      raise exception 'who had no work in the unit has no share' using errcode = '23514';
    end if;
    select l.minutes_a_day into cap from production_worklimit l
    where l.unit_id = made.unit_id and l.valid_from <= made.made_on
    order by l.valid_from desc, l.id desc limit 1;
    select coalesce(sum(s.minutes), 0) into spent
    from production_batchshare s join production_batch b on b.id = s.batch_id
    where s.maker_id = new.maker_id and b.made_on = made.made_on
      and b.good + b.rejected + coalesce((
        select sum(c.good_change + c.rejected_change) from production_batchcorrection c
        where c.batch_id = b.id), 0) > 0;
    if cap is null or spent + new.minutes > cap then
      raise exception 'longer than the unit lets anybody work in a day' using errcode = '23514';
    end if;
    return new;
    """,
)

leaves_pieces = Promise(
    name="leaves_pieces",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("made", "record")],
    func="""
    perform from production_batch b where b.id = new.batch_id for no key update;
    select b.good + coalesce(sum(c.good_change), 0) as good,
           b.rejected + coalesce(sum(c.rejected_change), 0) as rejected
    into made
    from production_batch b left join production_batchcorrection c on c.batch_id = b.id
    where b.id = new.batch_id group by b.id;
    if made.good + made.rejected = 0 then
      raise exception 'a batch that was taken back stays so' using errcode = '23514';
    end if;
    if made.good + new.good_change < 0 or made.rejected + new.rejected_change < 0 then
      raise exception 'a batch has no less than nothing' using errcode = '23514';
    end if;
    return new;
    """,
)

nothing_was_made = Promise(
    name="nothing_was_made",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    insert into production_batchbook as b (unit_id, last_number) values (new.unit_id, 0)
    on conflict (unit_id) do update set last_number = b.last_number;
    if exists (
      select from production_batch b where b.unit_id = new.unit_id and b.made_on = new.day
        and b.good + b.rejected + coalesce((
          select sum(c.good_change + c.rejected_change) from production_batchcorrection c
          where c.batch_id = b.id), 0) > 0
    ) then
      raise exception 'something was made on that day' using errcode = '23514';
    end if;
    return new;
    """,
)

only_withdrawn = Promise(
    name="only_withdrawn",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.withdrawn_at is not null or new.withdrawn_at is null
       or (new.id, new.unit_id, new.day, new.recorded_at, new.recorded_by)
       is distinct from (old.id, old.unit_id, old.day, old.recorded_at, old.recorded_by) then
      raise exception 'the word that nothing was made is only withdrawn, once'
        using errcode = '23514';
    end if;
    return new;
    """,
)
