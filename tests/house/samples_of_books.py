"""What of the books stands for each <parameter> of an address, as samples.py tells it."""

import datetime as dt

from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.sales.actions import record_sale
from bekal.treasury.actions import draw_sample
from bekal.treasury.rules import NewSample
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


def _drawn(nation, whose) -> str | None:
    """A sample of the unit's receipts, drawn by an auditor."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    products = nation.products[whose]
    record_sale(sale=world.a_sale(unit, (products, 1)), by=world.YOHANA, now=world.NOON)
    period = Period(world.TODAY, world.TODAY)
    new = NewSample(uuid7(), unit, period, size=1, seed="uji")
    later = world.NOON + dt.timedelta(hours=1)
    return str(draw_sample(new=new, by=world.SETUP, now=later))


def _one_of(right: str):
    """A word of our own has no owner; theirs is one that nobody knows."""
    return lambda _nation, whose: {ABOVE: None, MINE: right}.get(whose, "tidak-ada")


SAMPLES = {
    "drawn": _drawn,
    "entry": _entry,
    "many": _one_of("titipan"),
    "report": _one_of("neraca-saldo"),
    "ending": _one_of("csv"),
}
