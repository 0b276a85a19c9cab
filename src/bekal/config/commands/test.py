"""`bekal test`: every gate, then every test; with arguments, pytest alone with these arguments."""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack

from bekal.config import assets, paths
from bekal.config.console import say, step
from bekal.config.embedded.use import opened
from bekal.config.testing.gates import gates
from bekal.config.testing.gates import run as passes

# Two workers, each with a database of its own, and files kept whole: a file's tests may share one
# server or one world. A file's own run starts none of this.
_ALL = ["-n", "2", "--dist", "loadfile"]


def run(arguments: argparse.Namespace) -> int:
    """Returns pytest's exit code, or 1 without running it when a gate fails."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bekal.config.settings.test"
    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            with step("PostgreSQL for the tests"):
                found = stack.enter_context(opened(paths.HOME / "test", testing=True))
            os.environ["DATABASE_URL"] = found.url
        assets.build()
        if not arguments.pytest:
            failed = [gate.name for gate in gates() if not passes(gate)]
            if failed:
                say(f"{len(failed)} failed: {', '.join(failed)}. The tests were not run.")
                return 1
        command = [sys.executable, "-m", "pytest", *(arguments.pytest or _ALL)]
        return subprocess.run(command, cwd=paths.REPOSITORY, check=False).returncode  # noqa: S603
