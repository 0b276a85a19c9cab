"""`bekal load`: the real field, from places to claims of the past, into any installation."""

import argparse

from bekal.config import reference
from bekal.config.console import say
from bekal.foundation import clock
from bekal.foundation.actors import command_actor

_PARTS = (
    reference.load_places,
    reference.load_districts,
    reference.load_rules,
    reference.load_requirements,
    reference.load_products,
    reference.load_claims,
)


def run(_arguments: argparse.Namespace) -> int:
    """Load every part in order, and tell what each did."""
    for load in _PARTS:
        say(load(by=command_actor("load"), now=clock.now()))
    return 0
