"""Through which day books are closed, what came late, and whether nothing went inside."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Min, Sum

from bekal.foundation.clock import Period
from bekal.ledger.models import Closing, EntryLine
from bekal.ledger.queries.reports import turns
from bekal.ledger.rules import AccountKind, ClosingAct

# An entry was posted after a closing when its number is higher than the newest one then: whoever
# closes holds the books of the unit alone, and numbers are given to whoever holds them too.
_PROBLEMS = """
select 'jurnal ' || e.id || ': bertanggal ' || e.occurred_on || ' di unit ' || c.unit_id
  || ', yang bukunya sudah ditutup sampai ' || c.through
from ledger_closing c
join ledger_entry e on e.id > c.last_entry and e.occurred_on <= c.through
where exists (
    select from ledger_entryline l where l.entry_id = e.id and l.unit_id = c.unit_id)
  and not exists (
    select from ledger_closing n
    where n.unit_id = c.unit_id and n.number > c.number and n.last_entry < e.id)
union all
select 'tutup buku ' || c.id || ': tidak menyambung yang sebelumnya'
from ledger_closing c
left join ledger_closing p on p.unit_id = c.unit_id and p.number = c.number - 1
where c.before is distinct from p.through or (p.id is null and c.number <> 1)
order by 1
"""
_LAST = """
select distinct on (unit_id) unit_id, act, through, before, reason, prepared_at, prepared_by,
  decided_at, decided_by, id
from ledger_closing where unit_id = any(%s) order by unit_id, number desc
"""


@dataclass(frozen=True)
class Closed:
    """A closing or reopening: the last closed day from then on, and who decided it and why."""

    unit_id: int
    act: ClosingAct
    through: dt.date | None
    before: dt.date | None
    reason: str
    prepared_at: dt.datetime | None
    prepared_by: str
    decided_at: dt.datetime
    decided_by: str
    id: UUID


@dataclass(frozen=True)
class Late:
    """An entry that counts on a later day than it happened on, since the books were closed.

    `amount` is what moved, in rupiah: the sum of its debits in the unit.
    """

    id: int
    late_from: dt.date
    occurred_on: dt.date
    memo: str
    source: str
    amount: int
    posted_by: str


def closed_through(*, unit_id: int) -> dt.date | None:
    """The last closed day of a unit's books, or None."""
    rows = Closing.objects.filter(unit_id=unit_id).order_by("-number")
    return rows.values_list("through", flat=True).first()


def closings_of(*, unit_id: int) -> list[Closed]:
    """Every closing and reopening of a unit, the newest first."""
    rows = Closing.objects.filter(unit_id=unit_id).order_by("-number")
    return [
        Closed(
            row.unit_id,
            ClosingAct(row.act),
            row.through,
            row.before,
            row.reason,
            row.prepared_at,
            row.prepared_by,
            row.decided_at,
            row.decided_by,
            row.id,
        )
        for row in rows
    ]


def last_closings(*, unit_ids: Collection[int]) -> dict[int, Closed]:
    """The newest closing or reopening of each unit that has one; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(unit_ids)])
        rows = cursor.fetchall()
    return {row[0]: Closed(row[0], ClosingAct(row[1]), *row[2:]) for row in rows}


def late_entries(*, unit_id: int, period: Period) -> list[Late]:
    """What counts in a period and happened on days whose books were closed, the oldest first."""
    moved = EntryLine.objects.filter(
        unit_id=unit_id,
        amount__gt=0,
        entry__late_from__isnull=False,
        entry__occurred_on__range=(period.first, period.last),
    )
    rows = moved.values_list(
        "entry_id",
        "entry__late_from",
        "entry__occurred_on",
        "entry__memo",
        "entry__source",
        "entry__posted_by",
    )
    summed = rows.annotate(amount=Sum("amount")).order_by("entry__late_from", "entry_id")
    return [
        Late(pk, late_from, day, memo, source, int(amount), by)
        for pk, late_from, day, memo, source, by, amount in summed
    ]


def first_days(*, unit_ids: Collection[int]) -> dict[int, dt.date]:
    """The first day of the books of each unit that has any entry; one statement."""
    rows = EntryLine.objects.filter(unit_id__in=list(unit_ids)).order_by().values("unit_id")
    found = rows.annotate(first=Min("entry__occurred_on"))
    return dict(found.values_list("unit_id", "first"))


def balance_through(*, unit_id: int, account: AccountKind, day: dt.date) -> int:
    """What an account of a unit held at the end of a day, in rupiah, by the books of now."""
    found = turns(unit_ids=[unit_id], period=Period(day, day))
    return sum(turn.closing for turn in found if turn.kind is account)


def closing_problems() -> list[str]:
    """Entries inside closed days, and closings that do not follow one another, as sentences."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
