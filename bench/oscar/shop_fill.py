"""Fill Oscar with products from a list of names, then build its search index.

python bench/oscar/shop_fill.py < names.json; prints what the shoppers need: products and pages.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from oscar.apps.address.models import Country  # noqa: E402
from oscar.apps.catalogue.categories import create_from_breadcrumbs  # noqa: E402
from oscar.apps.catalogue.models import Product, ProductCategory, ProductClass  # noqa: E402
from oscar.apps.partner.models import Partner, StockRecord  # noqa: E402

ENOUGH = 1_000_000


def main():
    """Products with a price and stock, in the kinds of the list; the index of all of them."""
    goods = json.load(sys.stdin)
    with transaction.atomic():
        Country.objects.create(
            iso_3166_1_a2="ID",
            iso_3166_1_a3="IDN",
            printable_name="Indonesia",
            is_shipping_country=True,
        )
        kind = ProductClass.objects.create(name="Karya", requires_shipping=True, track_stock=True)
        partner = Partner.objects.create(name="Bengkel")
        kinds = {name: create_from_breadcrumbs(name) for name in {each["kind"] for each in goods}}
        made = [
            Product.objects.create(
                title=each["name"], product_class=kind, upc=f"B{n}", description=each["name"]
            )
            for n, each in enumerate(goods)
        ]
        ProductCategory.objects.bulk_create(
            ProductCategory(product=product, category=kinds[each["kind"]])
            for product, each in zip(made, goods, strict=True)
        )
        StockRecord.objects.bulk_create(
            StockRecord(
                product=product,
                partner=partner,
                partner_sku=product.upc,
                price_currency="IDR",
                price=each["price"],
                num_in_stock=ENOUGH,
            )
            for product, each in zip(made, goods, strict=True)
        )
    call_command("rebuild_index", interactive=False, verbosity=0)
    said = [{"id": product.pk, "page": product.get_absolute_url()} for product in made]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
