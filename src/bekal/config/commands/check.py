"""`bekal check`: look for broken promises."""

import argparse

from bekal.config.checks import CHECKS, run_all
from bekal.config.console import say

_SHOWN = 20


def run(_arguments: argparse.Namespace) -> int:
    """Print each check with its time and what it found. Returns 1 if anything is broken."""
    broken = 0
    for outcome in run_all(CHECKS):
        broken += len(outcome.problems)
        state = "BROKEN" if outcome.problems else "ok"
        say(f"  {outcome.name:<44} {state:<6} {outcome.seconds:6.2f} s")
        for problem in outcome.problems[:_SHOWN]:
            say(f"      {problem}")
        if len(outcome.problems) > _SHOWN:
            say(f"      and {len(outcome.problems) - _SHOWN} more")
    say(f"{broken} broken" if broken else "Everything holds.")
    return 1 if broken else 0
