"""`bekal rebuild`: make every summary again from the facts."""

import argparse

from bekal.config.console import say, step
from bekal.config.rebuilds import REBUILDS
from bekal.foundation import clock
from bekal.foundation.actors import command_actor


def run(_arguments: argparse.Namespace) -> int:
    """Carry out each rebuild, in order."""
    for rebuild in REBUILDS:
        with step(rebuild.name):
            summary = rebuild.function(by=command_actor("rebuild"), now=clock.now())
        say(f"      {summary}")
    say(f"Rebuilt: {len(REBUILDS)}")
    return 0
