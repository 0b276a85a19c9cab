"""Users and the roles that they hold."""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from bekal.accounts.models import Grant, User
from bekal.accounts.rules import AccountRefused, Role, check_level, read_nip
from bekal.audit import actions as audit
from bekal.audit.rules import NATION, chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.places import queries as places

_TOO_EASY = {
    "password_too_similar": "Kata sandi mirip nama, email, atau NIP Anda. Pilih yang lain.",
    "password_too_short": "Pakai paling sedikit 10 huruf atau angka untuk kata sandi.",
    "password_too_common": "Kata sandi ini mudah ditebak. Pilih yang lain.",
    "password_entirely_numeric": "Campur kata sandi dengan huruf, jangan angka saja.",
}


@transaction.atomic
def create_user(
    *, email: str, nip: str, name: str, password: str, by: Actor, now: dt.datetime
) -> User:
    """Open an account without any role. `nip` may be empty: partners and sponsors have none.

    Raises AccountRefused for an e-mail or NIP that is unreadable or in use, no name, or a
    password that is too easy.
    """
    user = User(email=read_email(email), nip=_read_nip(nip), name=" ".join(name.split()))
    if not user.name:
        raise AccountRefused("Isi nama.", field="name")
    if User.objects.filter(email=user.email).exists():
        raise AccountRefused("Email ini sudah dipakai akun lain.", field="email")
    if user.nip and User.objects.filter(nip=user.nip).exists():
        raise AccountRefused("NIP ini sudah dipakai akun lain.", field="nip")
    _check_password(user, password, field="password")
    user.set_password(password)
    user.save(force_insert=True)
    _record("create_user", user.pk, {}, by=by, now=now)
    return user


@transaction.atomic
def set_password(*, user_id: int, password: str, by: Actor, now: dt.datetime) -> User:
    """Give a person a new password, as when the old one is forgotten. All their sessions end.

    Raises AccountRefused when it is too easy. For the person's own wish see `change_password`.
    """
    return store_password(user_id=user_id, password=password, field="password", by=by, now=now)


@transaction.atomic
def store_password(*, user_id: int, password: str, field: str, by: Actor, now: dt.datetime) -> User:
    """Keep a new password; `field` is where a refusal is shown. Raises AccountRefused."""
    user = User.objects.select_for_update().get(pk=user_id)
    _check_password(user, password, field=field)
    user.set_password(password)
    user.save(update_fields=["password"])
    _record("set_password", user_id, {}, by=by, now=now)
    return user


@transaction.atomic
def grant_role(*, user_id: int, role: Role, place_id: int, by: Actor, now: dt.datetime) -> Grant:
    """Let a person act in a role for a place that stands today, and for all below it.

    Raises AccountRefused for a closed account, a place that does not stand, a level where the
    role cannot be held, or a role that the person holds there already.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    place = places.place_by_id(place_id=place_id, on=local_day(now, Zone.WIB))
    if not user.is_active:
        raise AccountRefused("Akun ini sudah ditutup. Pilih akun yang masih dipakai.")
    if place is None:
        raise AccountRefused("Tempat ini tidak ada atau sudah ditutup.", field="place")
    check_level(role=role, level=place.level)
    held = Grant.objects.filter(user=user, role=role, place_id=place_id, revoked_at=None)
    if held.exists():
        raise AccountRefused("Orang ini sudah memegang peran itu di sana.", field="role")
    grant = Grant.objects.create(
        user=user, role=role, place_id=place_id, granted_at=now, granted_by=str(by)
    )
    _record("grant_role", user_id, {"role": role}, place_id=place_id, by=by, now=now)
    return grant


@transaction.atomic
def revoke_role(*, grant_id: int, by: Actor, now: dt.datetime) -> None:
    """End a grant; it stays on record. Raises AccountRefused when it has ended already."""
    grant = Grant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None or grant.revoked_at is not None:
        raise AccountRefused("Peran ini sudah dicabut.")
    _revoke(grant, by=by, now=now)


@transaction.atomic
def deactivate_user(*, user_id: int, by: Actor, now: dt.datetime) -> None:
    """Close an account: it signs in no more, its sessions end, its roles are revoked.

    Raises AccountRefused when it is closed already.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active:
        raise AccountRefused("Akun ini sudah ditutup.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    open_grants = Grant.objects.select_for_update().filter(user=user, revoked_at=None)
    # Chains of places are locked in one order by all, then the nation's.
    for grant in open_grants.order_by("place_id", "id"):
        _revoke(grant, by=by, now=now)
    _record("deactivate_user", user_id, {}, by=by, now=now)


def _revoke(grant: Grant, *, by: Actor, now: dt.datetime) -> None:
    grant.revoked_at, grant.revoked_by = now, str(by)
    grant.save(update_fields=["revoked_at", "revoked_by"])
    detail = {"role": grant.role}
    _record("revoke_role", grant.user_id, detail, place_id=grant.place_id, by=by, now=now)


def read_email(text: str) -> str:
    """An e-mail as it is stored. Raises AccountRefused."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise AccountRefused(
            "Tulis email lengkap, misalnya nama@contoh.go.id.", field="email"
        ) from None
    return email


def _read_nip(text: str) -> str | None:
    if not text.strip():
        return None
    nip = read_nip(text)
    if nip is None:
        raise AccountRefused("NIP terdiri dari 18 angka. Periksa angkanya.", field="nip")
    return nip


def _check_password(user: User, password: str, *, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        first = error.error_list[0]
        words = _TOO_EASY.get(first.code or "", first.messages[0])
        raise AccountRefused(words, field=field) from None


def _record(
    verb: str,
    user_id: int,
    detail: dict[str, str],
    *,
    place_id: int | None = None,
    by: Actor,
    now: dt.datetime,
) -> None:
    audit.record(
        chain=NATION if place_id is None else chain_of_place(place_id),
        action=f"accounts.{verb}",
        object_key=f"user:{user_id}",
        detail=detail,
        by=by,
        now=now,
    )
