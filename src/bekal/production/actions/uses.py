"""Materials that batches use: by recipe when a batch is written down, then as people say."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.production.actions.materials import locked_materials, write_moves
from bekal.production.actions.recording import record
from bekal.production.models import Batch, MaterialEnd, MaterialUse
from bekal.production.queries import recipe_of, used_in
from bekal.production.rules import ModelOfWork, NewBatch, NewCorrection
from bekal.production.rules.materials import MaterialRefused, NewMaterialMove, Why, nearest
from bekal.production.rules.uses import NewBatchMaterials, check_batch_materials, check_returned


def use_recipe(new: NewBatch, *, by: Actor, now: dt.datetime) -> None:
    """Write off what the price sheet of a product expects for a batch, good and rejected pieces.

    A part of `record_batch`. It is a fact of the day: levels may fall below zero, for a person to
    count. A partner's order uses the partner's material, and a product without a sheet none.
    """
    if new.model is not ModelOfWork.OWN:
        return
    recipe = recipe_of(product_ids=[new.product_id]).get(new.product_id, {})
    pieces = new.good + new.rejected
    used = {
        material: nearest(quantity * pieces, basis)
        for material, (quantity, basis) in recipe.items()
    }
    ended = _ended(used)
    changes = {one: quantity for one, quantity in used.items() if quantity and one not in ended}
    _write(
        changes, batch_id=new.key, unit_id=new.unit_id, source=f"batch:{new.key}", by=by, now=now
    )


@transaction.atomic
def set_batch_materials(*, new: NewBatchMaterials, by: Actor, now: dt.datetime) -> None:
    """Say how much of each material a batch used after all; what differs is a move.

    Materials that are not named stay as they were, and what differs moves on the day of `now`: what
    was closed stays closed. Levels may fall below zero. The same key with the same content changes
    nothing again. Raises MaterialRefused with the field, also when the batch no longer stands as
    the person saw it, and KeyReused for the same key with other content.
    """
    door, body = "production.batch_materials", new.frozen()
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return
    batches = Batch.objects.select_for_update(of=("self",), no_key=True)
    if not batches.filter(pk=new.batch_id, unit_id=new.unit_id).exists():
        raise MaterialRefused("Hasil produksi ini tidak ada di unit Anda.")
    stands = _stands(new.batch_id)
    check_batch_materials(new, stands=stands, ended=_ended(new.used))
    changes = {
        material: quantity - stands.get(material, 0)
        for material, quantity in new.used.items()
        if quantity != stands.get(material, 0)
    }
    source = f"batchuse:{new.key}"
    _write(changes, batch_id=new.batch_id, unit_id=new.unit_id, source=source, by=by, now=now)
    key = f"batch:{new.batch_id}"
    detail = {str(material): change for material, change in changes.items()}
    record("set_batch_materials", key, unit_id=new.unit_id, detail=detail, by=by, now=now)


def return_materials(
    new: NewCorrection, *, unit_id: int, number: str, by: Actor, now: dt.datetime
) -> dict[str, int]:
    """Let what a cancelled batch used come back, at what it went out at; how much, by material.

    A part of `correct_batch`, which holds the batch. Raises MaterialRefused with the field.
    """
    used = {row.material_id: row for row in used_in(batch_id=new.batch_id)}
    stands = {material: row.quantity for material, row in used.items()}
    check_returned(new.returned, used=stands, is_cancelled=new.is_cancelled)
    if not new.is_cancelled:
        return {}
    back = {one: new.returned.get(one, there) for one, there in stands.items()}
    back = {one: quantity for one, quantity in back.items() if quantity}
    if not back:
        return {}
    locked_materials(back, unit_id=unit_id)
    source, note = f"batchfix:{new.key}", f"{number} dibatalkan: {new.reason.strip()}"
    moves = [
        NewMaterialMove(
            one, quantity, Why.RETURNED, source, note, cost=used[one].worth_of(quantity)
        )
        for one, quantity in back.items()
    ]
    write_moves(moves, by=by, now=now)
    MaterialUse.objects.bulk_create(
        MaterialUse(batch_id=new.batch_id, material_id=one, quantity=-quantity, source=source)
        for one, quantity in back.items()
    )
    return {str(one): quantity for one, quantity in back.items()}


def _stands(batch_id: UUID) -> dict[int, int]:
    rows = MaterialUse.objects.filter(batch_id=batch_id).values("material_id")
    sums = rows.annotate(used=Sum("quantity")).values_list("material_id", "used")
    return dict(sums)


def _ended(materials: Iterable[int]) -> set[int]:
    ended = MaterialEnd.objects.filter(pk__in=list(materials))
    return set(ended.values_list("pk", flat=True))


def _write(
    changes: Mapping[int, int],
    *,
    batch_id: UUID,
    unit_id: int,
    source: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Write uses with their moves; what is used less comes back at the average of now."""
    if not changes:
        return
    locked_materials(changes, unit_id=unit_id)
    moves: Sequence[NewMaterialMove] = [
        NewMaterialMove(
            material, -change, Why.USED if change > 0 else Why.CORRECTED, source, "Hasil produksi"
        )
        for material, change in changes.items()
    ]
    write_moves(moves, by=by, now=now)
    MaterialUse.objects.bulk_create(
        MaterialUse(batch_id=batch_id, material_id=material, quantity=change, source=source)
        for material, change in changes.items()
    )
