"""Posting money: the one door."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import Line

# Entries and lines in one statement. It writes nothing when an account is still missing, and no
# entry whose key was used; which of the two it was, its answer tells. An entry whose day is closed
# in one of its units counts on the first day that is open in all; the function (migration 0003)
# holds the books of these units open until the transaction ends.
_POST = """
with line as (
  select l.entry, a.id as account_id, l.unit_id, l.amount, l.place
  from unnest(%(entries)s::int[], %(units)s::bigint[], %(kinds)s::text[],
              %(counterparts)s::bigint[], %(makers)s::text[], %(amounts)s::bigint[])
       with ordinality as l (entry, unit_id, kind, counterpart_id, maker, amount, place)
  join ledger_account a on a.unit_id = l.unit_id and a.kind = l.kind
       and a.counterpart_id is not distinct from l.counterpart_id and a.maker = l.maker
), head as (
  select * from unnest(%(keys)s::uuid[], %(days)s::date[], %(memos)s::text[], %(sources)s::text[],
                       %(reversed)s::bigint[]) with ordinality
    as h (key, occurred_on, memo, source, reverses_id, entry)
), placed as (
  select head.*, ledger_first_open_day(
    array(select distinct unit_id from line where line.entry = head.entry order by unit_id),
    occurred_on) as open_on
  from head where (select count(*) from line) = %(count)s
), entry as (
  insert into ledger_entry
    (key, occurred_on, late_from, memo, source, reverses_id, posted_at, posted_by, xid)
  select key, open_on, nullif(occurred_on, open_on), memo, source, reverses_id, %(now)s, %(by)s, 0
  from placed
  order by placed.entry
  on conflict (key) do nothing
  returning id, key
), put as (
  insert into ledger_entryline (entry_id, account_id, unit_id, amount, xid)
  select entry.id, line.account_id, line.unit_id, line.amount, 0
  from entry join head using (key) join line on line.entry = head.entry
  order by line.place
)
select entry.id, (select count(*) from line) = %(count)s
from head left join entry using (key) order by head.entry
"""
_OPEN_ACCOUNTS = """
insert into ledger_account (unit_id, kind, counterpart_id, maker)
select distinct unit_id, kind, counterpart_id, maker
from unnest(%(units)s::bigint[], %(kinds)s::text[], %(counterparts)s::bigint[],
            %(makers)s::text[])
     as l (unit_id, kind, counterpart_id, maker)
on conflict do nothing
"""


@dataclass(frozen=True)
class NewEntry:
    """An entry to be posted; `reverses_id` is the one that it takes back, if it does.

    On a closed day it is posted on the first day that is open for all of its units.
    """

    lines: Sequence[Line]
    key: UUID
    occurred_on: dt.date
    memo: str
    source: str
    reverses_id: int | None = None


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
    are opened at their first use. What happened on a closed day is posted on the first open one and
    keeps its day as `late_from`. Raises AlreadyPosted when the key was used: nothing is posted.
    """
    entry = NewEntry(lines, key, occurred_on, memo, source, reverses_id)
    return post_entries(entries=[entry], by=by, now=now)[0]


@transaction.atomic(savepoint=False)
def post_entries(*, entries: Sequence[NewEntry], by: Actor, now: dt.datetime) -> list[int]:
    """Post several entries by one statement; their ids. All of them, or AlreadyPosted is raised."""
    placed = [(number, line) for number, e in enumerate(entries, start=1) for line in e.lines]
    values: dict[str, Any] = {
        "entries": [number for number, _ in placed],
        "units": [line.unit_id for _, line in placed],
        "kinds": [line.account.value for _, line in placed],
        "counterparts": [line.counterpart_id for _, line in placed],
        "makers": [line.maker for _, line in placed],
        "amounts": [line.amount for _, line in placed],
        "count": len(placed),
        "keys": [entry.key for entry in entries],
        "days": [entry.occurred_on for entry in entries],
        "memos": [entry.memo for entry in entries],
        "sources": [entry.source for entry in entries],
        "reversed": [entry.reverses_id for entry in entries],
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(_POST, values)
        posted = cursor.fetchall()
        if not posted[0][1]:
            cursor.execute(_OPEN_ACCOUNTS, values)
            cursor.execute(_POST, values)
            posted = cursor.fetchall()
    ids = [entry_id for entry_id, _ in posted]
    if None in ids:
        raise AlreadyPosted
    return ids
