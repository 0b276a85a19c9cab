"""API tokens: made, used, revoked."""

import datetime as dt
import secrets
from uuid import UUID

from django.db import transaction

from bekal.accounts import queries
from bekal.accounts.models import Token
from bekal.accounts.rules import (
    TOKEN_BEGINS,
    TOKEN_DAYS,
    TOKEN_NAME_LENGTH,
    TOKEN_PREFIX_LENGTH,
    AccountRefused,
    Permission,
    token_digest,
)
from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day

_RANDOM_BYTES = 32


@transaction.atomic
def make_token(
    *,
    key: UUID,
    unit_id: int,
    holder_id: int,
    name: str,
    days: int,
    by: Actor,
    now: dt.datetime,
) -> str:
    """Make a token for a program of a unit and return its secret, which is kept nowhere.

    `holder_id` is the officer who answers for what the program records. Raises AccountRefused for
    no name, a holder who may not record sales of the unit, another term than those offered, or a
    `key` that has made a token before: its secret cannot be shown again.
    """
    tidy = _checked_name(name)
    if days not in TOKEN_DAYS:
        raise AccountRefused("Pilih masa berlaku dari daftar.", field="days")
    today = local_day(now, Zone.WIB)
    if not queries.may(
        user_id=holder_id, permission=Permission.RECORD_SALE, place_id=unit_id, on=today
    ):
        raise AccountRefused("Pilih petugas yang mencatat penjualan unit ini.", field="holder")
    if Token.objects.select_for_update().filter(pk=key).exists():
        raise AccountRefused(
            "Kunci ini sudah dibuat dan isinya hanya tampil sekali. Bila belum disalin, cabut "
            "kunci itu lalu buat yang baru."
        )
    secret = TOKEN_BEGINS + secrets.token_urlsafe(_RANDOM_BYTES)
    token = Token.objects.create(
        id=key,
        unit_id=unit_id,
        holder_id=holder_id,
        name=tidy,
        prefix=secret[:TOKEN_PREFIX_LENGTH],
        digest=token_digest(secret),
        made_at=now,
        made_by=str(by),
        expires_at=now + dt.timedelta(days=days),
    )
    _record("make_token", token, by=by, now=now)
    return secret


@transaction.atomic
def revoke_token(*, token_id: UUID, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """End a token of a unit at once; a repeat changes nothing.

    Raises LookupError when the unit has no such token.
    """
    token = Token.objects.select_for_update().filter(pk=token_id, unit_id=unit_id).first()
    if token is None:
        raise LookupError(f"place {unit_id} has no token {token_id}")
    if token.revoked_at is not None:
        return
    token.revoked_at, token.revoked_by = now, str(by)
    token.save(update_fields=["revoked_at", "revoked_by"])
    _record("revoke_token", token, by=by, now=now)


def note_use(*, token_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Keep the day on which a token was last used; call it once a day, not at each request."""
    Token.objects.filter(pk=token_id).update(last_used_on=local_day(now, Zone.WIB))


def _checked_name(name: str) -> str:
    tidy = " ".join(name.replace("\0", " ").split())
    if not tidy or len(tidy) > TOKEN_NAME_LENGTH:
        raise AccountRefused(
            f"Isi nama kunci, paling panjang {TOKEN_NAME_LENGTH} huruf.", field="name"
        )
    return tidy


def _record(verb: str, token: Token, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(token.unit_id),
        action=f"accounts.{verb}",
        object_key=f"token:{token.pk}",
        detail={"prefix": token.prefix, "holder": token.holder_id},
        by=by,
        now=now,
    )
