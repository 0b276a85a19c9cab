"""Adding a product to a unit."""

import datetime as dt

from django.db import transaction

from bekal.audit import actions as audit
from bekal.catalogue import rules
from bekal.catalogue.models import Category, Product, Seller
from bekal.catalogue.numbering import next_product_ids
from bekal.foundation import codes
from bekal.foundation.actors import Actor


@transaction.atomic
def add_product(
    *,
    unit_id: int,
    name: str,
    category: str,
    by: Actor,
    now: dt.datetime,
    source: str = "",
    is_sample: bool = False,
) -> Product:
    """Add a product without price or cost to a unit; `category` is a category's code.

    Names are unique per unit, without case, so a form sent twice adds one product.
    Raises NameMissing, NameTooLong, CategoryUnknown, NameTaken (it names the product there).
    """
    tidy = _checked(name, category)
    (number,) = next_product_ids(1)
    product = Product.objects.create(
        pk=number,
        code=codes.encode(number, length=rules.CODE_LENGTH),
        seller=_room_for(unit_id, tidy),
        category_id=category,
        name=tidy,
        source=source,
        is_sample=is_sample,
        added_at=now,
        added_by=str(by),
    )
    _record(product, by=by, now=now)
    return product


def _checked(name: str, category: str) -> str:
    tidy = rules.tidy(name)
    rules.check_name(tidy)
    if not Category.objects.filter(pk=rules.tidy(category)).exists():
        raise rules.CategoryUnknown
    return tidy


def _room_for(unit_id: int, name: str) -> Seller:
    """The unit's seller, made if need be and locked; raises NameTaken when it has the name."""
    Seller.objects.bulk_create([Seller(unit_id=unit_id)], ignore_conflicts=True)
    seller = Seller.objects.select_for_update().get(unit_id=unit_id)
    there = Product.objects.filter(seller=seller, name__iexact=name).first()
    if there is not None:
        raise rules.NameTaken(name=there.name, code=there.code)
    return seller


def _record(product: Product, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=f"place:{product.seller.unit_id}",
        action="catalogue.add_product",
        object_key=f"product:{product.pk}",
        detail={
            "code": product.code,
            "name": product.name,
            "category": product.category_id,
            "is_sample": product.is_sample,
        },
        by=by,
        now=now,
    )
