"""Loading what sources say of the past, as often as one likes."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.opendata.models import Claim
from bekal.opendata.queries import newest_digests
from bekal.opendata.rules import SubjectKind
from bekal.opendata.source import ClaimRow, UnreadableRow, packaged_rows
from bekal.places import queries as places

_LOCK = "select pg_advisory_xact_lock(hashtextextended('opendata.load_claims', 0))"
_AS_READ = (
    "theme",
    "event",
    "series",
    "measure",
    "base",
    "qualifier",
    "remark",
    "differs",
    "differs_en",
)
_CLASS = re.compile(r"\b(III|IIA|IIB|II|I)\b")


class Outcome(StrEnum):
    """What became of one row of the file."""

    ADDED = "ditambahkan"
    KNOWN = "sudah ada"
    REFUSED = "tidak dimuat"


@dataclass(frozen=True)
class RowResult:
    """One row of the file and what became of it; `reason` speaks for refused rows alone."""

    line: int
    what: str
    scope: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class LoadReport:
    """Every row of the file, in its order."""

    rows: tuple[RowResult, ...]

    def _of(self, outcome: Outcome) -> list[RowResult]:
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def added(self) -> int:
        """Claims that this load added."""
        return len(self._of(Outcome.ADDED))

    @property
    def known(self) -> int:
        """Rows that were there already; they stay as they are."""
        return len(self._of(Outcome.KNOWN))

    @property
    def refused(self) -> list[RowResult]:
        """Rows that are no dated claims, each with its reason."""
        return self._of(Outcome.REFUSED)


@transaction.atomic
def load_claims(
    *, by: Actor, now: dt.datetime, rows: Sequence[ClaimRow | UnreadableRow] | None = None
) -> LoadReport:
    """Load the historical figures, row by row; what is there stays, so that loading again is safe.

    A row whose reading was put right since is appended once more under the same key; two loads at
    once take turns. What is no dated claim is not loaded and says why. Raises nothing.
    """
    read = packaged_rows() if rows is None else rows
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    known = newest_digests()
    good = [row for row in read if isinstance(row, ClaimRow)]
    new = [row for row in good if known.get(row.key) != row.digest]
    units = _units_of(new, now=now)
    Claim.objects.bulk_create([_claim(row, units, by=by, now=now) for row in new])
    if new:
        audit.record(
            chain=NATION,
            action="opendata.load_claims",
            object_key="claims",
            detail={"claims": [row.key for row in new]},
            by=by,
            now=now,
        )
    added = {row.line for row in new}
    return LoadReport(tuple(_result(row, added) for row in read))


def _units_of(rows: Iterable[ClaimRow], *, now: dt.datetime) -> dict[str, int]:
    """Units by the subject that names them: the press leaves out the word "Kelas"."""
    names = {row.subject: _full_name(row.subject) for row in rows if _is_of_unit(row)}
    ids = places.unit_ids_by_name(names=set(names.values()), on=local_day(now, Zone.WIB))
    return {subject: ids[name] for subject, name in names.items() if name in ids}


def _is_of_unit(row: ClaimRow) -> bool:
    return row.reading["kind"] == SubjectKind.UNIT


def _full_name(subject: str) -> str:
    return _CLASS.sub(r"Kelas \1", subject.partition(" (")[0], count=1)


def _claim(row: ClaimRow, units: dict[str, int], *, by: Actor, now: dt.datetime) -> Claim:
    figure, reading = row.figure, row.reading
    return Claim(
        key=row.key,
        digest=row.digest,
        line=row.line,
        subject=row.subject,
        subject_kind=reading["kind"],
        place_id=units.get(row.subject) if _is_of_unit(row) else None,
        wording=reading["title"],
        wording_en=figure["what"],
        low=row.amount.low,
        high=row.amount.high,
        whole=row.amount.whole,
        first_day=row.dated.first,
        last_day=row.dated.last,
        precision=row.dated.precision,
        is_about=row.dated.is_about,
        period_words=figure["period"],
        measure_words=figure["unit"],
        source=figure["source"],
        loaded_at=now,
        loaded_by=str(by),
        **{name: reading[name] for name in _AS_READ},
    )


def _result(row: ClaimRow | UnreadableRow, added: set[int]) -> RowResult:
    if isinstance(row, UnreadableRow):
        return RowResult(row.line, row.what, row.scope, Outcome.REFUSED, row.reason)
    outcome = Outcome.ADDED if row.line in added else Outcome.KNOWN
    return RowResult(row.line, row.figure["what"], row.subject, outcome)
