"""The small world with a token of Lapas Nabire, seen by programs at noon of 27 April 2026."""

from types import SimpleNamespace

import pytest

from bekal.accounts.actions import make_token
from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from tests.support import world as world_of_tests
from tests.support.world import NOON, SETUP

NABIRE = "lapas-kelas-iib-nabire"
BANGLI = "lapas-narkotika-kelas-iia-bangli"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The clock that all doors read stands still."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def a_token(unit_id, *, role=Role.PETUGAS, email="yohana@contoh.go.id", days=90):
    """A person with a role at a unit, and the secret of a token in their name."""
    holder = User.objects.create(email=email, name="Yohana Kogoya")
    grant = Grant.objects.create(
        user=holder,
        role=role,
        place_id=unit_id,
        granted_at=world_of_tests.long_ago(),
        granted_by=str(SETUP),
    )
    secret = make_token(
        key=uuid7(),
        unit_id=unit_id,
        holder_id=holder.pk,
        name="Kasir toko bengkel",
        days=days,
        by=SETUP,
        now=NOON,
    )
    return SimpleNamespace(secret=secret, holder=holder, grant=grant)


@pytest.fixture
def token(world):
    """Yohana's token for Lapas Nabire."""
    return a_token(world.nabire)


@pytest.fixture
def first_world(transactional_db):
    """The committed world with the numbers of an empty database, which the examples name.

    For tests with `reset_sequences`. It is made by actions each time: the remembered one keeps
    the numbers that it got wherever it was made first.
    """
    return world_of_tests.build()
