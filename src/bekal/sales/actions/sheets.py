"""Sales from a sheet: taken in once, then recorded row by row, each by `record_sale`.

The same bytes are the same sheet, and a row's sale has a key made of sheet and line: whatever comes
twice, stops half way or is done by two at once, a row becomes one sale.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places import queries as places
from bekal.sales.actions.recording import record_sale
from bekal.sales.models import SalesSheet, SheetRow
from bekal.sales.queries.sheets import Checked, check_rows, started_sheets, twin_of, waiting_rows
from bekal.sales.sheet import read_rows

BATCH = 500
_SPACE = UUID("6f7c1f52-8a52-4b0e-9d8e-2f3a7c0b6d11")
_NAME_LENGTH = 120
_PROBLEM_LENGTH = 300


@dataclass(frozen=True)
class Taken:
    """A sheet, and whether the same bytes had come before."""

    sheet_id: UUID
    is_repeat: bool


@transaction.atomic
def take_sheet(*, unit_id: int, name: str, content: bytes, by: Actor, now: dt.datetime) -> Taken:
    """Keep every row of a sheet as it was written; nothing becomes a sale yet.

    Raises SheetUnreadable for what is no sheet, empty, too long or too large. Of two who
    send the same bytes at once the second gets the first's sheet.
    """
    digest = hashlib.sha256(content).hexdigest()
    sheet_id = uuid5(_SPACE, f"{unit_id}:{digest}")
    if SalesSheet.objects.filter(pk=sheet_id).exists():
        return Taken(sheet_id, is_repeat=True)
    rows = read_rows(content)
    called = " ".join(name.replace("\0", " ").split())[:_NAME_LENGTH] or "tempelan"
    made = SalesSheet(id=sheet_id, unit_id=unit_id, digest=digest, name=called)
    made.taken_at, made.taken_by = now, str(by)
    SalesSheet.objects.bulk_create([made], ignore_conflicts=True)
    # Whoever came second waited for the first's commit above, and finds its rows.
    if SheetRow.objects.filter(sheet_id=sheet_id).exists():
        return Taken(sheet_id, is_repeat=True)
    SheetRow.objects.bulk_create(
        [
            SheetRow(sheet_id=sheet_id, line=line, cells=cells, twin=twin_of(cells))
            for line, cells in rows
        ],
        batch_size=1000,
    )
    audit.record(
        chain=chain_of_place(unit_id),
        action="sales.take_sheet",
        object_key=f"sheet:{sheet_id}",
        detail={"rows": len(rows)},
        by=by,
        now=now,
    )
    return Taken(sheet_id, is_repeat=False)


@transaction.atomic
def start_sheet(*, sheet_id: UUID, is_sure: bool, by: Actor, now: dt.datetime) -> None:
    """Let the good rows of a sheet be recorded, in this person's name.

    With `is_sure` also those that may be double; rows that were refused are looked at again.
    """
    sheet = SalesSheet.objects.select_for_update().get(pk=sheet_id)
    sheet.started_at, sheet.started_by, sheet.is_sure = now, str(by), is_sure
    sheet.save(update_fields=["started_at", "started_by", "is_sure"])
    SheetRow.objects.filter(sheet_id=sheet_id, state="refused").update(state="waiting", problem="")


def record_rows(*, sheet_id: UUID, most: int = BATCH, by: Actor, now: dt.datetime) -> int:
    """Record the next rows of a sheet that was started; returns how many are done with.

    Each row is a transaction of its own, so that one that is refused holds up no other and a
    process that dies loses nothing. `by` may be a job: the sales are in the starter's name.
    """
    del by
    sheet = SalesSheet.objects.filter(pk=sheet_id, started_at__isnull=False).first()
    if sheet is None:
        return 0
    kind, _, who = sheet.started_by.partition(":")
    starter = Actor(ActorKind(kind), who)
    today = local_day(now, places.zone_of(unit_id=sheet.unit_id))
    rows = waiting_rows(sheet_id=sheet_id, most=most)
    for checked in check_rows(unit_id=sheet.unit_id, rows=rows, today=today):
        _record_row(checked, is_sure=sheet.is_sure, by=starter, now=now)
    return len(rows)


def record_started(*, by: Actor, now: dt.datetime) -> int:
    """Go on with every sheet that was started, a batch of each; for the job of each minute."""
    return sum(record_rows(sheet_id=sheet.pk, by=by, now=now) for sheet in started_sheets())


def _record_row(checked: Checked, *, is_sure: bool, by: Actor, now: dt.datetime) -> None:
    problem = checked.problem
    if checked.is_doubtful and not is_sure:
        problem = checked.notes[0]
    if checked.sale is not None and not problem:
        try:
            with transaction.atomic():
                recorded = record_sale(sale=checked.sale, by=by, now=now)
                _settle(checked.row, state="recorded", sale_id=recorded.sale_id)
        except Refused as refused:
            problem = refused.message
        else:
            return
    _settle(checked.row, state="refused", problem=problem[:_PROBLEM_LENGTH])


def _settle(row: SheetRow, **changes: object) -> None:
    # Another worker may have been faster: its answer, the same sale, stands.
    SheetRow.objects.filter(pk=row.pk).exclude(state="recorded").update(**changes)
