"""That a label was looked at is kept."""

import datetime as dt

from bekal.foundation.actors import Actor
from bekal.labels.models import Scan
from bekal.labels.rules import slot_of


def note_scan(*, code: str, by: Actor, now: dt.datetime) -> None:
    """Keep that somebody looked a label up, once in ten minutes. The code is one that was minted.

    Not in the audit chain: anybody looks, and nothing of Bekal changes by it.
    """
    scan = Scan(label_id=code, slot_at=slot_of(now))
    Scan.objects.bulk_create([scan], ignore_conflicts=True)
