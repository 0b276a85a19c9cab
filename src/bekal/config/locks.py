"""Locks between processes. The kernel lets go of them when a process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """An advisory lock on a file, held by this process alone (children do not inherit it)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)

    def take(self) -> None:
        """Wait until nobody else holds it."""
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Take it if nobody else holds it, also not as one of several."""
        return self._try(fcntl.LOCK_EX)

    def share(self) -> None:
        """Hold it as one of several."""
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def let_go(self) -> None:
        """Release it for good."""
        os.close(self._handle)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of this path for the length of the block."""
    lock = Lock(path)
    lock.take()
    try:
        yield
    finally:
        lock.let_go()
