"""Telling the catalogue what buyers may know of a level, only when that changes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bekal.foundation.actors import Actor
from bekal.production import rules


@dataclass(frozen=True)
class Level:
    """What is free of a product after an act, and what the catalogue was told of it last."""

    product_id: int
    free: int
    told: int


def tell_if_changed(levels: Iterable[Level], *, by: Actor, now: dt.datetime) -> list[int]:
    """The products of which the catalogue should be told something else than it was."""
    return [level.product_id for level in levels if rules.told(level.free) != level.told]
