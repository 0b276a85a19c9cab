"""What machines read first: where they may look, and which pages there are."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face
from bekal.foundation.sitemaps import Sitemap
from bekal.front import links, sitemaps

_TOPICS = {topic for each in sitemaps.SITEMAPS for topic in each.topics}


@face()
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages are for everybody, machines too; behind the sign-in they find nothing anyway."""
    context = {"sitemap": request.build_absolute_uri(links.sitemap())}
    return render(request, "front/robots.txt", context, content_type="text/plain; charset=utf-8")


@face(*_TOPICS)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index of all sitemaps."""
    today = local_day(clock.now(), Zone.WIB)
    found = [
        (
            request.build_absolute_uri(links.sitemap_sheet(each.name, sheet.number)),
            sheet.changed_on,
        )
        for each in sitemaps.SITEMAPS
        for sheet in each.sheets(today)
    ]
    return _xml(sitemaps.index(found))


def sheet_of(described: Sitemap) -> Callable[..., HttpResponseBase]:
    """The door of the files of one sitemap, which depend on its own topics alone."""

    @face(*described.topics)
    def sheet(request: HttpRequest, sheet: int) -> HttpResponseBase:
        today = local_day(clock.now(), Zone.WIB)
        if sheet not in {each.number for each in described.sheets(today)}:
            raise Http404
        site = request.build_absolute_uri("/").removesuffix("/")
        return _xml(sitemaps.urlset(described.entries(today, sheet), site))

    return sheet


def _xml(lines: Iterable[str]) -> HttpResponseBase:
    return StreamingHttpResponse(lines, content_type="application/xml")
