"""Posting money: the one door."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import Line

# Entry and lines in one statement. It writes nothing when an account is still missing, or when
# the key was used; which of the two it was, its answer tells.
_POST = """
with line as (
  select a.id as account_id, l.unit_id, l.amount, l.place
  from unnest(%(units)s::bigint[], %(kinds)s::text[], %(counterparts)s::bigint[],
              %(amounts)s::bigint[]) with ordinality
       as l (unit_id, kind, counterpart_id, amount, place)
  join ledger_account a on a.unit_id = l.unit_id and a.kind = l.kind
       and a.counterpart_id is not distinct from l.counterpart_id
), entry as (
  insert into ledger_entry
    (key, occurred_on, memo, source, reverses_id, posted_at, posted_by, xid)
  select %(key)s, %(occurred_on)s, %(memo)s, %(source)s, %(reverses)s, %(now)s, %(by)s, 0
  where (select count(*) from line) = %(count)s
  on conflict (key) do nothing
  returning id
), put as (
  insert into ledger_entryline (entry_id, account_id, unit_id, amount, xid)
  select entry.id, line.account_id, line.unit_id, line.amount, 0 from entry, line
  order by line.place
)
select (select id from entry), (select count(*) from line) = %(count)s
"""
_OPEN_ACCOUNTS = """
insert into ledger_account (unit_id, kind, counterpart_id)
select distinct unit_id, kind, counterpart_id
from unnest(%(units)s::bigint[], %(kinds)s::text[], %(counterparts)s::bigint[])
     as l (unit_id, kind, counterpart_id)
on conflict do nothing
"""


class AlreadyPosted(Refused):
    """The key has an entry; it is left as it is."""

    def __init__(self) -> None:
        """Say it in the person's words."""
        super().__init__("Transaksi ini sudah dibukukan.")


@transaction.atomic(savepoint=False)  # it joins the transaction of what it books
def post_entry(
    *,
    lines: Sequence[Line],
    key: UUID,
    occurred_on: dt.date,
    memo: str,
    source: str,
    by: Actor,
    now: dt.datetime,
    reverses_id: int | None = None,
) -> int:
    """Post one entry and return its id; money moves by this door alone.

    The lines of each unit must sum to zero (PostgreSQL refuses else, as IntegrityError). Accounts
    are opened at their first use. Raises AlreadyPosted when the key was used: nothing is posted.
    """
    values: dict[str, Any] = {
        "units": [line.unit_id for line in lines],
        "kinds": [line.account.value for line in lines],
        "counterparts": [line.counterpart_id for line in lines],
        "amounts": [line.amount for line in lines],
        "count": len(lines),
        "key": key,
        "occurred_on": occurred_on,
        "memo": memo,
        "source": source,
        "reverses": reverses_id,
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(_POST, values)
        entry_id, accounts_exist = cursor.fetchone()
        if not accounts_exist:
            cursor.execute(_OPEN_ACCOUNTS, values)
            cursor.execute(_POST, values)
            entry_id, _ = cursor.fetchone()
    if entry_id is None:
        raise AlreadyPosted
    posted: int = entry_id
    return posted
