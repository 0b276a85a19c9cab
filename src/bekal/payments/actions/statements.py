"""Bank statements: taking their lines in once, and matching those that are certain."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.payments.actions.deciding import match_line
from bekal.payments.bank_file import read_statement
from bekal.payments.bank_lines import BankLine, Statement
from bekal.payments.models import StatementImport, StatementLine
from bekal.payments.queries.matching import candidates, suggested, twins_among
from bekal.payments.queries.recorded import recorded_of
from bekal.payments.rules import LineState, ReceiptRefused

_STATES = {
    LineState.OPEN: "belum cocok",
    LineState.MATCHED: "cocok dengan pesanan",
    LineState.ASIDE: "disisihkan",
}
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('payments.import_statement'), %s)"


@dataclass(frozen=True)
class NewStatement:
    """A statement as it was uploaded: the bytes themselves are what makes a repeat harmless."""

    unit_id: int
    name: str
    content: bytes
    today: dt.date


@dataclass(frozen=True)
class RowResult:
    """What became of one row: `is_new` the first time, `state` what it is now."""

    line: BankLine
    is_new: bool
    state: LineState | None

    @property
    def words(self) -> str:
        """The result for people."""
        if self.state is None:
            return self.line.problem
        if not self.is_new:
            return f"Sudah ada, {_STATES[self.state]}"
        return _STATES[self.state].capitalize()


@dataclass(frozen=True)
class Imported:
    """What became of a statement, row by row; `is_repeat` says that the file came before.

    `decided` are the lines of the unit that found their ask, also those that waited before.
    """

    rows: tuple[RowResult, ...]
    is_repeat: bool
    decided: int

    @property
    def matched(self) -> int:
        """How many new lines found their ask at once."""
        return sum(row.is_new and row.state is LineState.MATCHED for row in self.rows)

    @property
    def matched_before(self) -> int:
        """How many lines that had waited found their ask now."""
        return self.decided - self.matched

    @property
    def waiting(self) -> int:
        """How many new lines wait for a person."""
        return sum(row.is_new and row.state is LineState.OPEN for row in self.rows)

    @property
    def lost(self) -> int:
        """How many rows were not taken in and may be money that came in; debits are none."""
        return sum(row.line.is_lost for row in self.rows)


def import_statement(*, statement: NewStatement, by: Actor, now: dt.datetime) -> Imported:
    """Take the lines of a statement in that are not there yet, and match those that are certain.

    The same file, or another that overlaps with it, changes nothing for lines that are there. Each
    match is a transaction of its own: what one of them hits, the others do not feel. Raises
    StatementUnreadable when the file as a whole cannot be read.
    """
    read = read_statement(statement.content, today=statement.today)
    is_repeat, new = _taken_in(statement, read, by=by, now=now)
    decided = match_certain(unit_id=statement.unit_id, by=by, now=now)
    states = dict(
        StatementLine.objects.filter(
            unit_id=statement.unit_id, reference__in=[line.reference for line in read.lines]
        ).values_list("reference", "state")
    )
    rows = [
        RowResult(
            line,
            line.reference in new,
            LineState(states[line.reference]) if line.reference in states else None,
        )
        for line in read.lines
    ]
    return Imported(tuple(rows), is_repeat, decided)


@transaction.atomic
def _taken_in(
    statement: NewStatement, read: Statement, *, by: Actor, now: dt.datetime
) -> tuple[bool, set[str]]:
    """Write file and lines; whether the file was there, and the references that were not."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [statement.unit_id])
    digest = hashlib.sha256(statement.content).hexdigest()
    if StatementImport.objects.filter(unit_id=statement.unit_id, digest=digest).exists():
        return True, set()
    source = StatementImport.objects.create(
        id=uuid7(),
        unit_id=statement.unit_id,
        name=statement.name[:120],
        kind=read.kind,
        digest=digest,
        rows=len(read.lines),
        imported_at=now,
        imported_by=str(by),
    )
    new = _unknown(read.lines, unit_id=statement.unit_id)
    StatementLine.objects.bulk_create(_stored(line, source) for line in new)
    audit.record(
        chain=chain_of_place(statement.unit_id),
        action="payments.import_statement",
        object_key=f"statement:{source.id}",
        detail={"rows": len(read.lines), "new": len(new), "kind": read.kind},
        by=by,
        now=now,
    )
    return False, {line.reference for line in new}


def _unknown(lines: Iterable[BankLine], *, unit_id: int) -> list[BankLine]:
    """Of the lines that can be used those that no file has brought yet."""
    used = [line for line in lines if not line.problem]
    there = StatementLine.objects.filter(
        unit_id=unit_id, reference__in=[line.reference for line in used]
    )
    known = set(there.values_list("reference", flat=True))
    return [line for line in used if line.reference not in known]


def _stored(line: BankLine, source: StatementImport) -> StatementLine:
    assert line.day is not None
    return StatementLine(
        unit_id=source.unit_id,
        source=source,
        row=line.row,
        day=line.day,
        amount=line.amount,
        text=line.text,
        bank_reference=line.bank_reference[:60],
        reference=line.reference,
    )


def match_certain(*, unit_id: int, by: Actor, now: dt.datetime) -> int:
    """Match the undecided lines of a unit whose ask is certain; returns how many.

    Money that may be written down by hand already, or have come by another file, waits for a
    person.
    """
    lines = list(StatementLine.objects.filter(unit_id=unit_id, state=LineState.OPEN))
    asks = candidates(unit_id=unit_id, lines=lines)
    owed = {ask.label for ask in asks}
    unsure = twins_among(unit_id=unit_id, lines=lines)
    unsure |= recorded_of(unit_id=unit_id, lines=lines, owed=owed).keys()
    matched = 0
    for line in lines:
        found = suggested(line, asks)
        if found is None or not found.is_certain or line.pk in unsure:
            continue
        asks.remove(found.ask)
        ids = {"unit_id": unit_id, "line_id": line.pk}
        try:
            match_line(**ids, request_id=found.ask.id, by=by, now=now)
        except ReceiptRefused:
            continue  # somebody else was faster
        matched += 1
    return matched
