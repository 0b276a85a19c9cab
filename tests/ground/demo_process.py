"""A demo as its user starts it: a process of its own, with a data directory and a port."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from bekal.config.embedded.server import Server

PATIENCE_SECONDS = 90
SEEDING_SECONDS = 300
"""A first start simulates a month of trade; a busy machine takes its time for that."""
CLI = [sys.executable, "-m", "bekal.config.cli"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**more):
    """This environment without the database and the settings of the tests."""
    unwanted = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG")
    unwanted += ("DJANGO_ALLOW_ASYNC_UNSAFE",)  # the browser tests set it for their own thread
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, **more}


def bekal(*arguments, **environment):
    """Run a command to its end."""
    return subprocess.run(
        [*CLI, *map(str, arguments)],
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


class Demo:
    """`bekal demo` on a data directory. Its output goes to a file beside the data."""

    def __init__(self, data: Path, port: int):
        self.data, self.port, self.stream_port = data, port, free_port()
        self.log = data.with_name(f"{data.name}-{port}.log")
        self.process = None

    @property
    def server(self):
        return Server(self.data.resolve() / "postgres")

    @property
    def output(self):
        return self.log.read_text()

    @property
    def _where(self):
        ports = ["--port", str(self.port), "--stream-port", str(self.stream_port)]
        return ["--data", str(self.data), *ports]

    def start(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*CLI, "demo", *self._where],
                env=clean_environment(),
                stdout=log,
                stderr=log,
            )
        wait_for(
            lambda: "Bekal is ready" in self.output or self.process.poll() is not None,
            seconds=SEEDING_SECONDS,
        )
        assert self.process.poll() is None, self.output
        return self

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE_SECONDS)
        return self.process.returncode

    def kill(self):
        """kill -9 of the demo itself; it cannot tidy up."""
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)


def postmaster(data: Path):
    return int((data / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def wait_for(condition, *, seconds=PATIENCE_SECONDS):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
