"""What changes land: plots, plantings, harvests and where these went."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from bekal.catalogue.rules import tidy
from bekal.foundation import formats
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.production.actions.batches import correct_batch, record_batch
from bekal.production.actions.moving import lock_levels
from bekal.production.actions.recording import record, wait_for_unit
from bekal.production.models import (
    Batch,
    Harvest,
    HarvestUndone,
    Planting,
    PlantingEnd,
    Plot,
    PlotEnd,
    PlotReopened,
    Stock,
)
from bekal.production.queries import sold_of, stands_of
from bekal.production.rules import NewCorrection
from bekal.production.rules.land import (
    LandRefused,
    NewHarvest,
    NewPlanting,
    check_days_of_plot,
    check_harvest,
    check_planting,
    check_plot,
    check_reason,
    check_still_there,
)


@transaction.atomic
def open_plot(*, unit_id: int, name: str, kind: str, area: int, by: Actor, now: dt.datetime) -> int:
    """Write down a plot of a unit, by its name, with its area in square metres; returns its id.

    Names are unique in a unit, without case, so a form sent twice opens one. Raises LandRefused
    with the field.
    """
    name = tidy(name)
    check_plot(name=name, kind=kind, area=area)
    wait_for_unit(unit_id)
    if Plot.objects.filter(unit_id=unit_id, name__iexact=name).exists():
        raise LandRefused(f"Lahan \u201c{name}\u201d sudah ada.", field="name")
    plot = Plot.objects.create(
        unit_id=unit_id, name=name, kind=kind, area=area, opened_at=now, opened_by=str(by)
    )
    detail = {"name": name, "kind": kind, "area": area}
    record("open_plot", f"plot:{plot.pk}", unit_id=unit_id, detail=detail, by=by, now=now)
    return plot.pk


@transaction.atomic
def end_plot(
    *, unit_id: int, plot_id: int, last: dt.date, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Say that a plot is used no more after a day; said again, it changes nothing.

    Raises LandRefused with the field, also while something grows there or grew there later, and for
    a day before it was used again.
    """
    reason = tidy(reason)
    check_reason(reason, example="menjadi gedung baru")
    plot = _locked_plot(plot_id, unit_id=unit_id)
    if PlotEnd.objects.filter(plot=plot, reopened=None).exists():
        return
    check_days_of_plot(last, again_since=_again_since(plot), field="last")
    if last > local_day(now, Zone.WIT):
        raise LandRefused("Isi hari terakhirnya, paling akhir hari ini.", field="last")
    grew = Planting.objects.filter(plot=plot)
    ended = PlantingEnd.objects.filter(planting__plot=plot)
    if ended.count() < grew.count():
        raise LandRefused("Masih ada tanaman di lahan ini. Selesaikan tanamannya dahulu.")
    if ended.filter(last_day__gt=last).exists():
        raise LandRefused("Sesudah hari itu masih ada tanaman di lahan ini.", field="last")
    PlotEnd.objects.create(plot=plot, last_day=last, reason=reason, ended_at=now, ended_by=str(by))
    detail = {"last": last, "reason": reason}
    record("end_plot", f"plot:{plot_id}", unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def reopen_plot(
    *, unit_id: int, plot_id: int, first: dt.date, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Let a plot that ended be used again from a day on; where it is used, nothing changes.

    Its end and what grew before stay written. Raises LandRefused with the field, for a day that has
    not come, or before its end.
    """
    reason = tidy(reason)
    check_reason(reason, example="gedungnya batal dibangun")
    plot = _locked_plot(plot_id, unit_id=unit_id)
    end = PlotEnd.objects.filter(plot=plot, reopened=None).first()
    if end is None:
        return
    if not end.last_day <= first <= local_day(now, Zone.WIT):
        raise LandRefused(
            f"Isi hari dari {formats.date(end.last_day)} sampai hari ini.", field="first"
        )
    PlotReopened.objects.create(
        end=end, first_day=first, reason=reason, reopened_at=now, reopened_by=str(by)
    )
    detail = {"first": first, "reason": reason}
    record("reopen_plot", f"plot:{plot_id}", unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def plant(*, new: NewPlanting, by: Actor, now: dt.datetime) -> None:
    """Write down what was planted or stocked on a plot of the unit.

    The same key with the same content changes nothing again. Raises LandRefused with the field,
    and KeyReused for the same key with other content.
    """
    check_planting(new, today=local_day(now, Zone.WIT))
    door, body = "production.planting", new.frozen()
    if claim_message(key=new.key, door=door, body=body, by=by, now=now) is not None:
        return
    plot = _locked_plot(new.plot_id, unit_id=new.unit_id)
    if PlotEnd.objects.filter(plot=plot, reopened=None).exists():
        raise LandRefused("Lahan ini tidak dipakai lagi. Buka lagi lahannya dahulu.")
    check_days_of_plot(new.planted_on, again_since=_again_since(plot), field="planted_on")
    planting = Planting.objects.create(
        plot_id=new.plot_id,
        key=new.key,
        crop=new.crop,
        planted_on=new.planted_on,
        harvest_from=new.harvest_from,
        harvest_until=new.harvest_until,
        recorded_at=now,
        recorded_by=str(by),
    )
    detail = {"crop": new.crop, "planted_on": new.planted_on}
    key = f"planting:{planting.pk}"
    record("plant", key, unit_id=new.unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def end_planting(
    *, unit_id: int, planting_id: int, last: dt.date, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Say that nothing of a planting is left after a day; said again, it changes nothing.

    Raises LandRefused with the field.
    """
    reason = tidy(reason)
    check_reason(reason, example="selesai dipanen")
    planting = _locked(planting_id, unit_id=unit_id)
    if not planting.planted_on <= last <= local_day(now, Zone.WIT):
        raise LandRefused("Isi hari sesudah ditanam, paling akhir hari ini.", field="last")
    later = Harvest.objects.filter(planting=planting, harvested_on__gt=last, undone=None)
    if later.exists():
        raise LandRefused("Sesudah hari itu masih ada panen yang tercatat.", field="last")
    given = {"last_day": last, "reason": reason, "ended_at": now, "ended_by": str(by)}
    _, is_new = PlantingEnd.objects.get_or_create(planting=planting, defaults=given)
    if is_new:
        detail = {"last": last, "reason": reason}
        key = f"planting:{planting_id}"
        record("end_planting", key, unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def record_harvest(*, new: NewHarvest, by: Actor, now: dt.datetime) -> None:
    """Write a harvest down, and where it went: what is sold becomes a batch in the same act.

    The kitchen's and what was given away moves no stock: it never was for sale. The same key with
    the same content changes nothing again. Raises LandRefused or BatchRefused with the field, and
    KeyReused for the same key with other content.
    """
    door, body, scope = "production.harvest", new.frozen(), scope_of_place(new.unit_id)
    first = claim_message(key=new.key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return
    planting = _planting(new.planting_id, unit_id=new.unit_id)
    check_harvest(new, planted_on=planting.planted_on, today=local_day(now, Zone.WIT))
    if new.batch is not None:
        record_batch(new=new.batch, by=by, now=now)
    _locked(new.planting_id, unit_id=new.unit_id)
    ended = PlantingEnd.objects.filter(planting=planting).values_list("last_day", flat=True).first()
    if ended is not None and ended < new.harvested_on:
        raise LandRefused("Tanaman ini sudah selesai pada hari itu.", field="harvested_on")
    _write(new, by=by, now=now)
    detail = {"quantity": new.quantity, "weighed": new.weighed, "fate": new.fate}
    key = f"harvest:{new.key}"
    record("record_harvest", key, unit_id=new.unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def undo_harvest(
    *, unit_id: int, harvest_id: UUID, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Take a harvest back that was written down wrongly; taken back again, it changes nothing.

    With what was for sale its batch goes: goods, material and the minutes of its makers. Raises
    LandRefused without a reason, for another unit's, and when its goods are no longer all there.
    """
    reason = tidy(reason)
    check_reason(reason, example="salah timbang")
    harvest = Harvest.objects.filter(pk=harvest_id, planting__plot__unit_id=unit_id).first()
    if harvest is None:
        raise LandRefused("Panen ini tidak ada di unit Anda.")
    if harvest.batch_id is not None:
        _take_batch_back(harvest.batch_id, unit_id=unit_id, reason=reason, by=by, now=now)
    _locked(harvest.planting_id, unit_id=unit_id)
    given = {"reason": reason, "undone_at": now, "undone_by": str(by)}
    _, is_new = HarvestUndone.objects.get_or_create(harvest=harvest, defaults=given)
    if is_new:
        detail = {"reason": reason}
        key = f"harvest:{harvest_id}"
        record("undo_harvest", key, unit_id=unit_id, detail=detail, by=by, now=now)


def _take_batch_back(
    batch_id: UUID, *, unit_id: int, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Leave nothing of the batch of a harvest, unless that was said before."""
    batch = Batch.objects.get(pk=batch_id)
    lock_levels(product_ids=[batch.product_id], by=by, now=now)
    good, rejected = stands_of(batch)
    if good + rejected == 0:
        return
    level = Stock.objects.filter(pk=batch.product_id).first()
    free = level.on_hand - level.held if level else 0
    check_still_there(good=good, sold=sold_of(batch_id=batch_id), free=free)
    new = NewCorrection(uuid5(batch_id, "undone"), batch_id, 0, 0, reason)
    correct_batch(unit_id=unit_id, new=new, by=by, now=now)


def _locked_plot(plot_id: int, *, unit_id: int) -> Plot:
    found = Plot.objects.select_for_update(of=("self",), no_key=True)
    plot = found.filter(pk=plot_id, unit_id=unit_id).first()
    if plot is None:
        raise LandRefused("Lahan ini tidak ada di unit Anda.")
    return plot


def _again_since(plot: Plot) -> dt.date | None:
    """The day since which a plot that had ended is used again, or None."""
    again = PlotReopened.objects.filter(end__plot=plot).order_by("-first_day")
    return again.values_list("first_day", flat=True).first()


def _planting(planting_id: int, *, unit_id: int) -> Planting:
    found = Planting.objects.filter(pk=planting_id, plot__unit_id=unit_id).first()
    if found is None:
        raise LandRefused("Tanaman ini tidak ada di unit Anda.")
    return found


def _locked(planting_id: int, *, unit_id: int) -> Planting:
    found = Planting.objects.select_for_update(of=("self",), no_key=True)
    planting = found.filter(pk=planting_id, plot__unit_id=unit_id).first()
    if planting is None:
        raise LandRefused("Tanaman ini tidak ada di unit Anda.")
    return planting


def _write(new: NewHarvest, *, by: Actor, now: dt.datetime) -> None:
    Harvest.objects.create(
        id=new.key,
        planting_id=new.planting_id,
        harvested_on=new.harvested_on,
        quantity=new.quantity,
        weighed=new.weighed,
        fate=new.fate,
        recipient=new.recipient,
        batch_id=new.batch.key if new.batch else None,
        note=new.note,
        recorded_at=now,
        recorded_by=str(by),
    )
