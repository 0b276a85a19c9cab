"""Our deposits beside the treasury's own list."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, said
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.foundation.sheets import LARGEST_FILE
from bekal.foundation.uploads import measured, too_large
from bekal.treasury import actions, pnbp_tables, queries
from bekal.treasury.forms.pnbp_tying import ColumnsForm, SheetForm, read_tie
from bekal.treasury.rules import TIE_LABELS, Tie, read_list
from bekal.treasury.views.pnbp_common import (
    SAVED,
    WRONG,
    crumbs,
    form_page,
    may_keep,
    table_of_unit,
)

ROWS_A_PAGE = 40
_KINDS = {Tie.MATCHED: "ok", Tie.AMOUNT: "bad", Tie.UNKNOWN: "warn", Tie.MISSING: "warn"}
_HEADING = "Impor data kas negara"
_MOST_SHOWN = 200


@needs(Permission.SEE_BOOKS)
@require_safe
def ties(request: StaffRequest, unit: str) -> HttpResponse:
    """Every NTPN on either side, what does not tie first."""
    place = request.scope.unit(unit)
    asked = read_tie(request.GET)
    rows = queries.tie_rows(unit_id=place.id)
    shown = [row for row in rows if asked in {None, row.tie}]
    page = Paginator(shown, ROWS_A_PAGE).get_page(formats.read_page(request.GET.get("halaman", "")))
    context = {
        "unit": place,
        "page": page,
        "shown": [(row, TIE_LABELS[row.tie], _KINDS[row.tie]) for row in page],
        "counts": [(TIE_LABELS[tie], sum(row.tie is tie for row in rows)) for tie in Tie],
        "asked": asked,
        "ties": {tie.value: label for tie, label in TIE_LABELS.items()},
        "has_rows": bool(rows),
        "may_keep": may_keep(request, place),
        "saved": said(request, SAVED),
        "crumbs": crumbs(place, ("Cocok dengan kas negara", None)),
    }
    return render(request, "treasury/pnbp/ties.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The same as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    asked = read_tie(request.GET)
    rows = [row for row in queries.tie_rows(unit_id=place.id) if asked in {None, row.tie}]
    table = pnbp_tables.ties(rows)
    return table_of_unit(request, table, name="cocok-kas-negara", place=place)


@needs(Permission.KEEP_MONEY)
@measured(whole=3 * LARGEST_FILE, each=LARGEST_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest, unit: str) -> HttpResponse:
    """Send a list, say which column is what, look, and take it in."""
    place = request.scope.unit(unit)
    is_sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if is_sent else ()))
    if too_large(request):
        form.add_error("file", "Berkas lebih besar dari 1 MB. Bagi menjadi beberapa berkas.")
    context: dict[str, object] = {}
    if form.is_valid():
        act = request.POST.get("act", "")
        columns = ColumnsForm(
            request.POST if act else None,
            heading=form.heading,
            last=queries.columns_of(unit_id=place.id),
        )
        context = {"columns": columns, "sheet": form.cleaned_data["sheet"]}
        if columns.is_valid():
            context |= _read(request, place.id, form=form, columns=columns, act=act)
    status = WRONG if form.errors or getattr(context.get("columns"), "errors", None) else 200
    return form_page(request, place, form, page="take", heading=_HEADING, status=status, **context)


def _read(
    request: StaffRequest, unit_id: int, *, form: SheetForm, columns: ColumnsForm, act: str
) -> dict[str, object]:
    """Look at the rows, or take them in; what the page shows of them."""
    new = actions.NewList(unit_id, form.cleaned_data["sheet"], columns.columns())
    try:
        if act != "simpan":
            rows = read_list(new.text, new.columns)
            results = queries.results_of(unit_id=unit_id, rows=rows)
        else:
            results = actions.take_list(new=new, by=request.actor, now=request.now)
    except Refused as refused:
        columns.add_error(None, refused.message)
        return {}
    return {
        "results": results[:_MOST_SHOWN],
        "hidden": max(len(results) - _MOST_SHOWN, 0),
        "fresh": sum(row.tie is not None and not row.is_known for row in results),
        "is_taken": act == "simpan",
    }
