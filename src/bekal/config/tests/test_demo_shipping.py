"""The simulated couriers of the demo: marked, cheap where it is near, and made quickly."""

import pytest

from bekal.config.demo.shipping import make_rates
from bekal.shipping.actions import load_districts
from bekal.shipping.models import Courier
from bekal.shipping.queries import quotes
from tests.support.world import NOON, SETUP, TODAY, a_product

pytestmark = pytest.mark.django_db


def test_every_unit_that_trades_in_the_demo_sends_everywhere(world, django_assert_max_num_queries):
    load_districts(by=SETUP, now=NOON)
    a_product(world.nabire, "Roti manis (contoh)", "makanan", price=5_000, is_sample=True)
    with django_assert_max_num_queries(10):
        said = make_rates(by=SETUP, now=NOON)
    assert said == "6 simulated rates of 1 units"
    assert Courier.objects.get().is_sample
    near, islands, far = (
        quotes(unit_id=world.nabire, district_code=code, weight_g=12_000, volume_cm3=None, on=TODAY)
        for code in ("940101", "930101", "510602")
    )
    assert [quote.label for quote in near] == ["Kurir contoh Kargo", "Kurir contoh Reguler"]
    assert near[0].fee < islands[0].fee < far[0].fee
    assert all(quote.is_sample for quote in near)
