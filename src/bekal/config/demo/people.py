"""Accounts for the sign-ins of the demo."""

import datetime as dt

from bekal.accounts.actions import begin_factor, confirm_factor, create_user, grant_role
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor
from bekal.foundation.totp import code_at, step_at
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
            begin_factor(user_id=user.pk, secret=one.secret, by=by, now=now)
            code = code_at(one.secret, step_at(now))
            confirm_factor(user_id=user.pk, code=code, by=by, now=now)
    return f"{len(SIGN_INS)} accounts"
