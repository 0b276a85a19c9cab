"""The pages that search engines are told of, room by room, and how sitemaps are written.

Format: https://www.sitemaps.org/protocol.html, with twins in the other language and pictures after
https://developers.google.com/search/docs/specialty/international/localized-versions and
https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from bekal.campaigns import queries as campaigns
from bekal.catalogue import queries as catalogue
from bekal.foundation.sitemaps import Entry, Sheet, Sitemap
from bekal.front import links

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_MORE = (
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def _one(on: dt.date) -> list[Sheet]:
    del on
    return [Sheet(1)]


def _entries(on: dt.date, sheet: int) -> Iterator[Entry]:
    del sheet
    yield from map(Entry, links.faces())
    yield from (Entry(links.live(campaign.slug)) for campaign in campaigns.campaigns())
    yield from (Entry(links.workshop(maker.unit.code)) for maker in catalogue.makers(on=on))


PAGES = Sitemap(
    name="halaman",
    topics=("catalogue", "places", "campaigns"),
    sheets=_one,
    entries=_entries,
)
SITEMAPS = (PAGES, catalogue.PRODUCT_PAGES)


def index(sheets: Iterable[tuple[str, dt.date | None]]) -> Iterator[str]:
    """The index of sitemap files, each with its whole address and when a page of it changed."""
    yield f"{_HEAD}<sitemapindex {_SPACE}>\n"
    for address, changed_on in sheets:
        yield f"<sitemap><loc>{escape(address)}</loc>{_changed(changed_on)}</sitemap>\n"
    yield "</sitemapindex>\n"


def urlset(entries: Iterable[Entry], site: str) -> Iterator[str]:
    """A sitemap file: each page of a site in each language, line by line."""
    yield f"{_HEAD}<urlset {_SPACE}{_MORE}>\n"
    for entry in entries:
        twins = [(code, site + path) for code, path in links.in_each_language(entry.path)]
        same = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(twin)}/>'
            for code, twin in twins
        )
        pictures = "".join(
            f"<image:image><image:loc>{escape(site + path)}</image:loc></image:image>"
            for path in entry.pictures
        )
        beside = f"{_changed(entry.changed_on)}{same}{pictures}"
        for _, twin in twins:
            yield f"<url><loc>{escape(twin)}</loc>{beside}</url>\n"
    yield "</urlset>\n"


def _changed(on: dt.date | None) -> str:
    return f"<lastmod>{on.isoformat()}</lastmod>" if on else ""
