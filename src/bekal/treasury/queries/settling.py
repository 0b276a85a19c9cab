"""What was recorded beside the money that came, day by day, and the days of each QRIS line."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.foundation.clock import Period
from bekal.payments import queries as payments
from bekal.payments.queries import LineShown
from bekal.treasury.models import QrisSettlement
from bekal.treasury.rules.settling import LONGEST_WAIT, Suggested, suggestion

_RECORDED = """
select e.occurred_on, a.kind, sum(l.amount)
from ledger_account a
join ledger_entryline l on l.account_id = a.id
join ledger_entry e on e.id = l.entry_id
where a.unit_id = %(unit)s and a.kind in ('cash', 'qris', 'bank') and l.amount > 0
  and e.occurred_on between %(first)s and %(last)s
  and split_part(e.source, ':', 1) not in ('cash', 'qris', 'fund', 'fundchange')
group by 1, 2
"""
_CAME = """
select day, 'bank', sum(amount) from payments_statementline s
where unit_id = %(unit)s and day between %(first)s and %(last)s
  and not exists (select from treasury_qrissettlement q where q.line_id = s.id)
group by 1
union all
select upper(during) - 1, 'qris', sum(amount + fee) from treasury_qrissettlement
where unit_id = %(unit)s and during && daterange(%(first)s, %(last)s, '[]')
group by 1
union all
select c.day, 'cash', c.money_in + c.difference from treasury_cashcount c
where c.unit_id = %(unit)s and c.day between %(first)s and %(last)s
  and not exists (select from treasury_cashcount r where r.replaces_id = c.id)
"""
_PROBLEMS = """
select 'pencairan QRIS ' || coalesce(q.id, p.id) || ', akun ' || coalesce(q.kind, p.kind)
  || ': terbukukan ' || coalesce(p.amount, 0)
  || ', menurut mutasi ' || coalesce(q.amount, 0)
from (
  select id, 'bank' as kind, amount from treasury_qrissettlement
  union all select id, 'operating', fee from treasury_qrissettlement
) q
full join (
  select split_part(e.source, ':', 2)::uuid as id, a.kind, sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where e.source like 'qris:%' and a.kind in ('bank', 'operating') group by 1, 2
) p on (p.id, p.kind) = (q.id, q.kind)
where coalesce(p.amount, 0) <> coalesce(q.amount, 0)
union all
select 'pencairan QRIS ' || q.id || ': baris banknya dibuka lagi'
from treasury_qrissettlement q join payments_statementline s on s.id = q.line_id
where s.state <> 'aside' or s.amount <> q.amount
order by 1
"""
KINDS = ("cash", "qris", "bank")


@dataclass(frozen=True)
class MatchedDay:
    """A day: what was recorded, what came, each by cash, QRIS and bank (None: nobody looked)."""

    day: dt.date
    recorded: dict[str, int]
    came: dict[str, int]

    @property
    def total(self) -> int:
        """Rupiah that were recorded."""
        return sum(self.recorded.values())

    @property
    def money(self) -> int:
        """Rupiah that came by a count, a settlement or a statement."""
        return sum(self.came.values())

    @property
    def gap(self) -> int:
        """What came beyond what was recorded; below zero what has not come yet."""
        return self.money - self.total


@dataclass(frozen=True)
class LineToMatch:
    """An undecided line of a bank, with the QRIS that it may be."""

    line: LineShown
    qris: Suggested | None


def days_beside(*, unit_id: int, period: Period) -> list[MatchedDay]:
    """The days of a period on which something was recorded or came, the newest first."""
    asked = {"unit": unit_id, "first": period.first, "last": period.last}
    recorded, came = _by_day(_RECORDED, asked), _by_day(_CAME, asked)
    days = sorted(recorded.keys() | came.keys(), reverse=True)
    return [MatchedDay(day, recorded.get(day, {}), came.get(day, {})) for day in days]


def suggestions_of(*, unit_id: int) -> dict[int, Suggested]:
    """For each undecided bank line the QRIS that it may be, where one span of days fits."""
    lines = payments.open_lines(unit_id=unit_id)
    return {row.line.id: row.qris for row in _fitted(unit_id, lines) if row.qris}


def lines_to_match(*, unit_id: int) -> list[LineToMatch]:
    """The undecided lines of a unit, the oldest first, with what they may be."""
    return _fitted(unit_id, payments.open_lines(unit_id=unit_id))


def settling_problems() -> list[str]:
    """Settlements that do not tie to the books or to their lines, as sentences."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


def _fitted(unit_id: int, lines: list[LineShown]) -> list[LineToMatch]:
    if not lines:
        return []
    first = min(line.day for line in lines) - 2 * LONGEST_WAIT
    last = max(line.day for line in lines)
    found = _by_day(_RECORDED, {"unit": unit_id, "first": first, "last": last})
    by_day = {day: kinds["qris"] for day, kinds in found.items() if kinds.get("qris")}
    taken = _taken(unit_id, Period(first, last))
    return [
        LineToMatch(line, suggestion(amount=line.amount, day=line.day, by_day=by_day, taken=taken))
        for line in lines
    ]


def _taken(unit_id: int, period: Period) -> set[dt.date]:
    rows = QrisSettlement.objects.filter(unit_id=unit_id, during__isnull=False)
    found: set[dt.date] = set()
    for span in rows.values_list("during", flat=True):
        assert span is not None
        day = max(span.lower, period.first)
        while day < span.upper and day <= period.last:
            found.add(day)
            day += dt.timedelta(days=1)
    return found


def _by_day(sql: str, asked: dict[str, Any]) -> dict[dt.date, dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        found: dict[dt.date, dict[str, int]] = {}
        for day, kind, amount in cursor.fetchall():
            found.setdefault(day, {})[kind] = int(amount)
    return found
