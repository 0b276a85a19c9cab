"""Who is told that a maker leaves a unit; config names them by path (BEKAL_ON_LEAVING).

What they do is in the transaction of the leaving: what they raise takes it back.
"""

import datetime as dt
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from bekal.foundation.actors import Actor


class OnLeaving(Protocol):
    """An action of a higher room: from a day on the maker is not in the unit any more."""

    def __call__(
        self, *, maker: str, unit_id: int, on: dt.date, by: Actor, now: dt.datetime
    ) -> object:
        """Do what follows from it."""


def tell_leaving(*, maker: str, unit_id: int, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """Call everyone who is to be told."""
    for path in settings.BEKAL_ON_LEAVING:
        cast("OnLeaving", import_string(path))(maker=maker, unit_id=unit_id, on=on, by=by, now=now)
