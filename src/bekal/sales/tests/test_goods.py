"""Sales and refunds move the goods of which a level is kept, and of no others."""

import datetime as dt

import pytest
from django.db import transaction

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.production import actions as production
from bekal.production.models import Stock, StockMove
from bekal.production.queries import stock_problems
from bekal.production.rules import NewHold, NewMove, OutOfStock, Reason
from bekal.sales import actions
from bekal.sales.actions import NewRefund
from bekal.sales.models import Refund, Sale, SaleLine
from bekal.sales.rules import Channel, Goods, RefundKind, RefundRefused, SaleRefused
from bekal.sales.tests.desk import sign_in, text
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YESTERDAY, YOHANA, a_sale

DAY = dt.timedelta(days=1)
HERE = "/kerja/lapas-kelas-iib-nabire/penjualan/"


def come(product, pieces, *, reason=Reason.RECEIVED, now=NOON):
    new = NewMove(product, pieces, reason, f"uji:{uuid7()}")
    production.move_stock(moves=[new], by=YOHANA, now=now)


def sell(unit, *items, now=NOON, **changes):
    sale = a_sale(unit, *items, **changes)
    actions.record_sale(sale=sale, by=YOHANA, now=now)
    return sale


def take_back(sale, pieces, *, kind=RefundKind.RETURN, goods=Goods.BACK, key=None):
    line = SaleLine.objects.get(sale_id=sale.key)
    new = NewRefund(key or uuid7(), sale.key, {line.pk: pieces}, kind, "Tali putus", goods)
    return actions.refund_sale(refund=new, by=SITI, now=NOON)


def there(product):
    return Stock.objects.get(pk=product).on_hand


@pytest.fixture
def noken(world):
    """Ten noken at Nabire; coffee is not tracked."""
    come(world.noken, 10)
    return world.noken


def test_what_was_sold_is_gone_once(world, noken):
    sale = sell(world.nabire, (noken, 3), (world.coffee, 2))
    actions.record_sale(sale=sale, by=YOHANA, now=NOON)
    assert there(noken) == 7
    move = StockMove.objects.get(reason="sale")
    assert (move.source, move.pieces, move.product_id) == (f"sale:{sale.key}", -3, noken)
    assert not Stock.objects.filter(pk=world.coffee).exists()


def test_a_sale_is_a_fact_even_below_zero(world, noken):
    sell(world.nabire, (noken, 12))
    assert there(noken) == -2


def test_a_sale_that_is_refused_moves_nothing(world, noken):
    with pytest.raises(SaleRefused), transaction.atomic():
        sell(world.nabire, (noken, 1, 0))
    assert there(noken) == 10


def test_yesterdays_sale_is_in_todays_count_already(world, noken):
    sell(world.nabire, (noken, 3), sold_on=YESTERDAY)
    assert there(noken) == 10
    sell(world.nabire, (noken, 1), sold_on=TODAY)
    assert there(noken) == 9
    come(noken, 0, reason=Reason.COUNTED, now=NOON + DAY)
    sell(world.nabire, (noken, 1), sold_on=TODAY, now=NOON + DAY)
    assert there(noken) == 9
    sell(world.nabire, (noken, 1), sold_on=TODAY + DAY, now=NOON + DAY)
    assert there(noken) == 8


def test_what_an_order_held_goes_also_when_it_was_counted_meanwhile(world, noken):
    come(noken, 0, reason=Reason.COUNTED, now=NOON + DAY)
    sell(
        world.nabire,
        (noken, 2),
        now=NOON + DAY,
        channel=Channel.ONLINE,
        collected_by=world.nabire,
    )
    assert there(noken) == 8


def test_what_comes_back_is_there_again_once(world, noken):
    sale, key = sell(world.nabire, (noken, 3)), uuid7()
    for _ in range(2):
        take_back(sale, 2, key=key)
    assert there(noken) == 9
    assert StockMove.objects.get(reason="return").source == f"refund:{key}"


def test_what_comes_back_spoilt_is_written_off(world, noken):
    sale, key = sell(world.nabire, (noken, 3)), uuid7()
    take_back(sale, 2, goods=Goods.WRITTEN_OFF, key=key)
    assert there(noken) == 7
    moves = StockMove.objects.filter(source=f"refund:{key}").order_by("id")
    assert list(moves.values_list("reason", "pieces")) == [("return", 2), ("written_off", -2)]
    with pytest.raises(KeyReused):
        take_back(sale, 2, goods=Goods.BACK, key=key)


def test_a_sale_that_never_was_gives_back_only_what_it_had_moved(world, noken):
    before = sell(world.nabire, (noken, 3), sold_on=YESTERDAY)
    after = sell(world.nabire, (noken, 1))
    take_back(before, 3, kind=RefundKind.CORRECTION)
    assert there(noken) == 9
    take_back(after, 1, kind=RefundKind.CORRECTION)
    assert there(noken) == 10


def test_goods_that_do_come_back_are_there_also_when_they_left_before_the_count(world, noken):
    take_back(sell(world.nabire, (noken, 3), sold_on=YESTERDAY), 2)
    assert there(noken) == 12


def test_a_void_puts_the_goods_back(world, noken):
    sale = sell(world.nabire, (noken, 3))
    actions.void_sale(key=uuid7(), sale_id=sale.key, by=YOHANA, now=NOON)
    assert there(noken) == 10


def test_a_refund_that_is_refused_moves_nothing(world, noken):
    sale = sell(world.nabire, (noken, 3))
    with pytest.raises(RefundRefused):
        take_back(sale, 4)
    assert there(noken) == 7
    assert not Refund.objects.exists()


class TestTheFormOfARefund:
    """The treasurer says what became of the goods, where that matters."""

    def ask(self, client, sale, **answers):
        line = SaleLine.objects.get(sale_id=sale.key)
        given = {
            "key": str(uuid7()),
            "kind": "return",
            "reason": "Tali putus",
            f"line_{line.pk}": "2",
            "act": "simpan",
            **answers,
        }
        return client.post(f"{HERE}{sale.key}/kembali/", given)

    @pytest.fixture
    def siti(self, client, world):
        return sign_in(client, world.nabire, role=Role.BENDAHARA, name="Siti")

    def test_it_asks_what_became_of_tracked_goods(self, siti, world, noken):
        sale = sell(world.nabire, (noken, 3))
        page = text(siti.get(f"{HERE}{sale.key}/kembali/"))
        assert "Kembali ke stok" in page
        checked = self.ask(siti, sale, goods="written_off", act="periksa")
        assert "Rusak, tidak dijual lagi" in text(checked)
        assert 'name="goods" value="written_off"' in text(checked)
        assert self.ask(siti, sale, goods="written_off").status_code == 303
        assert there(noken) == 7
        assert StockMove.objects.filter(reason="written_off").exists()

    def test_it_needs_an_answer_then(self, siti, world, noken):
        sale = sell(world.nabire, (noken, 3))
        assert self.ask(siti, sale).status_code == 422
        assert not Refund.objects.exists()

    def test_it_does_not_ask_of_goods_that_nobody_counts(self, siti, world):
        sale = sell(world.nabire, (world.coffee, 3))
        assert "Kembali ke stok" not in text(siti.get(f"{HERE}{sale.key}/kembali/"))
        assert self.ask(siti, sale).status_code == 303
        assert not Stock.objects.exists()


@pytest.mark.slow
def test_sales_refunds_and_orders_at_once_wait_in_no_circle(committed_world):
    """Tills sell and take back while orders of two units are held in the other order."""
    nabire, bangli = committed_world.nabire, committed_world.bangli
    noken, endek = committed_world.noken, committed_world.endek
    for product in (noken, endek, committed_world.coffee):
        come(product, 100)

    def work(number):
        for _ in range(4):
            if number % 3 == 0:
                take_back(sell(nabire, (noken, 2)), 1)
            elif number % 3 == 1:
                sell(bangli, (endek, 1))
            else:
                order(number)

    @transaction.atomic
    def order(number):
        group = uuid7()
        holds = [NewHold(group, product, 1) for product in (endek, committed_world.coffee, noken)]
        production.hold_stock(holds=holds[:: 1 - number % 2 * 2], until=None, by=YOHANA, now=NOON)
        production.take_holds(groups=[group], by=YOHANA, now=NOON)
        sell(nabire, (noken, 1), (committed_world.coffee, 1), collected_by=bangli)
        sell(bangli, (endek, 1), collected_by=bangli)

    answers = all_at_once(12, work)
    assert [answer for answer in answers if answer is not None] == []
    assert there(noken) == 100 - 4 * 4 * 1 - 4 * 4
    assert there(endek) == 100 - 4 * 4 - 4 * 4
    assert Sale.objects.count() == 4 * 4 * 4
    assert stock_problems() == []


def test_an_order_leaves_less_for_the_till_and_the_till_for_orders(world, noken):
    group = uuid7()
    production.hold_stock(holds=[NewHold(group, noken, 8)], until=None, by=YOHANA, now=NOON)
    sell(world.nabire, (noken, 5))
    assert there(noken) == 5
    with pytest.raises(OutOfStock), transaction.atomic():
        production.hold_stock(holds=[NewHold(uuid7(), noken, 1)], until=None, by=YOHANA, now=NOON)
