"""Makers' names encrypted, their SDP numbers as keyed digests; no key stands in the database.

Each key of both settings has one purpose. The first encrypts, or makes new digests; all of them
read. A name is encrypted together with the code that it belongs to, so that whoever can write to
the table cannot give one person's name to another.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from bekal.people.rules import KeysMissing

SHORTEST_KEY = 32
_PARTED = "\x1f"


def is_name_key(key: str) -> bool:
    """Whether a text is a key of Fernet: 32 bytes in base 64 as addresses write it."""
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def close_name(name: str, *, code: str) -> bytes:
    """A name as it is stored. Raises KeysMissing."""
    return _box().encrypt(f"{code}{_PARTED}{name}".encode())


def open_name(closed: bytes, *, code: str) -> str:
    """The name of a maker. Raises KeysMissing where no key opens it, or it is another's."""
    try:
        owner, _, name = _box().decrypt(closed).decode().partition(_PARTED)
    except InvalidToken as unknown:
        raise KeysMissing from unknown
    if owner != code:
        raise KeysMissing
    return name


def close_anew(closed: bytes) -> bytes:
    """The same name under the newest key. Raises KeysMissing where no key opens it."""
    try:
        return _box().rotate(closed)
    except InvalidToken as unknown:
        raise KeysMissing from unknown


def digests_of(number: str) -> list[bytes]:
    """The digests that an SDP number may be stored as, the one for new rows first."""
    if not settings.BEKAL_SDP_KEYS:
        raise KeysMissing
    return [_digest(key, number) for key in settings.BEKAL_SDP_KEYS]


def _digest(key: str, number: str) -> bytes:
    return hmac.new(key.encode(), f"bekal.sdp{_PARTED}{number}".encode(), hashlib.sha256).digest()


def _box() -> MultiFernet:
    if not settings.BEKAL_NAME_KEYS:
        raise KeysMissing
    return MultiFernet([Fernet(key) for key in settings.BEKAL_NAME_KEYS])
