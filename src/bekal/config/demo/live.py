"""Sample sales that keep coming while the demo runs with --live."""

import datetime as dt
import random
import time
from typing import Protocol

import structlog
from django.db import DatabaseError, close_old_connections

from bekal.config.demo import market
from bekal.config.demo.trade import one_refund, one_sale
from bekal.foundation import clock
from bekal.foundation.actors import Actor, command_actor
from bekal.foundation.clock import Zone

log = structlog.get_logger("bekal.demo")


class Happening(Protocol):
    """Makes one sample fact by calling an action; returns one sentence about it."""

    def __call__(self, *, by: Actor, now: dt.datetime) -> str:
        """Do it."""
        ...


HAPPENINGS: dict[Happening, float] = {one_sale: 1 - market.RETURNED, one_refund: market.RETURNED}
"""What may happen, and how often beside the others."""


def go_on() -> None:
    """Let something happen every few seconds, for ever. A database away for a moment is no end.

    By day more often than by night, as the hours of `market` say (WIB).
    """
    by = command_actor("demo-live")
    chance = random.SystemRandom()
    while True:
        time.sleep(market.pause(chance, clock.now().astimezone(Zone.WIB.info).hour))
        happening = chance.choices(list(HAPPENINGS), list(HAPPENINGS.values()))[0]
        close_old_connections()
        try:
            log.info("live", what=happening(by=by, now=clock.now()))
        except DatabaseError:
            log.exception("live")
