"""`bekal demo`: a Bekal with sample data on this machine."""

import argparse
import os
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from django.core.management import call_command

from bekal.config import assets
from bekal.config.console import Problem, say, step
from bekal.config.demo.seeds import SEEDS, seed
from bekal.config.demo.signins import SIGN_INS, table
from bekal.config.embedded.use import Opened
from bekal.config.footing import missing_migrations, unknown_migrations
from bekal.config.locks import Lock, held
from bekal.config.processes import Kept, kept, running
from bekal.config.serving import (
    address,
    granian,
    is_healthy,
    require_free,
    stream_port,
    streams,
    wait_until_ready,
)
from bekal.config.surroundings import close_connections
from bekal.foundation import clock
from bekal.foundation.actors import command_actor

_WORKERS = 2
_LOOK_SECONDS = 2
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def run(arguments: argparse.Namespace) -> int:
    """Prepare, serve, tell where, and wait until stopped."""
    port: int = arguments.port
    if arguments.host not in _LOOPBACK:
        # Whoever opens the demo to the network does not know by which names it will be called.
        os.environ.setdefault("ALLOWED_HOSTS", "*")
    mine = Lock(arguments.data / f"demo-{port}.lock")
    if not _have_port(mine, port):
        say(f"Bekal is already running at {address(arguments.host, port)}")
        return 0
    require_free(arguments.host, port)
    with held(arguments.data / "demo.prepare.lock"):
        prepare(arguments.data)
    close_connections()
    flowing = stream_port(arguments.host, asked=arguments.stream_port, port=port)
    _introduce(arguments.host, port, flowing)
    with ExitStack() as stack:
        with step("Server"):
            command = granian(host=arguments.host, port=port, workers=_WORKERS)
            server = stack.enter_context(running(command))
            live = stack.enter_context(kept(streams(host=arguments.host, port=flowing)))
            wait_until_ready(server, port)
            wait_until_ready(live.child, flowing)
        if arguments.live:
            selling = [sys.executable, "-m", "bekal.config.cli", "live"]
            stack.enter_context(running(selling))
        _tell(address(arguments.host, port), arguments.data)
        return _wait(server, live, arguments.own_database)


def prepare(data: Path) -> None:
    """Tables, sample data, style sheet: whatever is not there yet. One process at a time.

    Raises Problem for the tables of another version, which `migrate` could not finish.
    """
    if unknown_migrations():
        raise Problem(
            f"The sample data in {data} are of another version of Bekal. Remove that folder and "
            "start again; they are made anew."
        )
    if missing_migrations():
        with step("Tables"):
            call_command("migrate", interactive=False, verbosity=0)
    with step("Sample data"):
        seed(seeds=SEEDS, by=command_actor("demo"), now=clock.now(), progress=_part)
    assets.prepare()


def _introduce(host: str, port: int, flowing: int) -> None:
    """Let pages and streams of this demo know of each other; no proxy puts them under one name."""
    os.environ.setdefault("BEKAL_ADDRESS", address(host, port))
    os.environ["BEKAL_STREAM_PORT"] = str(flowing)
    os.environ["BEKAL_STREAM_ORIGINS"] = f"http://127.0.0.1:{port},http://localhost:{port}"


def _part(text: str) -> None:
    say(f"    {text}")


def _have_port(mine: Lock, port: int) -> bool:
    """Take the port among the demos of this data directory; False if one of them serves on it.

    One that is still preparing is waited for, so that "already running" is true when it is said.
    """
    while not mine.try_take():
        if is_healthy(port):
            return False
        time.sleep(0.2)
    return True


def _tell(url: str, data: Path) -> None:
    say()
    say(f"Bekal is ready: {url}")
    say(f"Data: {data} (kept between starts). Ctrl-C stops it.")
    if SIGN_INS:
        say()
        for line in table(SIGN_INS):
            say(f"  {line}")
    say()


def _wait(server: subprocess.Popen[bytes], live: Kept, own: Opened | None) -> int:
    """Until Ctrl-C, which is the good end, or until the server ends, which is not."""
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                code = server.wait(_LOOK_SECONDS)
                break
            if own is not None and own.revive():
                say("PostgreSQL was gone; it is running again.")
            if live.revive():
                say("The streams of live pages were gone; they are running again.")
    except KeyboardInterrupt:
        say("Stopping.")
        return 0
    raise Problem(f"The server ended by itself, with code {code}.")
