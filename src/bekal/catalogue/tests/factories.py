"""Real units and people for the tests of the catalogue; states are made by calling actions."""

import csv
import datetime as dt
from pathlib import Path

from bekal.catalogue.models import Category, Product, Seller
from bekal.foundation import codes
from bekal.foundation.actors import Actor, user_actor
from bekal.ledger.models import SplitRule
from bekal.ledger.rules import AccountKind, Base, Form
from bekal.places.models import Ancestry, Place, Province, Tenure
from bekal.places.rules import Level

NOW = dt.datetime(2026, 4, 27, 5, 32, tzinfo=dt.UTC)
TODAY = dt.date(2026, 4, 27)
RINA = user_actor(17)
"""Rina, officer of the workshop."""
BY: Actor = RINA
PRODUCTS = Path(__file__).parents[1] / "data" / "products.csv"


def a_unit(*, name="Lapas Kelas IIA Palu", code="lapas-palu", zone="WITA"):
    """A unit with its province, a tenure that was always so, and a rule that shares gross."""
    number = {"WIB": "31", "WITA": "72", "WIT": "91"}[zone]
    province, _ = Province.objects.get_or_create(
        code=number, defaults={"name": f"Provinsi {number}", "zone": zone}
    )
    place = Place.objects.create(code=code, level=Level.UNIT, province=province, source="uji")
    Tenure.objects.create(
        place=place, name=name, kind="Lapas", unit_class="IIA", during=(None, None), source="uji"
    )
    Ancestry.objects.create(ancestor=place, descendant=place, distance=0, during=(None, None))
    SplitRule.objects.create(
        place=place,
        name="Semua menjadi PNBP",
        base=Base.GROSS,
        shares=[{"account": AccountKind.PNBP_PAYABLE, "form": Form.REST, "value": 0}],
        citation="uji",
        during=(None, None),
        adopted_at=NOW,
        adopted_by=str(BY),
    )
    return place


def the_units_of_the_file():
    """Every unit that the packaged file names as one unit."""
    with PRODUCTS.open(encoding="utf-8") as lines:
        names = {row["upt"] for row in csv.DictReader(lines)}
    real = sorted(name for name in names if "tidak disebut" not in name)
    return {name: a_unit(name=name, code=f"unit-{i}") for i, name in enumerate(real)}


def a_product(*, unit, name="Keripik pisang", category="makanan", is_sample=False, **fields):
    """A product straight in the tables, without price or cost."""
    seller, _ = Seller.objects.get_or_create(unit=unit)
    Category.objects.get_or_create(code=category, defaults={"name": category})
    number = (Product.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1000
    return Product.objects.create(
        pk=number,
        code=codes.encode(number, length=5),
        seller=seller,
        category_id=category,
        name=name,
        is_sample=is_sample,
        added_at=NOW,
        added_by=str(BY),
        **fields,
    )
