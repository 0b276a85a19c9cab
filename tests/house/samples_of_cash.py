"""What of cash and closings stands for each <parameter> of an address, as samples.py tells it."""

import datetime as dt

from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.treasury.actions import ask_fund, count_cash, prepare_closing, propose_clearing
from bekal.treasury.models import CashClearing, CashCount, FundRequest, MonthPaper
from bekal.treasury.rules.cash import NewCount
from bekal.treasury.rules.clearing import NewClearing, Way
from bekal.treasury.rules.closing import NewPaper
from bekal.treasury.rules.fund import NewRequest, Purpose
from tests.house.matrix import ABOVE
from tests.support import world

LAST_MONTH = dt.date(2026, 3, 1)


def _count(nation, whose) -> str | None:
    """A count of a unit's cash."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = CashCount.objects.filter(unit_id=unit).first()
    if there is not None:
        return str(there.pk)
    new = NewCount(uuid7(), unit, world.TODAY)
    return str(count_cash(new=new, by=world.YOHANA, now=world.NOON))


def _month_paper(nation, whose) -> str | None:
    """A paper that waits for the head."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = MonthPaper.objects.filter(unit_id=unit, decided_as="").first()
    if there is not None:
        return str(there.pk)
    lines = [Line(unit, AccountKind.BANK, 1), Line(unit, AccountKind.OPERATING, -1)]
    post_entry(
        lines=lines,
        key=uuid7(),
        occurred_on=LAST_MONTH,
        memo="uji",
        source="uji",
        by=world.SITI,
        now=world.NOON,
    )
    new = NewPaper(uuid7(), unit, LAST_MONTH, "uji")
    return str(prepare_closing(new=new, by=world.SITI, now=world.NOON))


def _fund_request(nation, whose) -> str | None:
    """Something that somebody asks to buy from the fund."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = FundRequest.objects.filter(unit_id=unit, decided_as="").first()
    if there is not None:
        return str(there.pk)
    new = NewRequest(uuid7(), unit, Purpose.TOOL, "Gergaji", 50_000)
    return str(ask_fund(new=new, by=world.YOHANA, now=world.NOON))


def _clearing(nation, whose) -> str | None:
    """A wish to settle what cash was short of."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = CashClearing.objects.filter(unit_id=unit, decided_as="").first()
    if there is not None:
        return str(there.pk)
    short = [Line(unit, AccountKind.CASH_DIFFERENCE, 5), Line(unit, AccountKind.CASH, -5)]
    post_entry(
        lines=short,
        key=uuid7(),
        occurred_on=world.TODAY,
        memo="uji",
        source="uji",
        by=world.SITI,
        now=world.NOON,
    )
    new = NewClearing(uuid7(), unit, Way.REPLACED, 5, "BA-1 (uji)")
    return str(propose_clearing(new=new, by=world.YOHANA, now=world.NOON))


SAMPLES = {
    "clearing": _clearing,
    "count": _count,
    "fund_request": _fund_request,
    "month_paper": _month_paper,
}
