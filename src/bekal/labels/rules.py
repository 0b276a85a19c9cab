"""When a label counts as looked at again, and when it is looked at suspiciously often."""

import datetime as dt

from bekal.foundation import codes
from bekal.production.rules import LABEL_PREFIX

SLOT = dt.timedelta(minutes=10)
"""Whoever looks twice within it, reloads, or is asked by a messenger's preview, looked once."""
OFTEN = 20
"""From so many on the page says that the code may have been copied. Ours: one piece is looked at by
a buyer, whoever it is given to, and a few who are curious."""


def slot_of(at: dt.datetime) -> dt.datetime:
    """When the ten minutes of an instant began, in UTC."""
    seconds = int(at.timestamp()) // int(SLOT.total_seconds()) * int(SLOT.total_seconds())
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def read_label(typed: str) -> str:
    """The code of a label as it is stored, however it was typed. Raises CodeMistyped."""
    return codes.read_random_code(typed, prefix=LABEL_PREFIX)
