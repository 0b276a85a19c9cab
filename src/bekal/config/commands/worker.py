"""`bekal worker`: carry out jobs until told to stop."""

import argparse

from django.core.management import call_command

from bekal.config.console import say

_GRACE_SECONDS = 30


def run(_arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; a job under way is given time to end."""
    say("Worker: waiting for jobs; Ctrl-C stops it.")
    call_command("procrastinate", "worker", shutdown_graceful_timeout=_GRACE_SECONDS)
    say("Worker: stopped.")
    return 0
