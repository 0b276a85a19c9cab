"""What a unit made: its list, one batch with all that came of it, and files."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, may, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Zone, local_day
from bekal.places.queries import PlaceNow
from bekal.production import exports, forms, printed, queries
from bekal.production.queries import BatchRow, BatchSort
from bekal.production.rules import MODEL_LABELS, MOST_LABELS, REASON_LABELS, Reason, pieces_text
from bekal.production.views.common import as_file, made_crumbs

ROWS_A_PAGE = 40
SAVED = {
    "baru": "Hasil produksi tersimpan.",
    "koreksi": "Koreksi tersimpan.",
    "bahan": "Bahan terpakai tersimpan.",
    "periksa": "Pemeriksaan tersimpan.",
    "label": "Label dibuat.",
    "tanpa-label": "Belum ada label. Buat labelnya dahulu.",
    "label-terlalu-banyak": f"Paling banyak {MOST_LABELS} label untuk satu hasil.",
    "tidak-ada": "Tercatat: tidak ada produksi.",
    "batal": "Catatan tidak ada produksi dibatalkan.",
}


@needs(Permission.SEE_CATALOGUE)
@require_safe
def batch_list(request: StaffRequest, unit: str) -> HttpResponse:
    """What was made, as filtered, and whether today was written down."""
    place = request.scope.unit(unit)
    filters = forms.read_batch_filters(request.GET)
    today = today_at(request, place)
    rows = queries.batches_of(unit_id=place.id, filters=filters)
    context = {
        "unit": place,
        "today": today,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(filters.page),
        "models": MODEL_LABELS,
        "filters": filters,
        "products": {each.code: each.name for each in queries.makeable(unit_id=place.id)},
        "workshops": {one.id: one.name for one in queries.workshops_of(unit_id=place.id, on=today)},
        "sorts": list(BatchSort),
        "is_idle": queries.is_idle(unit_id=place.id, day=today),
        "is_told": queries.is_productive(unit_id=place.id, day=today),
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, SAVED),
    }
    return render(request, "production/batches.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a file."""
    place = request.scope.unit(unit)
    rows = queries.batches_of(unit_id=place.id, filters=forms.read_batch_filters(request.GET))
    name = f"produksi-{place.code}-{today_at(request, place)}"
    return as_file(request, exports.of_batches(rows), name=name)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def batch(request: StaffRequest, unit: str, batch: UUID) -> HttpResponse:
    """One batch: who wrote it down, whose work it was by code, its goods and corrections."""
    place = request.scope.unit(unit)
    row = the_batch(place, batch)
    form = forms.CorrectionForm(row=row, used=queries.used_in(batch_id=row.id))
    return batch_page(request, place, row, form=form)


def the_batch(place: PlaceNow, batch: UUID) -> BatchRow:
    """The batch of the unit; Http404 when it has none of this id."""
    row = queries.batch_row(unit_id=place.id, batch_id=batch)
    if row is None:
        raise Http404
    return row


def batch_page(
    request: StaffRequest,
    place: PlaceNow,
    row: BatchRow,
    *,
    form: forms.CorrectionForm,
    status: int = 200,
) -> HttpResponse:
    """The page of a batch with the form of its correction."""
    sees_makers = may(request, place, Permission.SEE_MAKERS)
    context = {
        "unit": place,
        "row": row,
        "model": MODEL_LABELS[row.model],
        "zone": zone_of(place),
        "day": local_day(row.recorded_at, zone_of(place)),
        "shares": queries.shares_of(batch_id=row.id) if sees_makers else None,
        "form": form,
        "used": form.used,
        "may_keep": may(request, place, Permission.KEEP_STOCK),
        "saved": said(request, SAVED),
        "crumbs": made_crumbs(place, (row.number, None)),
        **_told(request, place, row),
    }
    return render(request, "production/batch.html", context, status=status)


def _told(request: StaffRequest, place: PlaceNow, row: BatchRow) -> dict[str, Any]:
    """What was said of a batch later, and the goods that moved, with who and when."""
    fixes = queries.corrections_of(batch_id=row.id)
    checks = queries.checks_of(batch_id=row.id)
    who = {row.recorded_by, *(fix.recorded_by for fix in fixes)}
    who |= {check.checked_by for check in checks}
    names = accounts.names_of(actors=who)
    zone = zone_of(place)
    return {
        "by": names[row.recorded_by],
        "checks": [
            (check, local_day(check.checked_at, zone), names[check.checked_by]) for check in checks
        ],
        "fixes": [
            (
                fix,
                pieces_text(fix.good_change),
                pieces_text(fix.rejected_change),
                local_day(fix.recorded_at, zone),
                names[fix.recorded_by],
            )
            for fix in fixes
        ],
        "moves": list(_moves(row, zone=zone)),
        **_labels(row),
    }


def _labels(row: BatchRow) -> dict[str, Any]:
    """The codes of a batch, and the page that buyers open with the first of them."""
    labels = queries.labels_of(batch_id=row.id, good=row.good)
    return {"labels": labels, "label_page": printed.label_address(labels[0]) if labels else ""}


def _moves(row: BatchRow, *, zone: Zone) -> Iterator[tuple[str, str, dt.datetime, dt.date]]:
    """Why goods moved, how many, and when."""
    for move in queries.goods_of_batch(batch_id=row.id):
        label = REASON_LABELS[Reason(move.reason)]
        yield label, pieces_text(move.pieces), move.moved_at, local_day(move.moved_at, zone)
