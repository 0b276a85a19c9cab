"""Goods that units show, with all that the sheets of other channels may ask about them."""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.catalogue import rules
from bekal.catalogue.queries.goods import ORDERABLE_ON, PERMITTED_ON

# What a unit shows; whether its permits hold is told, not sieved.
_SHEETED = f"""
select p.id, p.code, p.name, c.name, s.unit_id, price.amount, l.description, l.material, l.measure,
  l.making, l.origin, l.weight_g, l.length_cm, l.width_cm, l.height_cm, l.net_content,
  p.is_sample, {PERMITTED_ON}, {ORDERABLE_ON}, permits.numbers, photos.photos
from catalogue_product p
join catalogue_category c on c.code = p.category_id
join catalogue_seller s on s.id = p.seller_id and s.unit_id = any(%(units)s)
join catalogue_listing l on l.product_id = p.id and l.is_published
left join catalogue_pricespan price on price.product_id = p.id
  and price.since <= %(on)s and (price.until is null or price.until > %(on)s)
left join lateral (
  select jsonb_object_agg(permit.kind, permit.number)::text as numbers
  from catalogue_permitproduct pp join catalogue_permit permit
    on permit.id = pp.permit_id and permit.withdrawn_at is null
  where pp.product_id = p.id
    and %(on)s between permit.valid_from and coalesce(permit.valid_until, 'infinity')
) permits on true
left join lateral (
  select jsonb_agg(jsonb_build_array(digest, width) order by position)::text as photos
  from catalogue_picture where product_id = p.id and checked_at is not null
) photos on true
order by s.unit_id, p.name, p.id limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Sheeted:
    """A product that its unit shows, on a day. Price is rupiah for one piece, or None.

    `permits` are the numbers of those in force, by kind; `photos` paths of JPEG files, the first
    photograph first. `is_permitted` is False when a permit that it needs has ended, `is_orderable`
    also when its price could not be split.
    """

    product_id: int
    code: str
    name: str
    category: str
    unit_id: int
    price: int | None
    description: str
    material: str
    measure: str
    making: rules.Making
    origin: rules.Origin
    weight_g: int
    length_cm: int | None
    width_cm: int | None
    height_cm: int | None
    net_content: str
    is_sample: bool
    is_permitted: bool
    is_orderable: bool
    permits: Mapping[rules.PermitKind, str]
    photos: Sequence[str]


def sheeted(*, unit_ids: Collection[int], most: int, on: dt.date) -> list[Sheeted]:
    """What units show on a day, unit by unit and by name, so many at most. One statement."""
    values: dict[str, Any] = {"units": sorted(unit_ids), "on": on, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_SHEETED, values)
        return [_sheeted(row) for row in cursor.fetchall()]


def _sheeted(row: tuple[Any, ...]) -> Sheeted:
    pk, code, name, category, unit_id, price, description, material, measure, *rest = row
    making, origin, weight_g, length, width, height, net_content, *marks = rest
    is_sample, is_permitted, is_orderable, numbers, photos = marks
    return Sheeted(
        product_id=pk,
        code=code,
        name=name,
        category=category,
        unit_id=unit_id,
        price=price,
        description=description,
        material=material,
        measure=measure,
        making=rules.Making(making),
        origin=rules.Origin(origin),
        weight_g=weight_g,
        length_cm=length,
        width_cm=width,
        height_cm=height,
        net_content=net_content,
        is_sample=is_sample,
        is_permitted=is_permitted,
        is_orderable=is_orderable,
        permits={rules.PermitKind(kind): no for kind, no in json.loads(numbers or "{}").items()},
        photos=[
            rules.picture_address(digest=digest, width=rules.widths_of(size)[-1], kind="jpg")
            for digest, size in json.loads(photos or "[]")
        ],
    )
