"""A process that records sales and may be killed at any step.

python -m tests.faults.seller one KEY UNIT PRODUCT STEP    dies by SIGKILL at that statement;
                                                           0 is after the commit
python -m tests.faults.seller many UNIT PRODUCT FILE       notes each key, then sells, for ever
"""

import os
import signal
import sys
from pathlib import Path
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402 - Django first

from bekal.foundation.ids import uuid7  # noqa: E402
from bekal.sales.actions import record_sale  # noqa: E402
from tests.support.world import NOON, YOHANA, a_sale  # noqa: E402


def die():
    """End as by a power cut: no handler runs, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)


def one(key, unit, product, step):
    """Record one sale and die before its statement number `step`, or after the commit."""
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == step:
            die()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        record_sale(sale=a_sale(unit, (product, 1), key=key), by=YOHANA, now=NOON)
    die()


def many(unit, product, notes):
    """Write each key down, as a till does, before sending the sale."""
    with notes.open("a") as file:
        while True:
            key = uuid7()
            file.write(f"{key}\n")
            file.flush()
            record_sale(sale=a_sale(unit, (product, 1), key=key), by=YOHANA, now=NOON)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["one", key, unit, product, step]:
            one(UUID(key), int(unit), int(product), int(step))
        case ["many", unit, product, notes]:
            many(int(unit), int(product), Path(notes))
