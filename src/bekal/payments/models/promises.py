"""What PostgreSQL keeps for payments, as triggers; the models say on which table each stands."""

import pgtrigger

from bekal.foundation.triggers import Promise

# Levels follow from facts: a trigger of a fact changes them, and nobody else may. That trigger is
# one deep, what it causes here is two.
_BY_FACTS = "pg_trigger_depth() > 1"

level_follows_facts = Promise(
    name="follows_facts",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    if not {_BY_FACTS} or tg_op = 'DELETE' then
      raise exception '% follows from receipts and what became of them', tg_table_name
        using errcode = '23514';
    end if;
    return new;
    """,
)

opens_rest = Promise(
    name="opens_rest",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
    insert into payments_rest (receipt_id, unit_id, amount, left_over, expected)
    values (new.id, new.unit_id, new.amount, new.amount,
      coalesce((select extra from payments_request where id = new.request_id), 0));
    return null;
    """,
)

# What was asked never changes; it ends once, what is settled follows from applications, and what
# it asks less from credit notes.
only_closed_or_settled = Promise(
    name="only_closed_or_settled",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
    if to_jsonb(new) - array['settled', 'reduced', 'closed_as', 'closed_at', 'closed_by']
       <> to_jsonb(old) - array['settled', 'reduced', 'closed_as', 'closed_at', 'closed_by']
       or (old.closed_as <> '' and (new.closed_as, new.closed_at, new.closed_by)
           is distinct from (old.closed_as, old.closed_at, old.closed_by))
       or ((new.settled, new.reduced) <> (old.settled, old.reduced) and not {_BY_FACTS}) then
      raise exception 'what was asked is final' using errcode = '23514';
    end if;
    return new;
    """,
)

starts_unsettled = Promise(
    name="starts_unsettled",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if new.settled <> 0 or new.reduced <> 0 or new.closed_as <> '' then
      raise exception 'what is asked begins open' using errcode = '23514';
    end if;
    return new;
    """,
)

# The ask is locked before the rest, as everywhere.
moves_money = Promise(
    name="moves_money",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    declare=[("undone", "payments_application%ROWTYPE"), ("is_beyond", "boolean")],
    func="""
    if new.undoes_id is not null then
      select * into undone from payments_application where id = new.undoes_id;
      if (undone.receipt_id, undone.request_id, undone.amount, undone.undoes_id)
         is distinct from (new.receipt_id, new.request_id, -new.amount, null::uuid) then
        raise exception 'an application is undone whole' using errcode = '23514';
      end if;
    end if;
    update payments_request r set settled = settled + new.amount
    where r.id = new.request_id
      and r.unit_id = (select unit_id from payments_receipt where id = new.receipt_id)
    returning r.settled > r.amount - r.reduced into is_beyond;
    if not found then
      raise exception 'a receipt is applied in its own unit' using errcode = '23514';
    end if;
    if is_beyond and new.amount > 0 then
      raise exception 'an invoice takes no more than it asks for' using errcode = '23514';
    end if;
    update payments_rest set left_over = left_over - new.amount where receipt_id = new.receipt_id;
    if (select count(*) from payments_application a
        where a.receipt_id = new.receipt_id and a.request_id = new.request_id
          and a.undoes_id is null
          and not exists (select from payments_application u where u.undoes_id = a.id)) > 1 then
      raise exception 'a receipt is applied once' using errcode = '23514';
    end if;
    return null;
    """,
)

# A code asks for what it asks for: it is an invoice alone that can be corrected, while it waits.
asks_less = Promise(
    name="asks_less",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
    update payments_request set reduced = reduced + new.amount
    where id = new.request_id and method = 'invoice' and closed_as = ''
      and settled < amount - reduced;
    if not found then
      raise exception 'what is asked less is an invoice that waits' using errcode = '23514';
    end if;
    return null;
    """,
)

# At the end of the transaction, since what is beyond the rest is owed after the note is written.
owes_beyond = Promise(
    name="owes_beyond",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if exists (
      select from payments_request q where q.id = new.request_id
        and q.settled > q.amount - q.reduced
        and q.settled - q.amount + q.reduced <> coalesce((
          select sum(d.amount) from payments_debt d
          where d.subject = 'surplus:' || q.subject and d.unit_id = q.unit_id
            and d.receipt_id is null), 0)) then
      raise exception 'what came in beyond an invoice is owed back' using errcode = '23514';
    end if;
    return null;
    """,
)

takes_from_rest = Promise(
    name="takes_from_rest",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
    if new.receipt_id is not null then
      update payments_rest set left_over = left_over
        - case when new.source = 'advance' then new.surplus else new.amount end
      where receipt_id = new.receipt_id and unit_id = new.unit_id;
      if not found then
        raise exception 'a unit owes back what it received' using errcode = '23514';
      end if;
    end if;
    return null;
    """,
)

takes_back_whole = Promise(
    name="takes_back_whole",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
    update payments_rest set left_over = 0
    where receipt_id = new.receipt_id and left_over = amount
      and exists (select from payments_verdict where receipt_id = new.receipt_id);
    if not found then
      raise exception 'only money of a line that belongs to nothing is a mistake'
        using errcode = '23514';
    end if;
    return null;
    """,
)
