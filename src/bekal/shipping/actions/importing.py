"""Writing a whole sheet of rates, row by row."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.shipping.actions.rates import NewRate, write_rates
from bekal.shipping.queries import ReadRow, read_rates
from bekal.shipping.sheet_file import SheetRow


@dataclass(frozen=True)
class ImportResult:
    """One row of the sheet and what became of it; without a problem it is in the table."""

    line: int
    service: str
    area: str
    problem: str = ""


@transaction.atomic
def import_rates(
    *,
    key: UUID,
    unit_id: int,
    rows: Sequence[SheetRow],
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
) -> list[ImportResult]:
    """Write the rates of a sheet from a day on; one result per row.

    A row is written whole or not at all, and a refused row leaves the others alone. The same sheet
    again writes nothing new; under the key a late repeat also leaves newer rates alone and answers
    the first results. Raises DayRefused, and KeyReused for the same key with other content.
    """
    told = {"unit_id": unit_id, "valid_from": valid_from, "rows": [asdict(row) for row in rows]}
    body = frozen_bytes(told)
    first = claim_message(key=key, door="shipping.import_rates", body=body, by=by, now=now)
    if first is not None:
        return [ImportResult(**result) for result in first["results"]]
    results = _write(unit_id, rows, valid_from=valid_from, by=by, now=now)
    answer = {"results": [asdict(result) for result in results]}
    answer_message(key=key, answer=answer, by=by, now=now)
    return results


def _write(
    unit_id: int, rows: Sequence[SheetRow], *, valid_from: dt.date, by: Actor, now: dt.datetime
) -> list[ImportResult]:
    read = read_rates(unit_id=unit_id, rows=rows, on=valid_from)
    good = [row for row in read if not row.problem]
    rates = [NewRate(row.service_id, row.area_code, row.terms) for row in good]
    written = write_rates(unit_id=unit_id, rates=rates, valid_from=valid_from, by=by, now=now)
    refused = {
        row.line: answer.message
        for row, answer in zip(good, written, strict=True)
        if isinstance(answer, Refused)
    }
    return [_result(row, refused.get(row.line, row.problem)) for row in read]


def _result(row: ReadRow, problem: str) -> ImportResult:
    return ImportResult(row.line, row.service, row.area, problem)
