"""Accounts for the sign-ins of the demo."""

import datetime as dt

from bekal.accounts.actions import create_user, give_factor, grant_role
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor
from bekal.places.queries import place_on


def make_people(*, by: Actor, now: dt.datetime) -> str:
    """An account with its role for each sign-in."""
    for one in SIGN_INS:
        place = place_on(code=one.place_code, on=now.date())
        if place is None:
            raise LookupError(f"the demo needs {one.place_code}")
        user = create_user(
            email=one.email, nip=one.nip, name=one.name, password=one.password, by=by, now=now
        )
        grant_role(user_id=user.pk, role=one.role, place_id=place.id, by=by, now=now)
        if one.secret:
            give_factor(user_id=user.pk, secret=one.secret, by=by, now=now)
    return f"{len(SIGN_INS)} accounts"
