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

# The shared lock is the one that posting took; who closes the books holds it alone. What is closed
# is read by a statement of its own, which sees what was committed while the lock was waited for.
on_open_days = Promise(
    name="on_open_days",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func="""
    perform pg_advisory_xact_lock_shared(hashtext('ledger.books'), u.unit_id::int)
    from (select distinct unit_id from added order by unit_id) u;
    if exists (
      select from added l join ledger_entry e on e.id = l.entry_id
      where e.occurred_on <= (
        select c.through from ledger_closing c where c.unit_id = l.unit_id
        order by c.number desc limit 1))
    then
      raise exception 'the books of that day are closed' using errcode = '23514';
    end if;
    return null;
    """,
)

follows_the_last = Promise(
    name="follows_the_last",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("last", "ledger_closing%ROWTYPE")],
    func="""
    perform pg_advisory_xact_lock(hashtext('ledger.books'), new.unit_id::int);
    select * into last from ledger_closing
    where unit_id = new.unit_id order by number desc limit 1;
    if new.number <> coalesce(last.number, 0) + 1 or new.before is distinct from last.through then
      raise exception 'a closing follows the last one of its unit' using errcode = '23514';
    end if;
    new.last_entry := (select coalesce(max(id), 0) from ledger_entry);
    return new;
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
