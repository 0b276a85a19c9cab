"""One public product."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from bekal.catalogue import rules
from bekal.catalogue.queries.cards import COLUMNS, TABLES, Card, card_of, cards_where
from bekal.catalogue.queries.ground import ground
from bekal.foundation import codes
from bekal.places.queries import PlaceNow

_PRODUCT = f"""
select {COLUMNS}, p.source, price.valid_from, cost.amount
from {TABLES.replace("select amount from", "select amount, valid_from from")}
left join lateral (
  select amount from catalogue_cost where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) cost on true
where p.code = %(code)s
"""


@dataclass(frozen=True)
class ShowcaseProduct:
    """A public product on a day: its card, its unit and kanwil, and what is known of its price.

    `cost` (rupiah for one piece) is for the split alone and is never shown as a figure of its own
    beyond it. `priced_since` is the first day of the price in force.
    """

    card: Card
    unit: PlaceNow
    kanwil: PlaceNow | None
    source: str
    priced_since: dt.date | None
    cost: int | None

    @property
    def source_link(self) -> str:
        """The address of its source, or nothing when the source is no web page."""
        return rules.web_address(self.source)


def showcase_product(*, code: str, on: dt.date) -> ShowcaseProduct | None:
    """The public product with this code, however it is typed; None when there is none on the day.

    A product of a unit that is not open on the day is not public.
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
    card, unit = card_of(row[:10], floor.units), floor.units[row[5]]
    kanwil = floor.kanwil.get(unit.parent_id or 0)
    return ShowcaseProduct(card, unit, kanwil, *row[10:])


def like(*, card: Card, on: dt.date, count: int = 4) -> list[Card]:
    """Products of the same category from other units, those added last first."""
    units = ground(on=on).units
    others = [pk for pk, unit in units.items() if unit.code != card.unit_code]
    values = {"units": others, "category": card.category_code, "count": count}
    condition = "p.category_id = %(category)s and s.unit_id = any(%(units)s)"
    return cards_where(condition, values, units=units, on=on)
