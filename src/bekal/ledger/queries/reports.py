"""What a unit's accounts held and what moved them in a period, whatever lies before it.

Sums come from `SpanSum` (days, months, years through one line) plus the lines since, so that a
report costs what its period costs. Amounts are rupiah, debit positive.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.foundation.clock import Period
from bekal.ledger.models import Summed
from bekal.ledger.queries.held import HELD
from bekal.ledger.rules import AccountKind, spans_before, spans_between

# Spans that lie before the period, then those within it; then the lines that no sum has yet.
_TURNS = """
with asked as (
  select * from unnest(%(spans)s::text[], %(lows)s::date[], %(highs)s::date[],
                       %(before)s::boolean[]) as r (span, low, high, is_before)
), folded as (
  select s.unit_id, s.kind, s.cause,
    sum(s.debit - s.credit) filter (where r.is_before) as opening,
    sum(s.debit) filter (where not r.is_before) as debit,
    sum(s.credit) filter (where not r.is_before) as credit
  from unnest(%(units)s::bigint[]) as u (id) cross join asked r
  join ledger_spansum s on s.unit_id = u.id and s.span = r.span
   and s.begins >= r.low and s.begins < r.high
  group by s.unit_id, s.kind, s.cause
), late as (
  select l.unit_id, a.kind, left(split_part(e.source, ':', 1), 20) as cause,
    sum(l.amount) filter (where e.occurred_on < %(first)s) as opening,
    sum(l.amount) filter (where e.occurred_on >= %(first)s and l.amount > 0) as debit,
    sum(-l.amount) filter (where e.occurred_on >= %(first)s and l.amount < 0) as credit
  from ledger_entryline l
  join ledger_account a on a.id = l.account_id
  join ledger_entry e on e.id = l.entry_id
  where l.id > %(through)s and l.unit_id = any(%(units)s) and e.occurred_on <= %(last)s
  group by l.unit_id, a.kind, 3
)
select unit_id, kind, cause, coalesce(sum(opening), 0)::bigint, coalesce(sum(debit), 0)::bigint,
  coalesce(sum(credit), 0)::bigint,
  coalesce((select through_line from ledger_summed where id = 1), 0)
from (table folded union all table late) both_of
group by unit_id, kind, cause
order by unit_id, kind, cause
"""
# The accounts of premi and of settlements are as many as makers and units, and have no sums of
# their own. What each holds now comes from its checkpoint; only its lines since the period began
# are read, the first of which the sums of its kind know.
_OPENED = """
with bound as (
  select coalesce(
    (select min(s.first_line) from ledger_spansum s
     where s.unit_id = %(unit)s and s.span = 'day' and s.kind = %(kind)s
       and s.begins >= %(first)s),
    (select through_line from ledger_summed where id = 1) + 1, 0) as low
)
select * from (
  select a.id, a.maker, a.counterpart_id,
    (coalesce(c.balance, 0) + coalesce(d.amount, 0) - coalesce(s.since, 0))::bigint as opening,
    coalesce(s.debit, 0)::bigint as debit, coalesce(s.credit, 0)::bigint as credit
  from ledger_account a cross join bound b
"""
_SINCE = """
  left join lateral (
    select sum(l.amount) as since,
      sum(l.amount) filter (where e.occurred_on <= %(last)s and l.amount > 0) as debit,
      sum(-l.amount) filter (where e.occurred_on <= %(last)s and l.amount < 0) as credit
    from ledger_entryline l join ledger_entry e on e.id = l.entry_id
    where l.account_id = a.id and l.id >= b.low and e.occurred_on >= %(first)s
  ) s on true
  where a.unit_id = %(unit)s and a.kind = %(kind)s
) told
where opening <> 0 or debit <> 0 or credit <> 0
order by maker, counterpart_id, id
"""
SINGLE_ACCOUNTS = " ".join((_OPENED, HELD, _SINCE))
_WRONG = """
with kept as (
  select unit_id, kind, cause, begins as day, debit, credit, lines, first_line, last_line
  from ledger_spansum where span = 'day'
), truth as (
  select l.unit_id, a.kind, left(split_part(e.source, ':', 1), 20) as cause, e.occurred_on as day,
    coalesce(sum(l.amount) filter (where l.amount > 0), 0)::bigint as debit,
    coalesce(sum(-l.amount) filter (where l.amount < 0), 0)::bigint as credit,
    count(*)::int as lines, min(l.id) as first_line, max(l.id) as last_line
  from ledger_entryline l
  join ledger_account a on a.id = l.account_id
  join ledger_entry e on e.id = l.entry_id
  where l.id <= coalesce((select through_line from ledger_summed where id = 1), 0)
  group by 1, 2, 3, 4
), wider as (
  select unit_id, kind, cause, span, begins, debit, credit, lines from ledger_spansum
  where span <> 'day'
), added as (
  select unit_id, kind, cause, span, date_trunc(span, begins)::date as begins,
    sum(debit)::bigint as debit, sum(credit)::bigint as credit, sum(lines)::int as lines
  from (select unit_id, kind, cause, begins, debit, credit, lines from ledger_spansum
        where span = 'day') d
  cross join (values ('month'), ('year')) as spans (span)
  group by unit_id, kind, cause, span, date_trunc(span, begins)
)
select distinct 'buku unit ' || unit_id || ', ' || kind || ', ' || day
  || ': jumlah hari tidak sama dengan barisnya'
from ((table kept except table truth) union all (table truth except table kept)) d
union
select distinct 'buku unit ' || unit_id || ', ' || kind || ', ' || span || ' ' || begins
  || ': tidak sama dengan jumlah harinya'
from ((table wider except table added) union all (table added except table wider)) w
order by 1
"""


@dataclass(frozen=True)
class Turn:
    """What one cause did to the accounts of one kind at one unit; `opening` is before the period.

    Only `debit` and `credit` belong to the period.
    """

    unit_id: int
    kind: AccountKind
    cause: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """What it comes to at the end of the period."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True)
class AccountTurn:
    """The same of one account, of a maker (by code) or with another unit."""

    account_id: int
    maker: str
    counterpart_id: int | None
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """What it holds at the end of the period."""
        return self.opening + self.debit - self.credit


def turns(*, unit_ids: Collection[int], period: Period) -> list[Turn]:
    """What moved the accounts of some units in a period, and what they held before.

    Two statements. Sums that are made anew just now are noticed and asked again.
    """
    spans = [(*each, True) for each in spans_before(period.first)]
    spans += [(*each, False) for each in spans_between(period)]
    names, lows, highs, before = (list(column) for column in zip(*spans, strict=True))
    asked: dict[str, Any] = {
        "units": sorted(unit_ids),
        "spans": names,
        "lows": lows,
        "highs": highs,
        "before": before,
        "first": period.first,
        "last": period.last,
    }
    while True:
        asked["through"] = _through()
        with connection.cursor() as cursor:
            cursor.execute(_TURNS, asked)
            rows = cursor.fetchall()
        if not rows or rows[0][-1] == asked["through"]:
            return [Turn(row[0], AccountKind(row[1]), *row[2:6]) for row in rows]


def turns_by_account(*, unit_id: int, kind: AccountKind, period: Period) -> list[AccountTurn]:
    """The accounts of one kind at a unit with what moved each; makers by code. One statement.

    It costs what was posted since the period began, not what lies before. Accounts that held
    nothing and did not move are left out.
    """
    asked = {"unit": unit_id, "kind": kind.value, "first": period.first, "last": period.last}
    with connection.cursor() as cursor:
        cursor.execute(SINGLE_ACCOUNTS, asked)
        return [AccountTurn(*row) for row in cursor.fetchall()]


def books_problems() -> list[str]:
    """Where the sums of the books differ from their lines, as sentences; empty when all agree."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG)
        return [row[0] for row in cursor.fetchall()]


def _through() -> int:
    return Summed.objects.values_list("through_line", flat=True).first() or 0
