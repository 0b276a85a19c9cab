"""The made-up batches of the demo: what its made-up makers made, in books that agree."""

import pytest

from bekal.catalogue.models import Product
from bekal.config.demo.batches import make_batches
from bekal.config.demo.makers import make_makers
from bekal.foundation.clock import Zone, local_day
from bekal.people.tests.makers import rules
from bekal.production import queries
from bekal.production.models import BatchCorrection, NoProduction
from bekal.production.queries import BatchFilters
from bekal.production.tests.goods import receive
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db


def test_the_demo_has_batches_of_every_working_day_and_leaves_today_open(world):
    rules()
    receive(world.bread, 40)
    Product.objects.filter(pk=world.bread).update(is_sample=True)
    make_makers(by=SETUP, now=NOON)
    summary = make_batches(by=SETUP, now=NOON)
    rows = queries.batches_of(unit_id=world.merauke, filters=BatchFilters())
    assert summary == f"{len(rows)} simulated batches"
    assert len(rows) > 15
    assert {row.note for row in rows} == {"Data contoh"}
    assert queries.labels_of(batch_id=rows[0].id, good=rows[0].good) or queries.labels_of(
        batch_id=rows[1].id, good=rows[1].good
    )
    assert BatchCorrection.objects.count() == NoProduction.objects.count() == 1
    assert not queries.is_productive(unit_id=world.merauke, day=local_day(NOON, Zone.WIT))
    assert queries.batch_problems() == queries.stock_problems() == []


def test_a_demo_without_goods_makes_nothing(world):
    assert make_batches(by=SETUP, now=NOON) == "no goods to make"
