"""Goods as officers describe them, for the tests of pages: what a buyer may order."""

import datetime as dt

from bekal.catalogue import queries
from bekal.catalogue.actions import (
    add_permit,
    add_picture,
    check_picture,
    describe_product,
    publish,
    tell_shelf,
)
from bekal.catalogue.models import Product
from bekal.catalogue.rules import (
    Halal,
    Making,
    NewListing,
    NewPermit,
    NewShelf,
    Origin,
    PermitKind,
    ShelfState,
)
from bekal.catalogue.tests.photos import a_photo
from tests.support.world import NOON, TODAY, YOHANA

NOKEN = NewListing(
    description="Noken dari serat kulit kayu.\n\nDisimpul tanpa jarum.",
    description_en="A noken of bark fibre.",
    name_en="Bark noken",
    origin=Origin.INSIDE,
    weight_g=1420,
    length_cm=40,
    width_cm=30,
    height_cm=8,
    material="Serat kulit kayu",
    measure="38 x 30 cm",
    care="Lap dengan kain lembap",
    buyer_limit=5,
    is_food=False,
)
COFFEE = NewListing(
    description="Kopi arabika disangrai sedang.",
    origin=Origin.PARTNER,
    making=Making.ORDER,
    weight_g=230,
    is_food=True,
    composition="Kopi arabika 100%",
    net_content="200 g",
    storage="Simpan tertutup di tempat kering.",
    shelf_life_days=180,
    halal=Halal.CERTIFIED,
)
PIRT = NewPermit(
    PermitKind.PIRT,
    "2109171010001-30",
    "Koperasi Lapas Nabire",
    dt.date(2025, 1, 1),
    dt.date(2029, 12, 31),
)
HALAL = NewPermit(
    PermitKind.HALAL, "ID91110000662051022", "Koperasi Lapas Nabire", dt.date(2025, 1, 1), None
)


def on_shelf(product_id, state=ShelfState.READY, **told):
    shelf = NewShelf(product_id, state, **told)
    tell_shelf(shelves=[shelf], by=YOHANA, now=NOON)


def offered(product_id, listing=NOKEN, state=ShelfState.READY, **told):
    """Described, shown and on the shelf."""
    describe_product(product_id=product_id, listing=listing, by=YOHANA, now=NOON)
    publish(product_id=product_id, by=YOHANA, now=NOON)
    on_shelf(product_id, state, **told)


def permitted(product_id, *permits):
    """Permits of the product's unit that speak of it."""
    unit_id = Product.objects.get(pk=product_id).seller.unit_id
    for permit in permits:
        told = NewPermit(**{**vars(permit), "product_ids": (product_id,)})
        add_permit(unit_id=unit_id, permit=told, by=YOHANA, now=NOON)


def photographed(product_id, *alts):
    """Photographs that somebody has looked at."""
    for number, alt in enumerate(alts):
        content = a_photo(800, 1000, colour=f"#{25 * number:02x}4522")
        picture = add_picture(product_id=product_id, content=content, by=YOHANA, now=NOON)
        check_picture(
            product_id=product_id,
            picture_id=picture.pk,
            alt=alt,
            is_checked=True,
            by=YOHANA,
            now=NOON,
        )


def path_of(product_id):
    code = Product.objects.get(pk=product_id).code
    found = queries.showcase_product(code=code, on=TODAY)
    assert found is not None
    return f"/p/{found.card.path}/"
