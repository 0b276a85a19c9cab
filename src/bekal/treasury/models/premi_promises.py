"""What PostgreSQL keeps of premi, as triggers; the models say where each stands."""

import pgtrigger

from bekal.foundation.triggers import Promise

shared_in_full = Promise(
    name="shared_in_full",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    declare=[("parts", "record"), ("earned", "bigint")],
    func="""
    select coalesce(sum(pieces), 0) as pieces, coalesce(sum(amount), 0) as amount,
           coalesce(sum(amount - repaid + borne), 0) as earned
    into parts from treasury_allocatedpart where line_id = new.id;
    select coalesce(sum(amount), 0) into earned from treasury_premiearning where line_id = new.id;
    if parts.pieces <> new.pieces or parts.amount <> new.amount or parts.earned <> earned then
      raise exception 'what is divided of % is not what there is of it', new.source
        using errcode = '23514';
    end if;
    return null;
    """,
)

only_taken_by_a_run = Promise(
    name="only_taken_by_a_run",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if to_jsonb(new) - 'run_id' is distinct from to_jsonb(old) - 'run_id'
       or (old.run_id is not null and new.run_id is not null and new.run_id <> old.run_id) then
      raise exception 'premi that was earned is final' using errcode = '23514';
    end if;
    if new.run_id is not null and not exists (
      select from treasury_premirun r where r.id = new.run_id and r.unit_id = new.unit_id
      and r.approved_at is null and r.cancelled_at is null) then
      raise exception 'premi is taken by a run that is being prepared' using errcode = '23514';
    end if;
    if new.run_id is null and old.run_id is not null and not exists (
      select from treasury_premirun r where r.id = old.run_id and r.cancelled_at is not null) then
      raise exception 'only a cancelled run lets go of premi' using errcode = '23514';
    end if;
    return new;
    """,
)

only_shortened = Promise(
    name="only_shortened",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.ended_at is not null or new.ended_at is null
       or to_jsonb(new) - '{during,ended_at,ended_by}'::text[]
          is distinct from to_jsonb(old) - '{during,ended_at,ended_by}'::text[]
       or not (old.during @> new.during) or lower(new.during) <> lower(old.during) then
      raise exception 'an agreement can only be ended, once' using errcode = '23514';
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
       or to_jsonb(new) - '{withdrawn_at,withdrawn_by}'::text[]
          is distinct from to_jsonb(old) - '{withdrawn_at,withdrawn_by}'::text[] then
      raise exception 'columns of payment files can only be withdrawn, once'
        using errcode = '23514';
    end if;
    return new;
    """,
)

only_forwards = Promise(
    name="only_forwards",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if to_jsonb(new) - '{approved_at,approved_by,paid_at,paid_by,paid_from,paid_on,cancelled_at,
                         cancelled_by,cancel_reason}'::text[]
       is distinct from
       to_jsonb(old) - '{approved_at,approved_by,paid_at,paid_by,paid_from,paid_on,cancelled_at,
                         cancelled_by,cancel_reason}'::text[]
       or old.paid_at is not null or old.cancelled_at is not null
       or (old.approved_at is not null and (new.approved_at, new.approved_by)
           is distinct from (old.approved_at, old.approved_by))
       or (old.approved_at is null and new.paid_at is not null) then
      raise exception 'a run of premi only goes forwards' using errcode = '23514';
    end if;
    return new;
    """,
)

is_in_the_books = Promise(
    name="is_in_the_books",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func="""
    if new.paid_at is not null
       and not exists (select from ledger_entry e where e.key = new.id) then
      raise exception 'a run that is paid stands in the books' using errcode = '23514';
    end if;
    return null;
    """,
)

pays_what_was_earned = Promise(
    name="pays_what_was_earned",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if exists (select from treasury_premirun r
               where r.id = new.run_id and r.cancelled_at is null)
       and new.earned <> (select coalesce(sum(e.amount), 0) from treasury_premiearning e
                          where e.run_id = new.run_id and e.maker_id = new.maker_id) then
      raise exception 'a run pays what was earned' using errcode = '23514';
    end if;
    return null;
    """,
)

begins_with_its_run = Promise(
    name="begins_with_its_run",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if not exists (select from treasury_premirun r where r.id = new.run_id
                   and coalesce(r.maker_id, new.maker_id) = new.maker_id
                   and r.approved_at is null and r.cancelled_at is null) then
      raise exception 'the lines of a run come while it is prepared' using errcode = '23514';
    end if;
    return new;
    """,
)

saved_money_is_in_the_books = Promise(
    name="saved_money_is_in_the_books",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if not exists (select from ledger_entry e where e.key = new.id) then
      raise exception 'savings that are paid stand in the books' using errcode = '23514';
    end if;
    return null;
    """,
)
