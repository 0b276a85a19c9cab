"""How often a label was looked at."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from bekal.foundation.clock import Zone, local_day
from bekal.labels.rules import OFTEN

MOST_COUNTED = 100
_SCANS = """
select count(*), min(slot_at) from (
  select slot_at from labels_scan where label_id = %s order by slot_at limit %s
) first
"""


@dataclass(frozen=True)
class Scans:
    """How often a label was looked at, at most 100, and when first."""

    count: int
    first_at: dt.datetime | None

    @property
    def first_on(self) -> dt.date | None:
        """The day of the first look, in Jakarta."""
        return local_day(self.first_at, Zone.WIB) if self.first_at else None

    @property
    def is_often(self) -> bool:
        """Whether more people looked than one piece usually meets."""
        return self.count >= OFTEN

    @property
    def is_at_most(self) -> bool:
        """Whether it was looked at at least so often as is counted."""
        return self.count >= MOST_COUNTED


def scans_of(*, code: str) -> Scans:
    """The looks at a label; one statement, which reads no more than it counts."""
    with connection.cursor() as cursor:
        cursor.execute(_SCANS, [code, MOST_COUNTED])
        return Scans(*cursor.fetchone())
