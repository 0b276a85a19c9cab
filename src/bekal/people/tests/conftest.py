"""The people of Nabire and Bangli before the pages of their makers."""

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.people.tests.makers import rules
from tests.support import world as of_tests

HERE = "/kerja/lapas-kelas-iib-nabire/orang/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/orang/"


@pytest.fixture
def nabire(world):
    """Lapas Nabire, with the requirements of work in force."""
    rules()
    return world.nabire


@pytest.fixture
def person(world, client, monkeypatch):
    """Sign somebody in at noon; grants are (role, name of a place of the world)."""
    monkeypatch.setattr(clock, "now", lambda: of_tests.NOON)

    def sign_in(name, *grants):
        user, is_new = User.objects.get_or_create(
            email=f"{name}@contoh.test".lower(), defaults={"name": name}
        )
        for role, place in grants if is_new else ():
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
    return lambda: person("Yohana", (Role.PETUGAS, "nabire"))


@pytest.fixture
def markus(person):
    """Head of Lapas Nabire."""
    return lambda: person("Markus", (Role.KEPALA_UPT, "nabire"))


@pytest.fixture
def ketut(person):
    """Head of Lapas Narkotika Bangli."""
    return lambda: person("Ketut", (Role.KEPALA_UPT, "bangli"))
