"""Entries and their lines as a book shows them; what they cost is what their days cost.

The sums of days (`SpanSum`) know between which lines those of a day lie.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Prefetch

from bekal.foundation.clock import Period
from bekal.ledger.models import Entry, EntryLine
from bekal.ledger.rules import AccountKind

_NEAR = """
with bound as (
  select min(first_line) as low, max(last_line) as high,
    coalesce((select through_line from ledger_summed where id = 1), 0) as through
  from ledger_spansum
  where unit_id = %(unit)s and span = 'day' and begins between %(first)s and %(last)s
    and kind = any(%(kinds)s)
), near as (
  select a.kind, a.maker, a.counterpart_id, l.id, l.entry_id, l.amount
  from bound b
  join ledger_account a on a.unit_id = %(unit)s and a.kind = any(%(kinds)s)
   and (%(maker)s = '' or a.maker = %(maker)s)
   and (%(counterpart)s::bigint is null or a.counterpart_id = %(counterpart)s)
  join ledger_entryline l on l.account_id = a.id and l.id between b.low and b.high
  union all
  select a.kind, a.maker, a.counterpart_id, l.id, l.entry_id, l.amount
  from bound b
  join ledger_account a on a.unit_id = %(unit)s and a.kind = any(%(kinds)s)
   and (%(maker)s = '' or a.maker = %(maker)s)
   and (%(counterpart)s::bigint is null or a.counterpart_id = %(counterpart)s)
  join ledger_entryline l on l.account_id = a.id and l.id > b.through
)
"""
_LINES = (
    _NEAR
    + """
select n.id, e.id, e.occurred_on, e.memo, e.source, e.posted_at, e.posted_by, n.kind, n.maker,
  n.counterpart_id, n.amount,
  sum(n.amount) over (order by e.occurred_on, n.id)::bigint, count(*) over ()
from near n join ledger_entry e on e.id = n.entry_id
where e.occurred_on between %(first)s and %(last)s
  and (%(cause)s = '' or split_part(e.source, ':', 1) = %(cause)s)
order by e.occurred_on, n.id limit %(limit)s offset %(offset)s
"""
)
_ENTRIES = (
    _NEAR
    + """
select e.id, count(*) over ()
from near n join ledger_entry e on e.id = n.entry_id
where e.occurred_on between %(first)s and %(last)s
group by e.id order by e.id limit %(limit)s offset %(offset)s
"""
)
EVERY = 10_000_000
"""So many lines that no file is cut off."""


@dataclass(frozen=True)
class Sought:
    """Which lines: of one unit, of some kinds of accounts, of the days of a period.

    `maker` and `counterpart_id` narrow to one account, `cause` to one word before the colon of the
    source; empty for all.
    """

    unit_id: int
    period: Period
    kinds: Collection[AccountKind] = field(default_factory=lambda: tuple(AccountKind))
    maker: str = ""
    counterpart_id: int | None = None
    cause: str = ""


@dataclass(frozen=True)
class BookLine:
    """A line of a book; `running` is the sum of the lines of the period up to it."""

    line_id: int
    entry_id: int
    occurred_on: dt.date
    memo: str
    source: str
    posted_at: dt.datetime
    posted_by: str
    kind: AccountKind
    maker: str
    counterpart_id: int | None
    amount: int
    running: int

    @property
    def debit(self) -> int:
        """Rupiah in, or nothing."""
        return max(self.amount, 0)

    @property
    def credit(self) -> int:
        """Rupiah out, or nothing."""
        return max(-self.amount, 0)


class BookLines(Sequence[BookLine]):
    """The lines that were sought in the order of their days, read page by page.

    For django's Paginator, which asks for a slice and then for the length: one statement for both.
    """

    def __init__(self, sought: Sought) -> None:
        """Nothing is read before it is asked for."""
        self._sought = sought
        self._length: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether lines of the account are left out, so that no balance can be told."""
        return bool(self._sought.cause)

    def __len__(self) -> int:
        if self._length is None:
            self._rows(limit=1, offset=0)
        return self._length or 0

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  one line or, for a slice, several
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        start = place.start or 0
        limit = EVERY if place.stop is None else place.stop - start
        return self._rows(limit=limit, offset=start)

    def _rows(self, *, limit: int, offset: int) -> list[BookLine]:
        rows = _asked(_LINES, self._sought, limit=limit, offset=offset)
        if rows or offset == 0:
            self._length = rows[0][-1] if rows else 0
        return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> BookLine:
    head, kind, rest = row[:7], AccountKind(row[7]), row[8:12]
    return BookLine(*(*head, kind, *rest))


def entries_of_days(*, sought: Sought, limit: int, offset: int) -> tuple[list[Entry], int]:
    """Some entries that have such lines, in the order of posting, with how many there are.

    Each entry has its lines of the unit in `lines`; three statements.
    """
    rows = _asked(_ENTRIES, sought, limit=limit, offset=offset)
    found = _with_lines(unit_id=sought.unit_id).filter(pk__in=[row[0] for row in rows])
    return list(found.order_by("pk")), rows[0][1] if rows else 0


def entry_of_unit(*, unit_id: int, entry_id: int) -> Entry | None:
    """An entry that has lines of a unit, with those lines; None when it has none."""
    found = _with_lines(unit_id=unit_id).filter(pk=entry_id, lines__unit_id=unit_id)
    entry: Entry | None = found.select_related("reverses").distinct().first()
    return entry


def entries_of_sources(*, sources: Collection[str]) -> list[Entry]:
    """The entries that some sources caused, in the order of posting, with all their lines."""
    lines = EntryLine.objects.select_related("account").order_by("pk")
    found = Entry.objects.filter(source__in=sources).prefetch_related(Prefetch("lines", lines))
    return list(found.order_by("pk"))


def entry_of_source(*, unit_id: int, source: str) -> int | None:
    """The first entry that a source caused in the books of a unit; None where it caused none."""
    found = Entry.objects.filter(source=source, lines__unit_id=unit_id).order_by("pk")
    return found.values_list("pk", flat=True).first()


def entries_beside(*, unit_id: int, entry: Entry) -> list[int]:
    """The other entries of the same source in the books of a unit."""
    found = Entry.objects.filter(source=entry.source, lines__unit_id=unit_id).exclude(pk=entry.pk)
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())


def _with_lines(*, unit_id: int) -> Any:  # noqa: ANN401  a queryset of entries
    lines = EntryLine.objects.filter(unit_id=unit_id).select_related("account").order_by("pk")
    return Entry.objects.prefetch_related(Prefetch("lines", lines))


def _asked(sql: str, sought: Sought, *, limit: int, offset: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "unit": sought.unit_id,
                "first": sought.period.first,
                "last": sought.period.last,
                "kinds": [kind.value for kind in sought.kinds],
                "maker": sought.maker,
                "counterpart": sought.counterpart_id,
                "cause": sought.cause,
                "limit": limit,
                "offset": offset,
            },
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
