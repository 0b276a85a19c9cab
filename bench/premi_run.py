"""A run of premi for 300 makers over 2,000 lines of receipts: time of each step, and memory.

    python -m bench.premi_run

Batches of twenty makers each, five products; every line takes its pieces from one or two batches.
"""

import random
import resource
import sys
import time

from django.db import connection

from bekal.foundation.actors import command_actor, user_actor
from bekal.foundation.ids import uuid7
from bekal.people.tests.makers import a_maker, rules
from bekal.production.models import Batch, BatchShare
from bekal.production.tests.goods import a_workshop
from bekal.sales.actions import record_sale
from bekal.treasury import actions, queries
from bekal.treasury.models import PremiEarning
from bekal.treasury.rules.premi_paying import MoneyIn, NewRun, RunKind
from bekal.treasury.rules.premi_terms import NewSaving
from bench import ground
from tests.support import world
from tests.support.world import NOON, TODAY, YESTERDAY

MAKERS, LINES, PRODUCTS, TOGETHER, PIECES = 300, 2_000, 5, 20, 30
OFFICER, HEAD, TREASURER = user_actor(1), user_actor(2), user_actor(3)
BY = command_actor("bench")


def timed(words, work):
    """Do it, and say how long it took."""
    begun = time.perf_counter()
    answer = work()
    sys.stdout.write(f"{words:52} {time.perf_counter() - begun:7.2f} s\n")
    return answer


def fill(unit):
    """Makers, batches laid down by SQL alone, and the sales of them."""
    chance = random.Random(20260427)
    rules()
    makers = [a_maker(unit, number=f"BENCH-{number}") for number in range(MAKERS)]
    products = [
        world.a_product(unit, f"Barang {number}", "kerajinan", price=100_000, cost=60_000)
        for number in range(PRODUCTS)
    ]
    workshop = a_workshop(unit)
    batches = [
        Batch(
            id=uuid7(),
            unit_id=unit,
            number=number + 1,
            workshop_id=workshop,
            product_id=products[number % PRODUCTS],
            made_on=YESTERDAY,
            good=PIECES,
            rejected=0,
            model="own",
            xid=0,
            recorded_at=NOON,
            recorded_by=str(BY),
        )
        for number in range(LINES * 2 // PIECES + PRODUCTS)
    ]
    lay_down(batches, makers, chance)
    for number in range(LINES):
        sale = world.a_sale(unit, (products[number % PRODUCTS], chance.randint(1, 2)))
        record_sale(sale=sale, by=OFFICER, now=NOON)


def lay_down(batches, makers, chance):
    """Batches and their shares, past the promises of their tables: they are not measured here."""
    tables = ("production_batch", "production_batchshare")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        Batch.objects.bulk_create(batches)
        BatchShare.objects.bulk_create(
            BatchShare(batch=batch, maker_id=maker, minutes=chance.randint(30, 420))
            for batch in batches
            for maker in chance.sample(makers, TOGETHER)
        )
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def measure(unit):
    """The three steps, each by its person."""
    saving = NewSaving(50, "bench", TODAY)
    actions.set_saving(unit_id=unit, new=saving, today=TODAY, by=HEAD, now=NOON)
    lines = timed(
        f"divide the premi of {LINES} lines",
        lambda: actions.allocate_premi(unit_id=unit, on=TODAY, by=OFFICER, now=NOON),
    )
    earnings = PremiEarning.objects.count()
    new = NewRun(uuid7(), unit, RunKind.MONTHLY, TODAY.replace(day=1), TODAY)
    run = timed(
        f"prepare a run of {earnings} earnings",
        lambda: actions.prepare_run(new=new, today=TODAY, by=OFFICER, now=NOON),
    )
    actions.approve_run(unit_id=unit, run_id=run, by=HEAD, now=NOON)
    money = MoneyIn.CASH
    timed(
        f"pay it to {len(queries.lines_of_run(run_id=run))} makers",
        lambda: actions.pay_run(
            unit_id=unit, run_id=run, money=money, on=TODAY, by=TREASURER, now=NOON
        ),
    )
    problems = timed("look whether all of it ties", queries.premi_problems)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{lines} lines divided, {len(problems)} problems, memory {peak} MB\n")


def main():
    """Fill a database of its own, and measure there."""
    with ground.database():
        built = world.build()
        timed(f"(record {LINES} sales, {MAKERS} makers)", lambda: fill(built.nabire))
        measure(built.nabire)


if __name__ == "__main__":
    main()
