"""Comparing passwords, and counting how often that is tried.

A try is counted and committed before the password is looked at, so that neither parallel tries nor
a rollback afterwards can lose one; the slow comparison runs outside any transaction.
"""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from bekal.accounts import queries
from bekal.accounts.actions.people import store_password
from bekal.accounts.models import User
from bekal.accounts.rules import (
    GUESSES_PER_ACCOUNT,
    GUESSES_PER_ADDRESS,
    GUESSING_WINDOW,
    AccountRefused,
    LockedOut,
    SignInRefused,
    address_block,
    read_login,
)
from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation import actions as foundation
from bekal.foundation.actors import Actor
from bekal.foundation.models import Attempts


def check_sign_in(*, login: str, password: str, address: str, by: Actor, now: dt.datetime) -> User:
    """The active user whom an e-mail or NIP and a password belong to.

    Raises LockedOut after 5 tries at one account or 50 wrong ones from one address within 15
    minutes, whatever the password; SignInRefused when they do not fit. A success forgets the
    account's tries. Must not run inside a transaction (RuntimeError).
    """
    user = queries.user_by_login(login=login)
    here = _hidden("address", address_block(address))
    account = f"sign-in:user:{user.pk}" if user else _hidden("login", read_login(login))
    count_guess(subject=here, limit=GUESSES_PER_ADDRESS, user=None, by=by, now=now)
    count_guess(subject=account, limit=GUESSES_PER_ACCOUNT, user=user, by=by, now=now)
    if not _fits(user, password) or user is None:
        raise SignInRefused
    foundation.forget_attempts(subject=account, by=by, now=now)
    # One office or one phone network shares an address: only wrong tries count against it.
    Attempts.objects.filter(subject=here, count__gt=0).update(count=F("count") - 1)
    return user


def change_password(*, user_id: int, old: str, new: str, by: Actor, now: dt.datetime) -> User:
    """Put a new password in the place of the old one, which the person types once more.

    Raises LockedOut after 5 wrong tries within 15 minutes, AccountRefused when the old one does
    not fit or the new one is too easy. Other sessions of the person end.
    """
    subject = f"password:user:{user_id}"
    user = User.objects.get(pk=user_id)
    count_guess(subject=subject, limit=GUESSES_PER_ACCOUNT, user=user, by=by, now=now)
    if not _fits(user, old):
        raise AccountRefused(
            "Kata sandi lama tidak cocok. Ketik kata sandi yang Anda pakai sekarang.", field="old"
        )
    foundation.forget_attempts(subject=subject, by=by, now=now)
    return store_password(user_id=user_id, password=new, field="new", by=by, now=now)


def _hidden(kind: str, value: str) -> str:
    # What was typed may be a password in the wrong field, and an address points to a person.
    return f"sign-in:{kind}:{salted_hmac('accounts.sign-in', value).hexdigest()}"


def count_guess(
    *, subject: str, limit: int, user: User | None, by: Actor, now: dt.datetime
) -> None:
    """Count a try before anything is compared. Raises LockedOut past `limit`."""
    with transaction.atomic(durable=True):
        count = foundation.count_attempt(subject=subject, window=GUESSING_WINDOW, by=by, now=now)
        if user is not None and count == limit + 1:
            audit.record(
                chain=NATION,
                action="accounts.locked",
                object_key=f"user:{user.pk}",
                detail={"door": subject.partition(":")[0], "tries": count},
                by=by,
                now=now,
            )
    if count > limit:
        rows = Attempts.objects.filter(subject=subject).values_list("window_ends_at", flat=True)
        raise LockedOut(until=rows.first() or now, now=now)


def _fits(user: User | None, password: str) -> bool:
    if user is None or not user.is_active:
        make_password(password)  # as slow as a comparison, so that time tells nothing
        return False
    return user.check_password(password)
