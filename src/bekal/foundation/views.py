"""What the views of all rooms share."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bekal.foundation.exports import Table, csv_lines
from bekal.foundation.workbooks import XLSX, workbook

_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponseBase]


def see_other(address: str) -> HttpResponseRedirect:
    """Lead away from a form that was carried out, so that a refresh sends nothing again."""
    return HttpResponseRedirect(address, status=303)


def form_on(page: str) -> Callable[[_View[_P]], _View[_P]]:
    """Let a view take forms alone; whoever opens its address is led to the page they stand on.

    `page` is the name of an address that takes the same parts. A form that failed is shown at its
    own address, which people keep, or leave for the other language.
    """

    def guard(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs
        ) -> HttpResponseBase:
            if request.method != "POST":
                return see_other(reverse(page, args=args, kwargs=kwargs))
            return view(request, *args, **kwargs)

        return require_http_methods(["GET", "HEAD", "POST"])(guarded)

    return guard


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
