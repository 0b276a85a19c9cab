"""Accounts for the sign-ins of the demo, and who they are where something is done by them."""

import datetime as dt

from bekal.accounts.actions import create_user, give_factor, grant_role
from bekal.accounts.queries import user_by_login
from bekal.accounts.rules import Role
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor, user_actor
from bekal.places.queries import PlaceNow, place_on


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


def unit_of(role: Role, *, on: dt.date) -> PlaceNow:
    """The place of the sign-in with this role. Raises LookupError."""
    one = next(one for one in SIGN_INS if one.role is role)
    place = place_on(code=one.place_code, on=on)
    if place is None:
        raise LookupError(f"the demo needs {one.place_code}")
    return place


def actor_of(role: Role) -> Actor:
    """The account of the sign-in with this role, as one who acts. Raises LookupError."""
    one = next(one for one in SIGN_INS if one.role is role)
    user = user_by_login(login=one.email)
    if user is None:
        raise LookupError(f"the demo needs {one.email}")
    return user_actor(user.pk)
