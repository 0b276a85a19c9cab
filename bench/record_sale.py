"""Recording a sale by 1, 2 and 8 clients, against the same writes by pgbench, in one run.

    python -m bench.record_sale

Each client is a process that calls sales.actions.record_sale for random units. pgbench then sends
the very statements that one such sale sent, with its own keys, by the same number of clients:
it is what PostgreSQL alone can do on this machine.
"""

import multiprocessing
import random
import re
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from django.db import connection

from bekal.sales.actions import record_sale
from bench import ground
from tests.support import world

UNITS = 100
SECONDS = 4
CLIENTS = (1, 2, 8)
_LITERAL = re.compile(r"(?P<escape>\bE)?'(?P<text>(?:[^']|'')*)'")


def build():
    """A hundred units with one product each; returns (unit, product) pairs."""
    small = world.build()
    pairs = []
    for number in range(UNITS):
        unit = world._place(
            f"unit-{number}", world.Level.UNIT, f"Unit {number}", parent=small.papua, province="94"
        )
        product = world.a_product(unit, "Noken", "kerajinan", price=100_000, cost=60_000)
        pairs.append((unit, product))
    return pairs


def client(url, pairs, seconds, results):
    """Record sales for some seconds; puts how many into `results`."""
    ground.use(url)
    chance = random.SystemRandom()
    for unit, product in pairs[:5]:
        record_sale(sale=world.a_sale(unit, (product, 1)), by=world.YOHANA, now=world.NOON)
    results.put("ready")
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        unit, product = chance.choice(pairs)
        record_sale(sale=world.a_sale(unit, (product, 1)), by=world.YOHANA, now=world.NOON)
        count += 1
    results.put(count)


def measure(url, pairs, clients):
    """Sales a second by that many processes."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [
        context.Process(target=client, args=(url, pairs, SECONDS, results)) for _ in range(clients)
    ]
    for process in processes:
        process.start()
    answers = [results.get() for _ in range(2 * clients)]
    for process in processes:
        process.join()
    return sum(answer for answer in answers if answer != "ready") / SECONDS


def scripts(pairs, folder):
    """For each unit a pgbench script of the statements that one sale sends."""

    for unit, product in pairs:
        sent = []

        def keep(execute, sql, params, many, context, *, sent=sent):
            sent.append((sql, params))
            return execute(sql, params, many, context)

        sale = world.a_sale(unit, (product, 1))
        with connection.execute_wrapper(keep):
            record_sale(sale=sale, by=world.YOHANA, now=world.NOON)
        (folder / f"{unit}.sql").write_text(script(sent, sale.key))
    return sorted(folder.glob("*.sql"))


def script(sent, key):
    """The statements as a transaction, with the key as a variable wherever it stands.

    A literal that holds the key, such as the JSON of a row, is put together around the variable.
    The frozen bytes of the message keep the first key: they only have to be as long.
    """
    literal = psycopg.ClientCursor(connection.connection)
    lines = ["select gen_random_uuid() as key \\gset", "begin;"]
    for sql, params in sent:
        text = " ".join(literal.mogrify(sql, params or None).split())
        text = text.replace(f"'{key.hex}'::uuid", f"'{key}'::uuid")
        lines.append(_LITERAL.sub(lambda found: _around(found, str(key)), text) + ";")
    return "\n".join([*lines, "commit;", ""])


def _around(literal, key):
    """A literal with the variable where the key was; any other as it is."""
    escape, text = literal["escape"] or "", literal["text"]
    if key not in text:
        return literal[0]
    parts = [f"{escape}'{part}'" for part in text.split(key)]
    return f"({' || :key::text || '.join(parts)})"


def pgbench(url, files, clients):
    """Transactions a second of the same statements by pgbench."""
    given = [part for file in files for part in ("-f", str(file))]
    output = ground.run(
        [
            ground.BIN / "pgbench",
            *("-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(SECONDS)),
            *given,
            url,
        ]
    )
    return float(next(line for line in output.splitlines() if line.startswith("tps")).split()[2])


def main():
    """Print one row for each number of clients."""
    with ground.database() as url, tempfile.TemporaryDirectory() as folder:
        pairs = build()
        files = scripts(pairs, Path(folder))
        sys.stdout.write("clients  record_sale/s  pgbench/s  share\n")
        for clients in CLIENTS:
            ours, theirs = measure(url, pairs, clients), pgbench(url, files, clients)
            sys.stdout.write(f"{clients:7}  {ours:13.0f}  {theirs:9.0f}  {ours / theirs:5.2f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
