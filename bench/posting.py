"""Posting an entry of four lines by 1 and 8 clients, against the same statement by pgbench.

    python -m bench.posting

Each client is a process that calls ledger.actions.post_entry for random units, a transaction each.
pgbench then sends the very statement that one such posting sent, with its own keys, by the same
number of clients, in the same run: it is what PostgreSQL alone can do on this machine.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from django.db import connection

from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bench import ground
from bench.record_sale import pgbench, script
from tests.support import world

UNITS = 100
SECONDS = 6
CLIENTS = (1, 8)


def build():
    """A hundred units."""
    small = world.build()
    return [
        world._place(
            f"unit-{number}", world.Level.UNIT, f"Unit {number}", parent=small.papua, province="94"
        )
        for number in range(UNITS)
    ]


def post(unit, key):
    """One entry of four lines."""
    post_entry(
        lines=[
            Line(unit, AccountKind.CASH, 100_000),
            Line(unit, AccountKind.PREMI_UNALLOCATED, -35_000),
            Line(unit, AccountKind.CAPITAL, -15_000),
            Line(unit, AccountKind.PNBP_PAYABLE, -50_000),
        ],
        key=key,
        occurred_on=world.TODAY,
        memo="bench",
        source=f"sale:{key}",
        by=world.SITI,
        now=world.NOON,
    )


def client(url, units, results):
    """Post for some seconds; puts how many and the memory that it took into `results`."""
    ground.use(url)
    chance = random.SystemRandom()
    post(units[0], uuid7())
    results.put("ready")
    end, count = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        post(chance.choice(units), uuid7())
        count += 1
    results.put((count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def measure(url, units, clients):
    """Entries a second by that many processes, and the most memory that one of them took, in MB."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=client, args=(url, units, results)) for _ in range(clients)]
    for process in processes:
        process.start()
    answers = [results.get() for _ in range(2 * clients)]
    for process in processes:
        process.join()
    counted = [answer for answer in answers if answer != "ready"]
    return sum(count for count, _ in counted) / SECONDS, max(memory for _, memory in counted)


def scripts(units, folder):
    """For each unit a pgbench script of the statements that one posting sends."""
    for unit in units:
        sent = []

        def keep(execute, sql, params, many, context, *, sent=sent):
            sent.append((sql, params))
            return execute(sql, params, many, context)

        key = uuid7()
        post(unit, uuid7())  # its accounts are open
        with connection.execute_wrapper(keep):
            post(unit, key)
        (folder / f"{unit}.sql").write_text(script(sent, key))
    return sorted(folder.glob("*.sql"))


def main():
    """Print one row for each number of clients."""
    with ground.database() as url, tempfile.TemporaryDirectory() as folder:
        units = build()
        files = scripts(units, Path(folder))
        sys.stdout.write("clients  post_entry/s  pgbench/s  share  MB a process\n")
        for clients in CLIENTS:
            (ours, memory), theirs = measure(url, units, clients), pgbench(url, files, clients)
            sys.stdout.write(
                f"{clients:7}  {ours:12.0f}  {theirs:9.0f}  {ours / theirs:5.2f}  {memory:12}\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
