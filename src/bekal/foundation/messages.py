"""How a message is written down before it is sent or compared. Pure."""

import json
from collections.abc import Mapping
from typing import Any


def scope_of_place(place_id: int) -> str:
    """How messages name the unit whose work, or whose task, they are."""
    return f"place:{place_id}"


def frozen_bytes(content: Mapping[str, Any]) -> bytes:
    """The one way of writing a message down, so that equal content has equal bytes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), default=str).encode()
