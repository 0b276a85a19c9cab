"""Making the summaries anew from the facts; the same rows must come out."""

import datetime as dt

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.sales.actions import statements


@transaction.atomic
def rebuild_summaries(*, by: Actor, now: dt.datetime) -> int:
    """Replace leaves and fold by what the facts say; returns how many unit days there are.

    Sales wait until it is done.
    """
    with connection.cursor() as cursor:
        for statement in statements.REBUILD:
            cursor.execute(statement)
        days: int = cursor.rowcount
    return days
