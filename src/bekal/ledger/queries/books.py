"""What an account holds and how it came to, and whether the books are whole."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet, Sum

from bekal.ledger import models
from bekal.ledger.queries.held import HELD
from bekal.ledger.rules import AccountKind

PAGE_SIZE = 30
_BALANCES = " ".join(
    (
        "select a.kind, a.counterpart_id, coalesce(c.balance, 0) + coalesce(d.amount, 0), a.id,",
        "a.maker from ledger_account a",
        HELD,
        "where a.unit_id = %s order by a.id",
    )
)
_PROBLEMS = """
select 'jurnal ' || entry_id || ': baris unit ' || unit_id || ' tidak berjumlah nol'
from ledger_entryline group by entry_id, unit_id having sum(amount) <> 0
union all
select 'jurnal ' || e.id || ': tanpa baris'
from ledger_entry e where not exists (select from ledger_entryline where entry_id = e.id)
union all
select 'jurnal ' || l.entry_id || ': titipan antarunit tidak sama di kedua buku'
from ledger_entryline l join ledger_account a on a.id = l.account_id
where a.counterpart_id is not null
group by l.entry_id, least(a.unit_id, a.counterpart_id), greatest(a.unit_id, a.counterpart_id)
having sum(l.amount) <> 0
union all
select 'akun ' || c.account_id || ': saldo acuan ' || c.balance || ', jumlah baris ' || s.amount
from ledger_checkpoint c
cross join lateral (
  select coalesce(sum(amount), 0) as amount from ledger_entryline
  where account_id = c.account_id and id <= c.through_line
) s
where c.balance <> s.amount
order by 1
"""


@dataclass(frozen=True)
class Balance:
    """What an account holds, in rupiah.

    `counterpart_id` is the other unit of a settlement, `maker` the maker of premi.
    """

    account: AccountKind
    counterpart_id: int | None
    amount: int
    id: int
    maker: str = ""


@dataclass(frozen=True)
class Movement:
    """One line of an account: rupiah in (positive) or out, and what the account held after it.

    `late_from` is the day on which it happened, where the books of that day were closed.
    """

    occurred_on: dt.date
    memo: str
    source: str
    posted_at: dt.datetime
    posted_by: str
    amount: int
    balance: int
    late_from: dt.date | None = None


def balances_of(*, unit_id: int) -> list[Balance]:
    """What each account of a unit holds: last checkpoint plus the lines since."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, [unit_id])
        return [
            Balance(AccountKind(row[0]), row[1], int(row[2]), row[3], row[4])
            for row in cursor.fetchall()
        ]


def movements(*, account_id: int, page: int) -> Page[Movement]:
    """One page of what moved an account, newest first; a page beyond the last is the last one.

    Three statements. What each line left behind is counted back from the sum of all lines up to
    the first one shown: posted lines are final, so that no sale in between can falsify it.
    """
    lines = _lines(account_id)
    shown: Page[Any] = Paginator(lines, PAGE_SIZE).get_page(page)
    rows = list(shown.object_list)
    if rows:
        through = lines.filter(pk__lte=rows[0][0]).aggregate(held=Sum("amount"))["held"]
        shown.object_list = list(_counted_back(rows, held=int(through)))
    return shown


def every_movement(*, account_id: int) -> Iterator[Movement]:
    """All that ever moved an account, newest first, for a file."""
    rows = list(_lines(account_id))
    return _counted_back(rows, held=sum(row[-1] for row in rows))


def _lines(account_id: int) -> "QuerySet[models.EntryLine, tuple[Any, ...]]":
    return (
        models.EntryLine.objects.filter(account_id=account_id)
        .order_by("-id")
        .values_list(
            "id",
            "entry__occurred_on",
            "entry__memo",
            "entry__source",
            "entry__posted_at",
            "entry__posted_by",
            "entry__late_from",
            "amount",
        )
    )


def _counted_back(rows: Iterable[tuple[Any, ...]], *, held: int) -> Iterator[Movement]:
    for row in rows:
        day, memo, source, posted_at, posted_by, late_from, amount = row[1:]
        yield Movement(day, memo, source, posted_at, posted_by, amount, held, late_from)
        held -= amount


def has_account(
    *, unit_id: int, kind: AccountKind, maker: str = "", counterpart_id: int | None = None
) -> bool:
    """Whether a unit has opened an account: of a maker, or with another unit, where it is one."""
    wanted = {"unit_id": unit_id, "kind": kind, "maker": maker, "counterpart_id": counterpart_id}
    return models.Account.objects.filter(**wanted).exists()


def entry_with_key(*, key: UUID) -> int:
    """The id of the entry that was posted under a key."""
    return models.Entry.objects.values_list("pk", flat=True).get(key=key)


def lines_of(*, source: str) -> QuerySet[models.EntryLine]:
    """The lines of every entry that a source caused, in the order of posting."""
    return (
        models.EntryLine.objects.filter(entry__source=source)
        .select_related("entry", "account")
        .order_by("id")
    )


def ledger_problems() -> list[str]:
    """What is wrong with the books, as sentences; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
