"""How a room describes its public pages for search engines.

The room that owns the pages hands the description up through its `queries`; `front` writes all of
them as sitemaps (https://www.sitemaps.org/protocol.html) and their index.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A public page by its Indonesian path; when it last changed, and the paths of its pictures."""

    path: str
    changed_on: dt.date | None = None
    pictures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a sitemap: its number, from 1, and when a page of it last changed."""

    number: int
    changed_on: dt.date | None = None


@dataclass(frozen=True)
class Sitemap:
    """Pages of one sort, in files; a file has at most 50,000 addresses, twins in English included.

    `topics` are the parts of the audit on which they depend. `sheets` are the files that there are
    on a day, `entries` the pages in one of them.
    """

    name: str
    topics: tuple[str, ...]
    sheets: Callable[[dt.date], Sequence[Sheet]]
    entries: Callable[[dt.date, int], Iterable[Entry]]
