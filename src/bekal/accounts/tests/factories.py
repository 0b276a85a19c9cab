"""People of the office for tests, made by the actions themselves."""

from bekal.accounts import actions
from bekal.accounts.rules import Role
from bekal.places.models import Place
from bekal.places.tests.factories import NOW, TEST, a_centre, a_kanwil, a_unit

PASSWORD = "kayu jati 77"
SITI_NIP = "199001152015032001"


def a_user(name="Siti Aminah", email="siti@contoh.go.id", *, nip=SITI_NIP):
    """A person without a role."""
    return actions.create_user(email=email, nip=nip, name=name, password=PASSWORD, by=TEST, now=NOW)


def a_holder(role, place, email=None):
    """A person who holds one role."""
    user = a_user(f"Pemegang {role}", email or f"{role}@contoh.go.id", nip="")
    grant(user, role, place)
    return user


def grant(user, role, place):
    return actions.grant_role(user_id=user.pk, role=Role(role), place_id=place.pk, by=TEST, now=NOW)


def a_tree():
    """Two kanwil with two units each; returns them by code."""
    a_centre()
    for side in ("timur", "barat"):
        kanwil = a_kanwil(f"kanwil-{side}", f"Kanwil {side}")
        for number in (1, 2):
            a_unit(kanwil, f"lapas-{side}-{number}", f"Lapas {side} {number}")
    return {place.code: place for place in Place.objects.all()}
