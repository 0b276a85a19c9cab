"""Nabire offers only what it can sell on the day on which it is handed over."""

import pytest

from bekal.catalogue.actions import set_cost
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.institutions.actions import foresee_choice
from bekal.institutions.models import Answer, Outcome
from bekal.institutions.rules import AnswerRefused, RequestRefused
from bekal.institutions.tests.asked import DAY, SRI, answer, ask, choose, new_choice
from bekal.institutions.tests.pages import NABIRE, sign_in, text, words
from bekal.institutions.tests.services import a_wash
from bekal.shop.models import Order
from tests.support.world import NOON, TODAY, YOHANA, a_product, adopt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def counts():
    return [model.objects.count() for model in (Answer, Outcome, Order, Message)]


def a_table(world):
    """A carved table of Nabire, whose unit splits after cost; nobody has told what it costs."""
    return a_product(world.nabire, "Meja tamu ukir", "kerajinan", price=900_000)


def test_goods_without_a_cost_are_not_offered_where_the_split_goes_by_it(world):
    asked, table = ask(world), a_table(world)
    were = counts()
    with pytest.raises(AnswerRefused, match="Isi harga pokoknya dahulu") as refused:
        answer(asked, world.nabire, table, unit_price=5_000)
    assert refused.value.field == "product"
    assert counts() == were
    set_cost(product_id=table, amount=600_000, valid_from=TODAY, by=YOHANA, now=NOON)
    answer(asked, world.nabire, table, unit_price=700_000)
    assert Answer.objects.get().unit_price == 700_000


def test_a_unit_that_shares_what_it_sells_at_needs_no_cost_for_an_offer(world):
    asked = ask(world)
    answer(asked, world.bangli, world.endek, unit_price=70_000)
    assert Answer.objects.get().product_id == world.endek


def test_a_service_is_not_offered_since_it_is_done_by_appointment(world):
    asked, wash = ask(world), a_wash(world)
    were = counts()
    with pytest.raises(AnswerRefused, match="Jasa dipesan dengan janji") as refused:
        answer(asked, world.nabire, wash, unit_price=15_000)
    assert refused.value.field == "product"
    assert counts() == were


def test_yohana_reads_at_the_product_that_its_cost_comes_first(client, world):
    asked, table = ask(world), a_table(world)
    yohana = sign_in(client, world.nabire)
    page = f"{NABIRE}/permintaan/{asked.request_id}/"
    code = text(yohana.get(page)).split(">Meja tamu ukir</option>")[0].rsplit('value="', 1)[1]
    sent = {
        "key": str(uuid7()),
        "product": code.strip('"'),
        "pieces": "5",
        "unit_price": "5.000",
        "ready_on": str(TODAY + DAY),
        "valid_until": str(TODAY + DAY),
        "way": "diambil",
    }
    refused = yohana.post(f"{page}jawab/", sent)
    assert refused.status_code == 422
    assert "Isi harga pokoknya dahulu di halaman Produk." in words(refused)
    assert not Answer.objects.filter(product_id=table).exists()


def test_an_offer_whose_goods_lost_their_cost_is_not_ordered_and_sri_is_told_why(world):
    asked = ask(world)
    endek = answer(asked, world.bangli, world.endek, unit_price=100_000)
    noken = answer(asked, world.nabire, world.noken)
    adopt(world.bangli, "kepmen-1990", first_day=TODAY + DAY)
    later = NOON + DAY
    were = counts()
    says = "Lapas Narkotika Kelas IIA Bangli belum bisa menjual Kain endek"
    with pytest.raises(RequestRefused, match=says):
        foresee_choice(choice=new_choice(asked, (endek, 5)), by=SRI, now=later)
    with pytest.raises(RequestRefused, match=says):
        choose(asked, (noken, 5), (endek, 5), now=later)
    assert counts() == were
    choose(asked, (noken, 5), now=later)
    assert Order.objects.count() == 1
