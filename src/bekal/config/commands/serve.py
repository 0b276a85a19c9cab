"""`bekal serve`: the pages of a real installation."""

import argparse
import os
import sys

from bekal.config import assets
from bekal.config.serving import granian, require_free
from bekal.config.surroundings import close_connections


def run(arguments: argparse.Namespace) -> int:
    """Build what browsers are given, then become the application server."""
    require_free(arguments.host, arguments.port)
    assets.prepare()
    close_connections()
    command = granian(host=arguments.host, port=arguments.port, workers=arguments.workers)
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - Bekal's own command
