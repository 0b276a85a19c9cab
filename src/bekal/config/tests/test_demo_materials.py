"""The made-up materials of the demo: marked as such, paid by what the unit's fund holds."""

import pytest

from bekal.config.demo.materials import make_materials
from bekal.ledger.queries import ledger_problems
from bekal.production import queries
from bekal.production.tests.materials import with_money
from tests.support.world import NOON, SETUP

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
