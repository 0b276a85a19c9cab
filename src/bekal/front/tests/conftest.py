"""The people who sit down at the desk, in the world of the tests."""

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation import clock
from tests.support import world as of_tests

DESK = "/kerja/lapas-kelas-iib-nabire/"


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the doors."""

    def set_clock(instant):
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_clock(of_tests.NOON)
    return set_clock


@pytest.fixture
def person(world, client, at):
    """Sign somebody in; grants are (role, name of a place of the world)."""

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
