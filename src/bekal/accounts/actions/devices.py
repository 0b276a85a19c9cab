"""Devices on which people have signed in."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction

from bekal.accounts.models import SignedIn
from bekal.foundation.actors import Actor


@transaction.atomic
def note_sign_in(
    *, user_id: int, session_key: str, family: str, by: Actor, now: dt.datetime
) -> None:
    """Remember the device of a session that has just become a person's; forget those that ended."""
    del by
    living = Session.objects.filter(expire_date__gt=now).values("session_key")
    SignedIn.objects.filter(user_id=user_id).exclude(session_key__in=living).delete()
    SignedIn.objects.update_or_create(
        session_key=session_key,
        defaults={"user_id": user_id, "family": family, "began_at": now},
    )


@transaction.atomic
def end_device(*, user_id: int, device_id: int, by: Actor, now: dt.datetime) -> None:
    """Sign a person out on one device of theirs; a repeat changes nothing."""
    del by, now
    found = SignedIn.objects.select_for_update().filter(pk=device_id, user_id=user_id).first()
    if found is None:
        return
    Session.objects.filter(session_key=found.session_key).delete()
    found.delete()


@transaction.atomic
def end_other_devices(*, user_id: int, session_key: str, by: Actor, now: dt.datetime) -> int:
    """Sign a person out everywhere but in this session; returns on how many devices."""
    del by, now
    others = SignedIn.objects.select_for_update().filter(user_id=user_id)
    keys = [one.session_key for one in others if one.session_key != session_key]
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    SignedIn.objects.filter(session_key__in=keys).delete()
    return ended
