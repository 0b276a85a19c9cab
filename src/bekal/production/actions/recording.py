"""How the acts of this room stand in the chain of their unit."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor


def record(
    act: str,
    object_key: str,
    *,
    unit_id: int,
    detail: Mapping[str, Any],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Write down that somebody did something at a unit; `act` is the last word of the action."""
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"production.{act}",
        object_key=object_key,
        detail=detail,
        by=by,
        now=now,
    )
