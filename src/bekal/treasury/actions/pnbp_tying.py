"""Taking in the treasury's own list of deposits, with a result for each of its rows."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.treasury import queries
from bekal.treasury.actions.pnbp_common import one_at_a_time, told
from bekal.treasury.models import TreasuryFile, TreasuryRow
from bekal.treasury.rules import Columns, read_list


@dataclass(frozen=True)
class NewList:
    """A list of the treasury as it was sent; its text is what makes a repeat harmless."""

    unit_id: int
    text: str
    columns: Columns


@transaction.atomic
def take_list(*, new: NewList, by: Actor, now: dt.datetime) -> list[queries.RowResult]:
    """Take in the rows of a list that no other has brought; a result for each row.

    A row that cannot be used leaves the others alone, and what a list said once stays: the same
    NTPN with another amount is told and not taken. Raises SheetUnreadable.
    """
    rows = read_list(new.text, new.columns)
    one_at_a_time(new.unit_id)
    results = queries.results_of(unit_id=new.unit_id, rows=rows)
    digest = _digest(new)
    if TreasuryFile.objects.filter(unit_id=new.unit_id, digest=digest).exists():
        return results
    file, fresh = _kept(new, results, by=by, now=now)
    detail = {"rows": len(rows), "new": fresh, "sha256": digest}
    key = f"treasuryfile:{file.pk}"
    told("treasury.take_list", new.unit_id, key, detail=detail, by=by, now=now)
    return results


def _kept(
    new: NewList, results: list[queries.RowResult], *, by: Actor, now: dt.datetime
) -> tuple[TreasuryFile, int]:
    """Write the list and its rows that no other has brought; how many those are."""
    file = TreasuryFile.objects.create(
        id=uuid7(),
        unit_id=new.unit_id,
        digest=_digest(new),
        ntpn_column=new.columns.ntpn,
        amount_column=new.columns.amount,
        day_column=new.columns.day,
        rows=len(results),
        taken_at=now,
        taken_by=str(by),
    )
    fresh = [result.row for result in results if result.tie and not result.is_known]
    TreasuryRow.objects.bulk_create(
        TreasuryRow(
            file=file,
            unit_id=new.unit_id,
            line=row.line,
            ntpn=row.ntpn,
            amount=row.amount,
            day=row.day,
        )
        for row in fresh
    )
    return file, len(fresh)


def _digest(new: NewList) -> str:
    """What tells a list from another: its text, and how its columns were read."""
    said = "\n".join([*vars(new.columns).values(), new.text])
    return hashlib.sha256(said.encode()).hexdigest()
