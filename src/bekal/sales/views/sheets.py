"""Sales from a sheet: send it, look at each row, record the good ones, take the results along."""

from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.exports import csv_lines
from bekal.foundation.formats import read_page
from bekal.foundation.refusals import Refused
from bekal.foundation.uploads import measured
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.sales import actions
from bekal.sales.forms import SheetForm
from bekal.sales.models import SalesSheet, SheetRow
from bekal.sales.queries import sheets as queries
from bekal.sales.sheet import COLUMNS, LARGEST_FILE, template
from bekal.sales.views.common import crumbs
from bekal.ui.inputs import show_refusal

PAGE = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROOM_FOR_FIELDS = 1_200_000
_STATES = {"waiting": "menunggu", "recorded": "tercatat", "refused": "belum tercatat"}
_KINDS = {"waiting": "neutral", "recorded": "ok", "refused": "bad"}


@needs(Permission.RECORD_SALE)
@measured(whole=LARGEST_FILE + _ROOM_FOR_FIELDS, each=LARGEST_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: StaffRequest, unit: str) -> HttpResponse:
    """Send a sheet; those that were sent before stand below."""
    place = request.scope.unit(unit)
    is_sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if is_sent else ()))
    if form.is_valid():
        name, content = form.content()
        try:
            taken = actions.take_sheet(
                unit_id=place.id, name=name, content=content, by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return _to(place, taken.sheet_id, "ganda" if taken.is_repeat else "kirim")
    context = {
        "unit": place,
        "zone": zone_of(place),
        "form": form,
        "sheets": queries.sheets_of(unit_id=place.id),
        "columns": COLUMNS,
        "crumbs": crumbs(place, ("Impor", None)),
    }
    return render(request, "sales/sheets.html", context, status=422 if form.errors else 200)


@needs(Permission.RECORD_SALE)
@require_safe
def sample(request: StaffRequest, unit: str) -> HttpResponse:
    """The empty sheet to fill in."""
    place = request.scope.unit(unit)
    answer = HttpResponse(template(), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="penjualan-{place.code}.xlsx"'
    return answer


@needs(Permission.RECORD_SALE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: StaffRequest, unit: str, sales_sheet: UUID) -> HttpResponse:
    """The rows of a sheet with what each would become; record the good ones, a batch at a time."""
    place = request.scope.unit(unit)
    found = _sheet(place, sales_sheet)
    if request.method == "POST":
        return _recorded(request, place, found)
    page = read_page(request.GET.get("halaman", ""))
    rows = _shown(request, place, found, page=page)
    context = {
        "unit": place,
        "sheet": found,
        "rows": rows,
        "more": len(rows) == PAGE,
        "progress": queries.progress_of(sheet_id=found.pk),
        "page": page,
        "said": request.GET.get("tersimpan", ""),
        "crumbs": crumbs(
            place, ("Impor", reverse("sales:sheets", args=[place.code])), (found.name, None)
        ),
    }
    return render(request, "sales/sheet.html", context)


@needs(Permission.RECORD_SALE)
@require_safe
def results(request: StaffRequest, unit: str, sales_sheet: UUID) -> StreamingHttpResponse:
    """Every row as it was written, with its result, as a CSV file."""
    place = request.scope.unit(unit)
    found = _sheet(place, sales_sheet)
    rows = queries.rows_of(sheet_id=found.pk)
    lines = (
        [row.line, *(row.cells[name] for name in COLUMNS), _STATES[row.state], row.problem]
        for row in rows
    )
    heading = ["baris", *COLUMNS, "hasil", "keterangan"]
    answer = StreamingHttpResponse(
        csv_lines(heading, lines), content_type="text/csv; charset=utf-8"
    )
    name = f"hasil-impor-{place.code}-{today_at(request, place)}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _recorded(request: StaffRequest, place: PlaceNow, found: SalesSheet) -> HttpResponse:
    if request.POST.get("langkah") != "lanjut":
        actions.start_sheet(
            sheet_id=found.pk,
            is_sure=request.POST.get("ganda") == "1",
            by=request.actor,
            now=request.now,
        )
    actions.record_rows(sheet_id=found.pk, by=request.actor, now=request.now)
    return _to(place, found.pk, "catat")


def _shown(
    request: StaffRequest, place: PlaceNow, found: SalesSheet, *, page: int
) -> list[dict[str, object]]:
    """A page of rows; those that wait are checked as of now."""
    rows = queries.rows_of(sheet_id=found.pk, first=(page - 1) * PAGE, most=PAGE)
    waiting = [row for row in rows if row.state == "waiting"]
    checked = {
        one.row.pk: one
        for one in queries.check_rows(
            unit_id=place.id, rows=waiting, today=today_at(request, place)
        )
    }
    return [_row(row, checked.get(row.pk)) for row in rows]


def _row(row: SheetRow, checked: queries.Checked | None) -> dict[str, object]:
    """A row in words: what it said, what it is or would be, and why."""
    if checked is None:
        state, kind, notes = _STATES[row.state], _KINDS[row.state], [row.problem]
    elif checked.sale is None:
        state, kind, notes = "perlu dibetulkan", "bad", [checked.problem]
    else:
        state, kind = ("mungkin ganda", "warn") if checked.is_doubtful else ("siap", "ok")
        notes = list(checked.notes)
    return {
        "line": row.line,
        "cells": [row.cells[name] for name in COLUMNS],
        "state": state,
        "kind": kind,
        "notes": [note for note in notes if note],
        "sale_id": row.sale_id,
    }


def _sheet(place: PlaceNow, sheet_id: UUID) -> SalesSheet:
    found = queries.sheet_of(unit_id=place.id, sheet_id=sheet_id)
    if found is None:
        raise Http404
    return found


def _to(place: PlaceNow, sheet_id: UUID, word: str) -> HttpResponse:
    address = reverse("sales:sheet", args=[place.code, sheet_id])
    return see_other(f"{address}?tersimpan={word}")
