"""The made-up materials of the demo: marked as such, paid by what the unit's fund holds."""

import pytest

from bekal.config.demo.materials import make_materials
from bekal.config.demo.workshops import make_land, make_price_sheets
from bekal.foundation.clock import Zone, local_day
from bekal.ledger.queries import ledger_problems
from bekal.production import queries
from bekal.production.rules import PlotState
from bekal.production.tests.materials import with_money
from tests.support.world import NOON, SETUP, a_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("money", "bought"), [(1_000_000, 4), (100_000, 2), (1, 0)])
def test_the_demo_buys_what_its_fund_can_pay(world, money, bought):
    with_money(world.merauke, money)
    said = make_materials(by=SETUP, now=NOON)
    assert said == f"5 materials, {bought} bought"
    rows = queries.materials_of(unit_id=world.merauke)
    assert all(row.name.endswith("(contoh)") for row in rows)
    assert sum(row.value for row in rows) <= money
    assert queries.material_problems() == ledger_problems() == []


@pytest.mark.parametrize("money", [1_000_000, 1])
def test_the_demo_has_a_price_sheet_of_what_it_could_buy(world, money):
    with_money(world.merauke, money)
    make_materials(by=SETUP, now=NOON)
    assert make_price_sheets(by=SETUP, now=NOON).startswith("none")
    bun = a_product(world.merauke, "Roti manis (contoh)", "makanan", price=5_000, cost=2_900)
    assert make_price_sheets(by=SETUP, now=NOON) == "1 product"
    sheet = queries.sheet_of(sheets=queries.sheets_of(product_id=bun))
    assert sheet is not None
    assert sheet.cost == (1_375 if money > 1 else 600)
    assert queries.costing_problems() == []


def test_the_demo_has_land_in_every_state(world):
    assert make_land(by=SETUP, now=NOON) == "4 plots"
    today = local_day(NOON, Zone.WIB)
    for state in PlotState:
        assert len(queries.plots_of(unit_id=world.merauke, today=today, state=state)) == 1, state
    assert queries.land_problems() == []
