"""What PostgreSQL keeps for the books, as triggers; models.py says on which table each stands."""

import pgtrigger

from bekal.foundation.triggers import Promise

stamped = Promise(
    name="stamp",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="new.xid := pg_current_xact_id()::text::bigint; return new;",
)

has_lines = Promise(
    name="has_lines",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if not exists (select from ledger_entryline where entry_id = new.id) then
      raise exception 'entry % has no lines', new.id using errcode = '23514';
    end if;
    return null;
    """,
)

balanced = Promise(
    name="balanced",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func="""
    if exists (select from added group by entry_id, unit_id having sum(amount) <> 0)
    then
      raise exception 'the lines of each unit in an entry sum to zero'
        using errcode = '23514';
    end if;
    if exists (
      select from added l join ledger_account a on a.id = l.account_id
      where a.counterpart_id is not null
      group by l.entry_id, least(a.unit_id, a.counterpart_id),
               greatest(a.unit_id, a.counterpart_id)
      having sum(l.amount) <> 0)
    then
      raise exception 'what one unit owes another stands in the books of both'
        using errcode = '23514';
    end if;
    return null;
    """,
)

# Every condition is asked as "is it true?": a share with something missing is not whole.
shares_make_a_whole = Promise(
    name="shares_make_a_whole",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if (select bool_and(coalesce(
            form in ('percent', 'per_piece', 'rest')
            and account in ('premi_unallocated', 'pnbp_payable', 'capital', 'operating',
                            'partner_payable')
            and case form when 'rest' then value = 0 else value > 0 end, false))
          and coalesce(sum(value) filter (where form = 'percent'), 0) <= 10000
          and count(*) filter (where form = 'rest') =
              (coalesce(sum(value) filter (where form = 'percent'), 0) < 10000)::int
          and count(distinct account) = count(*)
        from jsonb_to_recordset(new.shares) as s(account text, form text, value bigint))
       is not true
    then
      raise exception 'the shares of a rule make one whole' using errcode = '23514';
    end if;
    return new;
    """,
)

only_closed = Promise(
    name="only_closed",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if not upper_inf(old.during) or lower(new.during) is distinct from lower(old.during)
       or to_jsonb(new) - 'during' <> to_jsonb(old) - 'during' then
      raise exception 'a rule is final; close it and adopt another'
        using errcode = '23514';
    end if;
    return new;
    """,
)

# Otherwise closing a rule would let another place's rule hold, from a day on, without a word.
closed_by_the_next = Promise(
    name="closed_by_the_next",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func="""
    if not upper_inf(new.during) and not exists (
      select from ledger_splitrule next
      where next.place_id = new.place_id and next.activity = new.activity
        and lower(next.during) = upper(new.during))
    then
      raise exception 'a rule ends on the day on which the next begins'
        using errcode = '23514';
    end if;
    return null;
    """,
)
