"""The process of the streams as a demo starts it, on the database of the tests."""

import os
import signal
import socket
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.test import override_settings

from bekal.config import serving
from bekal.config.processes import kept


def _database():
    """The address of the database that this test run made."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Streams:
    """The process, which a test may kill and start again."""

    def __init__(self, process, port):
        self._process = process
        self.port = port

    def kill(self):
        """kill -9 of it and of its worker."""
        os.killpg(self._process.child.pid, signal.SIGKILL)
        self._process.child.wait()

    def revive(self):
        """Start it again, if it has ended, as `bekal demo` does."""
        if self._process.revive():
            serving.wait_until_ready(self._process.child, self.port)


@contextmanager
def streaming(pages):
    """Streams for the pages of an address."""
    port = _free_port()
    environment = {
        "DATABASE_URL": _database(),
        "BEKAL_STREAM_ORIGINS": pages,
        "DJANGO_SETTINGS_MODULE": "bekal.config.settings.test",
        "PYTHONPATH": os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]),
    }
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        with kept(serving.streams(host="127.0.0.1", port=port)) as process:
            serving.wait_until_ready(process.child, port)
            yield Streams(process, port)
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def known_to_pages(streams):
    """Settings under which the pages name the streams, and may read them."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    connect = [*policy["connect-src"], f"http://127.0.0.1:{streams.port}"]
    return override_settings(
        BEKAL_STREAM_PORT=streams.port,
        CONTENT_SECURITY_POLICY={"DIRECTIVES": {**policy, "connect-src": connect}},
    )
