"""A world in which Lapas Nabire takes money, and somebody listens."""

import pytest

from bekal.payments.tests import hearing
from bekal.payments.tests.money import a_merchant
from tests.support import world
from tests.support.remembering import remembered


@pytest.fixture
def nabire(db):
    """The id of Lapas Nabire, which has a QRIS and an account."""
    unit = remembered(world.build).nabire
    a_merchant(unit)
    return unit


@pytest.fixture
def heard(settings):
    """What the handler of the tests' subjects was told."""
    settings.BEKAL_ON_PAID = {"uji": "bekal.payments.tests.hearing.note"}
    hearing.HEARD.clear()
    return hearing.HEARD
