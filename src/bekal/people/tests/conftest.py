"""The people of Nabire and Bangli before the pages of their makers."""

import pytest

from bekal.accounts.rules import Role
from bekal.people.tests.makers import rules

HERE = "/kerja/lapas-kelas-iib-nabire/orang/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/orang/"


@pytest.fixture
def nabire(world):
    """Lapas Nabire, with the requirements of work in force."""
    rules()
    return world.nabire


@pytest.fixture
def yohana(person):
    """Officer of the workshop at Lapas Nabire."""
    return lambda: person("Yohana", (Role.PETUGAS, "nabire"))


@pytest.fixture
def markus(person):
    """Head of Lapas Nabire."""
    return lambda: person("Markus", (Role.KEPALA_UPT, "nabire"))


@pytest.fixture
def ketut(person):
    """Head of Lapas Narkotika Bangli."""
    return lambda: person("Ketut", (Role.KEPALA_UPT, "bangli"))
