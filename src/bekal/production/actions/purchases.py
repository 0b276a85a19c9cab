"""Buying material: stock, money and receipt in one transaction, and taking a wrong one back."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.catalogue.rules import tidy
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.ledger import queries as ledger
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.places import queries as places
from bekal.production.actions.materials import locked_materials, write_moves
from bekal.production.actions.recording import record, wait_for_unit
from bekal.production.models import (
    MaterialEnd,
    MaterialMove,
    Purchase,
    PurchaseLine,
    PurchaseUndone,
)
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.materials import MaterialRefused, NewMaterialMove, Why
from bekal.production.rules.purchases import NewPurchase, check_enough, check_purchase


@transaction.atomic
def record_purchase(*, new: NewPurchase, by: Actor, now: dt.datetime) -> UUID:
    """Write a purchase down with its lines, its material and its money; returns its id, the key.

    The chosen fund pays: debit `cost_recovery` or `capital`, credit `cash` or `bank`. What a
    partner or a grant gave moves no money. The same key with the same content changes nothing
    again. Raises MaterialRefused with the field (also when fund or box hold too little, and for a
    receipt that is there already), KeyReused for the same key with other content, and what the
    ledger refuses, such as a closed month.
    """
    today = _today(new.unit_id, now)
    check_purchase(new, today=today)
    door, body = "production.purchase", new.frozen()
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return new.key
    wait_for_unit(new.unit_id)
    _check_receipt_is_new(new)
    ids = [line.material_id for line in new.lines]
    locked_materials(ids, unit_id=new.unit_id)
    if MaterialEnd.objects.filter(pk__in=ids).exists():
        raise MaterialRefused("Salah satu bahan sudah tidak dipakai lagi.", field="lines")
    _write(new, by=by, now=now)
    why, source = Why.GIVEN if new.is_given else Why.BOUGHT, f"purchase:{new.key}"
    moves = [
        NewMaterialMove(line.material_id, line.quantity, why, source, new.supplier, line.amount)
        for line in new.lines
    ]
    write_moves(moves, by=by, now=now)
    if not new.is_given:
        _pay(new, by=by, now=now)
    detail = {"total": new.total, "fund": new.fund, "paid_from": new.paid_from}
    record("purchase", source, unit_id=new.unit_id, detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def undo_purchase(
    *, unit_id: int, purchase_id: UUID, key: UUID, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Take a purchase back that was written down wrong: its money and its material go back.

    What was used of it meanwhile leaves the level below zero, for a person to count. The same key
    again changes nothing. Raises MaterialRefused without a reason, for a purchase of another unit,
    and for one that is undone already.
    """
    reason = tidy(reason)
    if not 0 < len(reason) <= NOTE_LENGTH:
        raise MaterialRefused("Isi alasannya, misalnya jumlahnya salah ketik.", field="reason")
    wait_for_unit(unit_id)
    purchase = Purchase.objects.filter(pk=purchase_id, unit_id=unit_id).first()
    if purchase is None:
        raise MaterialRefused("Pembelian ini tidak ada di unit Anda.")
    undone = PurchaseUndone.objects.filter(pk=purchase_id).first()
    if undone is not None:
        if undone.key == key:
            return
        raise MaterialRefused("Pembelian ini sudah dibatalkan.")
    PurchaseUndone.objects.create(
        purchase=purchase, key=key, reason=reason, undone_at=now, undone_by=str(by)
    )
    _take_back(purchase, reason=reason, by=by, now=now)
    if purchase.total:
        _pay_back(purchase, key=key, by=by, now=now)
    detail = {"total": purchase.total, "reason": reason}
    source = f"purchase:{purchase_id}"
    record("undo_purchase", source, unit_id=unit_id, detail=detail, by=by, now=now)


def _today(unit_id: int, now: dt.datetime) -> dt.date:
    place = places.place_by_id(place_id=unit_id, on=local_day(now, Zone.WIB))
    return local_day(now, place.zone if place and place.zone else Zone.WIB)


def _check_receipt_is_new(new: NewPurchase) -> None:
    same = Purchase.objects.filter(
        unit_id=new.unit_id, supplier__iexact=new.supplier, receipt__iexact=new.receipt
    )
    undone = PurchaseUndone.objects.values("purchase_id")
    if new.receipt and same.exclude(pk__in=undone).exists():
        raise MaterialRefused(
            f"Nota {new.receipt} dari {new.supplier} sudah dicatat.", field="receipt"
        )


def _write(new: NewPurchase, *, by: Actor, now: dt.datetime) -> None:
    Purchase.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        supplier=new.supplier,
        receipt=new.receipt,
        bought_on=new.bought_on,
        total=new.total,
        fund=new.fund or "",
        paid_from=new.paid_from or "",
        note=new.note,
        recorded_at=now,
        recorded_by=str(by),
        xid=0,
    )
    lines = [
        PurchaseLine(
            purchase_id=new.key,
            material_id=line.material_id,
            quantity=line.quantity,
            amount=line.amount,
        )
        for line in new.lines
    ]
    PurchaseLine.objects.bulk_create(lines)


def _pay(new: NewPurchase, *, by: Actor, now: dt.datetime) -> None:
    """Post the money, when fund and box hold enough of it; others of the unit wait meanwhile."""
    assert new.fund is not None
    assert new.paid_from is not None
    fund, box = AccountKind(new.fund.value), AccountKind(new.paid_from.value)
    held = {balance.account: balance.amount for balance in ledger.balances_of(unit_id=new.unit_id)}
    check_enough(kind=fund, there=-held.get(fund, 0), needed=new.total, field="fund")
    check_enough(kind=box, there=held.get(box, 0), needed=new.total, field="paid_from")
    post_entry(
        lines=[Line(new.unit_id, fund, new.total), Line(new.unit_id, box, -new.total)],
        key=new.key,
        occurred_on=new.bought_on,
        memo=_memo("Beli bahan", new.supplier, new.receipt),
        source=f"purchase:{new.key}",
        by=by,
        now=now,
    )


def _pay_back(purchase: Purchase, *, key: UUID, by: Actor, now: dt.datetime) -> None:
    unit, total = purchase.unit_id, purchase.total
    post_entry(
        lines=[
            Line(unit, AccountKind(purchase.paid_from), total),
            Line(unit, AccountKind(purchase.fund), -total),
        ],
        key=key,
        occurred_on=_today(unit, now),
        memo=_memo("Batal beli bahan", purchase.supplier, purchase.receipt),
        source=f"purchase:{purchase.pk}",
        by=by,
        now=now,
        reverses_id=ledger.entry_with_key(key=purchase.pk),
    )


def _take_back(purchase: Purchase, *, reason: str, by: Actor, now: dt.datetime) -> None:
    source = f"purchase:{purchase.pk}"
    came = MaterialMove.objects.filter(source=source, quantity__gt=0).order_by("material_id")
    there = list(came)
    locked_materials([move.material_id for move in there], unit_id=purchase.unit_id)
    moves = [
        NewMaterialMove(
            move.material_id, -move.quantity, Why.UNDONE, source, reason, cost=move.value
        )
        for move in there
    ]
    write_moves(moves, by=by, now=now)


def _memo(what: str, supplier: str, receipt: str) -> str:
    return f"{what}: {supplier}{f' {receipt}' if receipt else ''}"
