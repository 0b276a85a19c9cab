"""Products as visitors see them: one card each, with the price in force on a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bekal.catalogue import kinds, rules
from bekal.catalogue.queries.goods import ORDERABLE_ON
from bekal.places.queries import PlaceNow

COLUMNS = f"""
p.id, p.code, p.name, p.category_id, c.name, s.unit_id, price.amount, p.source_price_low,
p.source_price_high, p.is_sample, l.name_en, {ORDERABLE_ON}, shelf.state, shelf.left, shelf.days,
p.is_offered, photo.digest, photo.width, photo.height, photo.alt
"""
PRICE_ON = """
catalogue_pricespan price on price.product_id = p.id
 and price.since <= %(on)s and (price.until is null or price.until > %(on)s)
"""
TABLES = f"""
catalogue_product p
join catalogue_category c on c.code = p.category_id
join catalogue_seller s on s.id = p.seller_id
left join {PRICE_ON}
left join catalogue_listing l on l.product_id = p.id
left join catalogue_shelf shelf on shelf.product_id = p.id
left join lateral (
  select digest, width, height, alt from catalogue_picture
  where product_id = p.id and checked_at is not null order by position limit 1
) photo on true
"""
_BY_IDS = f"select {COLUMNS} from {TABLES} where p.id = any(%(ids)s)"


@dataclass(frozen=True, slots=True)
class Card:
    """A product as its card shows it. Amounts are rupiah for one piece.

    `price` is the price in force on the day, or None; `source_low` and `source_high` are what its
    source says, never a price to buy at. `is_sample` marks simulated products ("Contoh"). `drawing`
    is the name of a drawing in ui/img. `category` is the word of the sources, `kind` the code of
    its kind (`kinds.KINDS`). `is_published`: it may be ordered on the day, as `Goods` says;
    `is_offered` as `Product` says. `shelf`, `left` and `days` are what its unit tells of how many
    there are. `photo` is its first photograph.
    """

    id: int
    code: str
    name: str
    category_code: str
    category: str
    kind: str
    unit_code: str
    unit_name: str
    province: str
    price: int | None
    source_low: int | None
    source_high: int | None
    is_sample: bool
    drawing: str
    name_en: str = ""
    is_published: bool = False
    shelf: rules.ShelfState | None = None
    left: int | None = None
    days: int | None = None
    is_offered: bool = False
    photo: rules.Photo | None = None

    @property
    def title(self) -> str:
        """Its name in the language of the page, where it has one there."""
        return (self.name_en if get_language() == "en" else "") or self.name

    @property
    def rank(self) -> int:
        """Its place in the usual order: 0 and 1 can be bought, 2 and 3 not; real ones first."""
        return 2 * (not self.is_offered) + self.is_sample

    @property
    def is_for_sale(self) -> bool:
        """Whether it may be ordered here as far as the catalogue knows."""
        return self.is_published and self.price is not None and self.shelf is not None

    @property
    def stock_note(self) -> str:
        """What buyers must know of how many there are; nothing while there are enough."""
        if not self.is_for_sale:
            return ""
        if self.shelf is rules.ShelfState.FEW and self.left:
            return _("Sisa %(left)s") % {"left": self.left}
        if self.shelf is rules.ShelfState.MADE and self.days:
            words = ngettext(
                "Dibuat sesuai pesanan, kira-kira %(days)s hari",
                "Dibuat sesuai pesanan, kira-kira %(days)s hari",
                self.days,
            )
            return words % {"days": self.days}
        return _("Habis") if self.shelf is rules.ShelfState.SOLD_OUT else ""

    @property
    def path(self) -> str:
        """The last part of its address: slug and code."""
        return kinds.path_of(self.name, self.code)


def card_of(row: tuple[Any, ...], units: Mapping[int, PlaceNow]) -> Card:
    """A row of COLUMNS as a card; `units` knows the unit of the row."""
    pk, code, name, category_code, category, unit_id, price, low, high, is_sample, *sold = row
    name_en, is_published, shelf, left, days, is_offered, *photo = sold
    unit = units[unit_id]
    return Card(
        id=pk,
        code=code,
        name=name,
        category_code=category_code,
        category=category,
        kind=kinds.kind_of(category_code).code,
        unit_code=unit.code,
        unit_name=unit.name,
        province=unit.province or "",
        price=price,
        source_low=low,
        source_high=high,
        is_sample=is_sample,
        drawing=kinds.drawing_of(name=name, category=category_code),
        name_en=name_en or "",
        is_published=bool(is_published),
        shelf=rules.ShelfState(shelf) if shelf else None,
        left=left,
        days=days,
        is_offered=is_offered,
        photo=rules.Photo(*photo) if photo[0] else None,
    )


def cards_where(
    condition: str,
    values: Mapping[str, Any],
    *,
    units: Mapping[int, PlaceNow],
    on: dt.date,
    order: str = "p.id desc",
) -> list[Card]:
    """Cards of the products that a condition (SQL of ours) leaves, `count` at most. One statement.

    The condition speaks of product `p`, seller `s`, category `c` and `price` on the day.
    """
    sql = f"select {COLUMNS} from {TABLES} where {condition} order by {order} limit %(count)s"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, **values})
        return [card_of(row, units) for row in cursor.fetchall() if row[5] in units]


def cards_by_ids(ids: Sequence[int], *, units: Mapping[int, PlaceNow], on: dt.date) -> list[Card]:
    """The cards of these products in this order. One statement, none for none."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BY_IDS, {"ids": list(ids), "on": on})
        rows = [row for row in cursor.fetchall() if row[5] in units]
        cards = {row[0]: card_of(row, units) for row in rows}
    return [cards[pk] for pk in ids if pk in cards]
