"""What of materials and land stands for each <parameter> of an address, as samples.py tells it."""

from bekal.places.models import Place
from bekal.production.actions import add_point
from bekal.production.models import Material, Planting, Plot, Purchase
from bekal.production.rules import NewPoint
from bekal.production.tests.goods import receive
from bekal.production.tests.land import a_plot, harvests, planted
from bekal.production.tests.materials import a_material, given
from bekal.production.tests.transfers import sends
from tests.house.matrix import ABOVE
from tests.support import world


def _material(nation, whose) -> str | None:
    """A material of the unit."""
    return None if whose == ABOVE else str(_kept_material(nation, whose))


def _kept_material(nation, whose) -> int:
    unit = nation.places[whose]
    there = Material.objects.filter(unit_id=unit).order_by("id").values_list("pk", flat=True)
    return there.first() or a_material(unit)


def _purchase(nation, whose) -> str | None:
    """What the unit was given, and nobody took back yet."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = Purchase.objects.filter(unit_id=unit).order_by("id").values_list("pk", flat=True)
    return str(there.first() or given(unit, (_kept_material(nation, whose), 1_000)))


def _point(nation, whose) -> str | None:
    """Something that the unit looks at."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    point = NewPoint("rapi", "", None, world.TODAY)
    return str(add_point(unit_id=unit, point=point, by=world.SETUP, now=world.NOON))


def _plot(nation, whose) -> str | None:
    """A plot of the unit."""
    return None if whose == ABOVE else str(_kept_plot(nation, whose))


def _kept_plot(nation, whose) -> int:
    unit = nation.places[whose]
    there = Plot.objects.filter(unit_id=unit).order_by("id").values_list("pk", flat=True)
    return there.first() or a_plot(unit)


def _planting(nation, whose) -> str | None:
    """What grows on it."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = Planting.objects.filter(plot__unit_id=unit).order_by("id").values_list("pk", flat=True)
    return str(there.first() or planted(unit, _kept_plot(nation, whose)))


def _harvest(nation, whose) -> str | None:
    """What the kitchen had of it."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    growing = planted(unit, _kept_plot(nation, whose))
    return str(harvests(unit, growing, harvested_on=world.TODAY).key)


def _transfer(nation, whose) -> str | None:
    """Goods on the way from the unit to Lapas Merauke."""
    if whose == ABOVE:
        return None
    receive(nation.products[whose], 5)
    return str(sends(nation.places[whose], _merauke(), nation.products[whose], 5))


def _incoming(nation, whose) -> str | None:
    """Goods on the way from Lapas Merauke to the unit."""
    if whose == ABOVE:
        return None
    merauke = _merauke()
    product = world.a_product(merauke, f"Serat untuk unit {whose}", "kerajinan")
    receive(product, 5)
    return str(sends(merauke, nation.places[whose], product, 5))


def _merauke() -> int:
    return Place.objects.get(code="lapas-kelas-iib-merauke").pk


SAMPLES = {
    "transfer": _transfer,
    "outgoing": _transfer,
    "incoming": _incoming,
    "harvest": _harvest,
    "point": _point,
    "material": _material,
    "purchase": _purchase,
    "plot": _plot,
    "planting": _planting,
}
