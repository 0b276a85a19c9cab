"""The made-up maker of the demo who left: paid by agreement, as it turned out too much."""

import pytest

from bekal.catalogue.models import Product
from bekal.config.demo.batches import make_batches
from bekal.config.demo.leaving import make_leaving
from bekal.config.demo.makers import make_makers
from bekal.config.demo.premi import make_premi
from bekal.config.tests.signed_up import accounts
from bekal.ledger.queries import ledger_problems
from bekal.people.tests.makers import rules
from bekal.production.queries import batch_problems, stock_problems
from bekal.production.tests.goods import receive
from bekal.sales.actions import record_sale
from bekal.treasury.models import PaymentColumns, PremiAgreement, PremiClearing, PremiRun
from bekal.treasury.queries import overpaid_left, premi_problems
from tests.support.world import NOON, SETUP, YOHANA, a_sale

pytestmark = pytest.mark.django_db


def test_who_left_was_paid_too_much_and_a_part_of_it_waits_for_the_head(world):
    people = accounts()
    rules()
    receive(world.bread, 40)
    Product.objects.filter(pk=world.bread).update(is_sample=True)
    make_makers(by=SETUP, now=NOON)
    make_batches(by=SETUP, now=NOON)
    record_sale(sale=a_sale(world.merauke, (world.bread, 9)), by=YOHANA, now=NOON)
    make_premi(by=SETUP, now=NOON)
    assert "one maker who left" in make_leaving(by=SETUP, now=NOON)
    (one,) = overpaid_left(unit_id=world.merauke)
    assert (one.amount, one.waiting) == (2_000, 1_200)
    assert PremiClearing.objects.get().proposed_by == people["petugas"]
    run = PremiRun.objects.get(maker=one.maker)
    assert (run.prepared_by, run.approved_by, run.paid_by) == (
        people["petugas"],
        people["kepala_upt"],
        people["bendahara"],
    )
    for named in (PaymentColumns.objects.get(unit=None).source, PremiAgreement.objects.get().name):
        assert named.startswith("CONTOH")
    assert premi_problems() == ledger_problems() == batch_problems() == stock_problems() == []


def test_without_goods_there_is_a_template_and_nobody_leaves(world):
    accounts()
    assert make_leaving(by=SETUP, now=NOON) == "a template, and no work to leave"
    assert PaymentColumns.objects.get().unit_id is None
    assert not PremiRun.objects.exists()
