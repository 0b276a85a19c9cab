"""Harvests: writing one down with where it goes, and all of a unit's."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.queries import StockFilters
from bekal.production.rules.land import FATE_LABELS
from bekal.production.views.common import DONE, WRONG, as_file, status_of, submit, to
from bekal.production.views.land import land_crumbs, planting_crumbs, the_planting
from bekal.ui.inputs import carry_out

_SAVED = {"batal": "Panen dibatalkan."}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def harvest_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit harvested, the newest first, and where it went."""
    place = request.scope.unit(unit)
    filters = forms.read_harvest_filters(request.GET)
    page = queries.harvests_of(unit_id=place.id, filters=filters)
    context = {
        "unit": place,
        "page": page,
        "rows": [(row, FATE_LABELS[row.fate]) for row in page],
        "filters": filters,
        "fates": forms.FATE_SLUGS,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": land_crumbs(place, ("Panen", None)),
    }
    return render(request, "production/harvests.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    filters = forms.read_harvest_filters(request.GET)
    rows = queries.every_harvest_of(unit_id=place.id, filters=filters)
    name = f"panen-{place.code}-{today_at(request, place)}"
    return as_file(request, exports.of_harvests(rows), name=name)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def harvest(request: StaffRequest, unit: str, planting: int) -> HttpResponse:
    """Write a harvest down; what is sold becomes a batch in the same act."""
    place = request.scope.unit(unit)
    row = the_planting(place, planting)
    form = _form(request, place)
    status = 200
    if form.is_valid():
        new = form.harvest(unit_id=place.id, planting_id=row.id)
        act = partial(actions.record_harvest, new=new)
        status = submit(request, place, form, act=act, door="production.harvest", message=new)
        if status == DONE:
            return to("plot", place.code, row.plot_id, tersimpan="panen")
    context = {
        "unit": place,
        "row": row,
        "form": form,
        "crumbs": planting_crumbs(place, row, "Catat panen"),
    }
    status = status_of(form, status)
    return render(request, "production/harvest.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: StaffRequest, unit: str, harvest: UUID) -> HttpResponse:
    """Take a harvest back that was written down wrongly."""
    place = request.scope.unit(unit)
    row = queries.harvest_of(unit_id=place.id, harvest_id=harvest)
    if row is None:
        raise Http404
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    act = partial(actions.undo_harvest, unit_id=place.id, harvest_id=row.id)
    if carry_out(form, partial(act, by=request.actor, now=request.now)):
        return to("harvests", place.code, tersimpan="batal")
    way = ("Panen", reverse("production:harvests", args=[place.code]))
    context = {"unit": place, "row": row, "form": form, "fate": FATE_LABELS[row.fate]}
    context["crumbs"] = land_crumbs(place, way, ("Batalkan", None))
    status = WRONG if form.errors else 200
    return render(request, "production/undo_harvest.html", context, status=status)


def _form(request: StaffRequest, place: PlaceNow) -> forms.HarvestForm:
    today = today_at(request, place)
    products = queries.stock_of_unit(unit_id=place.id, filters=StockFilters())
    workshops = queries.workshops_of(unit_id=place.id, on=today)
    return forms.HarvestForm(
        request.POST if request.method == "POST" else None,
        today=today,
        products=[(one.product_id, one.name) for one in products],
        workshops=[(one.id, one.name) for one in workshops],
        makers=sorted(queries.makers_assigned(unit_id=place.id, on=today)),
    )
