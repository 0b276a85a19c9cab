"""What the views of all rooms share."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bekal.foundation.exports import Table, csv_lines
from bekal.foundation.workbooks import XLSX, workbook


def see_other(address: str) -> HttpResponseRedirect:
    """Lead away from a form that was carried out, so that a refresh sends nothing again."""
    return HttpResponseRedirect(address, status=303)


def as_file(request: HttpRequest, table: Table, *, name: str) -> HttpResponse:
    """A table as a file: XLSX when the address says `?bentuk=xlsx`, else CSV."""
    if request.GET.get("bentuk") == "xlsx":
        answer = HttpResponse(workbook(table), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
        return answer
    text = "".join(csv_lines(table.heading, table.rows))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
