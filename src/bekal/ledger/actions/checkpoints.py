"""Balances by checkpoint and delta, so that their cost does not grow with history."""

import datetime as dt

from django.db import connection, transaction

from bekal.foundation.actors import Actor

# The lock waits for every transaction that is inserting lines, and lasts only for this reading:
# all lines up to the id are then committed, and every later one gets a higher id. Sales queue up
# behind it, so it gives up (OperationalError) rather than wait for a transaction that got stuck.
_PATIENCE = "set local lock_timeout = '2s'"
_LAST_FINISHED_LINE = "select max(id) from ledger_entryline"
_MAKE = """
insert into ledger_checkpoint (account_id, through_line, balance, made_at)
select a.id, %(through)s, coalesce(last.balance, 0) + delta.amount, %(now)s
from ledger_account a
left join lateral (
  select through_line, balance from ledger_checkpoint c
  where c.account_id = a.id order by through_line desc limit 1
) last on true
join lateral (
  select sum(amount) as amount from ledger_entryline l
  where l.account_id = a.id and l.id > coalesce(last.through_line, 0) and l.id <= %(through)s
) delta on delta.amount is not null
on conflict do nothing
"""


def last_finished_line() -> int | None:
    """The newest line before which none is still to come; None while there is no line.

    Call it outside any transaction. Raises OperationalError when a transaction holds the lines for
    seconds.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        cursor.execute("lock table ledger_entryline in share row exclusive mode")
        cursor.execute(_LAST_FINISHED_LINE)
        found: int | None = cursor.fetchone()[0]
    return found


def make_checkpoints(*, by: Actor, now: dt.datetime) -> int:
    """Write a checkpoint for each account that moved since its last; returns how many.

    Runs beside posting: entries wait only for the reading of one number. Call it outside any
    transaction. Raises OperationalError when a transaction holds the lines for seconds.
    """
    through = last_finished_line()
    if through is None:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MAKE, {"through": through, "now": now})
        made: int = cursor.rowcount
    return made
