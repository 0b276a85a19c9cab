"""What a batch used of materials: typed, checked with what it does to the stock, saved."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, forms, queries
from bekal.production.queries import BatchRow, UseLine
from bekal.production.rules.materials import quantity_text
from bekal.production.views.batches import the_batch
from bekal.production.views.common import CHANGE, SAVE, WRONG, made_crumbs, refuse, to


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def batch_materials(request: StaffRequest, unit: str, batch: UUID) -> HttpResponse:
    """Say how much of each material a batch used after all."""
    place = request.scope.unit(unit)
    row = the_batch(place, batch)
    act = request.POST.get("act", "")
    sent = request.POST if request.method == "POST" and act != CHANGE else None
    lines = queries.use_lines(unit_id=place.id, batch=row)
    form = forms.BatchMaterialsForm(sent, rows=lines, initial=request.POST.dict())
    if not form.is_valid():
        return _page(request, place, row, form=form, status=WRONG if form.is_bound else 200)
    if act != SAVE:
        return _check(request, place, row, form=form)
    new = form.message(unit_id=place.id, batch_id=row.id)
    try:
        actions.set_batch_materials(new=new, by=request.actor, now=request.now)
    except Refused as refused:
        door = "production.batch_materials"
        status = refuse(request, place, form, refused=refused, door=door, message=new)
        form.look_again()
        return _page(request, place, row, form=form, status=status)
    return to("batch", place.code, row.id, tersimpan="bahan")


def _page(
    request: StaffRequest,
    place: PlaceNow,
    row: BatchRow,
    *,
    form: forms.BatchMaterialsForm,
    status: int,
) -> HttpResponse:
    context = {"unit": place, "row": row, "form": form, "crumbs": _crumbs(place, row)}
    return render(request, "production/batch_materials.html", context, status=status)


def _check(
    request: StaffRequest, place: PlaceNow, row: BatchRow, *, form: forms.BatchMaterialsForm
) -> HttpResponse:
    """What would be written, and what that leaves of each material."""
    changed = form.changed()
    lines = [
        _change(line, changed[line.material.id])
        for line in form.rows
        if line.material.id in changed
    ]
    context = {
        "unit": place,
        "row": row,
        "lines": lines,
        "is_short": any(line["is_short"] for line in lines),
        "answers": form.answers(),
        "crumbs": _crumbs(place, row),
    }
    return render(request, "production/batch_materials_check.html", context)


def _change(line: UseLine, used: int) -> dict[str, object]:
    after = line.material.quantity - (used - line.recorded)
    return {
        "name": line.material.name,
        "measure": line.material.measure,
        "recorded": quantity_text(line.recorded),
        "used": quantity_text(used),
        "before": quantity_text(line.material.quantity),
        "after": quantity_text(after),
        "is_short": after < 0,
    }


def _crumbs(place: PlaceNow, row: BatchRow) -> list[tuple[str, str | None]]:
    way = (row.number, reverse("production:batch", args=[place.code, row.id]))
    return made_crumbs(place, way, ("Bahan terpakai", None))
