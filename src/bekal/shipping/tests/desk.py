"""How the tests of the pages ask: as Yohana, officer of Lapas Nabire, does."""

import datetime as dt

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import Role
from tests.support.world import NOON, SETUP

HERE = "/kerja/lapas-kelas-iib-nabire/ongkir/"


def signed_in(client, unit_id, *, role=Role.PETUGAS):
    """The client, as a person with a role at a unit."""
    user = User.objects.create(email="yohana@contoh.go.id", name="Yohana Kogoya")
    Grant.objects.create(
        user=user,
        role=role,
        place_id=unit_id,
        granted_at=NOON - dt.timedelta(days=1),
        granted_by=str(SETUP),
    )
    client.force_login(user)
    return client


def text(answer):
    return answer.content.decode()


def a_form(chosen, **changes):
    """What Yohana types to write a rate."""
    return {
        "service": chosen,
        "area": "semua",
        "serves": "ya",
        "first_kg": "Rp 18.000",
        "next_kg": "9.000",
        "min_weight": "",
        "max_weight": "30",
        "days_min": "2",
        "days_max": "3",
        "valid_from": "2026-04-27",
        **changes,
    }
