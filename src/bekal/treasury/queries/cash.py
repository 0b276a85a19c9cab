"""A unit's cash: by the books, as it was counted, and whether both tie."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.clock import Period
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.treasury.models import CashCount
from bekal.treasury.rules.cash import DENOMINATIONS, Flows

PAGE_SIZE = 31
_A_DAY = dt.timedelta(days=1)
_COUNTED = "cash"
"""The cause of what a count posts: its source is "cash:" and the count."""
# Days that were summed are asked of the sums; only the lines since then are read themselves.
DAY_TO_COUNT = """
with counted as (
  select coalesce((select day from treasury_cashcount where unit_id = %(unit)s
                   order by number desc limit 1), '-infinity') as day,
    coalesce((select through_line from ledger_summed where id = 1), 0) as through
)
select greatest(
  (select s.begins from ledger_spansum s
   where s.unit_id = %(unit)s and s.span = 'day' and s.kind = 'cash'
     and s.begins <= %(day)s and s.begins > c.day
   order by s.begins desc limit 1),
  (select max(e.occurred_on)
   from ledger_account a
   join ledger_entryline l on l.account_id = a.id and l.id > c.through
   join ledger_entry e on e.id = l.entry_id
   where a.unit_id = %(unit)s and a.kind = 'cash'
     and e.occurred_on <= %(day)s and e.occurred_on > c.day))
from counted c
"""


@dataclass(frozen=True)
class CashDay:
    """A count as pages show it; `is_last`: it can still be put right by another."""

    id: UUID
    day: dt.date
    flows: Flows
    counted: int
    difference: int
    reason: str
    pieces: list[tuple[str, int, int, int]]
    counted_at: dt.datetime
    counted_by: str
    replaces: UUID | None
    is_replaced: bool
    is_last: bool


def last_count(*, unit_id: int) -> CashCount | None:
    """The newest count of a unit's cash."""
    return CashCount.objects.filter(unit_id=unit_id).order_by("-number").first()


def flows_on(*, unit_id: int, day: dt.date) -> Flows:
    """What the books say of a unit's cash until the end of a day, since the last count before it.

    Three statements, and no more work after years than after a day: the books keep sums.
    """
    earlier = CashCount.objects.filter(unit_id=unit_id, day__lt=day).order_by("-number").first()
    first = earlier.day + _A_DAY if earlier else day
    turns = [
        turn
        for turn in ledger.turns(unit_ids=[unit_id], period=Period(first, day))
        if turn.kind is AccountKind.CASH
    ]
    # What counts posted themselves is no money that came or went.
    moved = [turn for turn in turns if turn.cause != _COUNTED]
    money_in, money_out = sum(turn.debit for turn in moved), sum(turn.credit for turn in moved)
    opening = earlier.counted if earlier else sum(turn.opening for turn in turns)
    held = sum(turn.closing for turn in turns)
    return Flows(opening, held - opening - money_in + money_out, money_in, money_out)


def to_count(*, unit_id: int, day: dt.date) -> dt.date | None:
    """The last day up to `day` on which a unit's cash moved and that nobody has counted since.

    One statement, and no more work after years than after a day: the books keep sums.
    """
    with connection.cursor() as cursor:
        cursor.execute(DAY_TO_COUNT, {"unit": unit_id, "day": day})
        found: dt.date | None = cursor.fetchone()[0]
    return found


def counts_of(*, unit_id: int, page: int) -> Page[CashDay]:
    """One page of a unit's counts, the newest first; a page beyond the last is the last one."""
    shown: Page[Any] = Paginator(_rows(unit_id), PAGE_SIZE).get_page(page)
    shown.object_list = [_shown(row) for row in shown.object_list]
    return shown


def every_count(*, unit_id: int) -> Iterator[CashDay]:
    """All counts of a unit, the newest first, for a file."""
    return (_shown(row) for row in _rows(unit_id))


def one_count(*, unit_id: int, count_id: UUID) -> CashDay | None:
    """One count of a unit."""
    row = _rows(unit_id).filter(pk=count_id).first()
    if row is None:
        return None
    return _shown(row, last=last_count(unit_id=unit_id))


def _rows(unit_id: int) -> "QuerySet[CashCount]":
    rows = CashCount.objects.filter(unit_id=unit_id).select_related("replaced_by")
    return rows.order_by("-number")


def _shown(row: CashCount, *, last: CashCount | None = None) -> CashDay:
    found = [(one, int(row.pieces.get(one.code, 0))) for one in DENOMINATIONS]
    return CashDay(
        id=row.pk,
        day=row.day,
        flows=Flows(row.opening, row.adjusted, row.money_in, row.money_out),
        counted=row.counted,
        difference=row.difference,
        reason=row.reason,
        pieces=[(one.word, one.value, many, one.value * many) for one, many in found if many],
        counted_at=row.counted_at,
        counted_by=row.counted_by,
        replaces=row.replaces_id,
        is_replaced=hasattr(row, "replaced_by"),
        is_last=last is not None and last.pk == row.pk,
    )
