"""`bekal load`: the real places, split rules and products, into any installation."""

import argparse

from bekal.config import reference
from bekal.config.console import say
from bekal.foundation import clock
from bekal.foundation.actors import command_actor


def run(_arguments: argparse.Namespace) -> int:
    """Load every part in order, and tell what each did."""
    for load in (reference.load_places, reference.load_rules, reference.load_products):
        say(load(by=command_actor("load"), now=clock.now()))
    return 0
