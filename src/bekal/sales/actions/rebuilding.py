"""Making the summaries anew from the facts; the same rows must come out."""

import datetime as dt

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.sales.actions.statements import SUMS
from bekal.sales.truth import LEAVES, UNIT_DAYS

_KEYS = "unit_id, day, category, channel, buyer_class, lines"
_COLUMNS = ", ".join(SUMS)


@transaction.atomic
def rebuild_summaries(*, by: Actor, now: dt.datetime) -> int:
    """Replace leaves and fold by what the facts say; returns how many unit days there are.

    Sales wait until it is done.
    """
    with connection.cursor() as cursor:
        cursor.execute("lock table sales_leaf, sales_unitday in share row exclusive mode")
        cursor.execute("delete from sales_leaf")
        cursor.execute("delete from sales_unitday")
        cursor.execute(f"insert into sales_leaf ({_KEYS}, {_COLUMNS}) {LEAVES}")
        cursor.execute(
            f"insert into sales_unitday (unit_id, day, receipts, refunds, {_COLUMNS}) {UNIT_DAYS}"
        )
        days: int = cursor.rowcount
    return days
