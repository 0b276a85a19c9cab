"""Who acted, as signed-in pages call them."""

import pytest

from bekal.accounts.models import Grant, User
from bekal.accounts.queries import names_of
from bekal.accounts.rules import Role
from tests.support.world import NOON

pytestmark = pytest.mark.django_db


def test_people_are_called_by_name_and_role_in_one_statement(world, django_assert_num_queries):
    maria = User.objects.create(email="maria@contoh.test", name="Maria")
    gone = User.objects.create(email="gone@contoh.test", name="Yosef", is_active=False)
    Grant.objects.create(
        user=maria, role=Role.KEPALA_UPT, place_id=world.nabire, granted_at=NOON, granted_by="uji"
    )
    asked = {f"user:{maria.pk}", f"user:{gone.pk}", "user:987654", "user:x", "command:demo"}
    with django_assert_num_queries(1):
        assert names_of(actors=asked) == {
            f"user:{maria.pk}": "Maria (Kepala UPT)",
            f"user:{gone.pk}": "Yosef",
            "user:987654": "Pengguna tidak dikenal",
            "user:x": "Pengguna tidak dikenal",
            "command:demo": "Sistem (demo)",
        }


def test_commands_jobs_and_devices_have_words_and_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names_of(
            actors=["command:load", "job:nightly_checkpoints", "device:K3", "buyer:8", "nonsense"]
        ) == {
            "command:load": "Sistem (pemuatan data)",
            "job:nightly_checkpoints": "Sistem (tugas malam)",
            "device:K3": "Perangkat K3",
            "buyer:8": "Pembeli",
            "nonsense": "Sistem",
        }
