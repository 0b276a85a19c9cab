"""How an event is sealed to the one before it. Pure; PostgreSQL computes the same (see models)."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NATION = "nation"


@dataclass(frozen=True)
class Sealed:
    """The content of an event as it enters its seal."""

    chain: str
    seq: int
    at: dt.datetime
    actor: str
    action: str
    object_key: str
    detail: Mapping[str, Any]


def chain_of_place(place_id: int) -> str:
    """The chain of one unit: units have a chain each, so they never wait for each other."""
    return f"place:{place_id}"


def seal(event: Sealed, *, previous: bytes) -> bytes:
    """SHA-256 over the previous seal and the event's content, fields parted by the unit separator.

    `detail` enters as canonical JSON: keys sorted, no blanks, as PostgreSQL stores the text.
    """
    content = "\x1f".join(
        (
            event.chain,
            str(event.seq),
            event.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
            event.actor,
            event.action,
            event.object_key,
            canonical(event.detail),
        )
    )
    return hashlib.sha256(previous + content.encode()).digest()


def canonical(detail: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no blanks; dates, ids and other values as their text."""
    return json.dumps(
        detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
    )
