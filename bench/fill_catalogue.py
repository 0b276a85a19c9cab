"""Fill a prepared database with as many public products as a bench needs, quickly.
The names are those of the real products with a colour, a size and a number, spread over all
units and a thousand days; three in five have a price, half of which is cost, four in five are
described and on a shelf, and one food in three is halal. Meant for throw-away databases: the
products are marked as simulated, but they come by bulk and not by actions, with one audit event for
all.
"""

import datetime as dt
import random

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.catalogue.models import (
    Cost,
    Listing,
    Permit,
    PermitProduct,
    Price,
    Product,
    Seller,
    Shelf,
)
from bekal.catalogue.numbering import next_product_ids
from bekal.catalogue.rules import Origin, PermitKind, ShelfState
from bekal.foundation import codes
from bekal.foundation.actors import command_actor
from bekal.foundation.clock import now as instant
from bekal.places.models import Place

COLOURS = ["merah", "biru", "hijau", "kuning", "hitam", "putih", "coklat", "ungu", "jingga", "abu"]
SIZES = ["kecil", "sedang", "besar", "isi 6", "isi 12", "200 g", "500 g", "1 kg", "motif lama"]
SHELVES = {
    ShelfState.READY: 60,
    ShelfState.FEW: 10,
    ShelfState.MADE: 15,
    ShelfState.SOLD_OUT: 12,
    ShelfState.PAUSED: 3,
}
OLDEST_DAYS = 1_000
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
        _shelves(made, random.Random(seed), by=str(by), now=now)
        _halal(made, random.Random(seed), by=str(by), now=now)
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
        for table in ("cost", "pricespan", "listing", "shelf", "permit", "permitproduct"):
            cursor.execute(f"vacuum analyze catalogue_{table}")
        cursor.execute("analyze catalogue_word")
    return missing


def _products(count, chance, *, by, now):
    models = list(Product.objects.filter(is_sample=False).values_list("name", "category_id"))
    sellers = list(Seller.objects.values_list("id", flat=True))
    rows, days = [], OLDEST_DAYS
    for number in next_product_ids(count) if count else []:
        days -= OLDEST_DAYS / count
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
                added_at=now - dt.timedelta(days=days),
                added_by=by,
            )
        )
    return rows


def _prices(products, chance, *, by, now):
    """Prices, and half of each as cost: without one nothing could be split, nothing be for sale."""
    priced = [product for product in products if chance.random() < 0.6]
    amounts = [chance.randrange(5, 900) * 1000 for _ in priced]
    for sheet, share in ((Price, 1), (Cost, 2)):
        sheet.objects.bulk_create(
            [
                sheet(
                    product=product,
                    amount=amount // share,
                    valid_from=FIRST_DAY,
                    set_at=now,
                    set_by=by,
                )
                for product, amount in zip(priced, amounts, strict=True)
            ],
            batch_size=5000,
        )


def _shelves(products, chance, *, by, now):
    shown = [product for product in products if chance.random() < 0.8]
    Listing.objects.bulk_create(
        [
            Listing(
                product=product,
                is_published=True,
                is_food=False,
                description=f"{product.name}, dibuat di bengkel.",
                origin=Origin.INSIDE,
                weight_g=chance.randrange(1, 60) * 100,
                set_at=now,
                set_by=by,
            )
            for product in shown
        ],
        batch_size=2000,
    )
    states = chance.choices(list(SHELVES), weights=list(SHELVES.values()), k=len(shown))
    Shelf.objects.bulk_create(
        [
            Shelf(
                product=product,
                state=state,
                left=2 if state is ShelfState.FEW else None,
                days=9 if state is ShelfState.MADE else None,
                told_at=now,
                told_by=by,
            )
            for product, state in zip(shown, states, strict=True)
        ],
        batch_size=5000,
    )


def _halal(products, chance, *, by, now):
    foods = [each for each in products if each.category_id == "makanan" and chance.random() < 0.3]
    permits = Permit.objects.bulk_create(
        Permit(
            seller_id=seller_id,
            kind=PermitKind.HALAL,
            number=f"ID{products[0].pk}-{seller_id}",
            holder="Bengkel",
            valid_from=FIRST_DAY,
            added_at=now,
            added_by=by,
        )
        for seller_id in {food.seller_id for food in foods}
    )
    of_seller = {permit.seller_id: permit for permit in permits}
    PermitProduct.objects.bulk_create(
        [PermitProduct(permit=of_seller[food.seller_id], product=food) for food in foods],
        batch_size=5000,
    )
