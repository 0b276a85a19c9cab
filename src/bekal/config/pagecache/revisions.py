"""Whether anything has happened, asked of the database at most once a second."""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import structlog
from django.db import Error, connection

from bekal.audit import queries
from bekal.foundation.faces import TOPICS

log = structlog.get_logger("bekal.pagecache")
EVERY_SECONDS = 1.0
_HOUR_SECONDS = 3600


@dataclass(frozen=True)
class State:
    """How things stood at one instant."""

    hour: int
    revisions: Mapping[str, int]

    def of(self, topics: Collection[str]) -> str:
        """The state of some topics, as text: equal texts mean that nothing happened in between.

        The hour is part of it, since a day, a price or a campaign may begin without any act.
        """
        numbers = ",".join(str(self.revisions.get(topic)) for topic in sorted(topics))
        return f"{self.hour}:{numbers}"


def from_database() -> dict[str, int]:
    """The revision of every topic on which some page depends."""
    try:
        return queries.revisions(topics=TOPICS)
    finally:
        connection.close()  # outside of a request nobody else gives it back


class Revisions:
    """The newest state that is known: at most a second old, read by one thread for all."""

    def __init__(
        self,
        read: Callable[[], Mapping[str, int]] = from_database,
        *,
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._clock = clock
        # What is waited by; unlike the clock it is never set back.
        self._ticks = ticks
        self._lock = threading.Lock()
        self._state = State(0, {})
        self._read_at = float("-inf")

    def now(self) -> State:
        """How things stand. While the database is away the last state holds: pages stay."""
        if self._is_old() and self._lock.acquire(blocking=not self._state.revisions):
            # Whoever comes meanwhile takes the last state: a slow database holds up one thread.
            try:
                if self._is_old():
                    self._refresh()
            finally:
                self._lock.release()
        return self._state

    def _is_old(self) -> bool:
        return self._ticks() - self._read_at >= EVERY_SECONDS

    def _refresh(self) -> None:
        hour = int(self._clock() // _HOUR_SECONDS)
        try:
            self._state = State(hour, self._read())
        except Error:
            log.warning("the database does not answer; pages stay as they are")
        self._read_at = self._ticks()
