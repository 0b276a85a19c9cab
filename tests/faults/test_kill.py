"""A sale survives kill -9 of every process, at any step: it is there whole, or not at all."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from django.db import connection

from bekal.audit.queries import chain_problems
from bekal.config.embedded.use import opened
from bekal.foundation.ids import uuid7
from bekal.ledger.models import Entry
from bekal.ledger.queries import ledger_problems
from bekal.sales.actions import record_sale
from bekal.sales.models import Sale, UnitDay
from bekal.sales.queries import summary_problems
from tests.support.world import NOON, YOHANA, a_sale

pytestmark = pytest.mark.slow
STATEMENTS = 8
"""A sale sends this many in a new process, the question for the zone among them."""
AFTER_COMMIT = 0


def problems():
    return [*summary_problems(), *ledger_problems(), *chain_problems()]


def seller(*arguments, url=None):
    """A process of tests.faults.seller on the test's database, or on another."""
    database = connection.settings_dict
    here = (
        f"postgres://{database['USER']}@{database['HOST'].replace('/', '%2F')}"
        f":{database['PORT'] or 5432}/{database['NAME']}"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url or here,
        "DJANGO_SETTINGS_MODULE": "bekal.config.settings.test",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    command = [sys.executable, "-m", "tests.faults.seller", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def killed(process):
    _, error = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, error.decode()


@pytest.mark.parametrize("step", [*range(1, STATEMENTS + 1), AFTER_COMMIT])
def test_a_clerk_s_process_killed_at_any_statement_leaves_a_whole_sale_or_none(
    committed_world, step
):
    w, key = committed_world, uuid7()
    record_sale(sale=a_sale(w.nabire, (w.noken, 1)), by=YOHANA, now=NOON)  # opens the accounts
    killed(seller("one", key, w.nabire, w.noken, step))
    is_there = step == AFTER_COMMIT
    assert Sale.objects.filter(pk=key).exists() is is_there
    assert Entry.objects.filter(key=key).exists() is is_there
    assert UnitDay.objects.get().receipts == 1 + is_there
    assert problems() == []
    again = record_sale(sale=a_sale(w.nabire, (w.noken, 1), key=key), by=YOHANA, now=NOON)
    assert again.is_repeat is is_there
    assert UnitDay.objects.get().gross == 200_000
    assert problems() == []


OTHER = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.support import world
w = world.build()
print(w.nabire, w.noken)
"""
AFTERWARDS = """
import sys; from pathlib import Path; from uuid import UUID
import django; django.setup()
from tests.support.world import NOON, YOHANA, a_sale
from bekal.sales.actions import rebuild_summaries, record_sale
from bekal.sales.models import Sale, UnitDay
from tests.faults.test_kill import problems
unit, product, notes = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
assert problems() == [], problems()
keys = [UUID(line) for line in notes.read_text().split()]
answers = [record_sale(sale=a_sale(unit, (product, 1), key=k), by=YOHANA, now=NOON) for k in keys]
assert Sale.objects.count() == len(set(keys)) == UnitDay.objects.get().receipts
assert sorted(a.number for a in answers) == list(range(1, len(keys) + 1))
rebuild_summaries(by=YOHANA, now=NOON)
assert problems() == [], problems()
print(sum(a.is_repeat for a in answers), len(answers))
"""


def script(text, *arguments, url):
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bekal.config.settings.test",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    command = [sys.executable, "-W", "ignore", "-c", text, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def kill_everything(*processes, data):
    """SIGKILL the sellers and every process of the database, as a power cut would."""
    for process in processes:
        process.kill()
    servers = [
        process
        for process in psutil.process_iter(["cmdline"])
        if str(data) in " ".join(process.info["cmdline"] or [])
        and "postgres" in (process.info["cmdline"] or [""])[0]
    ]
    children = [child for server in servers for child in server.children(recursive=True)]
    assert servers
    for process in (*servers, *children):
        process.kill()
    for process in processes:
        process.communicate()


ENOUGH = 37 * 15
"""Letters of fifteen noted keys."""


def wait_for(condition):
    """Look until it holds; a minute at most."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not come about")


def test_two_clerks_and_postgresql_killed_in_the_middle_lose_no_sale_that_was_answered(tmp_path):
    data = tmp_path / "data"
    notes = [tmp_path / "one.txt", tmp_path / "two.txt"]
    with opened(data) as database:
        unit, product = script(OTHER, url=database.url)
        clerks = [seller("many", unit, product, note, url=database.url) for note in notes]
        wait_for(lambda: all(note.exists() and len(note.read_text()) > ENOUGH for note in notes))
        kill_everything(*clerks, data=data)
        assert database.revive()
        both = tmp_path / "both.txt"
        both.write_text("".join(note.read_text() for note in notes))
        repeats, all_of_them = script(AFTERWARDS, unit, product, both, url=database.url)
    assert int(repeats) > 0
    assert int(all_of_them) - int(repeats) <= len(notes)
