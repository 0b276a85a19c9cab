"""What the command line says to the person who runs it: one short line for each step."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something that a person must put right. Its text is one clear sentence, shown as it is."""


def say(text: str = "") -> None:
    """Write a line, at once, also where the output is a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done, and afterwards how many seconds it took."""
    start = time.monotonic()
    yield
    say(f"  {name:<44} {time.monotonic() - start:6.1f} s")
