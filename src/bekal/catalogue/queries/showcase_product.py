"""One public product, and products like it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.catalogue import kinds, rules, wording
from bekal.catalogue.queries.cards import COLUMNS, TABLES, Card, card_of
from bekal.catalogue.queries.ground import Ground, ground
from bekal.foundation import codes
from bekal.places.queries import PlaceNow

_PRODUCT = f"""
select {COLUMNS}, p.source, price.since, cost.amount
from {TABLES}
left join lateral (
  select amount from catalogue_cost where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) cost on true
where p.code = %(code)s
"""

# The best of each other unit, of the same kind first, so that beside crisps of fish no net for fish
# lies: by words of its name, and if these are too few, the newest of its category. Of each word a
# stretch of its newest products is read and of these the ones that share most words are ranked, so
# that the cost stays, however large the catalogue is. Cards are made of the chosen alone. Values
# stand in selects of their own, so that the plan is kept: to make it takes three times as long as
# to carry it out (docs/decisions/0018).
_LIKE = f"""
with sharing as (
  select n.product_id, n.seller_id, count(*) as words
  from unnest((select %(words)s::text[])) as w (word) cross join lateral (
    select product_id, seller_id from catalogue_nameword
    where word = w.word and seller_id <> all((select %(not_of)s::bigint[])::bigint[])
    order by product_id desc limit 60) n
  group by n.product_id, n.seller_id order by words desc, n.product_id desc limit 100
),
near as materialized (
  (select p.id, p.seller_id, p.category_id = any((select %(kin)s::text[])::text[]) as is_kin,
     ts_rank(p.search_plain, to_tsquery('simple', %(query)s)) as fit
   from sharing join catalogue_product p on p.id = sharing.product_id)
  union all
  (select p.id, p.seller_id, true, 0 from catalogue_product p
   where p.category_id = (select %(category)s::text)
     and p.seller_id <> all((select %(not_of)s::bigint[])::bigint[])
   order by p.id desc limit 40)
),
best as (
  select distinct on (seller_id) id, is_kin, fit from near
  order by seller_id, is_kin desc, fit desc, id desc
),
chosen as materialized (
  select id, is_kin, fit from best order by is_kin desc, fit desc, id desc
  limit (select %(count)s::int)
)
select {COLUMNS} from {TABLES} join chosen on chosen.id = p.id
order by chosen.is_kin desc, chosen.fit desc, p.id desc
"""


@dataclass(frozen=True)
class ShowcaseProduct:
    """A public product on a day: its card, its unit and kanwil, and what is known of its price.

    `priced_since` is the first day of the price in force. `cost` (rupiah for one piece) is there
    for the split. `like` are products like it.
    """

    card: Card
    unit: PlaceNow
    kanwil: PlaceNow | None
    source: str
    priced_since: dt.date | None
    cost: int | None
    like: Sequence[Card] = ()

    @property
    def source_name(self) -> str:
        """What its source is called: the site of an address, otherwise the source itself.

        Never the whole address: headlines of the press name people in custody.
        """
        return rules.source_name(self.source)

    @property
    def source_year(self) -> str:
        """The year that its source names, or nothing."""
        return rules.source_year(self.source)


def showcase_product(*, code: str, on: dt.date, like: int = 0) -> ShowcaseProduct | None:
    """The public product with this code, however it is typed; None when there is none on the day.

    A product of a unit that is not open on the day is not public. With it come as many products
    `like` it, each from another unit: of its kind first, then what is called alike.
    Two statements, three with those.
    """
    try:
        written = codes.encode(codes.decode(code), length=rules.CODE_LENGTH)
    except codes.CodeMistyped:
        return None
    floor = ground(on=on)
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCT, {"code": written, "on": on})
        row = cursor.fetchone()
    if row is None or row[5] not in floor.units:
        return None
    *row, source, since, cost = row
    card, unit = card_of(tuple(row), floor.units), floor.units[row[5]]
    others = _like(card, unit.id, floor=floor, on=on, count=like) if like else []
    return ShowcaseProduct(card, unit, floor.kanwil_of(unit), source, since, cost, others)


def _like(card: Card, unit_id: int, *, floor: Ground, on: dt.date, count: int) -> list[Card]:
    words = wording.name_words(card.name)
    values: dict[str, Any] = {
        "on": on,
        "words": words,
        "query": " | ".join(f"{word}:A" for word in words),
        "category": card.category_code,
        "kin": [card.category_code, *kinds.kind_of(card.category_code).categories],
        "not_of": [*floor.closed_sellers, *floor.sellers_of_unit(unit_id)],
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, values)
        return [card_of(row, floor.units) for row in cursor.fetchall() if row[5] in floor.units]
