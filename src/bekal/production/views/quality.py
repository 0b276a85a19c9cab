"""What a unit looks at, the checks of a batch, and the labels of its pieces."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, may, needs, said, today_at
from bekal.accounts.rules import Permission
from bekal.catalogue import queries as catalogue
from bekal.foundation.refusals import Refused
from bekal.production import actions, forms, printed, queries
from bekal.production.views.batches import the_batch
from bekal.production.views.common import DONE, WRONG, made_crumbs, submit, to
from bekal.ui import pdf
from bekal.ui.inputs import show_refusal

_SAVED = {"titik": "Titik periksa tersimpan.", "akhir": "Titik periksa tidak dipakai lagi."}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def points(request: StaffRequest, unit: str) -> HttpResponse:
    """What a unit looks at, and what it looked at once."""
    place = request.scope.unit(unit)
    context = {
        "unit": place,
        "rows": queries.points_of(unit_id=place.id),
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, _SAVED),
        "crumbs": made_crumbs(place, ("Titik periksa", None)),
    }
    return render(request, "production/points.html", context)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def new_point(request: StaffRequest, unit: str) -> HttpResponse:
    """Look at one more thing from a day on."""
    place = request.scope.unit(unit)
    form = forms.PointForm(
        request.POST if request.method == "POST" else None,
        categories=[(each.code, each.name) for each in catalogue.categories_of(unit_id=place.id)],
        products=[(each.id, each.name) for each in queries.makeable(unit_id=place.id)],
        today=today_at(request, place),
    )
    if form.is_valid():
        try:
            actions.add_point(
                unit_id=place.id, point=form.point(), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("points", place.code, tersimpan="titik")
    way = ("Titik periksa", reverse("production:points", args=[place.code]))
    context = {"unit": place, "form": form, "crumbs": made_crumbs(place, way, ("Tambah", None))}
    return render(request, "production/point.html", context, status=WRONG if form.errors else 200)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["POST"])
def end_point(request: StaffRequest, unit: str, point: int) -> HttpResponse:
    """Look at something no more from today on."""
    place = request.scope.unit(unit)
    try:
        actions.end_point(
            unit_id=place.id,
            point_id=point,
            on=today_at(request, place),
            by=request.actor,
            now=request.now,
        )
    except LookupError as missing:
        raise Http404 from missing
    return to("points", place.code, tersimpan="akhir")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: StaffRequest, unit: str, batch: UUID) -> HttpResponse:
    """Look at a batch, point by point; what did not pass moves from good to rejected."""
    place = request.scope.unit(unit)
    row = the_batch(place, batch)
    asked = queries.points_for(unit_id=place.id, product_id=row.product_id, on=row.made_on)
    form = forms.CheckForm(request.POST if request.method == "POST" else None, points=asked)
    status = WRONG if form.errors else 200
    if asked and form.is_valid():
        new = form.check(row.id)
        act = partial(actions.check_batch_quality, unit_id=place.id, new=new)
        status = submit(request, place, form, act=act, door="production.quality", message=new)
        if status == DONE:
            return to("batch", place.code, row.id, tersimpan="periksa")
    crumbs = made_crumbs(place, (row.number, None), ("Periksa", None))
    context = {"unit": place, "row": row, "form": form, "points": asked, "crumbs": crumbs}
    return render(request, "production/check_batch.html", context, status=status)


@needs(Permission.KEEP_STOCK)
@require_http_methods(["POST"])
def mint(request: StaffRequest, unit: str, batch: UUID) -> HttpResponse:
    """Give each good piece its code, then back to the batch where they are printed."""
    place = request.scope.unit(unit)
    row = the_batch(place, batch)
    try:
        actions.mint_labels(unit_id=place.id, batch_id=row.id, by=request.actor, now=request.now)
    except Refused:
        return to("batch", place.code, row.id, tersimpan="label-terlalu-banyak")
    return to("batch", place.code, row.id, tersimpan="label")


@needs(Permission.SEE_CATALOGUE)
@require_safe
def labels(request: StaffRequest, unit: str, batch: UUID) -> HttpResponse:
    """The labels of the good pieces as PDF, 24 on a sheet of A4."""
    place = request.scope.unit(unit)
    row = the_batch(place, batch)
    codes = queries.labels_of(batch_id=row.id, good=row.good)
    if not codes:
        return to("batch", place.code, row.id, tersimpan="tanpa-label")
    made = printed.labels(row, codes, unit=place, at=request.now)
    answer = HttpResponse(made, content_type=pdf.CONTENT_TYPE)
    answer["Content-Disposition"] = f'inline; filename="label-{row.number}.pdf"'
    return answer
