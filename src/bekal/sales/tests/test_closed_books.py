"""A sale that is recorded after its month was closed."""

import datetime as dt

import pytest

from bekal.foundation.ids import uuid7
from bekal.ledger import queries as ledger
from bekal.ledger.actions import close_books
from bekal.ledger.models import Entry
from bekal.ledger.rules import Prepared
from bekal.sales.actions import record_sale
from bekal.sales.models import Sale
from bekal.sales.queries import summary_problems
from tests.support.world import NOON, SITI, YOHANA, a_sale

IN_MARCH = dt.date(2026, 3, 20)
FIRST_OPEN = dt.date(2026, 4, 1)


@pytest.mark.django_db
def test_a_late_sale_keeps_its_day_of_sale_and_counts_in_the_books_on_the_first_open_day(world):
    close_books(
        unit_id=world.nabire,
        through=dt.date(2026, 3, 31),
        reason="",
        prepared=Prepared(SITI, NOON),
        key=uuid7(),
        by=YOHANA,
        now=NOON,
    )
    sale = a_sale(world.nabire, (world.noken, 1), sold_on=IN_MARCH)
    sold = record_sale(sale=sale, by=YOHANA, now=NOON)
    entry = Entry.objects.get(source=f"sale:{sold.sale_id}")
    assert Sale.objects.get(pk=sold.sale_id).sold_on == IN_MARCH
    assert (entry.occurred_on, entry.late_from) == (FIRST_OPEN, IN_MARCH)
    assert ledger.closing_problems() == []
    assert summary_problems() == []
