"""`bekal serve`: the pages of a real installation, and the streams of its live pages."""

import argparse
import subprocess
from contextlib import ExitStack, suppress

from bekal.config import assets
from bekal.config.console import say
from bekal.config.processes import Kept, kept, running
from bekal.config.serving import granian, require_free, stream_port, streams
from bekal.config.surroundings import close_connections

_LOOK_SECONDS = 2


def run(arguments: argparse.Namespace) -> int:
    """Build what browsers are given, then keep both application servers running."""
    host: str = arguments.host
    port: int = arguments.port
    require_free(host, port)
    # Never any free one, as in a demo: the proxy has to know it.
    flowing = stream_port(host, asked=arguments.stream_port or port + 1, port=port)
    assets.prepare()
    close_connections()
    with ExitStack() as stack:
        command = granian(host=host, port=port, workers=arguments.workers)
        server = stack.enter_context(running(command))
        live = stack.enter_context(kept(streams(host=host, port=flowing)))
        return _wait(server, live)


def _wait(server: subprocess.Popen[bytes], live: Kept) -> int:
    """Until stopped, or until the pages end by themselves, which is for systemd to see."""
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return server.wait(_LOOK_SECONDS)
            if live.revive():
                say("The streams of live pages were gone; they are running again.")
    except KeyboardInterrupt:
        return 0
