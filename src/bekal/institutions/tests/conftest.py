"""Institutions may ask in the small world of this room."""

import pytest

from bekal.institutions.tests.asked import open_for_requests


@pytest.fixture
def world(world):
    """The small world, in which workshops take money by bank and kecamatan are known."""
    open_for_requests(world)
    return world


@pytest.fixture
def committed_world(committed_world):
    """The same for tests with threads."""
    open_for_requests(committed_world)
    return committed_world
