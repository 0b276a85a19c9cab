"""What a sale needs to know of a product."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from bekal.catalogue.models import Product

_TERMS = """
select p.id, p.code, p.name, p.category_id, s.unit_id, price.amount, cost.amount, p.is_sample
from catalogue_product p
join catalogue_seller s on s.id = p.seller_id
left join lateral (
  select amount from catalogue_price where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) price on true
left join lateral (
  select amount from catalogue_cost where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) cost on true
where p.id = any(%(ids)s)
order by p.id
"""


@dataclass(frozen=True)
class SaleTerms:
    """What a sale needs to know of a product on a day.

    `category` is the category's code. `price` and `cost` are rupiah for one piece, in force on
    the day; without a price the product cannot be sold, without a cost only by a gross rule.
    """

    product_id: int
    code: str
    name: str
    category: str
    unit_id: int
    price: int | None
    cost: int | None
    is_sample: bool


def sale_terms(*, product_ids: Iterable[int], on: dt.date) -> dict[int, SaleTerms]:
    """The terms of these products on a day, by id, in one statement; unknown ids are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, {"ids": list(product_ids), "on": on})
        return {row[0]: SaleTerms(*row) for row in cursor.fetchall()}


def sample_products() -> dict[int, list[int]]:
    """The ids of the simulated products ("data contoh") of each unit that has some."""
    found: dict[int, list[int]] = {}
    rows = Product.objects.filter(is_sample=True).order_by("seller__unit_id", "id")
    for unit_id, product_id in rows.values_list("seller__unit_id", "id"):
        found.setdefault(unit_id, []).append(product_id)
    return found
