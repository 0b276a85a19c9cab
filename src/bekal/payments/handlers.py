"""Who is told when money came in for a subject; config names them in BEKAL_ON_PAID.

Subjects belong to rooms above this one, so the settings name the function by its path: a mapping
from the prefix of a subject ("order") to an action `(*, paid: Paid, by: Actor, now: datetime)`.
"""

import datetime as dt
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from bekal.foundation.actors import Actor
from bekal.payments.rules import Paid


class OnPaid(Protocol):
    """An action of the subject's own room, in the transaction of the receipt.

    What it raises takes back all that it did; the money then stays in unapplied_receipt.
    """

    def __call__(self, *, paid: Paid, by: Actor, now: dt.datetime) -> object:
        """Do what follows from the money."""


def tell(*, paid: Paid, by: Actor, now: dt.datetime) -> None:
    """Call the handler of the subject's prefix; a subject without one is only written down."""
    prefix = paid.subject.partition(":")[0]
    path = settings.BEKAL_ON_PAID.get(prefix)
    if path is not None:
        cast("OnPaid", import_string(path))(paid=paid, by=by, now=now)
