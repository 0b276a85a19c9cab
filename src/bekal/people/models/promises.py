"""What PostgreSQL keeps of makers, as triggers; the models say where each stands.

All SQL here is put together of constants of `rules`.
"""

import pgtrigger

from bekal.foundation.triggers import Promise
from bekal.people.rules import MOVES, NO_MAKERS

_PAIRS = ", ".join(f"('{old}', '{new}')" for old, news in MOVES.items() for new in sorted(news))
_KINDS = ", ".join(f"'{kind}'" for kind in NO_MAKERS)

stays_itself = Promise(
    name="stays_itself",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.erased_at is not null then
      raise exception 'an erased maker stays erased' using errcode = '23514';
    end if;
    if (new.code, new.is_sample, new.entered_at, new.entered_by)
       is distinct from (old.code, old.is_sample, old.entered_at, old.entered_by)
       or (new.erased_at is null and new.sdp_digest is distinct from old.sdp_digest) then
      raise exception 'a maker stays who it is' using errcode = '23514';
    end if;
    if new.erased_at is not null and new.status <> 'released' then
      raise exception 'who is in custody is not erased' using errcode = '23514';
    end if;
    if pg_trigger_depth() < 2 and new.status <> old.status then
      raise exception 'the status follows its moves' using errcode = '23514';
    end if;
    return new;
    """,
)

moves_the_status = Promise(
    name="moves_the_status",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("here", "text")],
    func=f"""
    select status into here from people_maker where code = new.maker_id for update;
    if new.old = '' then
      if here <> new.new or exists (select from people_statusmove m where m.maker_id = new.maker_id)
    then
        raise exception 'a first move begins a record' using errcode = '23514';
      end if;
      return new;
    end if;
    if here <> new.old or (new.old, new.new) not in ({_PAIRS}) then
      raise exception 'no way from % to %', here, new.new using errcode = '23514';
    end if;
    update people_maker set status = new.new where code = new.maker_id;
    return new;
    """,  # noqa: S608
)

only_closed = Promise(
    name="only_closed",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if (new.id, new.maker_id, new.unit_id, new.begun_at, new.begun_by, lower(new.during))
       is distinct from
       (old.id, old.maker_id, old.unit_id, old.begun_at, old.begun_by, lower(old.during))
       or not upper_inf(old.during) or upper_inf(new.during) then
      raise exception 'a stay can only be ended, once' using errcode = '23514';
    end if;
    return new;
    """,
)

holds_adults = Promise(
    name="holds_adults",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
    if not exists (select from places_tenure t where t.place_id = new.unit_id
                   and t.during @> lower(new.during) and t.kind not in ({_KINDS})) then
      raise exception 'this unit has no makers' using errcode = '23514';
    end if;
    return new;
    """,
)

only_answered = Promise(
    name="only_answered",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.closed_at is not null or new.closed_at is null
       or (new.id, new.maker_id, new.from_unit_id, new.to_unit_id, new.left_on, new.reason,
           new.asked_at, new.asked_by)
       is distinct from
          (old.id, old.maker_id, old.from_unit_id, old.to_unit_id, old.left_on, old.reason,
           old.asked_at, old.asked_by) then
      raise exception 'a transfer is answered once' using errcode = '23514';
    end if;
    return new;
    """,
)

final = Promise(
    name="final",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="raise exception 'rows of % are final', tg_table_name using errcode = '23514';",
)

# What was known of a person goes when the person has gone, and not before.
kept_while_here = Promise(
    name="kept_while_here",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func="""
    if exists (select from people_maker m
               where m.code = old.maker_id and m.status <> 'released') then
      raise exception 'facts stay while their maker is here' using errcode = '23514';
    end if;
    return old;
    """,
)

only_withdrawn = Promise(
    name="only_withdrawn",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.withdrawn_at is not null or new.withdrawn_at is null
       or (new.id, new.maker_id, new.purpose, new.during, new.form_number, new.given_at,
           new.given_by)
       is distinct from
          (old.id, old.maker_id, old.purpose, old.during, old.form_number, old.given_at,
           old.given_by) then
      raise exception 'a consent can only be withdrawn, once' using errcode = '23514';
    end if;
    return new;
    """,
)

only_ended = Promise(
    name="only_ended",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if to_jsonb(new) - 'during' is distinct from to_jsonb(old) - 'during'
       or lower(new.during) is distinct from lower(old.during)
       or not upper_inf(old.during) or upper_inf(new.during) then
      raise exception 'a requirement can only be ended, once' using errcode = '23514';
    end if;
    return new;
    """,
)

only_decided = Promise(
    name="only_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.decided_at is not null
       or to_jsonb(new) - array['decided_at', 'decided_by', 'verdict', 'reason', 'requirement_id']
          <> to_jsonb(old)
             - array['decided_at', 'decided_by', 'verdict', 'reason', 'requirement_id']
    then
      raise exception 'a proposal is decided once, and nothing else of it changes'
        using errcode = '23514';
    end if;
    return new;
    """,
)

# The day is that of Jayapura, where it begins first.
never_backwards = Promise(
    name="never_backwards",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
    if new.first_day < (new.proposed_at at time zone 'Asia/Jayapura')::date
       or (new.verdict = 'approved'
           and new.first_day < (new.decided_at at time zone 'Asia/Jayapura')::date) then
      raise exception 'a requirement never holds backwards' using errcode = '23514';
    end if;
    return new;
    """,
)
