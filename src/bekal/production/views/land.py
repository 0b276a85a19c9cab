"""The land of a unit: its plots, what grows on one, and planting."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, exports, forms, queries
from bekal.production.queries import PlantingRow, PlotRow
from bekal.production.rules.land import PlotState
from bekal.production.views.common import (
    DONE,
    WRONG,
    Crumbs,
    as_file,
    status_of,
    stock_crumbs,
    submit,
    to,
)
from bekal.ui.inputs import carry_out, show_refusal

_SAVED = {
    "lahan": "Lahan tersimpan.",
    "tanam": "Tanaman tersimpan.",
    "selesai": "Tanaman ini selesai.",
    "panen": "Panen tersimpan.",
    "berhenti": "Lahan ini tidak dipakai lagi.",
    "lagi": "Lahan ini dipakai lagi.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def plot_list(request: StaffRequest, unit: str) -> HttpResponse:
    """Each plot with what grows there, or since when nothing does."""
    place = request.scope.unit(unit)
    state = forms.PLOT_SLUGS.get(request.GET.get("keadaan", ""))
    rows = queries.plots_of(unit_id=place.id, today=today_at(request, place), state=state)
    context = {
        "unit": place,
        "rows": rows,
        "area": sum(row.area for row in rows),
        "is_about_ended": state is PlotState.ENDED,
        "state": state,
        "states": forms.PLOT_SLUGS,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": stock_crumbs(place, ("Lahan", None)),
    }
    return render(request, "production/plots.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    state = forms.PLOT_SLUGS.get(request.GET.get("keadaan", ""))
    rows = queries.plots_of(unit_id=place.id, today=today, state=state)
    return as_file(request, exports.of_plots(rows), name=f"lahan-{place.code}-{today}")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down a plot."""
    place = request.scope.unit(unit)
    form = forms.PlotForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            plot_id = actions.open_plot(
                unit_id=place.id, **form.cleaned_data, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("plot", place.code, plot_id, tersimpan="lahan")
    context = {
        "unit": place,
        "form": form,
        "which": "plot",
        "heading": "Tambah lahan",
        "crumbs": land_crumbs(place, ("Tambah lahan", None)),
    }
    status = WRONG if form.errors else 200
    return render(request, "production/land_form.html", context, status=status)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def plot(request: StaffRequest, unit: str, plot: int) -> HttpResponse:
    """One plot: what grows there, what grew, and what it yielded."""
    place = request.scope.unit(unit)
    row = _the_plot(request, place, plot)
    may_keep = may(request, place, Permission.KEEP_STOCK)
    context = {
        "unit": place,
        "row": row,
        "plantings": queries.plantings_of(unit_id=place.id, plot_id=row.id),
        "today": today_at(request, place),
        "pauses": [one for one in queries.pauses_of_plot(plot_id=row.id) if one.again],
        "may_keep": may_keep and row.last_day is None,
        "may_reopen": may_keep and row.last_day is not None,
        "saved": said(request, _SAVED),
        "crumbs": land_crumbs(place, (row.name, None)),
    }
    return render(request, "production/plot.html", context)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def plant(request: StaffRequest, unit: str, plot: int) -> HttpResponse:
    """Write down what was planted or stocked."""
    place = request.scope.unit(unit)
    row = _the_plot(request, place, plot)
    data = request.POST if request.method == "POST" else None
    form = forms.PlantForm(data, today=today_at(request, place))
    status = 200
    if form.is_valid():
        planting = form.planting(unit_id=place.id, plot_id=row.id)
        act = partial(actions.plant, new=planting)
        status = submit(request, place, form, act=act, door="production.planting", message=planting)
        if status == DONE:
            return to("plot", place.code, row.id, tersimpan="tanam")
    context = {
        "unit": place,
        "form": form,
        "which": "plant",
        "heading": "Catat tanaman",
        "crumbs": land_crumbs(place, _way_to(place, row.id, row.name), ("Catat tanaman", None)),
    }
    status = status_of(form, status)
    return render(request, "production/land_form.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, unit: str, planting: int) -> HttpResponse:
    """Say that nothing of a planting is left."""
    place = request.scope.unit(unit)
    row = the_planting(place, planting)
    begun = {"last": today_at(request, place), "reason": "Selesai dipanen"}
    form = forms.EndingForm(request.POST if request.method == "POST" else None, initial=begun)
    act = partial(actions.end_planting, unit_id=place.id, planting_id=row.id)
    if carry_out(form, partial(act, by=request.actor, now=request.now)):
        return to("plot", place.code, row.plot_id, tersimpan="selesai")
    context = {"unit": place, "form": form, "which": "end", "heading": f"Selesai: {row.crop}"}
    context["crumbs"] = planting_crumbs(place, row, "Selesai")
    status = WRONG if form.errors else 200
    return render(request, "production/land_form.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def end_plot(request: StaffRequest, unit: str, plot: int) -> HttpResponse:
    """Say that a plot is used no more."""
    place = request.scope.unit(unit)
    row = _the_plot(request, place, plot)
    begun = {"last": today_at(request, place)}
    form = forms.EndingForm(request.POST if request.method == "POST" else None, initial=begun)
    act = partial(actions.end_plot, unit_id=place.id, plot_id=row.id)
    if carry_out(form, partial(act, by=request.actor, now=request.now)):
        return to("plot", place.code, row.id, tersimpan="berhenti")
    heading = f"Tidak dipakai lagi: {row.name}"
    context = {"unit": place, "form": form, "which": "end_plot", "heading": heading}
    context["crumbs"] = land_crumbs(place, _way_to(place, row.id, row.name), ("Berhenti", None))
    status = WRONG if form.errors else 200
    return render(request, "production/land_form.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_plot(request: StaffRequest, unit: str, plot: int) -> HttpResponse:
    """Say that a plot that had ended is used again."""
    place = request.scope.unit(unit)
    row = _the_plot(request, place, plot)
    begun = {"first": today_at(request, place)}
    form = forms.ReopeningForm(request.POST if request.method == "POST" else None, initial=begun)
    act = partial(actions.reopen_plot, unit_id=place.id, plot_id=row.id)
    if carry_out(form, partial(act, by=request.actor, now=request.now)):
        return to("plot", place.code, row.id, tersimpan="lagi")
    if row.last_day is None:
        return to("plot", place.code, row.id)
    heading = f"Dipakai lagi: {row.name}"
    context = {"unit": place, "row": row, "form": form, "which": "reopen_plot", "heading": heading}
    context["crumbs"] = land_crumbs(place, _way_to(place, row.id, row.name), ("Buka lagi", None))
    status = WRONG if form.errors else 200
    return render(request, "production/land_form.html", context, status=status)


def land_crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from the land of a unit."""
    return stock_crumbs(place, ("Lahan", reverse("production:plots", args=[place.code])), *further)


def planting_crumbs(place: PlaceNow, row: PlantingRow, last: str) -> Crumbs:
    """The way down from the plot of a planting."""
    return land_crumbs(place, _way_to(place, row.plot_id, row.plot), (last, None))


def the_planting(place: PlaceNow, planting: int) -> PlantingRow:
    """The planting of the unit; Http404 when it has none of this number."""
    row = queries.planting_of(unit_id=place.id, planting_id=planting)
    if row is None:
        raise Http404
    return row


def _the_plot(request: StaffRequest, place: PlaceNow, plot: int) -> PlotRow:
    row = queries.plot_of(unit_id=place.id, plot_id=plot, today=today_at(request, place))
    if row is None:
        raise Http404
    return row


def _way_to(place: PlaceNow, plot_id: int, name: str) -> tuple[str, str]:
    return name, reverse("production:plot", args=[place.code, plot_id])
