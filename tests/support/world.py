"""A small true-to-life world: the centre, two kanwil, three real units, their people and goods.

Built by calling actions, as a person would. Papua's clocks keep WIT, Bali's WITA, Java's WIB.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from bekal.catalogue.actions import add_product, set_cost, set_price
from bekal.catalogue.models import Category
from bekal.foundation.actors import Actor, command_actor, user_actor
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import adopt_rule, load_documented_splits
from bekal.places.actions import NewPlace, open_place
from bekal.places.models import Province
from bekal.places.rules import Level
from bekal.sales.rules import BuyerClass, Channel, NewSale, PaymentKind, SaleItem

FOUNDED = dt.date(2024, 10, 20)
NOON = dt.datetime(2026, 4, 27, 3, 0, tzinfo=dt.UTC)
"""Monday 27 April 2026: 10.00 WIB, 11.00 WITA, 12.00 WIT."""
TODAY = dt.date(2026, 4, 27)
YESTERDAY = dt.date(2026, 4, 26)
SETUP = command_actor("world")
YOHANA = user_actor(1)
"""Officer of the workshop at Lapas Nabire."""
WAYAN = user_actor(2)
"""Officer of the workshop at Lapas Narkotika Bangli."""
SITI = user_actor(3)
"""Treasurer at Lapas Nabire."""
SOURCE = "dunia uji"


@dataclass(frozen=True)
class World:
    """Ids of the places and products."""

    centre: int
    papua: int
    bali: int
    nabire: int
    merauke: int
    bangli: int
    noken: int
    coffee: int
    bread: int
    endek: int


def build() -> World:
    """Make the world; the national rule is the Kepmen of 1990, Bangli's its own on gross."""
    _provinces()
    centre = _place("nasional", Level.CENTRE, "Direktorat Jenderal Pemasyarakatan", parent=None)
    papua = _place("kanwil-papua", Level.KANWIL, "Kanwil Ditjenpas Papua", parent=centre)
    bali = _place("kanwil-bali", Level.KANWIL, "Kanwil Ditjenpas Bali", parent=centre)
    nabire = _unit("lapas-kelas-iib-nabire", "Lapas Kelas IIB Nabire", kanwil=papua, province="94")
    merauke = _unit(
        "lapas-kelas-iib-merauke", "Lapas Kelas IIB Merauke", kanwil=papua, province="93"
    )
    bangli = _unit(
        "lapas-narkotika-kelas-iia-bangli",
        "Lapas Narkotika Kelas IIA Bangli",
        kanwil=bali,
        province="51",
    )
    _rules(centre, bangli)
    for code in ("kerajinan", "minuman", "makanan", "tekstil"):
        Category.objects.create(code=code, name=code)
    return World(
        centre,
        papua,
        bali,
        nabire,
        merauke,
        bangli,
        noken=a_product(nabire, "Noken kulit kayu", "kerajinan", price=100_000, cost=60_000),
        coffee=a_product(nabire, "Kopi bubuk 200 g", "minuman", price=48_000, cost=31_333),
        bread=a_product(merauke, "Roti tawar", "makanan", price=15_001, cost=9_000),
        endek=a_product(bangli, "Kain endek", "tekstil", price=100_000),
    )


def number_products_anew() -> None:
    """Let the next product be the first, where none is there: files of sitemaps go by numbers."""
    with connection.cursor() as cursor:
        cursor.execute("select setval(pg_get_serial_sequence('catalogue_product', 'id'), 1, false)")


def a_product(unit_id, name, category, *, price=None, cost=None, is_sample=False) -> int:
    """A product with price and cost since long ago; returns its id."""
    product = add_product(
        unit_id=unit_id,
        name=name,
        category=category,
        is_sample=is_sample,
        by=SETUP,
        now=long_ago(),
    )
    day = long_ago().date()
    if price:
        set_price(product_id=product.pk, amount=price, valid_from=day, by=SETUP, now=long_ago())
    if cost is not None:
        set_cost(product_id=product.pk, amount=cost, valid_from=day, by=SETUP, now=long_ago())
    return product.pk


def long_ago() -> dt.datetime:
    """An instant before anything that tests look at."""
    return dt.datetime(2026, 1, 2, 3, 0, tzinfo=dt.UTC)


def a_sale(unit_id, *items, sold_on=TODAY, key=None, **changes) -> NewSale:
    """A cash sale to the public at the workshop; items are (product, pieces[, price]).

    One that another unit collected is of an order.
    """
    given = {
        "order_part": "part:uji" if changes.get("collected_by") else "",
        "channel": Channel.WORKSHOP,
        "buyer_class": BuyerClass.PUBLIC,
        "payment": PaymentKind.CASH,
        "sold_on": sold_on,
        **changes,
    }
    return NewSale(
        key=key or uuid7(), unit_id=unit_id, items=tuple(SaleItem(*i) for i in items), **given
    )


def _provinces() -> None:
    for code, name, zone in (
        ("94", "Papua Tengah", "WIT"),
        ("93", "Papua Selatan", "WIT"),
        ("51", "Bali", "WITA"),
        ("33", "Jawa Tengah", "WIB"),
    ):
        Province.objects.create(code=code, name=name, zone=zone)


def _rules(centre: int, bangli: int) -> None:
    load_documented_splits(by=SETUP, now=NOON)
    adopt(centre, "kepmen-1990", citation="Kepmen Kehakiman M.01-PP.02.01/1990")
    adopt(bangli, "bangli-2023", citation="Keputusan Kalapas Bangli (uji)")


def adopt(place_id, code, *, citation="Keputusan uji", first_day=None, activity=""):
    """Let a documented split hold for a place."""
    return adopt_rule(
        place_id=place_id,
        activity=activity,
        code=code,
        citation=citation,
        first_day=first_day,
        by=SETUP,
        now=NOON,
    )


def _unit(code, name, *, kanwil, province):
    return _place(code, Level.UNIT, name, parent=kanwil, province=province)


def _place(code, level, name, *, parent, province=None):
    new = NewPlace(
        code=code,
        level=level,
        name=name,
        kind="Lapas" if level is Level.UNIT else level.value,
        unit_class="IIB" if level is Level.UNIT else "",
        parent_id=parent,
        province_code=province,
    )
    return open_place(new=new, on=FOUNDED, source=SOURCE, by=SETUP, now=NOON).pk


__all__ = ["Actor", "World", "a_product", "a_sale", "adopt", "build"]
