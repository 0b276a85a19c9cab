"""What never reaches its buyer: it cannot be fulfilled, is lost, comes back, or nobody tells."""

import datetime as dt

import pytest

from bekal.accounts.rules import Role
from bekal.audit.models import Event as AuditEvent
from bekal.audit.queries import chain_problems
from bekal.ledger.queries import ledger_problems
from bekal.payments.models import Debt, Request
from bekal.payments.queries import payment_problems
from bekal.production.models import CapacityUse
from bekal.production.queries import stock_problems
from bekal.production.tests.goods import level
from bekal.sales.models import Refund
from bekal.sales.queries import summary_problems
from bekal.shop.actions import (
    answer_problem,
    assume_received,
    deliver_part,
    fail_part,
    hand_over_part,
    take_parcel_back,
)
from bekal.shop.models import Notice, Order, OrderPart, Problem
from bekal.shop.queries import kept_too_long, order_problems
from bekal.shop.rules import (
    ASSUMED_RECEIVED,
    Event,
    Fault,
    MoveRefused,
    NewAnswer,
    ProblemRefused,
    Verdict,
    WhereGoods,
)
from bekal.shop.tests.buying import buyer, words
from bekal.shop.tests.office import HERE, paid, part_of, sign_in, to_fetch
from bekal.shop.tests.reporting import a_report, accept, line_of, refund, sent
from tests.support.threads import all_at_once
from tests.support.world import NOON, SETUP, SITI, TODAY, YOHANA

pytestmark = pytest.mark.django_db
WHY = "Bahan rotan habis."


def fail(part, *, reason=WHY, are_goods_here=True, by=YOHANA, now=NOON):
    fail_part(
        part_id=part.pk,
        unit_id=part.unit_id,
        reason=reason,
        are_goods_here=are_goods_here,
        by=by,
        now=now,
    )
    part.refresh_from_db()


def ties_out():
    checks = (summary_problems, ledger_problems, chain_problems, payment_problems, stock_problems)
    return [check() for check in (*checks, order_problems)] == [[]] * 6


def status(order):
    return Order.objects.values_list("status", flat=True).get(pk=order.pk)


class TestFailing:
    def test_what_a_unit_cannot_fulfil_ends_and_all_of_its_money_goes_back(self, market):
        order = paid(market, ("noken", 2), ("chair", 1))
        part = part_of(order, market.nabire)
        fail(part)
        assert (part.status, status(order)) == ("cancelled", "cancelled")
        assert not CapacityUse.objects.filter(released_at__isnull=True).exists()
        refund(Problem.objects.get().pk, part)
        assert Debt.objects.get().amount == order.total
        assert level(market.noken) == (10, 0)
        assert ties_out()

    def test_goods_that_are_not_there_do_not_come_back_to_the_shelf(self, market):
        order = paid(market, ("noken", 2))
        part = part_of(order, market.nabire)
        fail(part, are_goods_here=False)
        refund(Problem.objects.get().pk, part)
        assert level(market.noken) == (8, 0)
        assert ties_out()

    def test_the_other_workshop_goes_on_and_the_order_is_done_with_its_part(self, market):
        order = paid(market, ("noken", 1), ("endek", 1))
        fail(part_of(order, market.nabire))
        assert status(order) == "paid"
        other = sent(part_of(order, market.bangli))
        assert assume_received(by=SETUP, now=NOON + ASSUMED_RECEIVED) == 1
        other.refresh_from_db()
        assert (other.status, status(order)) == ("delivered", "done")
        assert ties_out()

    def test_a_second_tap_and_a_second_person_change_nothing(self, market):
        part = part_of(paid(market, ("noken", 2)), market.nabire)
        for by in (YOHANA, YOHANA, SITI):
            fail(part, by=by)
        assert Problem.objects.count() == 1

    def test_whoever_says_so_does_not_give_the_money_back(self, market):
        part = part_of(paid(market, ("noken", 2)), market.nabire)
        fail(part)
        with pytest.raises(ProblemRefused, match="orang lain"):
            refund(Problem.objects.get().pk, part, by=YOHANA)
        assert not Debt.objects.exists()

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
    def test_without_a_reason_nothing_happens(self, market, reason):
        part = part_of(paid(market, ("noken", 2)), market.nabire)
        with pytest.raises(ProblemRefused, match="Tulis alasannya"):
            fail(part, reason=reason)
        part.refresh_from_db()
        assert (part.status, Problem.objects.count()) == ("accepted", 0)

    def test_what_is_paid_later_is_cancelled_with_all_that_was_asked_and_kept_for_it(self, market):
        order = to_fetch(market, ("noken", 2), ("chair", 1))
        part = part_of(order, market.nabire)
        before = set(Notice.objects.values_list("pk", flat=True))
        for _ in range(2):
            fail(part)
        assert (part.status, status(order)) == ("cancelled", "cancelled")
        assert Request.objects.get().closed_as == "cancelled"
        assert level(market.noken) == (10, 0)
        assert not CapacityUse.objects.filter(released_at__isnull=True).exists()
        told = Notice.objects.exclude(pk__in=before).values_list("event", flat=True)
        assert set(told) == {Event.NOT_MET.value}
        assert WHY in words(buyer().get(f"/pesanan/{order.code}/"))
        assert not Problem.objects.exists()
        assert ties_out()

    def test_what_has_left_cannot_fail_and_no_other_unit_says_so(self, market):
        gone = sent(part_of(paid(market, ("noken", 1)), market.nabire))
        with pytest.raises(MoveRefused, match="tidak bisa dihentikan di sini"):
            fail(gone)
        with pytest.raises(LookupError):
            fail_part(
                part_id=gone.pk,
                unit_id=market.bangli,
                reason=WHY,
                are_goods_here=True,
                by=YOHANA,
                now=NOON,
            )
        assert not Problem.objects.exists()

    def test_its_buyer_is_told_why_and_once(self, market):
        order = paid(market, ("noken", 2))
        before = set(Notice.objects.values_list("pk", flat=True))
        fail(part_of(order, market.nabire))
        told = set(Notice.objects.exclude(pk__in=before).values_list("event", flat=True))
        assert told == {Event.FAILED.value}
        page = words(buyer().get(f"/pesanan/{order.code}/"))
        assert "Uang pesanan ini dikembalikan kepada Anda." in page
        assert "Tidak bisa dipenuhi bengkel" in page
        assert WHY in page
        assert "Tulis rekening tujuannya" in page


@pytest.mark.django_db(transaction=True)
def test_four_people_who_fail_it_at_once_fail_it_once(committed_market):
    part = part_of(paid(committed_market, ("noken", 2)), committed_market.nabire)
    all_at_once(4, lambda _number: fail(part))
    assert Problem.objects.count() == 1
    assert ties_out()


class TestParcels:
    def test_a_parcel_that_comes_back_is_sent_again_by_another_number(self, market):
        part = sent(part_of(paid(market, ("noken", 1)), market.nabire))
        for _ in range(2):
            take_parcel_back(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON)
        part.refresh_from_db()
        assert (part.status, part.tracking_number) == ("ready", "")
        hand_over_part(
            part_id=part.pk, unit_id=part.unit_id, tracking_number="JNE99", by=YOHANA, now=NOON
        )
        part.refresh_from_db()
        assert (part.status, part.tracking_number) == ("sent", "JNE99")

    def test_what_never_left_does_not_come_back(self, market):
        part = part_of(paid(market, ("noken", 1)), market.nabire)
        with pytest.raises(MoveRefused, match="tidak sedang dalam perjalanan"):
            take_parcel_back(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=NOON)
        part.refresh_from_db()
        assert part.status == "accepted"

    def test_another_number_of_a_parcel_leaves_a_trace(self, market):
        part = sent(part_of(paid(market, ("noken", 1)), market.nabire))
        hand_over_part(
            part_id=part.pk, unit_id=part.unit_id, tracking_number="LAIN999", by=YOHANA, now=NOON
        )
        first, second = AuditEvent.objects.filter(action="shop.note_tracking").order_by("pk")
        assert "JNE012345" in str(first.detail)
        assert "JNE012345" in str(second.detail)
        assert "LAIN999" in str(second.detail)

    def test_a_lost_parcel_is_under_way_no_more_when_all_of_it_was_given_back(self, market):
        order = paid(market, ("noken", 2))
        part = sent(part_of(order, market.nabire))
        problem = a_report(part, 2, fault=Fault.LOST)
        accept(problem, part, 2, where=WhereGoods.KEEP, shipping=part.fee)
        refund(problem, part)
        part.refresh_from_db()
        assert (part.status, status(order)) == ("cancelled", "cancelled")
        assert Refund.objects.exists()
        assert ties_out()

    def test_a_parcel_with_a_report_that_waits_stays_under_way(self, market):
        part = sent(part_of(paid(market, ("noken", 2)), market.nabire))
        first, second = (a_report(part, 1, fault=Fault.LOST) for _ in range(2))
        accept(first, part, 1, where=WhereGoods.KEEP)
        refund(first, part)
        part.refresh_from_db()
        assert part.status == "sent"
        accept(second, part, 1, where=WhereGoods.KEEP)
        refund(second, part)
        part.refresh_from_db()
        assert part.status == "cancelled"
        assert ties_out()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_what_comes_back_while_it_is_taken_as_received_is_one_of_both(self, committed_market):
        market = committed_market
        parts = [sent(part_of(paid(market, ("coffee", 1)), market.nabire)) for _ in range(4)]
        late = NOON + ASSUMED_RECEIVED

        def one(number):
            if number == 0:
                return assume_received(by=SETUP, now=late)
            part = parts[number - 1]
            return take_parcel_back(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=late)

        answers = all_at_once(5, one)
        failed = [each for each in answers if isinstance(each, Exception)]
        assert all(isinstance(each, MoveRefused) for each in failed), failed
        statuses = list(OrderPart.objects.values_list("status", flat=True))
        assert set(statuses) <= {"ready", "delivered"}
        assert statuses.count("delivered") == answers[0] == len(failed)

    def test_the_last_refund_and_the_last_step_wait_for_each_other_in_no_circle(
        self, committed_market
    ):
        for _ in range(4):
            part = sent(part_of(paid(committed_market, ("coffee", 1)), committed_market.nabire))
            problem = a_report(part, 1, fault=Fault.LOST)
            accept(problem, part, 1, where=WhereGoods.KEEP)

            def one(number, part=part, problem=problem):
                if number:
                    return refund(problem, part)
                told = {"part_id": part.pk, "unit_id": part.unit_id}
                return deliver_part(**told, by=YOHANA, now=NOON)

            answers = all_at_once(2, one)
            failed = [each for each in answers if isinstance(each, Exception)]
            assert all(isinstance(each, MoveRefused) for each in failed), failed
        assert ties_out()


class TestSilence:
    LATE = NOON + ASSUMED_RECEIVED

    def test_what_nobody_complains_of_for_two_weeks_counts_as_received(self, market):
        order = paid(market, ("noken", 1))
        part = sent(part_of(order, market.nabire))
        assert assume_received(by=SETUP, now=self.LATE - dt.timedelta(seconds=1)) == 0
        assert assume_received(by=SETUP, now=self.LATE) == 1
        assert assume_received(by=SETUP, now=self.LATE) == 0
        part.refresh_from_db()
        assert (part.status, status(order)) == ("delivered", "done")

    def test_what_was_reported_waits_for_its_answer_and_its_money(self, market):
        part = sent(part_of(paid(market, ("noken", 2)), market.nabire))
        problem = a_report(part, 1, fault=Fault.LOST)
        assert assume_received(by=SETUP, now=self.LATE) == 0
        answer_problem(
            problem_id=problem,
            unit_id=part.unit_id,
            answer=NewAnswer(Verdict.ACCEPTED, where=WhereGoods.KEEP, pieces={line_of(part).pk: 1}),
            by=YOHANA,
            now=NOON,
        )
        assert assume_received(by=SETUP, now=self.LATE) == 0
        refund(problem, part)
        assert assume_received(by=SETUP, now=self.LATE) == 1

    def test_an_order_that_never_ends_is_told_by_the_check(self, market, settings):
        settings.BEKAL_BUYER_DATA_DAYS = 30
        order = paid(market, ("noken", 1))
        assert kept_too_long(today=TODAY + dt.timedelta(days=31)) == []
        (told,) = kept_too_long(today=TODAY + dt.timedelta(days=40))
        assert (
            told
            == f"pesanan {order.code}: tidak pernah berakhir, jadi data pembelinya tidak dihapus"
        )


class TestPage:
    @pytest.fixture(autouse=True)
    def at_noon(self, monkeypatch):
        monkeypatch.setattr("bekal.foundation.clock.now", lambda: NOON)

    def test_an_officer_ends_what_cannot_be_fulfilled(self, client, market):
        part = part_of(paid(market, ("noken", 2)), market.nabire)
        sign_in(client, market.nabire)
        here = f"{HERE}{part.pk}/"
        assert "Tidak bisa dipenuhi" in words(client.get(here))
        refused = client.post(f"{here}gagal/", {"reason": WHY})
        assert refused.status_code == 422
        said = words(refused)
        assert said.count("Pilih apa yang terjadi dengan barangnya.") == 2
        assert "Ada yang perlu diperbaiki" in said
        assert WHY in refused.content.decode()
        part.refresh_from_db()
        assert part.status == "accepted"
        done = client.post(f"{here}gagal/", {"reason": WHY, "goods": "ada"}, follow=True)
        assert "Pesanan dihentikan dan pembeli dikabari." in words(done)
        assert "Tidak bisa dipenuhi bengkel" in words(done)

    def test_an_officer_ends_what_is_paid_on_fetching(self, client, market):
        part = part_of(to_fetch(market, ("noken", 2)), market.nabire)
        sign_in(client, market.nabire)
        here = f"{HERE}{part.pk}/"
        assert "Pesanan ini belum dibayar: barangnya dilepas" in words(client.get(here))
        assert client.post(f"{here}gagal/", {"reason": " "}).status_code == 422
        done = client.post(f"{here}gagal/", {"reason": WHY}, follow=True)
        assert "Pesanan dihentikan dan pembeli dikabari." in words(done)
        assert "Uangnya kembali" not in words(done)

    def test_an_officer_takes_a_parcel_back(self, client, market):
        part = sent(part_of(paid(market, ("noken", 2)), market.nabire))
        sign_in(client, market.nabire)
        done = client.post(f"{HERE}{part.pk}/langkah/", {"act": "kembali"}, follow=True)
        assert "Tercatat kembali ke bengkel." in words(done)
        assert OrderPart.objects.get().status == "ready"

    def test_an_auditor_is_offered_nothing(self, client, market):
        part = part_of(paid(market, ("noken", 2)), market.nabire)
        sign_in(client, market.nabire, role=Role.AUDITOR, name="Dewi")
        assert "Tidak bisa dipenuhi" not in words(client.get(f"{HERE}{part.pk}/"))
        client.post(f"{HERE}{part.pk}/gagal/", {"reason": WHY, "goods": "ada"})
        assert not Problem.objects.exists()
