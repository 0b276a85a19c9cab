"""Sums of the lines by day, month and year, so that a report costs the same after ten years."""

import datetime as dt

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.ledger.actions.checkpoints import last_finished_line

_BEGIN = """
insert into ledger_summed (id, through_line, made_at) values (1, 0, %s) on conflict do nothing
"""
_SINCE = "select through_line from ledger_summed where id = 1 for update"
_ADD = """
with moved as (
  select l.unit_id, a.kind, left(split_part(e.source, ':', 1), 20) as cause, e.occurred_on as day,
    sum(l.amount) filter (where l.amount > 0) as debit,
    sum(-l.amount) filter (where l.amount < 0) as credit,
    count(*) as lines, min(l.id) as first_line, max(l.id) as last_line
  from ledger_entryline l
  join ledger_account a on a.id = l.account_id
  join ledger_entry e on e.id = l.entry_id
  where l.id > %(since)s and l.id <= %(through)s
  group by 1, 2, 3, 4
)
insert into ledger_spansum as kept
  (unit_id, span, begins, kind, cause, debit, credit, lines, first_line, last_line)
select unit_id, span, date_trunc(span, day)::date, kind, cause,
  coalesce(sum(debit), 0)::bigint, coalesce(sum(credit), 0)::bigint, sum(lines)::int,
  min(first_line), max(last_line)
from moved cross join (values ('day'), ('month'), ('year')) as spans (span)
group by unit_id, span, date_trunc(span, day), kind, cause
on conflict (unit_id, span, begins, kind, cause) do update set
  debit = kept.debit + excluded.debit, credit = kept.credit + excluded.credit,
  lines = kept.lines + excluded.lines,
  first_line = least(kept.first_line, excluded.first_line),
  last_line = greatest(kept.last_line, excluded.last_line)
"""
_NOTE = "update ledger_summed set through_line = %(through)s, made_at = %(now)s where id = 1"


def sum_lines(*, by: Actor, now: dt.datetime) -> int:
    """Add the lines since the last time to the sums; returns how many rows of sums changed.

    Runs beside posting, like `make_checkpoints`; two runs wait for each other. Reports add what
    came since by themselves. Call it outside any transaction.
    """
    through = last_finished_line()
    return 0 if through is None else _add(through=through, now=now)


@transaction.atomic
def rebuild_sums(*, by: Actor, now: dt.datetime) -> int:
    """Make the sums anew from all lines that were summed; returns how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [now])
        cursor.execute(_SINCE)
        (through,) = cursor.fetchone()
        cursor.execute("delete from ledger_spansum")
        cursor.execute("update ledger_summed set through_line = 0 where id = 1")
    return _add(through=through, now=now)


@transaction.atomic
def _add(*, through: int, now: dt.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [now])
        cursor.execute(_SINCE)
        (since,) = cursor.fetchone()
        if since >= through:
            return 0
        cursor.execute(_ADD, {"since": since, "through": through})
        changed: int = cursor.rowcount
        cursor.execute(_NOTE, {"through": through, "now": now})
    return changed
