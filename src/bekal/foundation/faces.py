"""Public pages: the same for everybody, a pure function of address, day and data.

A face is made from its address alone. Whoever asks, it sees no cookie, session or person, so
nothing personal can enter it, and one copy may be kept and shown to all (config's page cache).
"""

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest  # noqa: TID251  the mark of a door
from django.http.response import HttpResponseBase  # noqa: TID251
from django.views.decorators.http import require_safe

_P = ParamSpec("_P")
_Answer = TypeVar("_Answer", bound=HttpResponseBase)
HEADER = "Bekal-Face"
"""Header of an answer that may be kept: the audit topics on which it depends."""
TOPICS: set[str] = set()
"""Every topic on which some face depends; complete once the addresses are loaded."""

_OF_A_PERSON = ("session", "user", "auser", "_cached_user", "_acached_user")
_HEADERS_OF_A_PERSON = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "CSRF_COOKIE")


def face(
    *topics: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, _P], _Answer]],
    Callable[Concatenate[HttpRequest, _P], HttpResponseBase],
]:
    """Mark a view as a face, open to everybody, that depends on these audit topics.

    "catalogue" stands for every act whose audit action begins with "catalogue.". GET and HEAD only.
    """

    def mark(
        view: Callable[Concatenate[HttpRequest, _P], _Answer],
    ) -> Callable[Concatenate[HttpRequest, _P], HttpResponseBase]:
        @wraps(view)
        def shown(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
            answer = view(of_nobody(request), *args, **kwargs)
            answer[HEADER] = " ".join(sorted(topics))
            return answer

        TOPICS.update(topics)
        guarded: Any = require_safe(shown)
        guarded.gate = "public"
        guarded.face = frozenset(topics)
        return guarded  # type: ignore[no-any-return]

    return mark


def of_nobody(request: HttpRequest) -> HttpRequest:
    """The same question as if a stranger without cookies had asked it."""
    bare = copy.copy(request)
    bare.__dict__ = {k: v for k, v in vars(request).items() if k not in _OF_A_PERSON}
    bare.COOKIES = {}
    bare.META = {k: v for k, v in request.META.items() if k not in _HEADERS_OF_A_PERSON}
    bare.__dict__.pop("headers", None)
    return bare
