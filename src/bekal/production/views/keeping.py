"""Goods that came or went, and counts: typed, then checked, then saved; all in one form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import KeyReused, Refused
from bekal.places.queries import PlaceNow
from bekal.production import actions, forms
from bekal.production.queries import StockRow
from bekal.production.rules import (
    IN_BY_HAND,
    MOST_ROWS,
    OUT_BY_HAND,
    NewCount,
    NewSheet,
    pieces_text,
)
from bekal.production.views.common import CHECK, CONFLICT, SAVE, WRONG, keep, stock_crumbs, to
from bekal.production.views.goods import rows_asked
from bekal.ui.inputs import show_refusal

_WORDS = {"masuk": "Catat barang masuk", "keluar": "Catat barang keluar", "hitung": "Hitung stok"}


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def come(request: StaffRequest, unit: str) -> HttpResponse:
    """Goods that were made, or came back from somewhere."""
    return _sheet(request, request.scope.unit(unit), way="masuk")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def go(request: StaffRequest, unit: str) -> HttpResponse:
    """Goods that were spoilt, given away, used or carried elsewhere."""
    return _sheet(request, request.scope.unit(unit), way="keluar")


@needs(Permission.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: StaffRequest, unit: str) -> HttpResponse:
    """What was counted, beside what stands written."""
    place = request.scope.unit(unit)
    rows, act = rows_asked(request, place)[:MOST_ROWS], _act(request)
    form = forms.CountForm(_sent(request, act), rows=rows, initial=request.POST.dict())
    if not form.is_valid():
        return _form_page(request, place, form, way="hitung")
    new = form.count(place.id)
    if act == SAVE and new.differs and new.cause is None:
        form.add_error("cause", "Pilih mengapa hitungan berbeda dari catatan.")
    if act == CHECK or form.errors:
        return _count_check(request, place, form, new=new)
    try:
        actions.count_stock(count=new, by=request.actor, now=request.now)
    except Refused as refused:
        return _refused(request, place, form, refused=refused, way="hitung", message=new)
    return to("stock", place.code, tersimpan="hitung")


def _sheet(request: StaffRequest, place: PlaceNow, *, way: str) -> HttpResponse:
    rows, act = rows_asked(request, place)[:MOST_ROWS], _act(request)
    if way == "keluar":
        rows = [row for row in rows if row.on_hand is not None]
    form = forms.SheetForm(
        _sent(request, act),
        rows=rows,
        is_in=way == "masuk",
        is_saving=act == SAVE,
        initial=request.POST.dict(),
    )
    if not form.is_valid():
        return _form_page(request, place, form, way=way)
    new = form.sheet(place.id)
    if act == CHECK:
        return _sheet_check(request, place, form, way=way)
    try:
        actions.record_moves(sheet=new, by=request.actor, now=request.now)
    except Refused as refused:
        return _refused(request, place, form, refused=refused, way=way, message=new)
    return to("stock", place.code, tersimpan=way)


def _act(request: StaffRequest) -> str:
    return request.POST.get("act", "") if request.method == "POST" else ""


def _sent(request: StaffRequest, act: str) -> QueryDict | None:
    """What is to be read; what is only to be changed again stands as it was typed."""
    return request.POST if act in {CHECK, SAVE} else None


def _refused(
    request: StaffRequest,
    place: PlaceNow,
    form: forms.KeepForm,
    *,
    refused: Refused,
    way: str,
    message: NewSheet | NewCount,
) -> HttpResponse:
    """The form again with what was refused; a used key is kept for a person to look at."""
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return _form_page(request, place, form, way=way)
    door = "production.count" if way == "hitung" else "production.move"
    keep(request, place, door=door, message=message)
    form.renew_key()
    return _form_page(request, place, form, way=way, status=CONFLICT)


def _form_page(
    request: StaffRequest, place: PlaceNow, form: forms.KeepForm, *, way: str, status: int = WRONG
) -> HttpResponse:
    context = {
        "unit": place,
        "form": form,
        "way": way,
        "heading": _WORDS[way],
        "crumbs": stock_crumbs(place, (_WORDS[way], None)),
    }
    return render(request, "production/keep.html", context, status=status if form.is_bound else 200)


def _sheet_check(
    request: StaffRequest, place: PlaceNow, form: forms.SheetForm, *, way: str
) -> HttpResponse:
    new = form.sheet(place.id)
    labels = IN_BY_HAND if way == "masuk" else OUT_BY_HAND
    lines = [
        _line(row, new.pieces[row.product_id]) for row in form.rows if row.product_id in new.pieces
    ]
    words = {"reason": labels[new.reason], "note": new.note}
    return _check_page(request, place, form, way=way, lines=lines, words=words)


def _count_check(
    request: StaffRequest, place: PlaceNow, form: forms.CountForm, *, new: NewCount
) -> HttpResponse:
    lines = []
    for row in form.rows:
        if row.product_id in new.counted:
            counted = new.counted[row.product_id]
            lines.append(_line(row, counted.pieces - (counted.seen or 0), seen=counted.seen))
    if new.differs:
        form.ask_cause()
    words = {"asks_cause": new.differs}
    return _check_page(request, place, form, way="hitung", lines=lines, words=words)


def _line(row: StockRow, pieces: int, *, seen: int | None = None) -> dict[str, Any]:
    """A product before and after, and how many ordered pieces would then be missing."""
    before = row.on_hand if seen is None else seen
    after = (before or 0) + pieces
    return {
        "row": row,
        "before": before,
        "pieces": pieces_text(pieces),
        "after": after,
        "missing": max(row.held - after, 0) if pieces < 0 else 0,
    }


def _check_page(
    request: StaffRequest,
    place: PlaceNow,
    form: forms.KeepForm,
    *,
    way: str,
    lines: Sequence[dict[str, Any]],
    words: Mapping[str, Any],
) -> HttpResponse:
    context = {
        "unit": place,
        "form": form,
        "way": way,
        "lines": lines,
        "missing": sum(line["missing"] for line in lines),
        "answers": form.answers(),
        "heading": _WORDS[way],
        "crumbs": stock_crumbs(place, (_WORDS[way], None)),
        **words,
    }
    status = WRONG if form.errors else 200
    return render(request, "production/keep_check.html", context, status=status)
