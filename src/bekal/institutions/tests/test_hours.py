"""Hours of the workshop: what institutions and resellers order is made in them too."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db.models import Sum

from bekal.catalogue.rules import Making
from bekal.catalogue.tests.goods import NOKEN, offered
from bekal.foundation.ids import uuid7
from bekal.institutions.actions import (
    NewResale,
    NewResaleTerms,
    order_for_resale,
    set_resale_terms,
)
from bekal.institutions.tests.asked import SRI, answer, ask, choose, register
from bekal.production import queries as hours
from bekal.production.models import CapacityUse
from bekal.production.tests.goods import a_workshop, made_in
from bekal.shop.actions import cancel_order, check_institution
from bekal.shop.models import Order
from bekal.shop.rules import InstitutionKind, OrderChanged, OrderItem
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.usefixtures("noon")

DAY = dt.timedelta(days=1)
TUESDAY = TODAY + DAY
AGREED = TODAY + 20 * DAY
MADE = replace(NOKEN, making=Making.ORDER)


def open_workshop(world):
    """Weavers at Nabire: eight hours a working day, two hours a noken, from tomorrow on."""
    made_in(a_workshop(world.nabire), world.noken)


@pytest.fixture
def weavers(world):
    open_workshop(world)
    return world


def taken(until=None):
    """Minutes that are promised, all of them or up to a day."""
    uses = CapacityUse.objects.filter(released_at__isnull=True)
    if until:
        uses = uses.filter(slot__day__lte=until)
    return uses.aggregate(all=Sum("minutes"))["all"] or 0


def next_promise(world):
    """The day that a buyer of one noken is told."""
    return hours.availability(product_ids=[world.noken], now=NOON)[world.noken].promised_on


def quoted(world, pieces, *, ready_on=AGREED):
    asked = ask(world)
    offered_id = answer(asked, world.nabire, world.noken, pieces=pieces, ready_on=ready_on)
    return asked, offered_id


def a_reseller(world):
    made = register(kind=InstitutionKind.RESELLER, npwp="", outlet="Pasar Oyehe, Nabire")
    check_institution(institution_id=made.institution_id, by=SETUP, now=NOON)
    new = NewResaleTerms(uuid7(), made.institution_id, world.nabire, TODAY, 10, 1)
    set_resale_terms(new=new, by=YOHANA, now=NOON)
    return made


def resell(world, reseller, pieces):
    items = (OrderItem(world.noken, pieces, 90_000),)
    return order_for_resale(
        new=NewResale(uuid7(), reseller.institution_id, items), by=SRI, now=NOON
    )


@pytest.mark.django_db
def test_a_quotation_takes_its_hours_and_keeps_the_day_that_the_unit_promised(weavers):
    assert next_promise(weavers) == TUESDAY
    asked, offer = quoted(weavers, 10)
    choose(asked, (offer, 10))
    assert (taken(), taken(AGREED)) == (1_200, 1_200)
    assert Order.objects.get().parts.get().promised_on == AGREED
    assert next_promise(weavers) == TODAY + 3 * DAY


@pytest.mark.django_db
def test_hours_of_a_quotation_that_is_cancelled_are_promised_again(weavers):
    asked, offer = quoted(weavers, 10)
    choose(asked, (offer, 10))
    cancel_order(order_id=Order.objects.get().pk, by=SRI, now=NOON)
    assert taken() == 0
    assert next_promise(weavers) == TUESDAY


@pytest.mark.django_db
def test_a_promise_of_the_unit_holds_though_its_hours_are_full_and_they_count_all_the_same(weavers):
    asked, offer = quoted(weavers, 25, ready_on=TUESDAY)
    choose(asked, (offer, 25))
    assert Order.objects.get().parts.get().promised_on == TUESDAY
    assert (taken(TUESDAY), taken()) == (480, 3_000)
    assert hours.stock_problems() == []


@pytest.mark.django_db
def test_an_agreement_beyond_every_hour_takes_what_there_is_and_nobody_else_is_promised(weavers):
    asked = ask(weavers, pieces=1_000)
    offer = answer(asked, weavers.nabire, weavers.noken, pieces=1_000)
    choose(asked, (offer, 1_000))
    assert Order.objects.get().parts.get().promised_on == AGREED
    assert next_promise(weavers) is None
    assert hours.stock_problems() == []


@pytest.mark.django_db
def test_what_was_offered_for_a_day_that_has_passed_is_promised_for_today(weavers):
    asked, offer = quoted(weavers, 10, ready_on=TUESDAY)
    choose(asked, (offer, 10), now=NOON + 9 * DAY)
    assert Order.objects.get().parts.get().promised_on == TODAY + 9 * DAY
    assert hours.stock_problems() == []


@pytest.mark.django_db
def test_what_no_workshop_s_hours_are_written_for_is_ordered_at_its_agreed_day(world):
    asked, offer = quoted(world, 10)
    choose(asked, (offer, 10))
    assert Order.objects.get().parts.get().promised_on == AGREED
    assert taken() == 0


@pytest.mark.django_db
def test_a_reseller_is_promised_a_day_as_every_buyer_of_what_is_made(weavers):
    offered(weavers.noken, MADE)
    lina = a_reseller(weavers)
    resell(weavers, lina, 20)
    order = Order.objects.get()
    assert taken() == 2_400
    assert order.parts.get().promised_on == TODAY + 7 * DAY
    assert order.expires_at == NOON + 14 * DAY
    assert next_promise(weavers) == TODAY + 8 * DAY


@pytest.mark.django_db
def test_a_reseller_is_refused_what_the_workshop_has_no_hours_for(weavers):
    offered(weavers.noken, MADE)
    lina = a_reseller(weavers)
    with pytest.raises(OrderChanged):
        resell(weavers, lina, 1_000)
    assert (taken(), Order.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_institutions_that_order_at_once_take_the_hours_of_both(committed_world):
    world = committed_world
    open_workshop(world)
    offers = [quoted(world, 10), quoted(world, 12)]
    at_once(2, lambda n: choose(offers[n][0], (offers[n][1], (10, 12)[n])))
    assert (taken(), Order.objects.count()) == (2_640, 2)
    assert hours.stock_problems() == []


@pytest.mark.django_db(transaction=True)
def test_an_institution_and_a_reseller_at_once_share_hours_and_none_is_given_twice(committed_world):
    world = committed_world
    open_workshop(world)
    offered(world.noken, MADE)
    lina = a_reseller(world)
    asked, offer = quoted(world, 10)
    works = (lambda: choose(asked, (offer, 10)), lambda: resell(world, lina, 200))
    answers = all_at_once(2, lambda n: works[n]())
    assert not isinstance(answers[0], Exception)
    assert taken() == 1_200 + (0 if isinstance(answers[1], Exception) else 24_000)
    assert hours.stock_problems() == []
