"""Writing price sheets: what a piece costs goes onto the catalogue's dated sheet."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from bekal.catalogue import queries as catalogue
from bekal.catalogue.actions import set_cost, set_price
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.production.actions.materials import held_of
from bekal.production.actions.recording import record
from bekal.production.models import CostLine, CostSheet, Material
from bekal.production.rules.costing import (
    NewCostSheet,
    Worked,
    check_cost_sheet,
    check_reason,
    worked_out,
)
from bekal.production.rules.materials import MaterialRefused, Rate


@transaction.atomic
def write_cost_sheet(*, new: NewCostSheet, by: Actor, now: dt.datetime) -> None:
    """Write a price sheet: the cost of a piece, and its price if one is given, hold from its day.

    Materials cost their average of this moment. The days are those of the catalogue: what was in
    force on a day stays what it was. The same key with the same content changes nothing again.
    Raises MaterialRefused with the field, what the catalogue refuses (DayRefused, AmountRefused),
    and KeyReused for the same key with other content.
    """
    check_cost_sheet(new)
    door, body = "production.cost_sheet", new.frozen()
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return
    terms = catalogue.sale_terms(product_ids=[new.product_id], on=new.valid_from)
    if new.product_id not in terms or terms[new.product_id].unit_id != new.unit_id:
        raise MaterialRefused("Produk ini tidak ada di unit Anda.")
    worked = worked_out(new, rates=_rates(new))
    standing = terms[new.product_id].price
    price = standing if new.price is None else new.price
    check_reason(cost=worked.cost, price=price, reason=new.reason)
    _tell_catalogue(new, worked, standing=standing, by=by, now=now)
    sheet = _write(new, worked, price=price, by=by, now=now)
    detail = {"cost": worked.cost, "price": price, "from": new.valid_from}
    record(
        "write_cost_sheet",
        f"costsheet:{sheet.pk}",
        unit_id=new.unit_id,
        detail=detail,
        by=by,
        now=now,
    )


def _rates(new: NewCostSheet) -> dict[int, Rate]:
    ids = [line.material_id for line in new.materials]
    own = Material.objects.filter(pk__in=ids, unit_id=new.unit_id).count()
    if own < len(ids):
        raise MaterialRefused("Bahan ini tidak ada di unit Anda.", field="lines")
    return {pk: held.rate for pk, held in held_of(ids).items()}


def _tell_catalogue(
    new: NewCostSheet, worked: Worked, *, standing: int | None, by: Actor, now: dt.datetime
) -> None:
    product, day = new.product_id, new.valid_from
    note = "Lembar harga"
    set_cost(product_id=product, amount=worked.cost, valid_from=day, note=note, by=by, now=now)
    if new.price is not None and new.price != standing:
        set_price(
            product_id=product,
            amount=new.price,
            valid_from=day,
            note=new.reason,
            by=by,
            now=now,
        )


def _write(
    new: NewCostSheet, worked: Worked, *, price: int | None, by: Actor, now: dt.datetime
) -> CostSheet:
    sheet = CostSheet.objects.create(
        product_id=new.product_id,
        key=new.key,
        valid_from=new.valid_from,
        pieces=new.pieces,
        minutes=new.minutes,
        labour=new.labour,
        labour_reason=new.labour_reason,
        total=worked.total,
        cost=worked.cost,
        price=price,
        reason=new.reason,
        written_at=now,
        written_by=str(by),
        xid=0,
    )
    CostLine.objects.bulk_create(_lines(sheet, worked))
    return sheet


def _lines(sheet: CostSheet, worked: Worked) -> Iterable[CostLine]:
    for line in worked.lines:
        yield CostLine(
            sheet=sheet,
            material_id=line.material_id,
            words=line.words,
            quantity=line.quantity,
            rate_value=line.rate.value,
            rate_quantity=line.rate.quantity,
            amount=line.amount,
        )
