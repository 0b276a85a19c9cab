"""What every test may ask for."""

import pytest

from tests.support import world as world_of_tests


@pytest.fixture
def world(db):
    """The small world of tests/support/world.py, in the test's own transaction."""
    return world_of_tests.build()


@pytest.fixture
def committed_world(transactional_db):
    """The same world, committed, for tests with threads or processes."""
    return world_of_tests.build()
