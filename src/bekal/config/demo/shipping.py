"""Simulated couriers of the units that trade in the demo: nobody's prices.

The numbers are ours. They keep an order that everybody knows: near is cheaper than far, cargo takes
longer, begins at ten kilograms and is cheaper for each.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from bekal.catalogue.queries import sample_products
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.places.queries import province_names, standing
from bekal.shipping.actions import NewTable, load_tables
from bekal.shipping.rules import NATION, Manner, Terms

COURIER = "Kurir contoh"
_REGULAR = Manner(divisor=6000, tolerance_g=300)
_CARGO = Manner(divisor=4000)
_REGULAR_TERMS = (
    Terms(12_000, 9_000, 1, 30_000, 1, 3),
    Terms(21_000, 17_000, 1, 30_000, 2, 5),
    Terms(46_000, 41_000, 1, 30_000, 4, 9),
)
_CARGO_TERMS = (
    Terms(5_000, 4_000, 10_000, 200_000, 3, 6),
    Terms(8_000, 7_000, 10_000, 200_000, 4, 10),
    Terms(16_000, 15_000, 10_000, 100_000, 7, 21),
)
"""In the province, on the same islands (the first digit of the code), and everywhere else."""


def make_rates(*, by: Actor, now: dt.datetime) -> str:
    """Two simulated services for each unit that has simulated goods."""
    today = local_day(now, Zone.WIB)
    trading, places = sample_products(), standing(on=today)
    homes = {one: home for one in trading if (home := places[one].province_code)}
    tables = tables_of(homes)
    written = load_tables(tables=tables, valid_from=today, by=by, now=now, is_sample=True)
    return f"{written} simulated rates of {len(homes)} units"


def tables_of(homes: Mapping[int, str]) -> list[NewTable]:
    """The simulated services of units, each by the code of its province."""
    provinces = province_names()
    return [
        NewTable(unit_id, COURIER, name, manner, tuple(_rates(home, provinces, terms)))
        for unit_id, home in homes.items()
        for name, manner, terms in (
            ("Reguler", _REGULAR, _REGULAR_TERMS),
            ("Kargo", _CARGO, _CARGO_TERMS),
        )
    ]


def _rates(
    home: str, provinces: Collection[str], terms: tuple[Terms, Terms, Terms]
) -> Iterator[tuple[str, Terms]]:
    near, islands, far = terms
    yield home, near
    for code in provinces:
        if code != home and code[0] == home[0]:
            yield code, islands
    yield NATION, far
