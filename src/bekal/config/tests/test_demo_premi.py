"""The simulated premi of the demo: divided among made-up makers, by three made-up persons."""

import datetime as dt

import pytest

from bekal.catalogue.models import Product
from bekal.config.demo.batches import make_batches
from bekal.config.demo.makers import make_makers
from bekal.config.demo.premi import make_premi
from bekal.config.tests.signed_up import accounts
from bekal.ledger.queries import ledger_problems
from bekal.people.tests.makers import rules
from bekal.production.tests.goods import receive
from bekal.sales.actions import record_sale
from bekal.treasury.models import PremiEarning, PremiRun, SavingRule
from bekal.treasury.queries import premi_problems
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """The accounts of the three who pay, among others; each actor by role."""
    return accounts()


def test_one_run_is_paid_and_one_waits_each_by_its_person(world, people):
    rules()
    receive(world.bread, 40)
    Product.objects.filter(pk=world.bread).update(is_sample=True)
    make_makers(by=SETUP, now=NOON)
    make_batches(by=SETUP, now=NOON)
    for back in (10, 9, 4, 3, 0):
        sale = a_sale(world.merauke, (world.bread, 2), sold_on=TODAY - dt.timedelta(days=back))
        record_sale(sale=sale, by=YOHANA, now=NOON)
    assert make_premi(by=SETUP, now=NOON) == "5 lines divided, 2 runs"
    first, second = PremiRun.objects.order_by("number")
    assert (first.prepared_by, first.approved_by, first.paid_by) == (
        people["petugas"],
        people["kepala_upt"],
        people["bendahara"],
    )
    assert (second.prepared_by, second.approved_at) == (people["petugas"], None)
    assert SavingRule.objects.get().citation.startswith("CONTOH")
    assert PremiEarning.objects.filter(run=None).exists()  # what was earned today waits
    assert premi_problems() == []
    assert ledger_problems() == []


def test_without_premi_there_are_no_runs(world, people):
    assert make_premi(by=SETUP, now=NOON) == "0 lines divided, 0 runs"
    assert not PremiRun.objects.exists()
