"""How long work takes, learned from how long it took: from its page opened to it done. Pure."""

import datetime as dt
import math
from collections.abc import Iterable
from statistics import median

BEGUN = "begun"
"""The field in which a form without a key of its own says when it was opened."""
PACES = 20
"""Of how many of the last times it is learned."""
FEWEST_PACES = 5
LEAST_PACE, LONGEST_PACE = dt.timedelta(seconds=5), dt.timedelta(minutes=30)


def learned_minutes(took: Iterable[dt.timedelta]) -> int | None:
    """About how many minutes a form takes, by how long it took last: the median, rounded up.

    What took no time at all (a machine) or very long (a page left open) says nothing. None while
    fewer than five say something.
    """
    told = [each.total_seconds() for each in took if LEAST_PACE <= each <= LONGEST_PACE]
    if len(told) < FEWEST_PACES:
        return None
    return math.ceil(median(told) / 60)
