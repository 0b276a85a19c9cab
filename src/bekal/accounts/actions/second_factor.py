"""The second factor: taking a telephone in, comparing its codes, letting it go.

As with passwords, a try is counted and committed before the code is looked at. A code counts
once: its step is taken by one conditional statement, so that of two who send it one is refused.
"""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from bekal.accounts.actions.sign_in import count_guess
from bekal.accounts.factors import seal_secret, secret_of
from bekal.accounts.models import RecoveryCode, SecondFactor, User
from bekal.accounts.rules import GUESSES_PER_ACCOUNT, AccountRefused, CodeRefused
from bekal.accounts.rules.second import RECOVERY_CODES, read_code, shown_recovery
from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation import actions as foundation
from bekal.foundation.actors import Actor
from bekal.foundation.totp import matching_step, new_secret, step_at

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_RECOVERY_LENGTH = 10


@transaction.atomic
def begin_factor(*, user_id: int, by: Actor, now: dt.datetime) -> str:
    """The secret (base 32) of the telephone that a person takes in; it waits for its first code.

    Asked again before that code, the same secret is returned. Raises AccountRefused where a
    telephone stands already, FactorKeysMissing without a key.
    """
    User.objects.select_for_update().get(pk=user_id)
    found = SecondFactor.objects.filter(pk=user_id).first()
    if found is not None and found.confirmed_at is not None:
        raise AccountRefused("Kode kedua sudah terpasang. Lepaskan dahulu yang lama.")
    if found is not None:
        return secret_of(found)
    made = new_secret()
    sealed = seal_secret(made, user_id=user_id)
    SecondFactor.objects.create(user_id=user_id, sealed=sealed, begun_at=now)
    return made


@transaction.atomic
def give_factor(*, user_id: int, secret: str, by: Actor, now: dt.datetime) -> None:
    """Let the made-up telephone of a demo's person count at once; it has no recovery codes.

    Raises FactorKeysMissing without a key.
    """
    sealed = seal_secret(secret, user_id=user_id)
    SecondFactor.objects.create(
        user_id=user_id, sealed=sealed, begun_at=now, confirmed_at=now, last_step=step_at(now)
    )
    _record("give_factor", user_id, by=by, now=now)


def confirm_factor(*, user_id: int, code: str, by: Actor, now: dt.datetime) -> list[str]:
    """Let a telephone count from its first right code on; returns the recovery codes, shown once.

    Raises LockedOut after 5 tries in 15 minutes, CodeRefused for a code that does not fit,
    AccountRefused where none is being taken in. Must not run inside a transaction.
    """
    _count(user_id, by=by, now=now)
    with transaction.atomic():
        waiting = SecondFactor.objects.select_for_update().filter(pk=user_id, confirmed_at=None)
        factor = waiting.first()
        if factor is None:
            raise AccountRefused("Tidak ada kode kedua yang menunggu dipasang.")
        step = matching_step(secret_of(factor), read_code(code), now=now)
        if step is None:
            raise CodeRefused
        factor.confirmed_at, factor.last_step = now, step
        factor.save(update_fields=["confirmed_at", "last_step"])
        codes = _new_recovery_codes(user_id)
        _record("confirm_factor", user_id, by=by, now=now)
    _forget(user_id, by=by, now=now)
    return codes


def check_second(*, user_id: int, code: str, by: Actor, now: dt.datetime) -> None:
    """Take a code of the person's telephone, or a recovery code; each counts once.

    Raises LockedOut after 5 tries in 15 minutes, whatever the code; CodeRefused when it does not
    fit, was used, or no telephone stands. Must not run inside a transaction (RuntimeError).
    """
    _count(user_id, by=by, now=now)
    typed = read_code(code)
    if not (_take_step(user_id, typed, now=now) or _take_recovery(user_id, typed, by=by, now=now)):
        raise CodeRefused
    _forget(user_id, by=by, now=now)


def remove_factor(*, user_id: int, code: str, by: Actor, now: dt.datetime) -> None:
    """Let the telephone and the recovery codes go, as for a new one.

    Raises what `check_second` does.
    """
    check_second(user_id=user_id, code=code, by=by, now=now)
    reset_factor(user_id=user_id, by=by, now=now)


@transaction.atomic
def reset_factor(*, user_id: int, by: Actor, now: dt.datetime) -> None:
    """Let the telephone go without a code, as when it is lost with all recovery codes.

    For the command line, where somebody has looked at the person's papers.
    """
    User.objects.select_for_update().get(pk=user_id)
    SecondFactor.objects.filter(pk=user_id).delete()
    RecoveryCode.objects.filter(user_id=user_id).delete()
    _record("reset_factor", user_id, by=by, now=now)


def renew_recovery(*, user_id: int, code: str, by: Actor, now: dt.datetime) -> list[str]:
    """New recovery codes in the place of all old ones. Raises what `check_second` does."""
    check_second(user_id=user_id, code=code, by=by, now=now)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user_id)
        RecoveryCode.objects.filter(user_id=user_id).delete()
        _record("renew_recovery", user_id, by=by, now=now)
        return _new_recovery_codes(user_id)


def _take_step(user_id: int, typed: str, *, now: dt.datetime) -> bool:
    factor = SecondFactor.objects.filter(pk=user_id, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    step = matching_step(secret_of(factor), typed, now=now)
    if step is None:
        return False
    unused = SecondFactor.objects.filter(Q(last_step__lt=step), pk=user_id)
    return unused.update(last_step=step) == 1


def _take_recovery(user_id: int, typed: str, *, by: Actor, now: dt.datetime) -> bool:
    with transaction.atomic():
        unused = RecoveryCode.objects.filter(
            user_id=user_id, digest=_digest(user_id, typed), used_at=None
        )
        if unused.update(used_at=now) != 1:
            return False
        _record("use_recovery_code", user_id, by=by, now=now)
    return True


def _new_recovery_codes(user_id: int) -> list[str]:
    codes = {
        "".join(secrets.choice(_LETTERS) for _ in range(_RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    }
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=user_id, digest=_digest(user_id, code)) for code in codes
    )
    return [shown_recovery(code) for code in codes]


def _digest(user_id: int, code: str) -> str:
    # 49 random bits and five tries in 15 minutes: a slow hash would add nothing.
    return salted_hmac("accounts.recovery", f"{user_id}:{code}", algorithm="sha256").hexdigest()


def _count(user_id: int, *, by: Actor, now: dt.datetime) -> None:
    user = User.objects.get(pk=user_id)
    subject = _subject(user_id)
    count_guess(subject=subject, limit=GUESSES_PER_ACCOUNT, user=user, by=by, now=now)


def _forget(user_id: int, *, by: Actor, now: dt.datetime) -> None:
    foundation.forget_attempts(subject=_subject(user_id), by=by, now=now)


def _subject(user_id: int) -> str:
    return f"second:user:{user_id}"


def _record(verb: str, user_id: int, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=NATION,
        action=f"accounts.{verb}",
        object_key=f"user:{user_id}",
        detail={},
        by=by,
        now=now,
    )
