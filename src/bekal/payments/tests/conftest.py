"""A world in which Lapas Nabire takes money, and somebody listens."""

import pytest

from bekal.payments import gateways
from bekal.payments.tests import hearing
from bekal.payments.tests.money import a_merchant
from bekal.payments.tests.standin import KEY, StandIn
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


@pytest.fixture
def stand_in():
    """A server that speaks as Midtrans does."""
    with StandIn() as server:
        yield server


@pytest.fixture
def gateway(stand_in, settings):
    """The gateway of Lapas Nabire, at the stand-in."""
    settings.BEKAL_MIDTRANS_SERVER_KEY = KEY
    settings.BEKAL_MIDTRANS_UNIT = "lapas-kelas-iib-nabire"
    settings.BEKAL_MIDTRANS_ADDRESS = stand_in.address
    return gateways.active()
