"""Sample sales that keep coming while the demo runs with --live."""

import datetime as dt
import random
import time
from typing import Protocol

import structlog
from django.db import DatabaseError, close_old_connections

from bekal.config.demo.trade import one_sale
from bekal.foundation import clock
from bekal.foundation.actors import Actor, command_actor

log = structlog.get_logger("bekal.demo")
_LONGEST_PAUSE_SECONDS = 4.0


class Happening(Protocol):
    """Makes one sample fact by calling an action; returns one sentence about it."""

    def __call__(self, *, by: Actor, now: dt.datetime) -> str:
        """Do it."""
        ...


HAPPENINGS: list[Happening] = [one_sale]


def go_on() -> None:
    """Let something happen every few seconds, for ever. A database away for a moment is no end."""
    by = command_actor("demo-live")
    chance = random.SystemRandom()
    while True:
        time.sleep(chance.uniform(0.5, _LONGEST_PAUSE_SECONDS))
        if not HAPPENINGS:
            continue
        close_old_connections()
        try:
            log.info("live", what=chance.choice(HAPPENINGS)(by=by, now=clock.now()))
        except DatabaseError:
            log.exception("live")
