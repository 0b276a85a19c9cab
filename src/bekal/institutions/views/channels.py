"""Sheets of a unit's or a kanwil's goods for other channels: what is missing, then the file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.catalogue import queries as catalogue
from bekal.foundation.formats import read_page
from bekal.institutions import channel_files
from bekal.institutions.channels import CHANNELS, Channel, Line
from bekal.places.queries import PlaceNow, unit_ids_below
from bekal.places.rules import Level
from bekal.production import queries as production
from bekal.production.queries import Availability
from bekal.production.rules import Kind

MOST = 5_000
"""Products in one file; beyond that the sheets of the units are to be taken."""
PAGE_SIZE = 50
LACKING, COMPLETE, ALL = "kurang", "lengkap", "semua"


@dataclass(frozen=True)
class Checked:
    """A line and what it lacks for a channel."""

    line: Line
    missing: tuple[str, ...]


@needs(Permission.SEE_CATALOGUE)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The sheets of the person's own top place; a list where there are several."""
    known = {place.id for place in request.scope.places}
    tops = [place for place in request.scope.places if place.parent_id not in known]
    if len(tops) == 1:
        return redirect("channels:index", tops[0].code)
    return render(request, "institutions/channels/home.html", {"tops": tops})


@needs(Permission.SEE_CATALOGUE)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """The sheets that there are, and how many products are complete for each."""
    place = request.scope.place(unit)
    lines = _lines(request, place)
    sheets = []
    for channel in CHANNELS.values():
        complete = sum(not channel.missing(line) for line in lines)
        sheets.append((channel, complete, len(lines) - complete))
    context = {"unit": place, "sheets": sheets, "total": len(lines), "crumbs": _way(place)}
    return render(request, "institutions/channels/index.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def report(request: StaffRequest, unit: str, channel: str) -> HttpResponse:
    """What each product lacks for a channel, and the files."""
    place, sheet = request.scope.place(unit), _channel(channel)
    checked = [Checked(line, sheet.missing(line)) for line in _lines(request, place)]
    text = " ".join(request.GET.get("cari", "").split())[:60]
    state = request.GET.get("status", "")
    shown = [one for one in checked if _fits(one, text=text, state=state)]
    context = {
        "unit": place,
        "channel": sheet,
        "page": Paginator(shown, PAGE_SIZE).get_page(read_page(request.GET.get("halaman", ""))),
        "total": len(checked),
        "complete": sum(not one.missing for one in checked),
        "is_above": place.level is not Level.UNIT,
        "is_full": len(checked) == MOST,
        "most": MOST,
        "text": text,
        "state": state,
        "states": {LACKING: "Ada yang kurang", COMPLETE: "Lengkap"},
        "crumbs": _way(place, sheet.name),
    }
    return render(request, "institutions/channels/report.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def xlsx(request: StaffRequest, unit: str, channel: str) -> HttpResponseBase:
    """The sheet as XLSX: complete products, or all when `isi` says so."""
    place, sheet = request.scope.place(unit), _channel(channel)
    content = channel_files.as_xlsx(sheet, _chosen(request, place, sheet))
    answer = HttpResponse(content, content_type=channel_files.XLSX)
    return _saved(answer, name=f"{sheet.slug}-{place.code}.xlsx")


@needs(Permission.SEE_CATALOGUE)
@require_safe
def csv(request: StaffRequest, unit: str, channel: str) -> HttpResponseBase:
    """The same as CSV."""
    place, sheet = request.scope.place(unit), _channel(channel)
    lines = channel_files.as_csv(sheet, _chosen(request, place, sheet))
    answer = StreamingHttpResponse(lines, content_type=channel_files.CSV)
    return _saved(answer, name=f"{sheet.slug}-{place.code}.csv")


def _channel(slug: str) -> Channel:
    if slug not in CHANNELS:
        raise Http404
    return CHANNELS[slug]


def _chosen(request: StaffRequest, place: PlaceNow, sheet: Channel) -> list[Line]:
    lines = _lines(request, place)
    if request.GET.get("isi") == ALL:
        return lines
    return [line for line in lines if not sheet.missing(line)]


def _lines(request: StaffRequest, place: PlaceNow) -> list[Line]:
    """What the units of a place show today, with what lies there. Five statements at most."""
    today = today_at(request, place)
    units = {one.id: one for one in request.scope.units}
    below = (
        unit_ids_below(place_ids=[place.id], on=today)
        if place.level is not Level.UNIT
        else {place.id}
    )
    goods = catalogue.sheeted(unit_ids=[pk for pk in below if pk in units], most=MOST, on=today)
    ids = [one.product_id for one in goods]
    there = production.availability(product_ids=ids, now=request.now)
    counted = production.tracked(product_ids=ids)
    site = request.build_absolute_uri("/").removesuffix("/")
    found = [
        Line(
            goods=one,
            unit=units[one.unit_id].name,
            unit_code=units[one.unit_id].code,
            province=units[one.unit_id].province or "",
            stock=_stock(there[one.product_id], is_counted=one.product_id in counted),
            days=_days(there[one.product_id], today=today),
            site=site,
        )
        for one in goods
    ]
    return sorted(found, key=lambda line: line.unit)


def _stock(there: Availability, *, is_counted: bool) -> int | None:
    """How many can be had now; nobody can say of what is made to order or not counted."""
    return there.left if is_counted and there.kind is not Kind.MADE else None


def _days(there: Availability, *, today: dt.date) -> int | None:
    return (there.promised_on - today).days if there.promised_on else None


def _fits(one: Checked, *, text: str, state: str) -> bool:
    if state in {LACKING, COMPLETE} and (state == LACKING) != bool(one.missing):
        return False
    said = f"{one.line.goods.name} {one.line.goods.code} {one.line.unit}".lower()
    return text.lower() in said


def _saved(answer: HttpResponseBase, *, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _way(place: PlaceNow, *more: str) -> Sequence[tuple[str, str | None]]:
    top = "Lembar untuk kanal lain"
    if not more:
        return [(top, None)]
    return [(top, reverse("channels:index", args=[place.code])), (more[0], None)]
