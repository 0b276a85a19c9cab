"""Whatever is sold, taken back, billed, paid and set off in whatever order: owed = due - deposited.

The lists by age and by sale, the standing of a unit and the books say the same after each step.
"""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ledger.models import EntryLine
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.sales.queries import refundable_lines
from bekal.treasury.actions import NewSetOff, lift_returns, set_off
from bekal.treasury.models import DepositPayment
from bekal.treasury.queries import owed_by_sale, pnbp_problems
from bekal.treasury.rules import AGES, aged
from bekal.treasury.tests.deposits import billed, comes_back, owes, pays, sells
from tests.support import world as known

pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.integers(1, 4), st.integers(0, 110)),
        st.tuples(st.just("back"), st.integers(0, 9), st.integers(1, 2)),
        st.tuples(st.just("pay"), st.integers(1, 120_000), st.booleans()),
        st.tuples(st.just("off"), st.integers(1, 60_000), st.just(0)),
        st.tuples(st.just("lift"), st.just(0), st.just(0)),
    ),
    max_size=14,
)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(steps=STEPS)
def test_owed_is_due_less_deposited_by_every_list(world, steps):
    unit = {"bangli": world.bangli, "endek": world.endek, "sales": []}
    with transaction.atomic():
        for number, (what, one, two) in enumerate(steps):
            act(unit, what, one, two, number=number)
            agree(world.bangli)
        lift_returns(unit_id=world.bangli, by=known.SITI, now=known.NOON)
        agree(world.bangli)
        assert ledger_problems() == []
        assert pnbp_problems() == []
        transaction.set_rollback(True)


def act(unit, what, one, two, *, number):
    """One step; what is refused changed nothing, and is passed over."""
    bangli = unit["bangli"]
    with suppress(Refused), transaction.atomic():
        if what == "sell":
            day = known.TODAY - dt.timedelta(days=two)
            unit["sales"].append(sells(bangli, unit["endek"], one, sold_on=day))
        elif what == "back" and unit["sales"]:
            sale = unit["sales"][one % len(unit["sales"])]
            comes_back(sale, min(two, refundable_lines(sale_id=sale)[0].left))
        elif what == "pay":
            more = "uji" if two else ""
            pays(bangli, billed(bangli, one, number=number, more_reason=more), number=number)
        elif what == "off":
            new = NewSetOff(uuid7(), bangli, one, "S-17 (uji)", known.TODAY)
            set_off(new=new, by=known.SITI, now=known.NOON)
        elif what == "lift":
            lift_returns(unit_id=bangli, by=known.SITI, now=known.NOON)


def agree(bangli):
    """All lists and the books say one thing."""
    held = {b.account: b.amount for b in balances_of(unit_id=bangli)}
    payable = held.get(AccountKind.PNBP_PAYABLE, 0)
    overpaid = held.get(AccountKind.PNBP_OVERPAID, 0)
    standing, rows = owes(bangli), owed_by_sale(unit_id=bangli)
    assert standing.owed == max(-payable, 0) == sum(standing.ages) == sum(r.left for r in rows)
    assert (standing.overpaid, standing.back) == (overpaid, max(payable, 0))
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    ages = tuple(
        sum(row.left for row in rows if within(age, (known.TODAY - row.day).days)) for age in AGES
    )
    assert ages == standing.ages
    paid = sum(p.deposit.amount for p in DepositPayment.objects.select_related("deposit"))
    fell_due = -sum(line for line in sale_lines(bangli))
    assert standing.owed - standing.back - overpaid == fell_due - paid


def sale_lines(bangli):
    """What sales and refunds wrote to the state's account."""
    lines = EntryLine.objects.filter(
        unit_id=bangli, account__kind=AccountKind.PNBP_PAYABLE, entry__source__startswith="sale:"
    )
    return lines.values_list("amount", flat=True)


def within(age, days):
    return age.first <= days and (age.last is None or days <= age.last)


@given(
    owed=st.integers(-10, 1_000),
    young=st.tuples(*[st.integers(-5, 500)] * (len(AGES) - 1)),
)
@settings(max_examples=200, deadline=None)
def test_the_parts_by_age_are_what_is_owed(owed, young):
    parts = aged(owed, young=young)
    assert sum(parts) == max(owed, 0)
    assert min(parts) >= 0
    assert all(part <= max(due, 0) for part, due in zip(parts, young, strict=False))
