"""What `bekal rebuild` makes again from the facts. Rooms offer the functions."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bekal.catalogue.actions import rebuild_showcase
from bekal.foundation.actors import Actor
from bekal.ledger.actions import make_checkpoints, rebuild_sums
from bekal.places.actions import refresh_ancestry
from bekal.production.actions import rebuild_shelves
from bekal.sales.actions import rebuild_summaries


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


def _ancestry(*, by: Actor, now: dt.datetime) -> str:
    refresh_ancestry(by=by, now=now)
    return "as the tenures say"


def _showcase(*, by: Actor, now: dt.datetime) -> str:
    return f"{rebuild_showcase(by=by, now=now)} products"


def _summaries(*, by: Actor, now: dt.datetime) -> str:
    return f"{rebuild_summaries(by=by, now=now)} unit days"


def _checkpoints(*, by: Actor, now: dt.datetime) -> str:
    return f"{make_checkpoints(by=by, now=now)} accounts"


def _books(*, by: Actor, now: dt.datetime) -> str:
    return f"{rebuild_sums(by=by, now=now)} sums"


def _shelves(*, by: Actor, now: dt.datetime) -> str:
    return f"{rebuild_shelves(by=by, now=now)} products"


REBUILDS = [
    Rebuild("Ancestry", _ancestry),
    Rebuild("Search texts and price spans", _showcase),
    Rebuild("What buyers are told of stock", _shelves),
    Rebuild("Sums of the sales", _summaries),
    Rebuild("Checkpoints of the balances", _checkpoints),
    Rebuild("Sums of the books by days", _books),
]
