"""Goods are looked at, and get a code each."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from bekal.catalogue import queries as catalogue
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.codes import random_code
from bekal.production.actions.batches import correct_batch
from bekal.production.actions.recording import record
from bekal.production.models import Batch, PieceLabel, QualityCheck, QualityPoint, QualityResult
from bekal.production.queries import points_for, stands_of
from bekal.production.rules import (
    LABEL_PREFIX,
    MOST_LABELS,
    NewCheck,
    NewCorrection,
    NewPoint,
    QualityRefused,
    check_findings,
    check_point,
)


@transaction.atomic
def add_point(*, unit_id: int, point: NewPoint, by: Actor, now: dt.datetime) -> int:
    """Let a unit look at something from a day on; returns its id. Saying it again adds nothing.

    Raises QualityRefused with the field.
    """
    check_point(point)
    if point.product_id:
        terms = catalogue.sale_terms(product_ids=[point.product_id], on=local_day(now, Zone.WIB))
        if point.product_id not in terms or terms[point.product_id].unit_id != unit_id:
            raise QualityRefused("Pilih produk dari katalog unit Anda.", field="product")
    same = {
        "unit_id": unit_id,
        "text": point.text.strip(),
        "category_id": point.category or None,
        "product_id": point.product_id,
    }
    there = QualityPoint.objects.filter(**same, ended_at__isnull=True).first()
    if there is not None:
        return there.pk
    made = QualityPoint.objects.create(
        **same, valid_from=point.valid_from, set_at=now, set_by=str(by)
    )
    key = f"point:{made.pk}"
    record("add_point", key, unit_id=unit_id, detail=dict(same), by=by, now=now)
    return made.pk


@transaction.atomic
def end_point(*, unit_id: int, point_id: int, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """Look at it no more from a day on, once. Raises LookupError for another unit's."""
    points = QualityPoint.objects.select_for_update(of=("self",))
    point = points.filter(pk=point_id, unit_id=unit_id).first()
    if point is None:
        raise LookupError(f"unit {unit_id} has no point {point_id}")
    if point.ended_at is not None:
        return
    point.ended_on, point.ended_at, point.ended_by = on, now, str(by)
    point.save(update_fields=["ended_on", "ended_at", "ended_by"])
    record("end_point", f"point:{point_id}", unit_id=unit_id, detail={"on": on}, by=by, now=now)


@transaction.atomic
def check_batch_quality(*, unit_id: int, new: NewCheck, by: Actor, now: dt.datetime) -> None:
    """Write down how a batch passed; what did not is corrected from good to rejected.

    The same key with the same content is written once. Raises QualityRefused or BatchRefused with
    the field, LookupError for another unit's, KeyReused as `record_batch` does.
    """
    body, door = new.frozen(), "production.quality"
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return
    batch = _the_batch(unit_id, new.batch_id)
    good, rejected = stands_of(batch)
    points = points_for(unit_id=unit_id, product_id=batch.product_id, on=batch.made_on)
    check_findings(new, points=frozenset(point.pk for point in points), good=good)
    if new.rejects:
        failed = {each.point_id for each in new.findings if not each.passed}
        reason = ", ".join(point.text for point in points if point.pk in failed)
        fix = NewCorrection(
            uuid5(new.key, "koreksi"),
            batch.pk,
            good - new.rejects,
            rejected + new.rejects,
            f"Tidak lulus: {reason}"[:200],
        )
        correct_batch(unit_id=unit_id, new=fix, by=by, now=now)
    check = QualityCheck.objects.create(
        id=new.key, batch=batch, rejects=new.rejects, checked_at=now, checked_by=str(by)
    )
    QualityResult.objects.bulk_create(
        QualityResult(
            check_of=check, point_id=each.point_id, passed=each.passed, note=each.note.strip()
        )
        for each in new.findings
    )
    detail = {"rejects": new.rejects, "passed": all(each.passed for each in new.findings)}
    key = f"batch:{batch.pk}"
    record("check_batch_quality", key, unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def mint_labels(*, unit_id: int, batch_id: UUID, by: Actor, now: dt.datetime) -> int:
    """Give each good piece of a batch a code, once; returns how many are new.

    A code stays with its piece, also when a correction leaves fewer pieces. Raises QualityRefused
    for more than one batch has labels, LookupError for another unit's.
    """
    batch = _the_batch(unit_id, batch_id)
    Batch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    good, _ = stands_of(batch)
    if good > MOST_LABELS:
        raise QualityRefused(f"Paling banyak {MOST_LABELS} label untuk satu hasil.")
    there = set(PieceLabel.objects.filter(batch=batch).values_list("piece", flat=True))
    missing = [piece for piece in range(1, good + 1) if piece not in there]
    while missing:
        labels = [
            PieceLabel(
                code=random_code(LABEL_PREFIX),
                batch=batch,
                piece=piece,
                minted_at=now,
                minted_by=str(by),
            )
            for piece in missing
        ]
        # A code that another piece has by chance is drawn anew.
        PieceLabel.objects.bulk_create(labels, ignore_conflicts=True)
        made = PieceLabel.objects.filter(batch=batch).values_list("piece", flat=True)
        missing = sorted(set(missing) - set(made))
    new = good - len(there & set(range(1, good + 1)))
    if new:
        key = f"batch:{batch.pk}"
        record("mint_labels", key, unit_id=unit_id, detail={"labels": new}, by=by, now=now)
    return new


def _the_batch(unit_id: int, batch_id: UUID) -> Batch:
    batch = Batch.objects.filter(pk=batch_id, unit_id=unit_id).first()
    if batch is None:
        raise LookupError(f"unit {unit_id} has no batch {batch_id}")
    return batch
