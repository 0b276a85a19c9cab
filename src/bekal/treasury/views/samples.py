"""Samples of receipts: drawing them, noting what was found, taking the evidence along."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said
from bekal.accounts.rules import Permission
from bekal.foundation import exports
from bekal.foundation.formats import read_page
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, bundles
from bekal.treasury.forms.samples import FindingForm, SampleForm
from bekal.treasury.models import Sample
from bekal.treasury.queries import samples as queries
from bekal.treasury.rules.samples import METHOD_WORDS, VERDICT_LABELS
from bekal.treasury.views.book_common import asked_of
from bekal.treasury.views.desk import frame
from bekal.ui.inputs import show_refusal

SAMPLES_A_PAGE, ITEMS_A_PAGE = 30, 50
_SAVED = {"temuan": "Temuan tersimpan.", "sampel": "Sampel tersimpan."}
_ONLY = {"open": "Belum diperiksa", **{key.value: text for key, text in VERDICT_LABELS.items()}}


@needs(Permission.EXAMINE)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: StaffRequest, place: str) -> HttpResponse:
    """The samples of a place, and drawing another one."""
    found = request.scope.place_then(place)
    form = SampleForm(request.POST if request.method == "POST" else None, initial=_begun(request))
    if form.is_valid():
        new = form.asked(place_id=found.id)
        try:
            key = actions.draw_sample(new=new, by=request.actor, now=request.now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return see_other(f"{_address('sample', found, key)}?tersimpan=sampel")
    rows = queries.samples_of(place_id=found.id)
    page = Paginator(rows, SAMPLES_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    context = {
        **frame(request, found, asked_of(request, found), ("Sampel", None)),
        "form": form,
        "key": uuid7() if form.errors else form.key,
        "page": page,
        "method": METHOD_WORDS,
    }
    status = 422 if form.errors else 200
    return render(request, "treasury/desk/samples.html", context, status=status)


@needs(Permission.EXAMINE)
@require_safe
def sample(request: StaffRequest, place: str, drawn: UUID) -> HttpResponse:
    """One sample: how it was drawn, its receipts, and what was found of each."""
    found = request.scope.place_then(place)
    return _sample_page(request, found, the_sample(found, drawn), form=None)


@needs(Permission.EXAMINE)
@require_POST
def note(request: StaffRequest, place: str, drawn: UUID) -> HttpResponse:
    """Write down what was found of a receipt of a sample."""
    found = request.scope.place_then(place)
    kept = the_sample(found, drawn)
    form = FindingForm(request.POST)
    if form.is_valid():
        item = kept.items.filter(position=form.cleaned_data["position"]).first()
        if item is None:
            raise Http404
        try:
            actions.note_finding(
                key=form.key,
                item=item,
                verdict=form.chosen,
                text=form.cleaned_data["text"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return see_other(f"{_address('sample', found, drawn)}?tersimpan=temuan")
    return _sample_page(request, found, kept, form=form)


@needs(Permission.EXAMINE)
@require_safe
def download(request: StaffRequest, place: str, drawn: UUID) -> HttpResponseBase:
    """The receipts of a sample with what was found, as a CSV file."""
    found = request.scope.place_then(place)
    kept = the_sample(found, drawn)
    items: list[Any] = list(queries.items_of(sample=kept))
    names = accounts.names_of(actors={item.noted_by for item in items if item.noted_by})
    lines = exports.csv_lines(bundles.FOUND, (bundles.found_cells(item, names) for item in items))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sampel-{found.code}-{kept.pk}.csv"'
    return answer


@needs(Permission.EXAMINE)
@require_safe
def bundle(request: StaffRequest, place: str, drawn: UUID) -> HttpResponseBase:
    """The evidence of a sample as a ZIP file, written while it is read; always the same bytes."""
    found = request.scope.place_then(place)
    kept = the_sample(found, drawn)
    answer = StreamingHttpResponse(bundles.chunks(kept, found), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="bukti-{found.code}-{kept.pk}.zip"'
    return answer


def the_sample(place: PlaceNow, sample_id: UUID) -> Sample:
    """A sample of a place; Http404 where it has none with this id."""
    found = queries.sample_of(place_id=place.id, sample_id=sample_id)
    if found is None:
        raise Http404
    return found


def _sample_page(
    request: StaffRequest, place: PlaceNow, kept: Sample, *, form: FindingForm | None
) -> HttpResponse:
    only = request.GET.get("hasil", "")
    rows = queries.items_of(sample=kept, only=only if only in _ONLY else "")
    page = Paginator(rows, ITEMS_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    asked = asked_of(request, place)
    samples = (("Sampel", _address("samples", place)), (kept.seed, None))
    told, names = _rows(page.object_list, kept, on=asked.latest)
    context: dict[str, Any] = {
        **frame(request, place, asked, *samples),
        "sample": kept,
        "drawn_by": names[kept.drawn_by],
        "page": page,
        "rows": told,
        "wrong": form,
        "typed_at": form.data.get("position", "") if form is not None else "",
        "only": only,
        "onlys": _ONLY,
        "is_same": queries.is_the_same(kept),
        "method": METHOD_WORDS,
        "saved": said(request, _SAVED),
        "verdicts": VERDICT_LABELS,
    }
    status = 422 if form is not None else 200
    return render(request, "treasury/desk/sample.html", context, status=status)


def _rows(
    items: Iterable[Any], kept: Sample, *, on: dt.date
) -> tuple[list[tuple[object, ...]], dict[str, str]]:
    """Each receipt with code and name of its unit, who noted it, and the key of its form."""
    found = list(items)
    codes = bundles.unit_codes([item.sale.unit_id for item in found], on=on)
    noted = {item.noted_by for item in found if item.noted_by}
    names = accounts.names_of(actors={*noted, kept.drawn_by})
    rows: list[tuple[object, ...]] = [
        (item, codes[item.sale.unit_id], names.get(item.noted_by, ""), uuid7()) for item in found
    ]
    return rows, names


def _begun(request: StaffRequest) -> dict[str, Any]:
    today = request.scope.today
    return {"first": today.replace(day=1), "last": today, "size": 30}


def _address(name: str, place: PlaceNow, *args: object) -> str:
    return reverse(f"examine:{name}", args=[place.code, *args])
