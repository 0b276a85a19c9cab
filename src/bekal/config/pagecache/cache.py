"""Serves kept pages before Django is asked."""

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bekal.config.pagecache.pages import page_of, topics_of
from bekal.config.pagecache.revisions import Revisions
from bekal.config.pagecache.shelf import Key, Shelf

_LONGEST_ADDRESS = 1_000
_LONGEST_HOST = 255


class PageCache:
    """WSGI middleware that keeps whole faces, each until the state of its topics moves."""

    def __init__(
        self, application: WSGIApplication, *, revisions: Revisions, shelf: Shelf | None = None
    ) -> None:
        self._application = application
        self._revisions = revisions
        self._shelf = shelf or Shelf()
        self._being_made: set[Key] = set()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer from the shelf while the page there is fresh; else ask Django and keep that."""
        key = _key_of(environ)
        if key is None:
            return self._application(environ, start)
        page = self._shelf.get(key)
        if page is not None and page.state == self._revisions.now().of(page.topics):
            return page.answer(environ, start)
        if environ["REQUEST_METHOD"] != "GET":
            return self._application(environ, start)
        if page is not None and not self._take_turn(key):
            return page.answer(environ, start)
        try:
            return self._make(key, environ, start)
        finally:
            self._being_made.discard(key)

    def _take_turn(self, key: Key) -> bool:
        """Whether this thread is the one to make the page anew; the others show the old one."""
        with self._lock:
            is_mine = key not in self._being_made
            self._being_made.add(key)
            return is_mine

    def _make(self, key: Key, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        # Read before the page is made: an act during the making must make it old, not new.
        before = self._revisions.now()
        given = _Given()
        parts = self._application(environ, given.start)
        topics = topics_of(given.status, given.headers)
        if topics is None:
            self._shelf.drop(key)  # gone, moved or broken: the old page must not outlive it
            start(given.status, given.headers)
            return parts
        with ExitStack() as ending:
            ending.callback(getattr(parts, "close", lambda: None))
            body = b"".join(parts)
        page = page_of(given.headers, body, topics=topics, state=before.of(topics))
        self._shelf.put(key, page)
        return page.answer(environ, start)


class _Given:
    """What Django said before the body."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        del exc_info
        self.status, self.headers = status, headers
        return len  # nobody writes by it: Django gives the body as an iterable


def _key_of(environ: WSGIEnvironment) -> Key | None:
    """What a page depends on beside its data: its address, whole. None for what is never kept."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    host = environ.get("HTTP_HOST", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    if len(path) + len(query) > _LONGEST_ADDRESS or len(host) > _LONGEST_HOST:
        return None
    # Of what a proxy says only what Django may heed: a page for https or not.
    is_forwarded = environ.get("HTTP_X_FORWARDED_PROTO", "") == "https"
    return path, query, host, environ.get("wsgi.url_scheme", ""), "https" if is_forwarded else ""
