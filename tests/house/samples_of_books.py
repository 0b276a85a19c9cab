"""What of the books stands for each <parameter> of an address, as samples.py tells it."""

from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from tests.house.matrix import ABOVE, MINE
from tests.support import world


def _entry(nation, whose) -> str | None:
    """An entry of the unit."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    made = post_entry(
        lines=[Line(unit, AccountKind.CASH, 5), Line(unit, AccountKind.CAPITAL, -5)],
        key=uuid7(),
        occurred_on=world.TODAY,
        memo="uji",
        source="uji",
        by=world.SITI,
        now=world.NOON,
    )
    return str(made)


def _one_of(right: str):
    """A word of our own has no owner; theirs is one that nobody knows."""
    return lambda _nation, whose: {ABOVE: None, MINE: right}.get(whose, "tidak-ada")


SAMPLES = {
    "entry": _entry,
    "many": _one_of("titipan"),
    "report": _one_of("neraca-saldo"),
    "ending": _one_of("csv"),
}
