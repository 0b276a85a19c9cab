"""What an API token is worth. Pure."""

import datetime as dt
import hashlib
from enum import StrEnum

TOKEN_BEGINS = "bekal_"
TOKEN_PREFIX_LENGTH = len(TOKEN_BEGINS) + 6
TOKEN_NAME_LENGTH = 60
TOKEN_DAYS = (30, 90, 365)


class TokenState(StrEnum):
    """What an API token is worth today; the values stand on the page."""

    IN_FORCE = "berlaku"
    WITHOUT_POWER = "tidak berdaya"
    EXPIRED = "habis masa"
    REVOKED = "dicabut"


def token_digest(secret: str) -> str:
    """What is kept of a token. One round is enough: its 32 bytes are random, not a password."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_state(
    *,
    revoked_at: dt.datetime | None,
    expires_at: dt.datetime,
    holder_may: bool,
    now: dt.datetime,
) -> TokenState:
    """A token is worth what its holder may do at its unit, until it ends or is revoked."""
    if revoked_at is not None:
        return TokenState.REVOKED
    if expires_at <= now:
        return TokenState.EXPIRED
    return TokenState.IN_FORCE if holder_may else TokenState.WITHOUT_POWER
