"""What was made is written down: pieces, the work of makers and the goods, in one act."""

import datetime as dt

from django.db import transaction

from bekal.catalogue import queries as catalogue
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.production.actions.moving import lock_levels, move_stock
from bekal.production.actions.recording import record
from bekal.production.actions.uses import return_materials, use_recipe
from bekal.production.models import (
    Batch,
    BatchBook,
    BatchCorrection,
    BatchShare,
    NoProduction,
    Workshop,
)
from bekal.production.queries import (
    is_idle,
    is_productive,
    limit_on,
    makers_assigned,
    minutes_spent,
    stands_of,
)
from bekal.production.rules import (
    BatchRefused,
    ModelOfWork,
    NewBatch,
    NewCorrection,
    NewMove,
    Reason,
    batch_number,
    check_batch,
    check_correction,
    check_made_on,
    check_minutes,
)


@transaction.atomic
def record_batch(*, new: NewBatch, by: Actor, now: dt.datetime) -> str:
    """Write down what was made, whose work it was, and the goods that came; returns its number.

    The goods come under the source "batch:<key>", those of a service excepted, and the product is
    tracked from then on. The same key with the same content is written once. Raises BatchRefused
    with the field, and KeyReused for the same key with other content.
    """
    body = new.frozen()
    door, scope = "production.batch", scope_of_place(new.unit_id)
    first = claim_message(key=new.key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return batch_number(Batch.objects.values_list("number", flat=True).get(pk=new.key))
    _check_goods(new, now=now)
    lock_levels(product_ids=[new.product_id], by=by, now=now)
    _hold_book(new.unit_id)
    _check_day(new)
    if new.good and new.model is not ModelOfWork.SERVICE:
        come = NewMove(new.product_id, new.good, Reason.RECEIVED, f"batch:{new.key}")
        move_stock(moves=[come], by=by, now=now)
    number = _write(new, by=by, now=now)
    use_recipe(new, by=by, now=now)
    detail = {
        "number": number,
        "product": new.product_id,
        "made_on": new.made_on,
        "good": new.good,
        "rejected": new.rejected,
        "shares": dict(new.shares),
    }
    key = f"batch:{new.key}"
    record("record_batch", key, unit_id=new.unit_id, detail=detail, by=by, now=now)
    return number


@transaction.atomic
def correct_batch(*, unit_id: int, new: NewCorrection, by: Actor, now: dt.datetime) -> None:
    """Say how many pieces of a batch there were after all; the difference moves the goods too.

    Goods that were sold already may be missing afterwards: the level says so. With no piece left
    a batch is taken back for good, its work takes no time of its day, and its materials come back
    at what they went out at, but for what was used up. The same key with the same content is
    written once. Raises BatchRefused or MaterialRefused with the field, LookupError for another
    unit's, and KeyReused as `record_batch` does.
    """
    body = new.frozen()
    door = "production.batch_fix"
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return
    batch = Batch.objects.filter(pk=new.batch_id, unit_id=unit_id).first()
    if batch is None:
        raise LookupError(f"unit {unit_id} has no batch {new.batch_id}")
    lock_levels(product_ids=[batch.product_id], by=by, now=now)
    Batch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    good, rejected = stands_of(batch)
    check_correction(new, good=good, rejected=rejected)
    change, number = new.good - good, batch_number(batch.number)
    if change and batch.model != ModelOfWork.SERVICE:
        source = f"batchfix:{new.key}"
        move = NewMove(batch.product_id, change, Reason.CORRECTED, source, number)
        move_stock(moves=[move], by=by, now=now)
    BatchCorrection.objects.create(
        id=new.key,
        batch=batch,
        good_change=change,
        rejected_change=new.rejected - rejected,
        reason=new.reason.strip(),
        recorded_at=now,
        recorded_by=str(by),
    )
    back = return_materials(new, unit_id=unit_id, number=number, by=by, now=now)
    detail = {"good": [good, new.good], "rejected": [rejected, new.rejected], "returned": back}
    key = f"batch:{batch.pk}"
    record("correct_batch", key, unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def tell_no_production(*, unit_id: int, day: dt.date, by: Actor, now: dt.datetime) -> None:
    """Write down that a unit made nothing on a day; saying it again changes nothing.

    Raises BatchRefused when something was made, or for the day.
    """
    check_made_on(day, today=local_day(now, Zone.WIT), field="day")
    _hold_book(unit_id)
    if is_idle(unit_id=unit_id, day=day):
        return
    if is_productive(unit_id=unit_id, day=day):
        raise BatchRefused("Pada hari itu sudah ada hasil produksi yang tercatat.", field="day")
    NoProduction.objects.create(unit_id=unit_id, day=day, recorded_at=now, recorded_by=str(by))
    detail = {"day": day}
    record("tell_no_production", f"unit:{unit_id}", unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def withdraw_no_production(*, unit_id: int, day: dt.date, by: Actor, now: dt.datetime) -> None:
    """Take back that a unit made nothing on a day; without that word nothing changes."""
    said = NoProduction.objects.select_for_update(of=("self",))
    one = said.filter(unit_id=unit_id, day=day, withdrawn_at__isnull=True).first()
    if one is None:
        return
    one.withdrawn_at, one.withdrawn_by = now, str(by)
    one.save(update_fields=["withdrawn_at", "withdrawn_by"])
    detail = {"day": day}
    key = f"unit:{unit_id}"
    record("withdraw_no_production", key, unit_id=unit_id, detail=detail, by=by, now=now)


def _hold_book(unit_id: int) -> None:
    """Let nobody else say what the unit made until this transaction ends."""
    BatchBook.objects.bulk_create(
        [BatchBook(unit_id=unit_id, last_number=0)], ignore_conflicts=True
    )
    BatchBook.objects.select_for_update().get(pk=unit_id)


def _check_goods(new: NewBatch, *, now: dt.datetime) -> None:
    terms = catalogue.sale_terms(product_ids=[new.product_id], on=new.made_on)
    if new.product_id not in terms or terms[new.product_id].unit_id != new.unit_id:
        raise BatchRefused("Pilih produk dari katalog unit Anda.", field="product")
    if not Workshop.objects.filter(pk=new.workshop_id, unit_id=new.unit_id).exists():
        raise BatchRefused("Pilih bengkel dari unit ini.", field="workshop")
    is_food = bool(catalogue.food_among(product_ids=[new.product_id]))
    check_batch(new, today=local_day(now, Zone.WIT), is_food=is_food)


def _check_day(new: NewBatch) -> None:
    """Refuse for the person's sake what the database will refuse anyway."""
    if is_idle(unit_id=new.unit_id, day=new.made_on):
        raise BatchRefused(
            "Pada hari itu tercatat tidak ada produksi. Batalkan catatan itu dahulu.",
            field="made_on",
        )
    limit = limit_on(unit_id=new.unit_id, on=new.made_on)
    assigned = makers_assigned(unit_id=new.unit_id, on=new.made_on)
    spent = minutes_spent(makers=[maker for maker, _ in new.shares], on=new.made_on)
    for maker, minutes in new.shares:
        check_minutes(
            maker=maker,
            minutes=minutes,
            spent=spent.get(maker, 0),
            most=limit.minutes_a_day if limit else None,
            is_assigned=maker in assigned,
        )


def _write(new: NewBatch, *, by: Actor, now: dt.datetime) -> str:
    batch = Batch.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        number=0,
        workshop_id=new.workshop_id,
        product_id=new.product_id,
        made_on=new.made_on,
        good=new.good,
        rejected=new.rejected,
        model=new.model,
        partner=new.partner.strip(),
        expires_on=new.expires_on,
        note=new.note.strip(),
        xid=0,
        recorded_at=now,
        recorded_by=str(by),
    )
    BatchShare.objects.bulk_create(
        BatchShare(batch=batch, maker_id=maker, minutes=minutes)
        for maker, minutes in sorted(new.shares)
    )
    batch.refresh_from_db(fields=["number"])
    return batch_number(batch.number)
