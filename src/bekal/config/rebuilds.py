"""What `bekal rebuild` makes again from the facts. Rooms offer the functions."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bekal.foundation.actors import Actor


class Rebuilding(Protocol):
    """Makes summaries again from facts, in a transaction of its own; returns one sentence."""

    def __call__(self, *, by: Actor, now: dt.datetime) -> str:
        """Do it."""
        ...


@dataclass(frozen=True)
class Rebuild:
    """Something derived, and the function that derives it anew."""

    name: str
    function: Rebuilding


REBUILDS: list[Rebuild] = []
