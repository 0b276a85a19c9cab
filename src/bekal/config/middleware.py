"""What every request and answer gets, whatever the page."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from structlog.contextvars import bound_contextvars

Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("bekal.request")
_SOUND_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def request_id(answer: Answer) -> Answer:
    """Give each request an id that its log lines and its answer carry.

    A proxy's own id is kept, so that one id follows a request through both logs.
    """

    def with_id(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        known = given if _SOUND_ID.fullmatch(given) else uuid4().hex
        with bound_contextvars(request_id=known):
            response = answer(request)
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
            )
        response["X-Request-ID"] = known
        return response

    return with_id


def language(answer: Answer) -> Answer:
    """Speak the language that the address names: English below /en/, Indonesian elsewhere.

    The address alone decides, so that one address is one page for everybody.
    """

    def spoken(request: HttpRequest) -> HttpResponse:
        words = request.path_info.split("/", 2)
        named = words[1] if words[1:] and words[1] in dict(settings.LANGUAGES) else ""
        with translation.override(named or settings.LANGUAGE_CODE):
            response = answer(request)
            response.setdefault("Content-Language", translation.get_language())
        return response

    return spoken


def permissions_policy(answer: Answer) -> Answer:
    """Tell browsers that no page uses camera, place or payment; the till will ask for its own."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Permissions-Policy", _POLICY)
        return response

    return with_policy
