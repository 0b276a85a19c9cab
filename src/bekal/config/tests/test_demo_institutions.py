"""The institutions of the demo: marked as samples, each with something to do for somebody."""

import pytest

from bekal.catalogue.models import Category
from bekal.config.demo.institutions import make_institutions
from bekal.foundation import clock
from bekal.institutions.models import Appointment, Request, Service
from bekal.institutions.queries import sample_addresses
from bekal.payments.tests.money import a_merchant
from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_row
from bekal.shop.models import Institution, Order
from bekal.shop.queries import unpaid_invoices
from bekal.shop.rules import Age
from tests.support.world import NOON, SETUP, TODAY, a_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world, monkeypatch):
    """The small world with a sample product of the same name in two units, and what was made."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    Category.objects.get_or_create(code="jasa", defaults={"name": "jasa"})
    rows = [a_row("930101", "Merauke", "Kab. Merauke", "Papua Selatan")]
    load_districts(by=SETUP, now=NOON, rows=rows)
    for unit in (world.merauke, world.bangli):
        name = "Keset sabut (contoh)"
        a_product(unit, name, "kerajinan", price=25_000, cost=13_000, is_sample=True)
        a_merchant(unit)
    return make_institutions(by=SETUP, now=NOON)


def test_all_that_is_made_says_that_it_is_a_sample(made):
    assert made == "3 simulated institutions, 2 requests, 4 appointments"
    for model in (Institution, Request, Service, Order):
        assert set(model.objects.values_list("is_sample", flat=True)) == {True}
    assert all("Contoh" in name for name, _key in sample_addresses())


@pytest.mark.usefixtures("made")
def test_there_is_something_to_answer_to_collect_to_check_and_to_serve(world):
    (invoice,) = unpaid_invoices(unit_id=world.merauke, today=TODAY)
    assert (invoice.age, invoice.reference) == (Age.MONTH, "PO-CONTOH/17")
    assert Institution.objects.filter(checked_at__isnull=True).count() == 2
    assert Appointment.objects.filter(status="booked").count() == 4
    waiting = Request.objects.filter(outcomes__isnull=True).get()
    assert {one.unit_id for one in waiting.invitations.all()} == {world.merauke, world.bangli}
