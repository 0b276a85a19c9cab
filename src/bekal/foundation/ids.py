"""Ids made by whoever starts the fact, so that a repeat can be recognised."""

import datetime as dt
import secrets
import time
from uuid import UUID

_RANDOM_BITS = 74
_TELLS_TIME = 7


def uuid7() -> UUID:
    """A new UUIDv7 (RFC 9562): sorts by the millisecond of its making, 74 random bits."""
    millisecond = time.time_ns() // 1_000_000
    random = secrets.randbits(_RANDOM_BITS)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=(millisecond << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


def made_at(key: UUID) -> dt.datetime | None:
    """When a key was made, to the millisecond, for those that tell it (UUIDv7)."""
    if key.version != _TELLS_TIME:
        return None
    return dt.datetime.fromtimestamp((key.int >> 80) / 1_000, tz=dt.UTC)
