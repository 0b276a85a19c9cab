"""What changes materials: opening and ending them, uses, spoilage and counts by hand."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from bekal.catalogue.rules import tidy
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.messages import scope_of_place
from bekal.production.actions.recording import record, wait_for_unit
from bekal.production.models import Material, MaterialEnd, MaterialLevel, MaterialMove
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.keeping import CAUSE_LABELS
from bekal.production.rules.materials import (
    NOTHING_HELD,
    Held,
    MaterialRefused,
    NewMaterialMove,
    Rate,
    Why,
    change_of_value,
    check_material,
    check_material_move,
    check_there,
)
from bekal.production.rules.purchases import (
    NewMaterialCount,
    NewMaterialSheet,
    check_material_count,
    check_material_sheet,
)


@transaction.atomic
def open_material(*, unit_id: int, name: str, measure: str, by: Actor, now: dt.datetime) -> int:
    """Let a unit keep a material, by its name, in its measure; returns its id.

    Names are unique in a unit, without case, so a form sent twice opens one. Raises
    MaterialRefused with the field.
    """
    name = tidy(name)
    check_material(name=name, measure=measure)
    wait_for_unit(unit_id)
    there = Material.objects.filter(unit_id=unit_id, name__iexact=name).first()
    if there is not None:
        raise MaterialRefused(f"Bahan \u201c{there.name}\u201d sudah ada.", field="name")
    material = Material.objects.create(
        unit_id=unit_id, name=name, measure=measure, opened_at=now, opened_by=str(by)
    )
    _record("open_material", material, {"name": name, "measure": measure}, by=by, now=now)
    return material.pk


@transaction.atomic
def end_material(
    *, unit_id: int, material_id: int, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Offer a material no more; saying it again changes nothing.

    Raises MaterialRefused while some of it is there, or without a reason.
    """
    reason = tidy(reason)
    if not 0 < len(reason) <= NOTE_LENGTH:
        raise MaterialRefused("Isi alasannya, misalnya tidak dibuat lagi.", field="reason")
    (material,) = locked_materials([material_id], unit_id=unit_id)
    if held_of([material_id])[material_id].quantity:
        raise MaterialRefused(
            "Bahan ini masih ada menurut catatan. Catat yang keluar, atau hitung dahulu.",
            field="reason",
        )
    _, is_new = MaterialEnd.objects.get_or_create(
        material=material, defaults={"reason": reason, "ended_at": now, "ended_by": str(by)}
    )
    if is_new:
        _record("end_material", material, {"reason": reason}, by=by, now=now)


@transaction.atomic
def use_material(*, sheet: NewMaterialSheet, by: Actor, now: dt.datetime) -> None:
    """Write off what an officer says was used or is spoiled; no more goes by hand than is there.

    The same key with the same content changes nothing again. Raises MaterialRefused with the
    field, and KeyReused for the same key with other content.
    """
    check_material_sheet(sheet)
    door, body = "production.material", sheet.frozen()
    if claim_message(key=sheet.key, door=door, body=body, by=by, now=now) is not None:
        return
    (material,) = locked_materials([sheet.material_id], unit_id=sheet.unit_id)
    check_there(
        material.name,
        held=held_of([material.pk])[material.pk].quantity,
        leaving=sheet.quantity,
        measure=material.measure,
    )
    source = f"hand:{sheet.key}"
    move = NewMaterialMove(material.pk, -sheet.quantity, sheet.why, source, sheet.note)
    write_moves([move], by=by, now=now)
    detail = {"why": sheet.why, "quantity": sheet.quantity}
    _record("use_material", material, detail, by=by, now=now)


@transaction.atomic
def count_material(*, count: NewMaterialCount, by: Actor, now: dt.datetime) -> None:
    """Let a level be what an officer counted; what differs is a move with its cause.

    What is found is worth the average, what is missing takes its part of it along. The same key
    with the same content changes nothing again. Raises MaterialRefused with the field, also when
    the level is no longer what the counter saw, and KeyReused as `use_material` does.
    """
    door, body = "production.material_count", count.frozen()
    scope = scope_of_place(count.unit_id)
    first = claim_message(key=count.key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return
    (material,) = locked_materials([count.material_id], unit_id=count.unit_id)
    held = held_of([material.pk])[material.pk].quantity
    check_material_count(count, held=held)
    cause = CAUSE_LABELS[count.cause] if count.cause and count.counted != held else ""
    note = ": ".join(word for word in (cause, count.note) if word)
    source = f"hand:{count.key}"
    move = NewMaterialMove(material.pk, count.counted - held, Why.COUNTED, source, note)
    write_moves([move], by=by, now=now)
    detail = {"cause": count.cause, "difference": move.quantity}
    _record("count_material", material, detail, by=by, now=now)


def locked_materials(ids: Iterable[int], *, unit_id: int) -> list[Material]:
    """The materials of a unit, locked in order; raises MaterialRefused when one is not its own."""
    wanted = sorted(set(ids))
    found = Material.objects.select_for_update(no_key=True).filter(pk__in=wanted, unit_id=unit_id)
    materials = list(found.order_by("pk"))
    if len(materials) < len(wanted):
        raise MaterialRefused("Bahan ini tidak ada di unit Anda.", field="lines")
    return materials


def held_of(ids: Iterable[int]) -> dict[int, Held]:
    """What is there of materials that are locked."""
    wanted = list(ids)
    levels = MaterialLevel.objects.filter(pk__in=wanted)
    there = {
        level.pk: Held(level.quantity, level.value, Rate(level.rate_value, level.rate_quantity))
        for level in levels
    }
    return {pk: there.get(pk, NOTHING_HELD) for pk in wanted}


def write_moves(moves: Sequence[NewMaterialMove], *, by: Actor, now: dt.datetime) -> None:
    """Write moves of locked materials, each material once, with what they change in value.

    A source moves a material for a reason once: a repeat changes nothing.
    """
    held = held_of({move.material_id for move in moves})
    assert len(held) == len(moves)
    for move in moves:
        check_material_move(move)
    rows = [
        MaterialMove(
            material_id=move.material_id,
            quantity=move.quantity,
            value=change_of_value(held[move.material_id], move),
            why=move.why,
            source=move.source,
            note=move.note,
            moved_at=now,
            moved_by=str(by),
        )
        for move in moves
    ]
    MaterialMove.objects.bulk_create(rows, ignore_conflicts=True)


def _record(
    act: str, material: Material, detail: Mapping[str, Any], *, by: Actor, now: dt.datetime
) -> None:
    record(act, f"material:{material.pk}", unit_id=material.unit_id, detail=detail, by=by, now=now)
