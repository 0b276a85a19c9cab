"""`bekal live`: what the demo starts for --live; joins its database and settings."""

import argparse

from bekal.config.demo.live import go_on


def run(_arguments: argparse.Namespace) -> int:
    """Go on until stopped."""
    go_on()
    return 0
