"""The live page: whole, as a fragment for polling, as numbers; and the list of campaigns."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bekal.campaigns import fragments, listed, queries
from bekal.campaigns.figures import figure_lines
from bekal.campaigns.fragments import Fragment
from bekal.campaigns.shown import title_of
from bekal.foundation import clock
from bekal.foundation.doors import public
from bekal.foundation.faces import face
from bekal.ui.addresses import address_of
from bekal.ui.qr import drawing_of

STAGE = "layar"
"""What `mode` says on the screen of a stage."""


@face("campaigns")
def index(request: HttpRequest) -> HttpResponse:
    """All campaigns: the running one, those to come, those that have passed."""
    groups = listed.groups(queries.campaigns(), now=clock.now())
    return render(request, "campaigns/list.html", {"groups": groups})


@public
@require_safe
def page(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """The live page. Works without script; with it, the stream keeps it going."""
    fragment = _fragment(campaign)
    context = {
        "fragment": fragment.pages[_language()],
        "picture": fragment.picture,
        "title": title_of(fragment.picture),
        "is_stage": request.GET.get("mode") == STAGE,
        "stream_port": settings.BEKAL_STREAM_PORT,
    }
    return _kept(request, fragment, render(request, "campaigns/live.html", context))


@public
@require_safe
def part(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """All parts of the page, for those whose stream is broken; 304 while nothing has changed."""
    fragment = _fragment(campaign)
    return _kept(request, fragment, HttpResponse(fragment.pages[_language()]))


@public
@require_safe
def figures(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """The same numbers as a file, semicolons between."""
    fragment = _fragment(campaign)
    answer = HttpResponse(figure_lines(fragment.picture), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bekal-{campaign}.csv"'
    return _kept(request, fragment, answer)


@public
@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The way to the catalogue as a QR code, by the name under which this page was asked for."""
    drawing = drawing_of(request.build_absolute_uri(address_of("catalogue")))
    answer = HttpResponse(drawing, content_type="image/svg+xml")
    answer["Cache-Control"] = "max-age=3600"
    return answer


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _fragment(campaign: str) -> Fragment:
    found = fragments.current(slug=campaign, languages=[_language()], now=clock.now())
    if found is None:
        raise Http404
    return found


def _kept(request: HttpRequest, fragment: Fragment, answer: HttpResponse) -> HttpResponseBase:
    """Let browsers keep an answer and ask each time whether it is still the newest.

    Processes make a fragment at different seconds of its minute, so that its letters differ and
    its tag does not; what stands around it is taken by its letters.
    """
    around = answer.content.replace(fragment.pages[_language()].encode(), b"")
    is_page = around != answer.content
    digest = hashlib.sha256(around if is_page else b"").hexdigest()[:12]
    answer["ETag"] = f'"{fragment.tag}-{digest}"'
    answer["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
