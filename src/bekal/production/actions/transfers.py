"""Goods go to another unit, which receives them as material; or they come back."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.catalogue import queries as catalogue
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.people import queries as people
from bekal.production.actions.materials import locked_materials, open_material, write_moves
from bekal.production.actions.moving import lock_levels, move_stock
from bekal.production.actions.recording import record
from bekal.production.models import Material, MaterialEnd, StockTransfer
from bekal.production.queries import free_of, transfer_row
from bekal.production.rules import NOTE_LENGTH, NewMove, Reason
from bekal.production.rules.materials import MaterialRefused, NewMaterialMove, Why
from bekal.production.rules.transfers import (
    NewArrival,
    NewTakeBack,
    NewTransfer,
    TransferOutcome,
    TransferRefused,
    check_arrival,
    check_free,
    check_take_back,
    check_transfer,
    worth_of_what_came,
)


@transaction.atomic
def send_transfer(*, new: NewTransfer, by: Actor, now: dt.datetime) -> None:
    """Send goods to another unit: they leave the stock, worth their cost of that day.

    No more goes than is free. A product without a cost goes worth nothing. The same key with the
    same content is sent once. Raises TransferRefused with the field, and KeyReused for the same key
    with other content.
    """
    body, door, scope = new.frozen(), "production.transfer", scope_of_place(new.unit_id)
    if claim_message(key=new.key, door=door, body=body, by=by, now=now, scope=scope) is not None:
        return
    check_transfer(new)
    today = local_day(now, Zone.WIB)
    terms = catalogue.sale_terms(product_ids=[new.product_id], on=today).get(new.product_id)
    if terms is None or terms.unit_id != new.unit_id:
        raise TransferRefused("Pilih produk dari katalog unit Anda.", field="product")
    receivers = {one.id: one for one in people.receivers(unit_id=new.unit_id, on=today)}
    if new.to_unit_id not in receivers:
        raise TransferRefused("Pilih unit yang menerima dari daftar.", field="to_unit")
    lock_levels(product_ids=[new.product_id], by=by, now=now)
    check_free(terms.name, free=free_of(product_id=new.product_id), leaving=new.pieces)
    note = f"Transfer ke {receivers[new.to_unit_id].name}"[:NOTE_LENGTH]
    source = f"transfer:{new.key}"
    move = NewMove(new.product_id, -new.pieces, Reason.MOVED, source, note)
    move_stock(moves=[move], by=by, now=now)
    StockTransfer.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        to_unit_id=new.to_unit_id,
        product_id=new.product_id,
        pieces=new.pieces,
        value=(terms.cost or 0) * new.pieces,
        letter=new.letter.strip(),
        recorded_at=now,
        recorded_by=str(by),
    )
    detail = {"to": new.to_unit_id, "product": new.product_id, "pieces": new.pieces}
    record("send_transfer", source, unit_id=new.unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def receive_transfer(*, new: NewArrival, by: Actor, now: dt.datetime) -> None:
    """Write down what arrived of a transfer: material of the unit, worth its part of the value.

    The same key with the same content is written once. Raises TransferRefused or MaterialRefused
    with the field, LookupError for a transfer to another unit, KeyReused as `send_transfer` does.
    """
    body, door, scope = new.frozen(), "production.receive_transfer", scope_of_place(new.unit_id)
    if claim_message(key=new.key, door=door, body=body, by=by, now=now, scope=scope) is not None:
        return
    transfer = _open_transfer(new.transfer_id, to_unit_id=new.unit_id)
    check_arrival(new, sent=transfer.pieces)
    material = _material_of(new, by=by, now=now)
    source = f"transfer:{transfer.pk}"
    row = transfer_row(unit_id=new.unit_id, transfer_id=transfer.pk, on=local_day(now, Zone.WIB))
    assert row is not None  # it is locked
    note = f"{row.product}, dari {row.sender}"[:NOTE_LENGTH]
    cost = worth_of_what_came(transfer.value, sent=transfer.pieces, came=new.pieces)
    move = NewMaterialMove(material.pk, new.quantity, Why.ARRIVED, source, note, cost=cost)
    write_moves([move], by=by, now=now)
    transfer.material, transfer.quantity = material, new.quantity
    _end(transfer, TransferOutcome.ARRIVED, came=new.pieces, remark=new.remark, by=by, now=now)
    detail = {"material": material.pk, "quantity": new.quantity, "pieces": new.pieces}
    record("receive_transfer", source, unit_id=new.unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def take_back_transfer(*, new: NewTakeBack, by: Actor, now: dt.datetime) -> None:
    """Take goods back that did not arrive; what is not there any more stays gone.

    The same key with the same content is written once. Raises TransferRefused with the field,
    LookupError for another unit's transfer, KeyReused as `send_transfer` does.
    """
    body, door = new.frozen(), "production.take_back_transfer"
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return
    seen = StockTransfer.objects.filter(pk=new.transfer_id, unit_id=new.unit_id).first()
    if seen is None:
        raise LookupError(f"unit {new.unit_id} sent no transfer {new.transfer_id}")
    lock_levels(product_ids=[seen.product_id], by=by, now=now)
    transfer = _open_transfer(new.transfer_id, unit_id=new.unit_id)
    check_take_back(new, sent=transfer.pieces)
    if new.pieces:
        source = f"transferback:{transfer.pk}"
        note = f"Transfer ditarik kembali: {new.remark.strip()}"[:NOTE_LENGTH]
        move = NewMove(transfer.product_id, new.pieces, Reason.MOVED, source, note)
        move_stock(moves=[move], by=by, now=now)
    _end(transfer, TransferOutcome.BACK, came=new.pieces, remark=new.remark, by=by, now=now)
    detail = {"pieces": new.pieces, "sent": transfer.pieces}
    key = f"transfer:{transfer.pk}"
    record("take_back_transfer", key, unit_id=new.unit_id, detail=detail, by=by, now=now)


def _open_transfer(transfer_id: UUID, **whose: int) -> StockTransfer:
    """The transfer, locked, on the way."""
    transfers = StockTransfer.objects.select_for_update(of=("self",), no_key=True)
    transfer = transfers.filter(pk=transfer_id, **whose).first()
    if transfer is None:
        raise LookupError(f"no transfer {transfer_id} of {whose}")
    if transfer.outcome == TransferOutcome.ARRIVED:
        raise TransferRefused("Transfer ini sudah diterima.")
    if transfer.outcome:
        raise TransferRefused("Transfer ini sudah ditarik kembali oleh pengirimnya.")
    return transfer


def _material_of(new: NewArrival, *, by: Actor, now: dt.datetime) -> Material:
    """The material that goods become, locked; one of a new name is opened."""
    material_id = new.material_id
    if material_id is None:
        material_id = open_material(
            unit_id=new.unit_id, name=new.name, measure=new.measure, by=by, now=now
        )
    try:
        (material,) = locked_materials([material_id], unit_id=new.unit_id)
    except MaterialRefused as refused:
        raise TransferRefused(refused.message, field="material") from refused
    if MaterialEnd.objects.filter(pk=material_id).exists():
        raise TransferRefused("Bahan ini tidak dipakai lagi. Pilih yang lain.", field="material")
    return material


def _end(
    transfer: StockTransfer,
    outcome: TransferOutcome,
    *,
    came: int,
    remark: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    transfer.outcome, transfer.came, transfer.remark = outcome, came, remark.strip()
    transfer.ended_at, transfer.ended_by = now, str(by)
    transfer.save(
        update_fields=["outcome", "came", "remark", "material", "quantity", "ended_at", "ended_by"]
    )
