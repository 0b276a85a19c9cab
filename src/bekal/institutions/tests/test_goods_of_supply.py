"""Nabire agrees only on deliveries that it can hand over, and is told what stands in the way."""

import pytest

from bekal.foundation.models import Message
from bekal.institutions.actions import tell_delivery
from bekal.institutions.models import Supply, SupplyDelivery
from bekal.institutions.rules import SupplyRefused
from bekal.institutions.tests.pages import sign_in, text
from bekal.institutions.tests.services import a_wash
from bekal.institutions.tests.test_supply import DAY, HERE, a_vendor, agree, stocked, told
from bekal.shop.models import Order
from tests.support.world import NOON, TODAY, YOHANA, a_product, adopt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def counts():
    return [model.objects.count() for model in (Supply, SupplyDelivery, Order, Message)]


def blocks(world, name="Paving block", **changes):
    return a_product(world.nabire, name, "kerajinan", **changes)


def test_goods_that_cannot_be_sold_are_not_agreed_on(world):
    vendor, wash = a_vendor(), a_wash(world)
    no_price, no_cost = blocks(world, cost=2_000), blocks(world, "Batako", price=4_000)
    were = counts()
    for product, says in (
        (no_price, "Isi harganya dahulu"),
        (no_cost, "Isi harga pokoknya dahulu"),
        (wash, "Jasa dipesan dengan janji"),
    ):
        with pytest.raises(SupplyRefused, match=says) as refused:
            agree(world, vendor=vendor, product=product, unit_price=10)
        assert refused.value.field == "product"
    assert counts() == were


def test_an_agreement_is_not_made_below_the_cost(world):
    vendor = a_vendor()
    were = counts()
    with pytest.raises(SupplyRefused, match=r"paling sedikit Rp31\.333") as refused:
        agree(world, vendor=vendor, unit_price=31_332)
    assert refused.value.field == "unit_price"
    assert counts() == were
    agree(world, vendor=vendor, unit_price=31_333)
    assert Supply.objects.count() == 1


def test_the_form_offers_goods_with_a_price_alone(world, client):
    a_vendor()
    a_wash(world)
    blocks(world, cost=2_000)
    page = text(sign_in(client, world.nabire).get(f"{HERE}baru/"))
    assert "Kopi bubuk 200 g</option>" in page
    assert "Cuci motor" not in page
    assert "Paving block" not in page


def test_a_delivery_whose_goods_lost_their_cost_says_what_to_do(world):
    adopt(world.nabire, "bangli-2023")
    block = blocks(world, price=4_000)
    stocked(block)
    supply = agree(world, product=block, unit_price=4_000)
    adopt(world.nabire, "kepmen-1990", first_day=TODAY + DAY)
    were = counts()
    with pytest.raises(SupplyRefused, match="Isi harga pokoknya dahulu"):
        tell_delivery(told=told(world, supply), by=YOHANA, now=NOON + DAY)
    assert counts() == were
