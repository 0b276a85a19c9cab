"""Codes that change every 30 seconds, as telephones make them from a secret (RFC 6238 and 4226)."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""How many steps a telephone's clock may be early or late."""
_SECRET_BYTES = 20


def new_secret() -> str:
    """160 random bits in base 32, as RFC 4226 (section 4, R6) recommends and telephones take."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def step_at(now: dt.datetime) -> int:
    """The number of the step that an instant is in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits of one step. Raises ValueError for a secret that is not base 32."""
    key = base64.b32decode(secret)
    sealed = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = sealed[-1] & 0x0F
    number = int.from_bytes(sealed[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, *, now: dt.datetime) -> int | None:
    """The step near `now` whose code this is; None when it is none of them.

    Whoever accepts it keeps the step and takes no earlier or equal one again.
    """
    here = step_at(now)
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            found = step
    return found


def address_of(secret: str, *, account: str, issuer: str) -> str:
    """What a telephone reads from the QR code to take the secret in."""
    asked = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{account}', safe='')}?{asked}"
