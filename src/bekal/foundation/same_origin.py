"""Forms on kept pages: they carry no token, for the page is the same for everybody.

What such a form may do is nothing that a stranger could gain from, such as putting goods into a
basket. Still only our own pages may send it: browsers say where a form comes from, by
`Sec-Fetch-Site` or by `Origin`, and old ones by `Referer`. Whoever says nothing is refused.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest  # noqa: TID251  a part of doors
from django.http.response import HttpResponseBase  # noqa: TID251
from django.views.decorators.csrf import csrf_exempt

_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponseBase]


def from_our_pages(view: _View[_P]) -> _View[_P]:
    """Let only forms of our own pages through, instead of the token of Django's guard."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not is_ours(request):
            raise BadRequest("a form that no page of ours sent")
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def is_ours(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this very address."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    told = urlsplit(request.headers.get("Referer", ""))
    return (told.scheme, told.netloc) == (request.scheme, request.get_host())
