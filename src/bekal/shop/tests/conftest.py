"""A market for the tests of this room."""

import pytest

from bekal.shop.tests.market import open_market
from tests.support.remembering import remembered


@pytest.fixture
def market(world):
    """Everything of the world for sale online."""
    return remembered(open_market, world)


@pytest.fixture
def committed_market(committed_world):
    """The same, committed, for tests with threads."""
    return remembered(open_market, committed_world)
