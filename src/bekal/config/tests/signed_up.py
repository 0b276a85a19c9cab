"""Accounts of the demo's sign-ins for tests of what they do."""

from bekal.accounts.actions import create_user
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import user_actor
from tests.support.world import NOON, SETUP


def accounts():
    """One for each sign-in, without a role; each actor by its role."""
    return {
        one.role.value: str(
            user_actor(
                create_user(
                    email=one.email,
                    nip=one.nip,
                    name=one.name,
                    password=one.password,
                    by=SETUP,
                    now=NOON,
                ).pk
            )
        )
        for one in SIGN_INS
    }
