"""Where pages are kept: so many bytes of memory, the least lately shown go first."""

import threading
from collections import OrderedDict

from bekal.config.pagecache.pages import Page

Key = tuple[str, ...]
BUDGET_BYTES = 48 * 1024 * 1024


class Shelf:
    """Pages by address, shared by the threads of one process."""

    def __init__(self, budget: int = BUDGET_BYTES) -> None:
        self._budget = budget
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        """The page at an address, if it is here."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page in the place of the one that was there."""
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._size += _weight(key, page)
            while self._size > self._budget:
                self._forget(next(iter(self._pages)))

    def drop(self, key: Key) -> None:
        """Forget the page at an address, which is no longer for everybody."""
        with self._lock:
            self._forget(key)

    def _forget(self, key: Key) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self._size -= _weight(key, gone)


def _weight(key: Key, page: Page) -> int:
    return page.size + sum(len(part) for part in key)
