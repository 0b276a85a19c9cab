"""A process that pays a run of premi and may be killed at any step.

python -m tests.faults.payer UNIT RUN STEP    dies by SIGKILL at that statement;
                                              0 is after the commit
"""

import sys
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402 - Django first

from bekal.treasury.actions import pay_run  # noqa: E402
from bekal.treasury.rules.premi_paying import MoneyIn  # noqa: E402
from tests.faults.seller import die  # noqa: E402
from tests.support.world import NOON, SITI, TODAY  # noqa: E402


def pay(unit, run, step):
    """Pay one run and die before its statement number `step`, or after the commit."""
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == step:
            die()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        pay_run(unit_id=unit, run_id=run, money=MoneyIn.CASH, on=TODAY, by=SITI, now=NOON)
    die()


if __name__ == "__main__":
    unit, run, step = sys.argv[1:]
    pay(int(unit), UUID(run), int(step))
