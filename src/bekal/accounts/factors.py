"""Secrets of telephones, sealed for their person; the codes that a demo's telephones would show."""

import datetime as dt

from django.conf import settings

from bekal.accounts.models import SecondFactor
from bekal.accounts.rules import FactorKeysMissing
from bekal.foundation.sealing import BoxClosed, close_box, open_box
from bekal.foundation.totp import DRIFT, code_at, step_at


def seal_secret(secret: str, *, user_id: int) -> bytes:
    """A secret as it is stored. Raises FactorKeysMissing."""
    try:
        return close_box(secret, owner=f"user:{user_id}", keys=settings.BEKAL_FACTOR_KEYS)
    except BoxClosed as closed:
        raise FactorKeysMissing from closed


def secret_of(factor: SecondFactor) -> str:
    """The secret of a telephone. Raises FactorKeysMissing where no key opens it."""
    owner = f"user:{factor.pk}"
    try:
        return open_box(bytes(factor.sealed), owner=owner, keys=settings.BEKAL_FACTOR_KEYS)
    except BoxClosed as closed:
        raise FactorKeysMissing from closed


def demo_codes(*, now: dt.datetime) -> dict[str, str]:
    """What the made-up telephones of a demo show, by e-mail; empty outside a demo.

    The next code that was not used yet, so that visitors who share an account need not wait.
    """
    if not settings.BEKAL_DEMO:
        return {}
    secrets = {one["email"]: one.get("secret", "") for one in settings.BEKAL_DEMO_SIGN_INS}
    standing = SecondFactor.objects.filter(
        user__email__in=[email for email, secret in secrets.items() if secret],
        confirmed_at__isnull=False,
    )
    here = step_at(now)
    return {
        email: code_at(secrets[email], max(here, min((last or 0) + 1, here + DRIFT)))
        for email, last in standing.values_list("user__email", "last_step")
    }
