"""Which month a unit closes next, what is still open in it, and the papers that ask for it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from bekal.foundation import formats
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.payments import queries as payments
from bekal.treasury.models import MonthPaper
from bekal.treasury.queries.cash import to_count
from bekal.treasury.rules.closing import month_of, next_month

_PROBLEMS = """
select 'tutup bulan ' || p.id || ': disetujui untuk ' || to_char(p.month, 'YYYY-MM')
  || ', bukunya ditutup sampai ' || coalesce(c.through::text, 'tidak ada')
from treasury_monthpaper p left join ledger_closing c on c.id = p.id and c.unit_id = p.unit_id
where p.decided_as = 'approved'
  and c.through is distinct from (p.month + interval '1 month - 1 day')::date
order by 1
"""


@dataclass(frozen=True)
class Paper:
    """A paper that asks for a month to be closed; `decided_as` is empty while it waits."""

    id: UUID
    unit_id: int
    month: dt.date
    open_points: list[str]
    note: str
    prepared_at: dt.datetime
    prepared_by: str
    decided_as: str
    decided_why: str
    decided_by: str


def month_to_close(*, unit_id: int, today: dt.date) -> dt.date | None:
    """The first day of the month that a unit can close next, or None; two statements."""
    return next_month(
        closed=ledger.closed_through(unit_id=unit_id),
        first_day=ledger.first_days(unit_ids=[unit_id]).get(unit_id),
        today=today,
    )


def open_points(*, unit_id: int, month: dt.date) -> list[str]:
    """What is still open in a month, as sentences: cash uncounted or unexplained, loose money."""
    last = month_of(month).last
    found = []
    moved = to_count(unit_id=unit_id, day=last)
    if moved is not None:
        found.append(f"Kas bergerak sampai {formats.date(moved)} dan belum dihitung.")
    gap = ledger.balance_through(unit_id=unit_id, account=AccountKind.CASH_DIFFERENCE, day=last)
    if gap:
        word = "kurang" if gap > 0 else "lebih"
        found.append(f"Selisih kas {word} {formats.rupiah(abs(gap))} belum diselesaikan.")
    lines = [line for line in payments.open_lines(unit_id=unit_id) if line.day <= last]
    if lines:
        found.append(f"{formats.thousands(len(lines))} baris mutasi bank belum dicocokkan.")
    loose = [row for row in payments.unapplied_of(unit_id=unit_id) if row.day <= last]
    if loose:
        found.append(f"{formats.thousands(len(loose))} uang masuk belum dikenali.")
    return found


def month_problems() -> list[str]:
    """Months that were approved and whose books were not closed so, as sentences."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


def waiting_paper(*, unit_id: int) -> Paper | None:
    """The paper of a unit that waits for its head."""
    row = MonthPaper.objects.filter(unit_id=unit_id, decided_as="").first()
    return _shown(row) if row else None


def papers_waiting(*, unit_ids: Collection[int]) -> dict[int, Paper]:
    """The papers of units that wait, by unit; one statement."""
    rows = MonthPaper.objects.filter(unit_id__in=list(unit_ids), decided_as="")
    return {row.unit_id: _shown(row) for row in rows}


def papers_of(*, unit_id: int) -> list[Paper]:
    """What was asked and decided of a unit's months, the newest first."""
    rows = MonthPaper.objects.filter(unit_id=unit_id).order_by("-prepared_at", "-id")
    return [_shown(row) for row in rows]


def _shown(row: MonthPaper) -> Paper:
    return Paper(
        row.pk,
        row.unit_id,
        row.month,
        row.open_points,
        row.note,
        row.prepared_at,
        row.prepared_by,
        row.decided_as,
        row.decided_why,
        row.decided_by,
    )
