"""Holding an account still: lock, then look, then post."""

import datetime as dt

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.ledger.rules import AccountKind

# The books first, as in every posting: who closes them then waits for both, and nobody in a ring.
_BOOKS = "select pg_advisory_xact_lock_shared(hashtext('ledger.books'), %s)"
_OPEN = """
insert into ledger_account (unit_id, kind, counterpart_id, maker) values (%s, %s, null, %s)
on conflict do nothing
"""
_HOLD = """
select id from ledger_account where unit_id = %s and kind = %s and counterpart_id is null
  and maker = %s for update
"""
# Read by a statement of its own, which sees what was posted while the account was waited for.
_HELD = """
select coalesce(c.balance, 0) + coalesce((
  select sum(amount) from ledger_entryline
  where account_id = %s and id > coalesce(c.through_line, 0)), 0)
from (select) one left join lateral (
  select balance, through_line from ledger_checkpoint
  where account_id = %s order by through_line desc limit 1) c on true
"""


@transaction.atomic(savepoint=False)  # it joins the transaction that will post
def hold_account(
    *, unit_id: int, account: AccountKind, maker: str = "", by: Actor, now: dt.datetime
) -> int:
    """What an account of a unit holds (debit positive), with nobody else posting to it meanwhile.

    Until the transaction ends, every posting to this account waits: so call it late, and post soon.
    For accounts that are not kept by other unit; one that is kept by maker is named by its code.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BOOKS, [unit_id])
        cursor.execute(_OPEN, [unit_id, account.value, maker])
        cursor.execute(_HOLD, [unit_id, account.value, maker])
        (account_id,) = cursor.fetchone()
        cursor.execute(_HELD, [account_id, account_id])
        return int(cursor.fetchone()[0])
