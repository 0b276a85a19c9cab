"""Enquiries from abroad and recurring supply of the demo: marked, with something left to do."""

import pytest

from bekal.config.demo.abroad import make_enquiries
from bekal.config.demo.supply import make_supply
from bekal.foundation import clock
from bekal.foundation.clock import Zone
from bekal.institutions.models import Enquiry, Supply
from bekal.institutions.queries import unit_work
from bekal.shop.models import Institution
from tests.support.world import NOON, SETUP, TODAY, a_product


@pytest.mark.django_db
def test_merauke_has_a_reply_to_write_and_a_delivery_to_make(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    a_product(world.merauke, "Sawi (contoh)", "makanan", price=5_000, cost=2_000, is_sample=True)
    assert make_enquiries(by=SETUP, now=NOON) == "3 simulated enquiries from abroad"
    make_supply(by=SETUP, now=NOON)
    for model in (Enquiry, Supply, Institution):
        assert set(model.objects.values_list("is_sample", flat=True)) == {True}
    work = unit_work(unit_id=world.merauke, today=TODAY, zone=Zone.WIT, now=NOON)
    assert (work.enquiries, work.supplies) == (1, 1)
