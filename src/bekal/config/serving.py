"""Granian, the application server: how it is started and how one sees that it is ready."""

import http.client
import socket
import subprocess
import sys
import time

from bekal.config.console import Problem

_KILL_AFTER_SECONDS = 10
_KILL_STREAMS_AFTER_SECONDS = 5
_READY_SECONDS = 60
_OK = 200


def granian(*, host: str, port: int, workers: int) -> list[str]:
    """The command that serves pages. Always with a kill timeout: an open answer may never end."""
    return [
        *[sys.executable, "-m", "granian", "--interface", "wsgi"],
        *["--host", host, "--port", str(port), "--workers", str(workers)],
        *["--blocking-threads", "4", "--workers-kill-timeout", str(_KILL_AFTER_SECONDS)],
        *["--respawn-failed-workers", "--log-level", "warning"],
        "bekal.config.wsgi:application",
    ]


def streams(*, host: str, port: int) -> list[str]:
    """The command that serves the streams of live pages, where an open answer holds no thread.

    One process: it asks the database once a second for all its viewers.
    """
    return [
        *[sys.executable, "-m", "granian", "--interface", "asginl"],
        *["--host", host, "--port", str(port), "--workers", "1"],
        *["--workers-kill-timeout", str(_KILL_STREAMS_AFTER_SECONDS)],
        *["--respawn-failed-workers", "--log-level", "warning"],
        "bekal.config.asgi:application",
    ]


def address(host: str, port: int) -> str:
    """The address that a person on this machine opens."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return f"http://{shown}:{port}"


def is_healthy(port: int) -> bool:
    """Whether /healthz of this machine's port says ok."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == _OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stream_port(host: str, *, asked: int | None, port: int) -> int:
    """The port of the streams: the one asked for, else the one after the pages', if it is free.

    Raises Problem where the one asked for is not free.
    """
    wanted = asked or port + 1
    try:
        require_free(host, wanted, option="--stream-port")
    except Problem:
        if asked:
            raise
        with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
            probe.bind((host, 0))
            wanted = int(probe.getsockname()[1])
    return wanted


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def require_free(host: str, port: int, *, option: str = "--port") -> None:
    """Raise Problem where another program listens on the port."""
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                f"Port {port} cannot be used ({error.strerror}): another program has it. "
                f"Choose another one, for example: {option} {port + 2}"
            ) from None


def wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait for the first good answer. Raises Problem if the server ends or takes too long."""
    deadline = time.monotonic() + _READY_SECONDS
    while not is_healthy(port):
        if server.poll() is not None:
            raise Problem(f"The server ended at once, with code {server.returncode}.")
        if time.monotonic() > deadline:
            raise Problem(f"The server did not answer within {_READY_SECONDS} s.")
        time.sleep(0.1)
