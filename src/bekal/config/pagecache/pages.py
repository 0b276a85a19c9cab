"""A page as it is kept: compressed once, with the headers that Django gave it."""

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

from bekal.foundation.faces import HEADER

Headers = list[tuple[str, str]]
_LEVEL = 6
# Ours to say, or true of one answer only.
_NOT_KEPT = {
    HEADER.lower(),
    "content-length",
    "content-encoding",
    "vary",
    "etag",
    "cache-control",
    "expires",
    "x-request-id",
}


@dataclass(frozen=True)
class Page:
    """A whole page; `state` is how its topics stood before it was made."""

    topics: tuple[str, ...]
    state: str
    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def size(self) -> int:
        """Bytes that it takes, roughly."""
        return len(self.body) + 1_000

    def answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Send it: nothing when the browser has it, compressed where the browser can read that."""
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start("304 Not Modified", self._common())
            return []
        body, headers = self.body, [*self._common(), *self.headers]
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            headers.append(("Content-Encoding", "gzip"))
        else:
            body = gzip.decompress(body)
        headers.append(("Content-Length", str(len(body))))
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _common(self) -> Headers:
        # Kept by browsers, but asked for anew each time: a correction is seen at once.
        return [
            ("ETag", self.etag),
            ("Cache-Control", "public, no-cache"),
            ("Vary", "Accept-Encoding"),
        ]


def topics_of(status: str, headers: Sequence[tuple[str, str]]) -> tuple[str, ...] | None:
    """The topics of an answer that may be kept for everybody; None for any other answer.

    An answer that sets a cookie, or differs by cookie, is somebody's own, whatever it says.
    """
    lowered = {(name.lower(), value.lower()) for name, value in headers}
    is_personal = any(
        name == "set-cookie" or (name == "vary" and "cookie" in value) for name, value in lowered
    )
    marks = [value for name, value in headers if name.lower() == HEADER.lower()]
    if not marks or is_personal or not status.startswith("200"):
        return None
    return tuple(marks[0].split())


def page_of(
    headers: Sequence[tuple[str, str]], body: bytes, *, topics: tuple[str, ...], state: str
) -> Page:
    """Keep an answer of Django, compressed once, be it by Django or here."""
    is_packed = ("Content-Encoding", "gzip") in headers
    plain = gzip.decompress(body) if is_packed else body
    packed = body if is_packed else gzip.compress(body, _LEVEL, mtime=0)
    kept = tuple((name, value) for name, value in headers if name.lower() not in _NOT_KEPT)
    # A tag that the view gave says more than the bytes, which may hold the time of the making.
    given = [value for name, value in headers if name.lower() == "etag" and value[:2] == "W/"]
    digest = hashlib.sha256(plain).hexdigest()[:20]
    return Page(topics, state, given[0] if given else f'W/"{digest}"', kept, packed)
