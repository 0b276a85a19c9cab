"""The pages of products for search engines: which there are, and when each last changed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from bekal.catalogue import kinds, rules
from bekal.catalogue.queries.ground import ground
from bekal.foundation.clock import Zone
from bekal.foundation.sitemaps import Entry, Sheet, Sitemap
from bekal.ui.addresses import FACES

A_SHEET = 10_000
"""By their numbers, so that a product stays in its file; with eight pictures each and the twins in
English a full file has 20,000 addresses and 35 of the 50 MB that it may have."""

# What is simulated is nothing to be found by.
_PUBLIC = """
from catalogue_product p
left join catalogue_listing l on l.product_id = p.id
left join catalogue_pricespan price on price.product_id = p.id
  and price.since <= %(on)s and (price.until is null or price.until > %(on)s)
left join lateral (
  select max(checked_at) as checked_at, array_agg(digest order by position) as digests,
         array_agg(width order by position) as widths
  from catalogue_picture where product_id = p.id and checked_at is not null
) pictures on true
where not p.is_sample and p.seller_id <> all(%(closed)s)
"""
_CHANGED = """
greatest(
  price.since,
  (greatest(p.added_at, l.set_at, pictures.checked_at) at time zone %(zone)s)::date
)
"""
_SHEETS = f"select p.id / {A_SHEET} + 1, max({_CHANGED}) {_PUBLIC} group by 1 order by 1"
_ENTRIES = f"""
select p.name, p.code, {_CHANGED}, pictures.digests, pictures.widths {_PUBLIC}
and p.id >= %(first)s and p.id < %(beyond)s order by p.id
"""


def _sheets(on: dt.date) -> Sequence[Sheet]:
    return [Sheet(number, changed_on) for number, changed_on in _rows(_SHEETS, on=on)]


def _entries(on: dt.date, sheet: int) -> Iterator[Entry]:
    first = A_SHEET * (sheet - 1)
    for name, code, changed_on, digests, widths in _rows(
        _ENTRIES, on=on, first=first, beyond=first + A_SHEET
    ):
        yield Entry(
            path=f"{FACES['product']}{kinds.path_of(name, code)}/",
            changed_on=changed_on,
            pictures=[
                rules.picture_address(digest=digest, width=rules.widths_of(width)[-1])
                for digest, width in zip(digests or (), widths or (), strict=True)
            ],
        )


def _rows(sql: str, *, on: dt.date, **values: int) -> list[tuple[Any, ...]]:
    closed = ground(on=on).closed_sellers
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "on": on, "closed": closed, "zone": Zone.WIB.info.key})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


PRODUCT_PAGES = Sitemap(
    name="produk", topics=("catalogue", "places"), sheets=_sheets, entries=_entries
)
