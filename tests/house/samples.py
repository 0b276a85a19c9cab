"""What stands for each <parameter> of an address in the role matrix.

A route with a new parameter fails until SAMPLES says what a "mine" and a "theirs" of it is. A
builder gets the small nation of the matrix and whose object is asked for ("mine", "theirs" or, for
places, "above"), makes it if need be and returns what stands in the address, or None where there
is no such thing. It is called only when a route needs it, so it may call any room's actions.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.catalogue.models import Category, Product, Seller
from bekal.foundation.actors import command_actor
from bekal.foundation.codes import encode
from bekal.places.models import Ancestry, Place, Province, Tenure
from bekal.places.rules import Level
from tests.house.matrix import ABOVE, MINE, THEIRS

NOW = dt.datetime(2026, 4, 27, 1, 0, tzinfo=dt.UTC)
BY = command_actor("matrix")
ALWAYS = (None, None)
FIRST_CODE = 32**5
"""Codes far from those that the catalogue gives out."""


@dataclass(frozen=True)
class Nation:
    """A centre, two kanwil and a unit under each: Jayapura is mine, Denpasar is theirs."""

    places: Mapping[str, Place]

    def person(self, role: Role, granted: str) -> User:
        """Somebody with this role, granted at my unit ("mine") or at the kanwil above it."""
        user, is_new = User.objects.get_or_create(
            email=f"{role}.{granted}@example.id", defaults={"name": f"{role} di {granted}"}
        )
        if is_new:
            Grant.objects.create(
                user=user, role=role, place=self.places[granted], granted_at=NOW, granted_by=str(BY)
            )
        return user


def small_nation() -> Nation:
    """Build the nation of the matrix."""
    papua = Province.objects.get_or_create(code="91", defaults={"name": "Papua", "zone": "WIT"})[0]
    bali = Province.objects.get_or_create(code="51", defaults={"name": "Bali", "zone": "WITA"})[0]
    centre = _place("matriks-ditjenpas", Level.CENTRE, None)
    above = _place("matriks-kanwil-papua", Level.KANWIL, papua, centre)
    aside = _place("matriks-kanwil-bali", Level.KANWIL, bali, centre)
    mine = _place("matriks-lapas-jayapura", Level.UNIT, papua, above, centre)
    theirs = _place("matriks-lapas-denpasar", Level.UNIT, bali, aside, centre)
    return Nation({MINE: mine, THEIRS: theirs, ABOVE: above})


def _place(code: str, level: Level, province: Province | None, *line: Place) -> Place:
    place = Place.objects.create(code=code, level=level, province=province, source="matrix")
    Tenure.objects.create(
        place=place,
        name=code.replace("-", " ").title(),
        kind="lapas" if level is Level.UNIT else level,
        parent=line[0] if line else None,
        during=ALWAYS,
        source="matrix",
    )
    for distance, ancestor in enumerate([place, *line]):
        Ancestry.objects.create(
            ancestor=ancestor, descendant=place, distance=distance, during=ALWAYS
        )
    return place


def _place_code(nation: Nation, whose: str) -> str | None:
    return nation.places[whose].code


def product_of(nation: Nation, whose: str) -> Product | None:
    """A product of my unit's workshop, or of theirs."""
    if whose == ABOVE:
        return None
    seller, _ = Seller.objects.get_or_create(unit=nation.places[whose])
    category, _ = Category.objects.get_or_create(
        code="matriks", defaults={"name": "Kerajinan matriks"}
    )
    product, _ = Product.objects.get_or_create(
        seller=seller,
        name="Sapu lidi",
        defaults={
            "code": encode(FIRST_CODE + seller.unit_id),
            "category": category,
            "added_at": NOW,
            "added_by": str(BY),
        },
    )
    return product


def _product_code(nation: Nation, whose: str) -> str | None:
    product = product_of(nation, whose)
    return product and product.code


SAMPLES: dict[str, Callable[[Nation, str], str | None]] = {
    "unit": _place_code,
    "place": _place_code,
    "code": _product_code,
}
