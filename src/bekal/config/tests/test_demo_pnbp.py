"""The simulated deposits of the demo: named as such, within what is owed, and tied to the books."""

import datetime as dt

import pytest

from bekal.config.demo.pnbp import make_pnbp
from bekal.sales.actions import record_sale
from bekal.treasury.models import Deposit, DepositPayment, Target, TreasuryRow
from bekal.treasury.queries import pnbp_problems
from tests.support import world as known

pytestmark = pytest.mark.django_db


def test_deposits_of_the_demo_are_named_so_and_tie_to_the_books(world):
    for unit, days in ((world.merauke, (20, 12, 2)), (world.nabire, (20, 1))):
        good = known.a_product(
            unit, "Contoh", "kerajinan", price=90_000, cost=20_000, is_sample=True
        )
        for back in days:
            day = known.TODAY - dt.timedelta(days=back)
            sale = known.a_sale(unit, (good, 3), sold_on=day)
            record_sale(sale=sale, by=known.SETUP, now=known.NOON)
    said = make_pnbp(by=known.SETUP, now=known.NOON)
    assert "simulated deposits" in said
    assert all(one.is_sample for one in Deposit.objects.all())
    assert all(one.ntpn.startswith("CONTOH") for one in DepositPayment.objects.all())
    assert all(one.citation.startswith("CONTOH") for one in Target.objects.all())
    assert Target.objects.count() == 2
    assert Deposit.objects.filter(unit_id=world.merauke, state="billed").count() == 1
    assert TreasuryRow.objects.filter(unit_id=world.merauke, ntpn="CONTOH9999999999").exists()
    assert pnbp_problems() == []
