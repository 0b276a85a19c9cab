"""Doors of the public data: faces, the same for everybody."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bekal.foundation import clock, formats
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.datasets import Asked, Dataset
from bekal.foundation.exports import csv_lines
from bekal.foundation.faces import face
from bekal.opendata import datasets, method, pages
from bekal.opendata.charts import charts
from bekal.opendata.datapackage import descriptor
from bekal.opendata.forms import ClaimForm, DayUnreadable, read_days, read_filters
from bekal.opendata.listing import listed
from bekal.opendata.queries import ClaimFilters, chosen, claims, fairs, years
from bekal.ui.addresses import canonical_page

ON_A_PAGE = 60
_CSV = "text/csv; charset=utf-8"


@face(*datasets.TOPICS)
def index(request: HttpRequest) -> HttpResponse:
    """Every dataset with its columns, an example and its file."""
    shown = {
        "datasets": listed(on=_today()),
        "licence": datasets.LICENCE,
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "opendata/index.html", shown)


def table_of(dataset: Dataset) -> Callable[..., HttpResponseBase]:
    """The door of a dataset's CSV file, which depends on its own topics alone.

    Lines go out one by one; `sejak` and `sampai` choose days where the dataset has days.
    """

    @face(*dataset.topics)
    def table(request: HttpRequest) -> HttpResponseBase:
        try:
            asked = _asked(request, dataset)
        except DayUnreadable:
            return _unreadable()
        return _file(dataset.name, csv_lines(dataset.heading, dataset.rows(asked)))

    return table


@face("opendata", "places")
def history(request: HttpRequest) -> HttpResponse:
    """What sources say of the past, by theme, with filters."""
    every = claims()
    filters = read_filters(request.GET)
    found = chosen(every, filters)
    by_theme = [claim for group in pages.grouped(found) for claim in group.said]
    page = Paginator(by_theme, ON_A_PAGE).get_page(
        formats.read_page(request.GET.get("halaman", ""))
    )
    shown = {
        "form": ClaimForm(filters, years=years(every)),
        "filters": filters,
        "page": page,
        "groups": pages.grouped(said.claim for said in page),
        "query": request.GET.urlencode()[:500],
        "canonical": canonical_page(page.number, is_whole=filters == ClaimFilters()),
        "total": len(every),
        "fairs": [(year, [pages.say(c) for c in said]) for year, said in fairs(every).items()],
        "charts": charts(every) if filters.is_open else [],
    }
    return render(request, "opendata/history.html", shown)


@face("opendata", "places")
def history_file(request: HttpRequest) -> HttpResponseBase:
    """The claims that the page of the same query shows, all pages of them, as CSV."""
    found = [
        said.claim
        for group in pages.grouped(chosen(claims(), read_filters(request.GET)))
        for said in group.said
    ]
    return _file("riwayat", csv_lines(datasets.CLAIMS.heading, datasets.claim_rows(found)))


@face("ledger")
def how(request: HttpRequest) -> HttpResponse:
    """How everything is counted, with worked sums."""
    return render(request, "opendata/method.html", {"cases": method.cases()})


@face(*datasets.TOPICS)
def package(request: HttpRequest) -> HttpResponse:
    """The descriptor of all files, for machines."""
    answer = descriptor(
        title=_("Data terbuka Bekal"),
        description=_("Karya warga binaan Indonesia: produk, unit, omzet, bagi hasil, riwayat."),
        homepage=request.build_absolute_uri(reverse("opendata:index")),
    )
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _asked(request: HttpRequest, dataset: Dataset) -> Asked:
    first, last = read_days(request.GET) if dataset.has_days else (None, None)
    return Asked(on=_today(), first=first, last=last)


def _unreadable() -> HttpResponse:
    words = _("Tanggal tidak terbaca. Tulis seperti 2026-04-27.")
    return HttpResponse(f"{words}\n", status=404, content_type="text/plain; charset=utf-8")


def _file(name: str, lines: Iterable[str]) -> HttpResponseBase:
    answer = StreamingHttpResponse(lines, content_type=_CSV)
    answer["Content-Disposition"] = f'attachment; filename="bekal-{slugify(name)}.csv"'
    return answer


def _today() -> dt.date:
    """The day of the capital, by which the nation's tables are made."""
    return local_day(clock.now(), Zone.WIB)
