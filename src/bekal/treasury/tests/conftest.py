"""What tests of premi share."""

import pytest

from bekal.people.tests.makers import a_maker, rules
from bekal.production import queries
from bekal.treasury.tests.premi import Batches


@pytest.fixture
def batches(monkeypatch):
    """Batches as production would tell them."""
    told = Batches()
    monkeypatch.setattr(queries, "batches_with_shares", told.told)
    return told


@pytest.fixture
def makers(world):
    """Three makers at Lapas Nabire, by code."""
    rules()
    return [a_maker(world.nabire, number=f"UJI-{number}111") for number in range(3)]
