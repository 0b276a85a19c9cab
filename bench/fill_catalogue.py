"""Fill a prepared database with as many public products as a bench needs, quickly.
The names are those of the real products with a colour, a size and a number, spread over all
units; three in five have a price. Meant for throw-away databases: the products are marked as
simulated, but they come by bulk and not by actions, with one audit event for all.
"""

import datetime as dt
import random

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.catalogue.models import Price, Product, Seller
from bekal.catalogue.numbering import next_product_ids
from bekal.foundation import codes
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import now as instant
from bekal.places.models import Place

COLOURS = ["merah", "biru", "hijau", "kuning", "hitam", "putih", "coklat", "ungu", "jingga", "abu"]
SIZES = ["kecil", "sedang", "besar", "isi 6", "isi 12", "200 g", "500 g", "1 kg", "motif lama"]
FIRST_DAY = dt.date(2026, 1, 1)


def fill(products: int, *, seed: int = 7) -> int:
    """Add products until there are as many as asked for; returns how many were added."""
    there = Product.objects.count()
    missing = max(0, products - there)
    by, now = command_actor("bench"), instant()
    with transaction.atomic():
        units = Place.objects.filter(level="unit").order_by("id")
        Seller.objects.bulk_create([Seller(unit=unit) for unit in units], ignore_conflicts=True)
        made = _products(missing, random.Random(seed + there), by=str(by), now=now)
        Product.objects.bulk_create(made, batch_size=2000)
        _prices(made, random.Random(seed), by=str(by), now=now)
        audit.record(
            chain="bench",
            action="catalogue.fill",
            object_key="catalogue",
            detail={"products": len(made)},
            by=by,
            now=now,
        )
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze catalogue_product")
        cursor.execute("vacuum analyze catalogue_pricespan")
        cursor.execute("analyze catalogue_word")
    return missing


def _products(count, chance, *, by, now):
    models = list(Product.objects.filter(is_sample=False).values_list("name", "category_id"))
    sellers = list(Seller.objects.values_list("id", flat=True))
    rows = []
    for number in next_product_ids(count) if count else []:
        name, category = chance.choice(models)
        extra = f"{chance.choice(COLOURS)} {chance.choice(SIZES)} no. {number}"
        rows.append(
            Product(
                id=number,
                code=codes.encode(number, length=5),
                seller_id=chance.choice(sellers),
                category_id=category,
                name=f"{name[:70]} {extra}",
                is_sample=True,
                added_at=now,
                added_by=by,
            )
        )
    return rows


def _prices(products, chance, *, by, now):
    priced = [product for product in products if chance.random() < 0.6]
    Price.objects.bulk_create(
        [
            Price(
                product=product,
                amount=chance.randrange(5, 900) * 1000,
                valid_from=FIRST_DAY,
                set_at=now,
                set_by=by,
            )
            for product in priced
        ],
        batch_size=5000,
    )
