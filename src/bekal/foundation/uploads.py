"""Files that people send: measured before they are taken in, so that none fills memory or disk.

A form that takes files is read before its view, by the protection against forged requests. So the
limits stand before both: a request that says it is too large is not read at all, and a file that
turns out too large is let go while it comes in. The view is asked in any case; what it was spared
stands in `too_large`, for a sentence at the field.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict  # noqa: TID251  the mark of a door
from django.http.response import HttpResponseBase  # noqa: TID251
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

_P = ParamSpec("_P")
_Request = TypeVar("_Request", bound=HttpRequest)
_View = Callable[Concatenate[_Request, _P], HttpResponseBase]
EVERYTHING = "semuanya"
"""What `too_large` names where the whole request was too large to be read."""


class _Measured(FileUploadHandler):
    """Lets a file go as soon as it turns out larger than its limit; the others are still read."""

    def __init__(self, request: HttpRequest, *, each: int) -> None:
        super().__init__(request)
        self._each = each

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on while the file is within its limit; `start` is how much of it came before."""
        if start + len(raw_data) > self._each:
            assert self.request is not None
            too_large(self.request).append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind."""


def too_large(request: HttpRequest) -> list[str]:
    """The names of the files that were let go, or EVERYTHING where nothing was read."""
    found: list[str] = request.__dict__.setdefault("files_too_large", [])
    return found


def measured(
    *, whole: int, each: int
) -> Callable[[Callable[Concatenate[_Request, _P], HttpResponseBase]], _View[_Request, _P]]:
    """Mark a view that takes files: `whole` bytes of a request at most, `each` of a file.

    Stands below the mark that says who may. What is too large is never an act: the view sees a
    form without it, and without any field when nothing was read. The view is known by
    `takes_files` from then on.
    """

    def mark(
        view: Callable[Concatenate[_Request, _P], HttpResponseBase],
    ) -> _View[_Request, _P]:
        protected: Any = csrf_protect(view)

        @wraps(view)
        def read(request: _Request, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            if int(request.META.get("CONTENT_LENGTH") or 0) > whole:
                too_large(request).append(EVERYTHING)
                request.__dict__ |= {"_post": QueryDict(), "_files": MultiValueDict()}
                return view(request, *args, **kwargs)
            if not hasattr(request, "_files"):  # the gate has read it, which asked for a code
                request.upload_handlers.insert(0, _Measured(request, each=each))
            answer: HttpResponseBase = protected(request, *args, **kwargs)
            return answer

        read.takes_files = True  # type: ignore[attr-defined]
        return csrf_exempt(read)

    return mark
