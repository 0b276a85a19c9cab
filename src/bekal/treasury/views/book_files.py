"""The reports of the books as files: CSV, XLSX, and PDF as a paper to be signed."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation import exports, formats, workbooks
from bekal.foundation.clock import Zone, local_day
from bekal.ledger.queries import BookLines
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.treasury import book_papers, book_tables
from bekal.treasury.book_accounts import Named
from bekal.treasury.book_tables import Table
from bekal.treasury.forms.books import AskedBook
from bekal.treasury.queries.books import book_of
from bekal.treasury.rules.books import REPORT_LABELS, Ending, Report
from bekal.treasury.views.book_common import address, asked_of
from bekal.treasury.views.book_entries import opening_of, sought, the_account
from bekal.ui import pdf

LONGEST_PAPER = 3_000
"""Lines of a paper; longer books are taken as CSV or XLSX."""


@needs(Permission.SEE_BOOKS)
@require_safe
def report(request: StaffRequest, place: str, *, report: str, ending: str) -> HttpResponseBase:
    """A report of a place in a period as a file; `akun` and `sebab` name the lines of a book."""
    found = request.scope.place_then(place)
    if report not in set(Report) or ending not in set(Ending):
        raise Http404
    asked, asked_for = asked_of(request, found), Report(report)
    title = REPORT_LABELS[asked_for]
    if asked_for is Report.LEDGER:
        row, lines = _book(request, found, asked)
        if ending == Ending.PDF and len(lines) > LONGEST_PAPER:
            query = f"{asked.query}&panjang"
            return redirect(address("account", found.code, row.slug, query=query))
        title, table = f"{title} {row.name}", _lines_table(found, asked, row, lines=lines)
    else:
        book = book_of(place_id=found.id, period=asked.period, tree_on=asked.tree_on)
        table = book_tables.as_table(asked_for, book)
    answer = _file(request, found, asked, title=title, table=table, ending=Ending(ending))
    days = f"{asked.period.first}-{asked.period.last}"
    name = f"{report}-{found.code}-{days}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _file(
    request: StaffRequest,
    place: PlaceNow,
    asked: AskedBook,
    *,
    title: str,
    table: Table,
    ending: Ending,
) -> HttpResponseBase:
    rows = [*table.rows, *table.totals]
    if ending is Ending.CSV:
        lines = exports.csv_lines(table.heads, rows)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    if ending is Ending.XLSX:
        sheet = exports.Table("Laporan", table.heads, rows)
        return HttpResponse(workbooks.workbook(sheet), content_type=workbooks.XLSX)
    zone = place.zone or Zone.WIB
    printed = f"{formats.date(local_day(request.now, zone))}, {formats.time(request.now, zone)}"
    content = book_papers.paper(
        table,
        title=title,
        place=place,
        period=formats.period(asked.period),
        printed=printed,
        made_at=request.now,
    )
    return HttpResponse(content, content_type=pdf.CONTENT_TYPE)


def _book(request: StaffRequest, place: PlaceNow, asked: AskedBook) -> tuple[Named, BookLines]:
    """The account that is asked for and its lines; Http404 for another place than a unit."""
    if place.level is not Level.UNIT:
        raise Http404
    row = the_account(place, request.GET.get("akun", ""), asked)
    cause = request.GET.get("sebab", "")[:20]
    return row, BookLines(sought(place, asked, row, cause=cause))


def _lines_table(place: PlaceNow, asked: AskedBook, row: Named, *, lines: BookLines) -> Table:
    whole = book_of(place_id=place.id, period=asked.period, tree_on=asked.tree_on).of([row.kind])
    sums = opening_of(place, asked, row, whole=whole)
    is_all = not lines.is_narrowed
    return book_tables.of_lines(lines[:], opening=sums.opening if is_all else None)
