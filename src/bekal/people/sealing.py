"""Makers' names encrypted, their SDP numbers as keyed digests; no key stands in the database.

Each key of both settings has one purpose. The first encrypts, or makes new digests; all of them
read. A name is encrypted together with the code that it belongs to, so that whoever can write to
the table cannot give one person's name to another.
"""

import hashlib
import hmac

from django.conf import settings

from bekal.foundation.sealing import (
    PARTED,
    BoxClosed,
    close_box,
    close_box_anew,
    is_box_key,
    open_box,
)
from bekal.people.rules import KeysMissing

SHORTEST_KEY = 32
is_name_key = is_box_key


def close_name(name: str, *, code: str) -> bytes:
    """A name as it is stored. Raises KeysMissing."""
    try:
        return close_box(name, owner=code, keys=settings.BEKAL_NAME_KEYS)
    except BoxClosed as closed:
        raise KeysMissing from closed


def open_name(closed: bytes, *, code: str) -> str:
    """The name of a maker. Raises KeysMissing where no key opens it, or it is another's."""
    try:
        return open_box(closed, owner=code, keys=settings.BEKAL_NAME_KEYS)
    except BoxClosed as unknown:
        raise KeysMissing from unknown


def close_anew(closed: bytes) -> bytes:
    """The same name under the newest key. Raises KeysMissing where no key opens it."""
    try:
        return close_box_anew(closed, keys=settings.BEKAL_NAME_KEYS)
    except BoxClosed as unknown:
        raise KeysMissing from unknown


def digests_of(number: str) -> list[bytes]:
    """The digests that an SDP number may be stored as, the one for new rows first."""
    if not settings.BEKAL_SDP_KEYS:
        raise KeysMissing
    return [_digest(key, number) for key in settings.BEKAL_SDP_KEYS]


def _digest(key: str, number: str) -> bytes:
    return hmac.new(key.encode(), f"bekal.sdp{PARTED}{number}".encode(), hashlib.sha256).digest()
