"""A workshop gives its part of an invoice up beside one that has begun: the rest goes on."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bekal.audit.models import Event as AuditEvent
from bekal.audit.rules import chain_of_place
from bekal.payments.models import CreditNote, Debt, Request
from bekal.payments.rules import Means, Method
from bekal.production.tests.goods import level
from bekal.sales.models import Sale
from bekal.shop.actions import cancel_order, deliver_part, hand_over_part
from bekal.shop.models import GivenUp, Notice, Order, OrderPart, Problem
from bekal.shop.queries import (
    claims_elsewhere,
    late_invoices,
    notices_to_send,
    part_of_unit,
    terms_of,
    unpaid_invoices,
)
from bekal.shop.rules import (
    CancelRefused,
    Event,
    MoveRefused,
    OrderChannel,
    PartStatus,
    ProblemRefused,
)
from bekal.shop.tests.buying import buyer, words
from bekal.shop.tests.market import RINA, an_order, pay, place
from bekal.shop.tests.office import BANGLI, made_ready, part_of, sign_in
from bekal.shop.tests.reporting import refund
from bekal.shop.tests.test_failing import WHY, fail, status, ties_out
from tests.support.threads import all_at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("bekal.foundation.clock.now", lambda: NOON)


def invoiced(market, *items):
    """What an institution ordered by invoice, by default of Nabire and of Bangli."""
    order = an_order(
        market,
        *(items or [("noken", 2), ("endek", 1)]),
        method=Method.INVOICE,
        channel=OrderChannel.INSTITUTION,
        due_on=TODAY,
    )
    place(order)
    return Order.objects.get(pk=order.key)


@pytest.fixture
def begun(market):
    """The same; Nabire has its part ready, and Bangli may find that it cannot deliver."""
    order = invoiced(market)
    made_ready(part_of(order, market.nabire))
    return order


def total_of(part):
    return part.goods_total + part.fee


def comes(part):
    """It is sent, on credit where it is not paid yet, and comes."""
    ids = {"part_id": part.pk, "unit_id": part.unit_id, "by": YOHANA, "now": NOON}
    hand_over_part(tracking_number="JNE0123456", **ids)
    deliver_part(**ids)


def paid_by_transfer(order, amount=None):
    return pay(order.pk, amount, means=Means.TRANSFER)


class TestBeforeMoney:
    def test_the_part_falls_out_and_the_invoice_asks_for_the_rest(self, market, begun):
        part, other = part_of(begun, market.bangli), part_of(begun, market.nabire)
        seen = set(Notice.objects.values_list("pk", flat=True))
        for _ in range(2):
            fail(part)
        other.refresh_from_db()
        assert (part.status, other.status, status(begun)) == ("cancelled", "ready", "placed")
        ask = Request.objects.get()
        assert (ask.due, ask.closed_as) == (total_of(other), "")
        note = CreditNote.objects.get()
        assert (note.amount, note.why, note.about) == (total_of(part), WHY, f"part:{part.pk}")
        assert level(market.endek) == (10, 0)
        told = Notice.objects.exclude(pk__in=seen).filter(event=Event.PART_GONE)
        assert {notice.amount for notice in told} == {total_of(other)}
        assert ties_out()

    def test_the_smaller_sum_pays_the_order_and_it_is_done_without_the_part(self, market, begun):
        other = part_of(begun, market.nabire)
        fail(part_of(begun, market.bangli))
        paid_by_transfer(begun, total_of(other))
        assert status(begun) == "paid"
        assert Sale.objects.get().pk == other.pk
        told = Notice.objects.filter(event=Event.PAID)
        assert {notice.amount for notice in told} == {total_of(other)}
        comes(other)
        assert status(begun) == "done"
        assert ties_out()

    def test_the_old_sum_finds_the_order_and_what_is_beyond_waits_for_the_treasurer(
        self, market, begun
    ):
        part = part_of(begun, market.bangli)
        fail(part)
        got = paid_by_transfer(begun, begun.total)
        assert (status(begun), got.loose) == ("paid", total_of(part))
        assert not Debt.objects.exists()
        assert ties_out()

    def test_what_was_sold_on_credit_is_paid_by_the_smaller_sum(self, market, begun):
        other = part_of(begun, market.nabire)
        comes(other)
        fail(part_of(begun, market.bangli))
        assert status(begun) == "placed"
        paid_by_transfer(begun, total_of(other))
        assert status(begun) == "done"
        assert ties_out()

    def test_treasurers_read_the_smaller_sum_and_no_claim_of_who_gave_up(self, market, begun):
        other = part_of(begun, market.nabire)
        fail(part_of(begun, market.bangli))
        (row,) = unpaid_invoices(unit_id=market.nabire, today=TODAY)
        assert (row.total, row.owed) == (total_of(other), total_of(other))
        assert claims_elsewhere(unit_id=market.bangli, today=TODAY) == []

    def test_the_rest_of_it_is_not_cancelled_by_its_buyer(self, market, begun):
        fail(part_of(begun, market.bangli))
        with pytest.raises(CancelRefused):
            cancel_order(order_id=begun.pk, by=RINA, now=NOON)
        assert (status(begun), Request.objects.get().closed_as) == ("placed", "")

    def test_when_the_one_that_had_begun_gives_up_too_all_of_it_ends(self, market, begun):
        paid_by_transfer(begun, 1_000)
        fail(part_of(begun, market.bangli), reason="Benang habis.")
        fail(part_of(begun, market.nabire))
        assert (status(begun), Request.objects.get().closed_as) == ("refund_due", "cancelled")
        assert Debt.objects.get().amount == 1_000
        assert level(market.noken) == (10, 0)
        assert ties_out()

    def test_three_workshops_two_of_which_give_up(self, market):
        order = invoiced(market, ("noken", 2), ("endek", 1), ("bread", 3))
        nabire = part_of(order, market.nabire)
        made_ready(nabire)
        fail(part_of(order, market.bangli))
        fail(part_of(order, market.merauke))
        paid_by_transfer(order, total_of(nabire))
        comes(nabire)
        assert (status(order), CreditNote.objects.count()) == ("done", 2)
        assert ties_out()

    def test_however_many_credit_notes_there_are_lists_and_papers_ask_the_same(self, market):
        order = invoiced(market, ("noken", 2), ("endek", 1), ("bread", 3))
        part = part_of(order, market.nabire)
        made_ready(part)
        asked = []
        for notes, unit in enumerate((market.bangli, market.merauke), start=1):
            fail(part_of(order, unit))
            shown = part_of_unit(unit_id=market.nabire, part_id=part.pk)
            assert shown is not None
            with CaptureQueriesContext(connection) as ran:
                assert len(terms_of(part=shown).credits) == notes
                unpaid_invoices(unit_id=market.nabire, today=TODAY)
                late_invoices(unit_id=market.nabire, today=TODAY)
            asked.append(len(ran))
        assert asked[0] == asked[1]

    def test_what_left_and_came_back_unpaid_counts_as_begun(self, market, begun):
        """Else the order would end, and count as paid for what was sold on credit."""
        other = part_of(begun, market.nabire)
        OrderPart.objects.filter(pk=other.pk).update(promised_on=TODAY)
        hand_over_part(
            part_id=other.pk, unit_id=other.unit_id, tracking_number="", by=YOHANA, now=NOON
        )
        OrderPart.objects.filter(pk=other.pk).update(status="ready")
        fail(other)
        fail(part_of(begun, market.bangli))
        assert (status(begun), Request.objects.get().due) == ("placed", total_of(other))
        assert ties_out()


class TestPartlyPaid:
    def test_what_was_paid_counts_and_the_missing_is_asked_for(self, market, begun):
        other = part_of(begun, market.nabire)
        paid_by_transfer(begun, 50_000)
        fail(part_of(begun, market.bangli))
        (row,) = unpaid_invoices(unit_id=market.nabire, today=TODAY)
        assert (row.settled, row.owed) == (50_000, total_of(other) - 50_000)
        paid_by_transfer(begun, row.owed)
        assert status(begun) == "paid"
        assert ties_out()

    @pytest.mark.parametrize("more", [0, 7_000])
    def test_what_was_paid_is_enough_for_the_rest_and_more_goes_back(self, market, begun, more):
        other = part_of(begun, market.nabire)
        paid_by_transfer(begun, total_of(other) + more)
        assert status(begun) == "placed"
        fail(part_of(begun, market.bangli))
        assert (status(begun), Sale.objects.get().pk) == ("paid", other.pk)
        assert sum(Debt.objects.values_list("amount", flat=True)) == more
        assert ties_out()
        page = words(buyer().get(f"/pesanan/{begun.code}/"))
        assert ("Tulis rekening tujuannya" in page) is bool(more)

    def test_where_all_the_rest_has_come_the_order_is_done(self, market, begun):
        other = part_of(begun, market.nabire)
        comes(other)
        paid_by_transfer(begun, total_of(other))
        fail(part_of(begun, market.bangli))
        assert status(begun) == "done"
        assert ties_out()


class TestPaid:
    def test_a_part_of_an_invoice_that_is_paid_gives_its_money_back(self, market, begun):
        part = part_of(begun, market.bangli)
        paid_by_transfer(begun)
        with pytest.raises(ProblemRefused, match="baru saja dibayar"):
            fail(part, are_goods_here=None)
        fail(part)
        refund(Problem.objects.get().pk, part)
        assert (part.status, status(begun)) == ("cancelled", "paid")
        assert Debt.objects.get().amount == total_of(part)
        assert not CreditNote.objects.exists()
        comes(part_of(begun, market.nabire))
        assert status(begun) == "done"
        assert ties_out()

    def test_what_has_left_is_not_given_up(self, market, begun):
        part = part_of(begun, market.nabire)
        comes(part)
        with pytest.raises(MoveRefused, match="sudah dikirim"):
            fail(part)
        assert (status(begun), CreditNote.objects.count()) == ("placed", 0)


class TestPages:
    def test_an_officer_reads_that_the_others_go_on_and_by_how_much_the_invoice_shrinks(
        self, client, market, begun
    ):
        part = part_of(begun, market.bangli)
        sign_in(client, market.bangli)
        page = words(client.get(f"{BANGLI}{part.pk}/"))
        assert "tagihannya berkurang Rp118.000" in page
        assert "Lembaga menerima nota kredit untuk bagian ini." in page
        assert "seluruh pesanan dihentikan" not in page
        done = client.post(f"{BANGLI}{part.pk}/gagal/", {"reason": WHY}, follow=True)
        assert "Bagian ini dihentikan dan pembeli dikabari." in words(done)

    def test_whoever_ordered_reads_why_and_owes_the_smaller_sum(self, market, begun):
        fail(part_of(begun, market.bangli))
        page = words(buyer().get(f"/pesanan/{begun.code}/"))
        assert "Faktur Rp218.000 dibayar paling lambat" in page
        assert f"Bengkel tidak bisa memenuhi bagian ini: {WHY}" in page
        assert "-Rp118.000" in page
        paying = words(buyer().get(f"/pesanan/{begun.code}/bayar/"))
        assert "Bayar Rp218.000" in paying
        assert "dikurangi Rp118.000 menjadi Rp218.000" in paying
        assert "Penerimanya Lapas Kelas IIB Nabire" in paying
        assert "Rp336.000" not in paying
        assert "untuk 2 bengkel" not in paying

    def test_the_message_says_why_and_the_smaller_sum(self, market, begun):
        fail(part_of(begun, market.bangli))
        notices = notices_to_send(unit_id=market.bangli, on=TODAY)
        (said,) = [one.told.body for one in notices if one.event is Event.PART_GONE]
        assert f"Alasannya: {WHY}" in said
        assert "Fakturnya sekarang Rp218.000." in said


class TestPromises:
    def test_no_part_falls_out_of_an_invoice_that_still_asks_for_it(self, market, begun):
        part = part_of(begun, market.bangli)
        with pytest.raises(IntegrityError, match="is credited"):
            self.ended(part)
        part.refresh_from_db()
        assert part.status == "accepted"

    def test_nor_of_one_that_asks_for_some_of_it(self, market, begun):
        part = part_of(begun, market.bangli)
        CreditNote.objects.create(
            id=part.pk,
            request_id=begun.pk,
            about=f"part:{part.pk}",
            amount=total_of(part) - 1,
            why=WHY,
            noted_at=NOON,
            noted_by="user:1",
        )
        with pytest.raises(IntegrityError, match="is credited"):
            self.ended(part)

    def test_the_nightly_check_sees_an_invoice_that_asks_for_other_parts(self, market, begun):
        CreditNote.objects.create(
            id=begun.pk,
            request_id=begun.pk,
            about="part:none",
            amount=5,
            why=WHY,
            noted_at=NOON,
            noted_by="user:1",
        )
        assert not ties_out()

    def test_who_gave_up_stands_in_the_chain_of_both_units(self, market, begun):
        fail(part_of(begun, market.bangli))
        told = AuditEvent.objects.filter(action="shop.give_up").values_list("chain", flat=True)
        assert set(told) == {chain_of_place(market.nabire), chain_of_place(market.bangli)}

    @staticmethod
    @transaction.atomic
    def ended(part):
        """Somebody writes that it ended, past all Python."""
        OrderPart.objects.filter(pk=part.pk).update(status=PartStatus.CANCELLED)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate; set constraints all deferred")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_whole_sum_and_giving_up_at_once_lose_nothing(self, committed_market):
        market = committed_market
        order = invoiced(market)
        part = part_of(order, market.bangli)
        made_ready(part_of(order, market.nabire))

        def one(number):
            return fail(part, are_goods_here=None) if number else paid_by_transfer(order)

        failed = [each for each in all_at_once(2, one) if isinstance(each, Exception)]
        credited = list(CreditNote.objects.values_list("amount", flat=True))
        assert status(order) == "paid"
        if failed:
            assert "baru saja dibayar" in str(failed[0])
            assert (credited, GivenUp.objects.count()) == ([], 0)
        else:
            assert credited == [total_of(part)]
        assert ties_out()

    def test_beginning_and_giving_up_at_once_end_the_part_or_the_order(self, committed_market):
        order = invoiced(committed_market)
        mine = part_of(order, committed_market.nabire)
        theirs = part_of(order, committed_market.bangli)
        failed = all_at_once(2, lambda n: fail(theirs) if n else made_ready(mine))
        refused = [each for each in failed if isinstance(each, Exception)]
        assert all(isinstance(each, MoveRefused) for each in refused)
        assert status(order) == ("cancelled" if refused else "placed")
        assert CreditNote.objects.exists() is not bool(refused)
        assert ties_out()

    def test_two_who_give_up_at_once_beside_one_that_has_begun(self, committed_market):
        market = committed_market
        order = invoiced(market, ("noken", 2), ("endek", 1), ("bread", 3))
        nabire = part_of(order, market.nabire)
        made_ready(nabire)
        parts = [part_of(order, unit) for unit in (market.bangli, market.merauke)]
        failed = all_at_once(4, lambda number: fail(parts[number % 2]))
        assert not [each for each in failed if isinstance(each, Exception)]
        assert (CreditNote.objects.count(), Request.objects.get().due) == (2, total_of(nabire))
        assert ties_out()
