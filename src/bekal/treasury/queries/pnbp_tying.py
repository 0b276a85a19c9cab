"""Our deposits beside the treasury's own list, tied by NTPN. One statement, one snapshot."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from bekal.treasury.models import TreasuryFile, TreasuryRow
from bekal.treasury.rules import TIE_LABELS, Columns, Tie, TreasuryLine, tie_of

# Deposits are looked for in the list of their own unit: another's list says nothing of them.
_ROWS = """
select coalesce(o.ntpn, t.ntpn), o.amount, t.amount, coalesce(o.paid_on, t.day), o.id
from (
  select d.unit_id, p.ntpn, d.amount, p.paid_on, d.id
  from treasury_depositpayment p join treasury_deposit d on d.id = p.deposit_id
  where d.unit_id = %(unit)s
) o
full join (select * from treasury_treasuryrow where unit_id = %(unit)s) t using (ntpn)
order by o.amount is not distinct from t.amount, coalesce(o.paid_on, t.day) desc nulls last, 1
"""


@dataclass(frozen=True)
class TieRow:
    """One NTPN: what we say of it and the treasury says, in rupiah; None where one is silent."""

    ntpn: str
    tie: Tie
    ours: int | None
    theirs: int | None
    day: dt.date | None
    deposit_id: UUID | None

    @property
    def gap(self) -> int:
        """How much more the treasury says."""
        return (self.theirs or 0) - (self.ours or 0)


def tie_rows(*, unit_id: int) -> list[TieRow]:
    """Every NTPN of a unit on either side, what does not tie first; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"unit": unit_id})
        return [
            TieRow(ntpn, tie_of(ours=ours, theirs=theirs), ours, theirs, *more)
            for ntpn, ours, theirs, *more in cursor.fetchall()
        ]


def columns_of(*, unit_id: int) -> Columns | None:
    """Which columns of the newest list of a unit held what; None before the first."""
    last = TreasuryFile.objects.filter(unit_id=unit_id).order_by("-taken_at", "-id").first()
    if last is None:
        return None
    return Columns(last.ntpn_column, last.amount_column, last.day_column)


def rows_known(*, unit_id: int, ntpns: Collection[str]) -> dict[str, int]:
    """The rupiah of those NTPN that a list of the unit has brought."""
    rows = TreasuryRow.objects.filter(unit_id=unit_id, ntpn__in=ntpns)
    return dict(rows.values_list("ntpn", "amount"))


def deposits_known(*, unit_id: int, ntpns: Collection[str]) -> dict[str, int]:
    """The rupiah of those NTPN that the unit's deposits have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.ntpn, d.amount from treasury_depositpayment p "
            "join treasury_deposit d on d.id = p.deposit_id "
            "where d.unit_id = %s and p.ntpn = any(%s)",
            [unit_id, sorted(ntpns)],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class RowResult:
    """What became of a row: how it ties, and whether an earlier list had brought it."""

    row: TreasuryLine
    tie: Tie | None
    is_known: bool = False
    problem: str = ""

    @property
    def words(self) -> str:
        """The result for people."""
        if self.tie is None:
            return self.problem
        return f"Sudah ada. {TIE_LABELS[self.tie]}" if self.is_known else TIE_LABELS[self.tie]


def results_of(*, unit_id: int, rows: Sequence[TreasuryLine]) -> list[RowResult]:
    """What rows of a list are beside our deposits and what earlier lists brought."""
    ntpns = {row.ntpn for row in rows if not row.problem}
    known = rows_known(unit_id=unit_id, ntpns=ntpns)
    ours = deposits_known(unit_id=unit_id, ntpns=ntpns)
    seen: dict[str, int] = {}
    results = []
    for row in rows:
        results.append(_result(row, before=known.get(row.ntpn, seen.get(row.ntpn)), ours=ours))
        if not row.problem:
            seen.setdefault(row.ntpn, row.amount)
    return results


def _result(row: TreasuryLine, *, before: int | None, ours: dict[str, int]) -> RowResult:
    if row.problem:
        return RowResult(row, None, problem=row.problem)
    if before is not None and before != row.amount:
        said = "NTPN ini sudah ada dengan jumlah lain. Yang pertama tetap dipakai."
        return RowResult(row, None, problem=said)
    tie = tie_of(ours=ours.get(row.ntpn), theirs=row.amount)
    return RowResult(row, tie, is_known=before is not None)
