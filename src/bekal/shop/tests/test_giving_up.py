"""A workshop gives its part up before it is paid for, alone or beside other workshops."""

import pytest
from django.db import IntegrityError, transaction

from bekal.payments.models import Debt, Request
from bekal.payments.rules import Means, Method
from bekal.production.tests.goods import level
from bekal.shop.actions import cancel_order, deliver_part
from bekal.shop.models import GivenUp, Notice, Order, OrderPart
from bekal.shop.rules import (
    Delivery,
    Event,
    OrderChannel,
    OrderStatus,
    PartStatus,
    ProblemRefused,
    can_fail,
    falls_out,
)
from bekal.shop.tests.buying import buyer, text, words
from bekal.shop.tests.market import MINUTE, RINA, an_order, pay, place
from bekal.shop.tests.office import BANGLI, HERE, made_ready, paid, part_of, sign_in, to_fetch
from bekal.shop.tests.test_failing import WHY, fail, status, ties_out
from tests.support.threads import all_at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("bekal.foundation.clock.now", lambda: NOON)


def waiting(market, *items):
    """Rina's order that waits for its money, asked for in one sum."""
    order = an_order(market, *items)
    place(order)
    return Order.objects.get(pk=order.key)


def invoiced(market):
    """What an institution ordered of Nabire and of Bangli, to be paid together."""
    order = an_order(
        market,
        ("noken", 2),
        ("endek", 1),
        method=Method.INVOICE,
        channel=OrderChannel.INSTITUTION,
        due_on=TODAY,
    )
    place(order)
    return Order.objects.get(pk=order.key)


def told_after(order, seen):
    return set(
        Notice.objects.filter(order=order).exclude(pk__in=seen).values_list("event", flat=True)
    )


class TestOneSum:
    def test_an_order_asked_for_in_one_sum_ends_whole_and_keeps_nothing(self, market):
        order = waiting(market, ("noken", 2), ("endek", 1))
        seen = set(Notice.objects.values_list("pk", flat=True))
        part = part_of(order, market.nabire)
        for _ in range(2):
            fail(part)
        assert status(order) == "cancelled"
        assert set(order.parts.values_list("status", flat=True)) == {"cancelled"}
        assert Request.objects.get().closed_as == "cancelled"
        assert (level(market.noken), level(market.endek)) == ((10, 0), (10, 0))
        assert told_after(order, seen) == {Event.NOT_MET.value}
        assert ties_out()

    def test_money_that_comes_after_that_is_owed_back(self, market):
        order = waiting(market, ("noken", 2), ("endek", 1))
        fail(part_of(order, market.bangli))
        pay(order.pk)
        assert (status(order), Debt.objects.get().amount) == ("refund_due", order.total)
        assert ties_out()

    def test_what_came_in_of_it_before_is_owed_back_too(self, market):
        order = waiting(market, ("noken", 2), ("endek", 1))
        pay(order.pk, 1_000)
        fail(part_of(order, market.bangli))
        assert (status(order), Debt.objects.get().amount) == ("refund_due", 1_000)
        assert ties_out()

    def test_its_buyer_reads_who_and_why_and_takes_the_rest_with_one_tap(self, market):
        order = waiting(market, ("noken", 2), ("endek", 3))
        fail(part_of(order, market.bangli))
        client = buyer()
        page = words(client.get(f"/pesanan/{order.code}/"))
        assert "Lapas Narkotika Kelas IIA Bangli belum bisa memenuhi pesanan ini" in page
        assert WHY in page
        for _ in range(2):
            answer = client.post(f"/pesanan/{order.code}/sisa/")
            assert answer["Location"] == "/keranjang/"
        basket = text(client.get("/keranjang/"))
        assert "Noken" in basket
        assert "endek" not in basket.lower()
        assert client.cookies["bekal_isi"].value == "2"

    def test_an_order_that_goes_on_gives_nothing_to_the_basket(self, market):
        order = waiting(market, ("noken", 2), ("endek", 3))
        client = buyer()
        client.post(f"/pesanan/{order.code}/sisa/")
        assert "bekal_isi" not in client.cookies or not client.cookies["bekal_isi"].value

    def test_what_was_paid_for_meanwhile_asks_what_became_of_its_goods(self, client, market):
        order = paid(market, ("noken", 2))
        part = part_of(order)
        with pytest.raises(ProblemRefused, match="baru saja dibayar"):
            fail(part, are_goods_here=None)
        part.refresh_from_db()
        assert (part.status, status(order)) == ("accepted", "paid")

    def test_an_officer_gives_up_what_waits_for_its_money(self, client, market):
        part = part_of(waiting(market, ("noken", 2), ("endek", 1)), market.nabire)
        sign_in(client, market.nabire)
        here = f"{HERE}{part.pk}/"
        assert "jadi seluruh pesanan dihentikan" in words(client.get(here))
        done = client.post(f"{here}gagal/", {"reason": WHY}, follow=True)
        assert "Pesanan dihentikan dan pembeli dikabari." in words(done)


class TestCounters:
    def test_at_counters_of_their_own_the_other_workshop_goes_on(self, market):
        order = to_fetch(market, ("noken", 2), ("bread", 1))
        seen = set(Notice.objects.values_list("pk", flat=True))
        part, other = part_of(order, market.nabire), part_of(order, market.merauke)
        for _ in range(2):
            fail(part)
        other.refresh_from_db()
        assert (part.status, other.status, status(order)) == ("cancelled", "accepted", "placed")
        assert Request.objects.get(pk=part.pk).closed_as == "cancelled"
        assert Request.objects.get(pk=other.pk).closed_as == ""
        assert level(market.noken) == (10, 0)
        assert told_after(order, seen) == {Event.PART_GONE.value}
        page = words(buyer().get(f"/pesanan/{order.code}/"))
        assert f"Bengkel tidak bisa memenuhi bagian ini: {WHY}" in page
        assert "Bagian yang dihentikan" in page
        assert "Rp15.001" in page
        made_ready(other)
        pay(other.pk)
        deliver_part(part_id=other.pk, unit_id=other.unit_id, by=YOHANA, now=NOON)
        assert status(order) == "done"
        assert ties_out()

    def test_an_order_that_its_buyer_cancels_afterwards_was_not_ended_by_the_workshop(self, market):
        order = to_fetch(market, ("noken", 2), ("bread", 1))
        fail(part_of(order, market.nabire))
        cancel_order(order_id=order.pk, by=RINA, now=NOON)
        client = buyer()
        page = words(client.get(f"/pesanan/{order.code}/"))
        assert "belum bisa memenuhi pesanan ini" not in page
        assert "Pesanan ini dibatalkan." in page
        assert "bisa dipesan lagi" not in page
        assert f"Bengkel tidak bisa memenuhi bagian ini: {WHY}" in page
        client.post(f"/pesanan/{order.code}/sisa/")
        assert "bekal_isi" not in client.cookies or not client.cookies["bekal_isi"].value

    def test_with_the_last_one_given_up_what_is_paid_is_all(self, market):
        order = to_fetch(market, ("noken", 2), ("bread", 1))
        part, other = part_of(order, market.nabire), part_of(order, market.merauke)
        pay(other.pk)
        fail(part)
        assert status(order) == "paid"
        assert ties_out()

    def test_an_order_that_everybody_gives_up_is_cancelled(self, market):
        order = to_fetch(market, ("noken", 2), ("bread", 1))
        fail(part_of(order, market.merauke))
        fail(part_of(order, market.nabire), now=NOON + MINUTE)
        assert status(order) == "cancelled"
        assert GivenUp.objects.count() == 2
        assert not Request.objects.filter(closed_as="").exists()
        page = words(buyer().get(f"/pesanan/{order.code}/"))
        assert "Lapas Kelas IIB Nabire belum bisa memenuhi" in page
        assert ties_out()

    def test_money_at_the_counter_for_what_fell_out_goes_back(self, market):
        order = to_fetch(market, ("noken", 2), ("bread", 1))
        part = part_of(order, market.nabire)
        fail(part)
        pay(part.pk)
        assert (status(order), Debt.objects.get().amount) == ("placed", part.goods_total)
        assert ties_out()


class TestInvoices:
    def test_an_invoice_that_nobody_has_begun_ends_whole_and_is_told(self, market):
        order = invoiced(market)
        seen = set(Notice.objects.values_list("pk", flat=True))
        made_ready(part_of(order, market.nabire))
        fail(part_of(order, market.nabire))
        assert status(order) == "cancelled"
        assert set(order.parts.values_list("status", flat=True)) == {"cancelled"}
        assert Request.objects.get().closed_as == "cancelled"
        assert (level(market.noken), level(market.endek)) == ((10, 0), (10, 0))
        assert told_after(order, seen) == {Event.NOT_MET.value}
        assert ties_out()

    def test_its_buyer_reads_why_and_is_led_to_the_institution_and_to_no_basket(self, market):
        order = invoiced(market)
        fail(part_of(order, market.bangli))
        client = buyer()
        page = words(client.get(f"/pesanan/{order.code}/"))
        assert WHY in page
        assert "Untuk memesan lagi, buka halaman lembaga Anda." in page
        assert "bisa dipesan lagi" not in page
        client.post(f"/pesanan/{order.code}/sisa/")
        assert "bekal_isi" not in client.cookies or not client.cookies["bekal_isi"].value

    def test_what_came_in_of_it_before_is_owed_back(self, market):
        order = invoiced(market)
        pay(order.pk, 1_000, means=Means.TRANSFER)
        fail(part_of(order, market.bangli))
        assert (status(order), Debt.objects.get().amount) == ("refund_due", 1_000)
        assert ties_out()

    def test_an_officer_reads_that_all_of_it_ends(self, client, market):
        part = part_of(invoiced(market), market.bangli)
        sign_in(client, market.bangli)
        page = words(client.get(f"{BANGLI}{part.pk}/"))
        assert "jadi seluruh pesanan dihentikan. Lembaga bisa memilih penawaran lagi." in page


class TestPromises:
    def test_nobody_gives_up_what_goes_on_or_is_sold(self, market):
        for order in (waiting(market, ("noken", 1)), paid(market, ("coffee", 1))):
            part = part_of(order)
            with pytest.raises(IntegrityError, match="goes on"), transaction.atomic():
                GivenUp.objects.create(
                    part=part, reason=WHY, given_up_at=NOON, given_up_by="user:1"
                )
        assert not GivenUp.objects.exists()

    def test_a_part_fails_before_it_left(self):
        assert can_fail(PartStatus.WAITING, order=OrderStatus.WAITING)
        assert not can_fail(PartStatus.WAITING, order=OrderStatus.DRAFT)
        for here in (PartStatus.ACCEPTED, PartStatus.PREPARING, PartStatus.READY):
            assert can_fail(here, order=OrderStatus.PLACED)
        for gone in (PartStatus.SENT, PartStatus.DELIVERED, PartStatus.CANCELLED):
            assert not can_fail(gone, order=OrderStatus.PAID)

    def test_it_ends_alone_at_a_counter_of_its_own_or_beside_a_workshop_that_has_begun(self):
        def alone(method, *others):
            return falls_out(method=method, others=others)

        mine, begun = (PartStatus.ACCEPTED, False), (PartStatus.PREPARING, False)
        gone, back = (PartStatus.CANCELLED, False), (PartStatus.CANCELLED, True)
        assert alone(Method.INVOICE, mine, begun)
        assert alone(Method.INVOICE, back)
        assert not alone(Method.INVOICE, mine, gone)
        assert alone(Method.AT_PICKUP, mine)
        assert alone(Method.AT_PICKUP, back)
        assert not alone(Method.AT_PICKUP, gone)
        for method in (Method.QRIS, None):
            assert not alone(method, mine, begun)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_money_and_giving_up_at_once_are_one_of_both_and_lose_nothing(self, committed_market):
        market = committed_market
        order = waiting(market, ("noken", 2), ("endek", 1))
        part = part_of(order, market.nabire)

        def one(number):
            return pay(order.pk) if number == 0 else fail(part, are_goods_here=None)

        failed = [each for each in all_at_once(2, one) if isinstance(each, Exception)]
        if failed:
            assert "baru saja dibayar" in str(failed[0])
            assert status(order) == "paid"
        else:
            assert (status(order), Debt.objects.get().amount) == ("refund_due", order.total)
        assert ties_out()

    def test_two_counters_that_give_up_at_once_end_the_order(self, committed_market):
        market = committed_market
        order = to_fetch(market, ("noken", 2), ("bread", 1))
        parts = list(OrderPart.objects.filter(order=order))
        assert {part.delivery for part in parts} == {Delivery.PICKUP.value}
        failed = [x for x in all_at_once(2, lambda n: fail(parts[n])) if isinstance(x, Exception)]
        assert not failed
        assert status(order) == "cancelled"
        assert GivenUp.objects.count() == 2
        assert ties_out()
