"""Writing a whole sheet of prices and costs, row by row."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.catalogue import rules
from bekal.catalogue.actions.sheets import set_cost, set_price
from bekal.catalogue.models import Product
from bekal.catalogue.sheet_file import FileRow
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused

_NOTE = "Impor lembar harga"


@dataclass(frozen=True)
class ImportResult:
    """One row of the sheet and what became of it; without a problem it is written."""

    line: int
    code: str
    name: str
    problem: str = ""


@transaction.atomic
def import_amounts(
    *,
    unit_id: int,
    rows: Sequence[FileRow],
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
    key: UUID | None = None,
) -> list[ImportResult]:
    """Write the prices and costs of a sheet from `valid_from` on; one result per row.

    A row is written whole or not at all, and a refused row leaves the others alone. The same
    sheet again writes nothing new; under a `key` a late repeat also leaves newer prices alone and
    answers the first results. Raises KeyReused for the same key with other content.
    """
    if key is not None:
        sheet = [asdict(row) for row in rows]
        body = frozen_bytes({"unit_id": unit_id, "valid_from": valid_from, "rows": sheet})
        first = claim_message(key=key, door="catalogue.import_amounts", body=body, by=by, now=now)
        if first is not None:
            return [ImportResult(**result) for result in first["results"]]
    results = _write_all(unit_id, rows, valid_from=valid_from, by=by, now=now)
    if key is not None:
        answer = {"results": [asdict(result) for result in results]}
        answer_message(key=key, answer=answer, by=by, now=now)
    return results


def _write_all(
    unit_id: int, rows: Sequence[FileRow], *, valid_from: dt.date, by: Actor, now: dt.datetime
) -> list[ImportResult]:
    wanted = {row.code for row in rows if not row.problem}
    found = Product.objects.filter(seller__unit_id=unit_id, code__in=wanted).order_by("pk")
    # All products first, in one order, before the first row locks the unit's audit chain.
    products = {product.code: product for product in found.select_for_update(of=("self",))}
    return [
        _write(row, products.get(row.code), valid_from=valid_from, by=by, now=now) for row in rows
    ]


def _write(
    row: FileRow, product: Product | None, *, valid_from: dt.date, by: Actor, now: dt.datetime
) -> ImportResult:
    if row.problem or product is None:
        problem = row.problem or rules.ProductUnknown().message
        return ImportResult(row.line, row.code, "", problem)
    which, day = product.pk, valid_from
    try:
        with transaction.atomic():
            if (p := row.price) is not None:
                set_price(product_id=which, amount=p, valid_from=day, note=_NOTE, by=by, now=now)
            if (c := row.cost) is not None:
                set_cost(product_id=which, amount=c, valid_from=day, note=_NOTE, by=by, now=now)
    except Refused as refused:
        return ImportResult(row.line, row.code, product.name, refused.message)
    return ImportResult(row.line, row.code, product.name)
