"""The materials of a unit: their list, one with its moves, uses, counts, and an end."""

from functools import partial

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.queries import MaterialRow
from bekal.production.rules.materials import WHY_LABELS
from bekal.production.views.common import (
    DONE,
    WRONG,
    as_file,
    materials_crumbs,
    status_of,
    stock_crumbs,
    submit,
    to,
)
from bekal.ui.inputs import carry_out, show_refusal

ROWS_A_PAGE = 40
_SAVED = {
    "bahan": "Bahan tersimpan.",
    "keluar": "Bahan keluar tersimpan.",
    "hitung": "Hasil hitung tersimpan.",
    "berhenti": "Bahan ini tidak dipakai lagi.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def material_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit has of each material, and what it is worth."""
    place = request.scope.unit(unit)
    filters = forms.read_material_filters(request.GET)
    rows = queries.materials_of(unit_id=place.id, filters=filters)
    context = {
        "unit": place,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(filters.page),
        "value": sum(row.value for row in rows),
        "filters": filters,
        "standings": forms.LEVEL_SLUGS,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "may_buy": may(request, place, Permission.PREPARE_MONEY),
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, ("Bahan", None)),
    }
    return render(request, "production/materials.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    filters = forms.read_material_filters(request.GET)
    rows = queries.materials_of(unit_id=place.id, filters=filters)
    name = f"bahan-{place.code}-{today_at(request, place)}"
    return as_file(request, exports.of_materials(rows), name=name)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, unit: str) -> HttpResponse:
    """Begin to keep a material."""
    place = request.scope.unit(unit)
    form = forms.MaterialForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.open_material(
                unit_id=place.id, **form.cleaned_data, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("materials", place.code, tersimpan="bahan")
    context = {
        "unit": place,
        "form": form,
        "which": "new",
        "heading": "Tambah bahan",
        "crumbs": materials_crumbs(place, ("Tambah bahan", None)),
    }
    status = WRONG if form.is_bound else 200
    return render(request, "production/material_form.html", context, status=status)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def material(request: StaffRequest, unit: str, material: int) -> HttpResponse:
    """One material: its level, its average, and every move."""
    place = request.scope.unit(unit)
    row = _the_material(place, material)
    page = queries.material_moves(row=row, page=formats.read_page(request.GET.get("halaman", "")))
    names = accounts.names_of(actors={line.moved_by for line in page})
    zone = zone_of(place)
    moves = [
        (line, local_day(line.moved_at, zone), WHY_LABELS[line.why], names[line.moved_by])
        for line in page
    ]
    context = {
        "unit": place,
        "row": row,
        "page": page,
        "moves": moves,
        "zone": zone,
        "may_keep": may(request, place, Permission.KEEP_STOCK) and not row.ended,
        "saved": said(request, _SAVED),
        "crumbs": materials_crumbs(place, (row.name, None)),
    }
    return render(request, "production/material.html", context)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: StaffRequest, unit: str, material: int) -> HttpResponse:
    """Material that was used without a batch, or is spoiled."""
    place = request.scope.unit(unit)
    row = _the_material(place, material)
    form = forms.UseForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        sheet = form.sheet(unit_id=place.id, material_id=row.id)
        act = partial(actions.use_material, sheet=sheet)
        status = submit(request, place, form, act=act, door="production.material", message=sheet)
        if status == DONE:
            return to("material", place.code, row.id, tersimpan="keluar")
    return _form_page(request, place, row, form=form, which="use", status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: StaffRequest, unit: str, material: int) -> HttpResponse:
    """What was counted of a material, beside what stands written."""
    place = request.scope.unit(unit)
    row = _the_material(place, material)
    data = request.POST if request.method == "POST" else None
    form = forms.CountMaterialForm(data, held=row.quantity)
    status = 200
    if form.is_valid():
        new = form.count(unit_id=place.id, material_id=row.id)
        act, door = partial(actions.count_material, count=new), "production.material_count"
        status = submit(request, place, form, act=act, door=door, message=new)
        if status == DONE:
            return to("material", place.code, row.id, tersimpan="hitung")
    return _form_page(request, place, row, form=form, which="count", status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, unit: str, material: int) -> HttpResponse:
    """Offer a material no more."""
    place = request.scope.unit(unit)
    row = _the_material(place, material)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = partial(actions.end_material, unit_id=place.id, material_id=row.id)
    if carry_out(form, partial(act, by=request.actor, now=request.now)):
        return to("material", place.code, row.id, tersimpan="berhenti")
    return _form_page(request, place, row, form=form, which="end")


def _the_material(place: PlaceNow, material: int) -> MaterialRow:
    """The material of the unit; Http404 when it has none of this number."""
    row = queries.material_row(unit_id=place.id, material_id=material)
    if row is None:
        raise Http404
    return row


_HEADINGS = {"use": "Catat bahan keluar", "count": "Hitung bahan", "end": "Tidak dipakai lagi"}


def _form_page(
    request: StaffRequest,
    place: PlaceNow,
    row: MaterialRow,
    *,
    form: Form,
    which: str,
    status: int = 200,
) -> HttpResponse:
    way = (row.name, reverse("production:material", args=[place.code, row.id]))
    context = {
        "unit": place,
        "row": row,
        "form": form,
        "which": which,
        "heading": _HEADINGS[which],
        "crumbs": materials_crumbs(place, way, (_HEADINGS[which], None)),
    }
    status = status_of(form, status)
    return render(request, "production/material_form.html", context, status=status)
