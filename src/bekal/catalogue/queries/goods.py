"""What basket and checkout must know of goods on a day."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.catalogue import kinds, rules
from bekal.catalogue.models import Listing
from bekal.foundation.codes import CodeMistyped, decode, encode

# Whether a product is processed food: as its unit said, else by its category. The same as
# rules.is_food. What is published has been told (catalogue_listing_published_says_whether_food).
FOODS = ", ".join(f"'{category}'" for category in kinds.FOODS)
IS_FOOD = f"coalesce(l.is_food, p.category_id in ({FOODS}))"
_PERMIT = """
exists (select from catalogue_permitproduct pp join catalogue_permit permit
          on permit.id = pp.permit_id and permit.withdrawn_at is null
         where pp.product_id = p.id and permit.kind in ({kinds})
           and %(on)s between permit.valid_from and coalesce(permit.valid_until, 'infinity'))
"""
_MAY_BE_SOLD = _PERMIT.format(kinds="'pirt', 'bpom'")
_IS_HALAL = _PERMIT.format(kinds="'halal'")
# Whether a product is shown by its unit and its permits hold on a day: for food one to sell it, and
# a halal certificate where it claims to be halal. The same as rules.publish_problems.
PERMITTED_ON = f"""
(l.is_published and (not {IS_FOOD}
  or ({_MAY_BE_SOLD} and (l.halal <> 'certified' or {_IS_HALAL}))))
"""
# Whether the unit of a product shares what it is sold at, before costs.
GROSS_ON = """
(select rule.base from places_ancestry a join ledger_splitrule rule on rule.place_id = a.ancestor_id
  where a.descendant_id = s.unit_id and a.during @> %(on)s::date
    and rule.during @> %(on)s::date and rule.activity in ('', p.category_id)
  order by a.distance, rule.activity = '' limit 1) = 'gross'
"""


def _split_on(gross: str) -> str:
    """Whether a sale of it could be recorded: its cost is known, or its unit shares gross."""
    return f"""
(exists (select from catalogue_cost cost where cost.product_id = p.id and cost.valid_from <= %(on)s)
  or {gross})
"""


SPLIT_ON = _split_on(GROSS_ON)
# Where children are guided nothing is made to be sold. The same as rules.KIND_FOR_CHILDREN.
_GROWN_UP = f"""
not exists (select from places_tenure guiding where guiding.place_id = s.unit_id
  and guiding.during @> %(on)s::date and guiding.kind = '{rules.KIND_FOR_CHILDREN}')
"""


def orderable_on(gross: str) -> str:
    """Whether a product may be ordered on a day as far as the catalogue knows, of an open unit.

    The one condition of shelves, feeds, basket and checkout, in SQL; `gross` says whether its unit
    shares gross. What is not shown is asked no more.
    """
    return f"""
(case when l.is_published then {PERMITTED_ON} and coalesce({_split_on(gross)}, false)
  and {_GROWN_UP} else false end)
"""


ORDERABLE_ON = orderable_on(GROSS_ON)
# How many facts a product lacks before it may be ordered. The same as rules.publish_problems.
LACKS_ON = f"""
(case when {_GROWN_UP} then
  (coalesce(l.description, '') = '')::int + (coalesce(l.origin, '') = '')::int
  + (l.weight_g is null)::int + (l.is_food is null)::int + (not coalesce({SPLIT_ON}, false))::int
  + case when {IS_FOOD} then
      (coalesce(l.composition, '') = '')::int + (coalesce(l.net_content, '') = '')::int
      + (coalesce(l.storage, '') = '')::int + (l.shelf_life_days is null)::int
      + (coalesce(l.halal, '') = '')::int
      + (not {_MAY_BE_SOLD})::int
      + (coalesce(l.halal, '') = 'certified' and not {_IS_HALAL})::int
    else 0 end
 else 1 end)
"""
# The same of a row that is called by the name of its table.
LACKS_OF = f"""
(select {LACKS_ON} from catalogue_product p join catalogue_seller s on s.id = p.seller_id
 left join catalogue_listing l on l.product_id = p.id where p.id = catalogue_product.id)
"""
_GOODS = f"""
select p.id, p.code, p.name, l.name_en, s.unit_id, unit.code, called.name, p.category_id,
  price.amount, (called.is_open and {ORDERABLE_ON}),
  l.making, l.weight_g,
  l.length_cm::int * l.width_cm * l.height_cm,
  l.buyer_limit, p.is_sample, picture.digest
from catalogue_product p
join catalogue_seller s on s.id = p.seller_id
join places_place unit on unit.id = s.unit_id
join lateral (
  select name, during @> %(on)s::date as is_open from places_tenure
  where place_id = unit.id order by 2 desc, during desc limit 1
) called on true
left join catalogue_listing l on l.product_id = p.id
left join catalogue_pricespan price on price.product_id = p.id
  and price.since <= %(on)s and (price.until is null or price.until > %(on)s)
left join lateral (
  select digest from catalogue_picture
  where product_id = p.id and checked_at is not null order by position limit 1
) picture on true
"""
# Product by product, each by its index; and what is wanted stands in a select of its own. So the
# plan is good for any number of products, PostgreSQL sees that and keeps it. Planning anew each
# time took 3.5 ms of the 3.7 that the statement cost (bench/README.md).
_EACH = f"""
select goods.* from unnest((select %(wanted)s::{{kind}}[])) as asked (wanted)
cross join lateral ({_GOODS} where p.{{column}} = asked.wanted limit 1) goods order by 1
"""
_BY_IDS = _EACH.format(kind="bigint", column="id")
_BY_CODES = _EACH.format(kind="text", column="code")
_SELLER_ON = f"""
select coalesce({SPLIT_ON}, false), coalesce((
    select kind from places_tenure where place_id = s.unit_id and during @> %(on)s::date), ''),
  p.category_id
from catalogue_product p
join catalogue_seller s on s.id = p.seller_id where p.id = %(product)s
"""
_CAN_BE_SPLIT = f"""
select p.id from catalogue_product p join catalogue_seller s on s.id = p.seller_id
where p.id = any(%(ids)s) and {SPLIT_ON}
"""
_FOOD = f"""
select p.id from catalogue_product p left join catalogue_listing l on l.product_id = p.id
where p.id = any(%(ids)s) and {IS_FOOD}
"""


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as basket and checkout need it on a day. Price is rupiah for one piece, or None.

    `path` is the last part of its public address. `is_published` says whether it may be ordered as
    far as the catalogue knows: described and shown by its unit, which is open, its permits in
    force, and its price can be split. `volume_cm3` is that of the packed piece. `picture_url`
    is of its first photograph, `drawing` the name of the drawing that stands for one.
    """

    product_id: int
    code: str
    path: str
    name: str
    name_en: str
    unit_id: int
    unit_code: str
    unit_name: str
    category: str
    price: int | None
    is_published: bool
    making: rules.Making
    weight_g: int
    volume_cm3: int | None
    buyer_limit: int | None
    is_sample: bool
    picture_url: str | None
    drawing: str


def goods_for_sale(*, product_ids: Collection[int], on: dt.date) -> dict[int, Goods]:
    """These products as they stand on a day, by id; an id that is none is left out. One statement.

    Also those that may not be ordered: their `is_published` is False, or `price` None.
    """
    found = _asked(_BY_IDS, sorted(product_ids), on=on)
    return {goods.product_id: goods for goods in found}


def goods_by_codes(*, codes: Collection[str], on: dt.date) -> dict[str, Goods]:
    """As `goods_for_sale`, by code as it is written on labels ("006GK"). One statement."""
    found = _asked(_BY_CODES, sorted(codes), on=on)
    return {goods.code: goods for goods in found}


def seller_on(*, product_id: int, on: dt.date) -> tuple[bool, str, str]:
    """Whether a sale of a product could be split on a day, the kind of its unit, its category.

    One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SELLER_ON, {"product": product_id, "on": on})
        can_split, kind, category = cursor.fetchone()
    return bool(can_split), kind, category


def can_be_split(*, product_ids: Collection[int], on: dt.date) -> frozenset[int]:
    """Which of these products could be sold on a day as far as their cost goes. One statement.

    The same as `seller_on` says of one: its cost is known, or its unit shares gross.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CAN_BE_SPLIT, {"ids": list(product_ids), "on": on})
        return frozenset(pk for (pk,) in cursor.fetchall())


def food_among(*, product_ids: Collection[int]) -> frozenset[int]:
    """Which of these products are food, as their units said or by category. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FOOD, {"ids": list(product_ids)})
        return frozenset(pk for (pk,) in cursor.fetchall())


def english_names(*, product_ids: Collection[int]) -> dict[int, str]:
    """What these products are called in English, of those that have such a name. One statement."""
    listed = Listing.objects.filter(product_id__in=list(product_ids)).exclude(name_en="")
    return dict(listed.values_list("product_id", "name_en"))


def written_code(typed: str) -> str | None:
    """A code as it is written, however somebody typed it; None when it cannot be one."""
    try:
        return encode(decode(typed), length=rules.CODE_LENGTH)
    except CodeMistyped:
        return None


def _asked(sql: str, wanted: list[Any], *, on: dt.date) -> list[Goods]:
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, {"wanted": wanted, "on": on})
        return [_goods(row) for row in cursor.fetchall()]


def _goods(row: tuple[Any, ...]) -> Goods:
    (pk, code, name, name_en, unit_id, unit_code, unit_name, category, price, *rest) = row
    is_published, making, weight_g, volume, limit, is_sample, digest = rest
    return Goods(
        product_id=pk,
        code=code,
        path=kinds.path_of(name, code),
        name=name,
        name_en=name_en or "",
        unit_id=unit_id,
        unit_code=unit_code,
        unit_name=unit_name,
        category=category,
        price=price,
        is_published=bool(is_published),
        making=rules.Making(making or rules.Making.STOCK),
        weight_g=weight_g or 0,
        volume_cm3=volume,
        buyer_limit=limit,
        is_sample=is_sample,
        picture_url=rules.picture_address(digest=digest, width=rules.WIDTHS[0]) if digest else None,
        drawing=kinds.drawing_of(name=name, category=category),
    )
