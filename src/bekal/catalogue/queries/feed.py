"""What shopping channels are told: goods that can be ordered on a day, with a photograph."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.catalogue import kinds, rules
from bekal.catalogue.queries.goods import ORDERABLE_ON
from bekal.catalogue.queries.ground import ground
from bekal.catalogue.queries.traits import PRICE_JOIN
from bekal.places.queries import PlaceNow

_AT_ONCE = 1_000
_FURTHEST_DAYS = 365
# Simulated products are offered to nobody; a drawing is no picture of a product.
_OFFERS = f"""
select p.id, p.code, p.name, l.description, p.category_id, c.name, s.unit_id, price.amount,
  shelf.state, shelf.days, l.weight_g, photos.photos
from catalogue_product p
join catalogue_category c on c.code = p.category_id
join catalogue_seller s on s.id = p.seller_id
join catalogue_listing l on l.product_id = p.id
join catalogue_shelf shelf on shelf.product_id = p.id
{PRICE_JOIN}
join lateral (
  select jsonb_agg(jsonb_build_array(digest, width) order by position)::text as photos
  from catalogue_picture where product_id = p.id and checked_at is not null
) photos on photos.photos is not null
where p.id > %(after)s and not p.is_sample and p.seller_id <> all(%(closed)s)
  and (shelf.state in ('ready', 'few') or shelf.state = 'made' and shelf.days <= %(furthest)s)
  and {ORDERABLE_ON}
order by p.id limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be ordered on a day. Price is rupiah for one piece.

    `days` is how long it takes to make, None when it lies there. `photos` are paths of JPEG files,
    the first photograph first.
    """

    code: str
    path: str
    name: str
    description: str
    kind: str
    category: str
    unit_name: str
    price: int
    days: int | None
    weight_g: int
    photos: Sequence[str]


def offers(*, on: dt.date) -> Iterator[Offer]:
    """Everything that can be ordered on a day, by number; a statement for each thousand."""
    floor = ground(on=on)
    values: dict[str, Any] = {
        "on": on,
        "closed": floor.closed_sellers,
        "furthest": _FURTHEST_DAYS,
        "after": 0,
    }
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_OFFERS, {**values, "most": _AT_ONCE})
            rows = cursor.fetchall()
        yield from (_offer(row, floor.units[row[6]]) for row in rows if row[6] in floor.units)
        if len(rows) < _AT_ONCE:
            return
        values["after"] = rows[-1][0]


def _offer(row: tuple[Any, ...], unit: PlaceNow) -> Offer:
    _pk, code, name, description, category_code, category, _unit, price, *rest = row
    state, days, weight_g, photos = rest
    return Offer(
        code=code,
        path=kinds.path_of(name, code),
        name=name,
        description=description,
        kind=str(kinds.kind_of(category_code).name),
        category=category,
        unit_name=unit.name,
        price=price,
        days=days if state == rules.ShelfState.MADE else None,
        weight_g=weight_g,
        photos=[
            rules.picture_address(digest=digest, width=rules.widths_of(width)[-1], kind="jpg")
            for digest, width in json.loads(photos)
        ],
    )
