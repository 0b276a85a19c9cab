"""The people of Nabire before the pages of their goods."""

import pytest

from bekal.accounts.rules import Role

HERE = "/kerja/lapas-kelas-iib-nabire/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/"


@pytest.fixture
def yohana(person):
    """Officer of the workshop at Lapas Nabire."""
    return person("Yohana", (Role.PETUGAS, "nabire"))


@pytest.fixture
def markus(person):
    """Head of Lapas Nabire."""
    return person("Markus", (Role.KEPALA_UPT, "nabire"))
