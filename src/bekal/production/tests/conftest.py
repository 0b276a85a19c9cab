"""The people of Nabire before the pages of their goods."""

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation import clock
from tests.support import world as of_tests

HERE = "/kerja/lapas-kelas-iib-nabire/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/"


@pytest.fixture
def person(world, client, monkeypatch):
    """Sign somebody in at noon; grants are (role, name of a place of the world)."""
    monkeypatch.setattr(clock, "now", lambda: of_tests.NOON)

    def sign_in(name, *grants):
        user = User.objects.create(email=f"{name}@contoh.test".lower(), name=name)
        for role, place in grants:
            Grant.objects.create(
                user=user,
                role=role,
                place_id=getattr(world, place),
                granted_at=of_tests.long_ago(),
                granted_by=str(of_tests.SETUP),
            )
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def yohana(person):
    """Officer of the workshop at Lapas Nabire."""
    return person("Yohana", (Role.PETUGAS, "nabire"))


@pytest.fixture
def markus(person):
    """Head of Lapas Nabire."""
    return person("Markus", (Role.KEPALA_UPT, "nabire"))
