"""Goods for shopping channels."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

from bekal.catalogue import feeds, queries
from bekal.catalogue.queries import Offer
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import face


@face("catalogue", "places", "ledger")
def google(request: HttpRequest) -> HttpResponseBase:
    """RSS 2.0 with the fields of Google's product data."""
    return _streamed(request, feeds.google, "application/rss+xml; charset=utf-8")


@face("catalogue", "places", "ledger")
def meta(request: HttpRequest) -> HttpResponseBase:
    """CSV with the fields of Meta's catalogues."""
    return _streamed(request, feeds.meta, "text/csv; charset=utf-8")


def _streamed(
    request: HttpRequest,
    written: Callable[[Iterable[Offer], feeds.Channel], Iterator[str]],
    kind: str,
) -> HttpResponseBase:
    today = local_day(clock.now(), Zone.WIB)
    site = request.build_absolute_uri("/").removesuffix("/")
    channel = feeds.Channel(site=site, on=today, is_demo=settings.BEKAL_DEMO)
    return StreamingHttpResponse(
        written(queries.offers(on=today), channel), headers={"Content-Type": kind}
    )
