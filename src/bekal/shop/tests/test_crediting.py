"""What comes back before its invoice is paid makes the invoice smaller, and is never paid out."""

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.models import Event as AuditEvent
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import user_actor
from bekal.ledger.queries import balances_of
from bekal.ledger.rules import AccountKind
from bekal.payments.models import CreditNote, Debt, Request
from bekal.payments.queries import payment_problems
from bekal.production.tests.goods import level
from bekal.shop.actions import take_parcel_back
from bekal.shop.models import GoodsBack, Notice, Problem, ProblemRefund
from bekal.shop.queries import claims_elsewhere, part_of_unit, terms_of, unpaid_invoices
from bekal.shop.rules import Event, ProblemRefused, ProblemState
from bekal.shop.tests.buying import buyer, words
from bekal.shop.tests.office import BANGLI, made_ready, part_of, sign_in
from bekal.shop.tests.reporting import (
    a_report,
    accept,
    came_back,
    delivered,
    line_of,
    refund,
    sent,
)
from bekal.shop.tests.test_failing import fail, status, ties_out
from bekal.shop.tests.test_falling_out import comes, invoiced, paid_by_transfer, total_of
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("bekal.foundation.clock.now", lambda: NOON)


@pytest.fixture
def order(market):
    """Three noken of Nabire that came, and an endek of Bangli that is not sent yet; unpaid."""
    order = invoiced(market, ("noken", 3), ("endek", 1))
    delivered(part_of(order, market.nabire))
    return order


def one_back(part, *, shipping=0, by=YOHANA):
    """A noken is torn and comes back, is seen by Yohana, and may be given back; its problem."""
    problem = a_report(part, 1)
    accept(problem, part, 1, shipping=shipping, by=by)
    came_back(problem, part, 1)
    return problem


def credits_of(part):
    """What its papers say of credit notes."""
    shown = part_of_unit(unit_id=part.unit_id, part_id=part.pk)
    assert shown is not None
    return terms_of(part=shown).credits


def ask_of(order):
    return Request.objects.get(subject=f"order:{order.pk}")


def held(unit_id, kind):
    return sum(each.amount for each in balances_of(unit_id=unit_id) if each.account is kind)


class TestUnpaid:
    def test_the_invoice_asks_less_and_nothing_is_owed_back(self, market, order):
        part = part_of(order, market.nabire)
        price = line_of(part).unit_price
        problem = one_back(part, shipping=5_000)
        seen = set(Notice.objects.values_list("pk", flat=True))
        for _ in range(2):
            refund(problem, part)
        assert ask_of(order).due == order.total - price - 5_000
        note = CreditNote.objects.get()
        assert (note.amount, note.about) == (price + 5_000, f"problem:{problem}")
        assert not Debt.objects.exists()
        assert held(market.nabire, AccountKind.RECEIVABLE) == 2 * price
        assert level(market.noken) == (8, 0)
        told = Notice.objects.exclude(pk__in=seen).exclude(event=Event.ACCEPTED)
        assert {(one.event, one.amount) for one in told} == {("credited", price + 5_000)}
        assert ties_out()

    def test_the_smaller_sum_pays_it_and_nothing_stays_behind(self, market, order):
        part, other = part_of(order, market.nabire), part_of(order, market.bangli)
        refund(one_back(part, shipping=5_000), part)
        paid_by_transfer(order, ask_of(order).due)
        assert status(order) == "paid"
        comes(made_ready(other))
        assert status(order) == "done"
        for unit in (market.nabire, market.bangli):
            for kind in (AccountKind.RECEIVABLE, AccountKind.ORDER_ADVANCE):
                assert held(unit, kind) == 0
        assert held(market.nabire, AccountKind.SHIPPING) == -(part.fee - 5_000)
        assert ties_out()

    def test_two_problems_have_a_credit_note_each(self, market, order):
        part = part_of(order, market.nabire)
        for _ in range(2):
            refund(one_back(part), part)
        price = line_of(part).unit_price
        assert ask_of(order).due == order.total - 2 * price
        first, second = credits_of(part)
        assert f"nota kredit NK/{order.code}/{part.position}, 27 April 2026" in first
        assert f"nota kredit NK/{order.code}/{part.position}-2, 27 April 2026" in second
        assert "bagian ini, Rp100.000, untuk barang yang kembali, tidak perlu dibayar." in second
        of_other = credits_of(part_of(order, market.bangli))
        assert "bagian Lapas Kelas IIB Nabire, Rp100.000" in of_other[0]
        assert ties_out()

    def test_treasurers_read_the_smaller_sum(self, market):
        order = invoiced(market, ("noken", 3), ("endek", 1))
        part = delivered(part_of(order, market.bangli))
        price = line_of(part).unit_price
        refund(one_back(part), part)
        (row,) = unpaid_invoices(unit_id=market.nabire, today=TODAY)
        assert (row.total, row.owed) == (order.total - price, order.total - price)
        (claim,) = claims_elsewhere(unit_id=market.bangli, today=TODAY)
        assert claim.total == total_of(part) - price
        chains = AuditEvent.objects.filter(action="shop.refund_problem")
        assert set(chains.values_list("chain", flat=True)) == {
            chain_of_place(market.nabire),
            chain_of_place(market.bangli),
        }

    def test_when_all_of_it_came_back_nothing_is_asked_and_the_order_is_over(self, market):
        order = invoiced(market, ("noken", 1))
        part = delivered(part_of(order, market.nabire))
        refund(one_back(part, shipping=part.fee), part)
        assert (status(order), ask_of(order).due) == ("done", 0)
        assert not Notice.objects.filter(event=Event.PAID).exists()
        assert not Debt.objects.exists()
        assert held(market.nabire, AccountKind.RECEIVABLE) == 0
        assert ties_out()

    def test_whoever_accepted_it_does_not_credit_it(self, market, order):
        part = part_of(order, market.nabire)
        problem = one_back(part)
        with pytest.raises(ProblemRefused, match="orang lain"):
            refund(problem, part, by=YOHANA)
        assert not CreditNote.objects.exists()
        assert not ProblemRefund.objects.exists()
        assert ask_of(order).due == order.total


class TestGivenUp:
    def returned(self, order, unit):
        """It was sent on credit, and the courier brought it back."""
        part = sent(part_of(order, unit))
        take_parcel_back(part_id=part.pk, unit_id=unit, by=YOHANA, now=NOON)
        part.refresh_from_db()
        return part

    def test_what_came_back_and_is_given_up_is_asked_for_no_more(self, market):
        order = invoiced(market)
        part = self.returned(order, market.nabire)
        fail(part)
        assert ask_of(order).due == order.total
        refund(Problem.objects.get().pk, part)
        other = part_of(order, market.bangli)
        assert (status(order), ask_of(order).due) == ("placed", total_of(other))
        paid_by_transfer(order, total_of(other))
        comes(made_ready(other))
        assert status(order) == "done"
        assert held(market.nabire, AccountKind.RECEIVABLE) == 0
        assert ties_out()

    def test_when_the_other_gives_up_too_nothing_is_left_and_nobody_pays(self, market):
        order = invoiced(market)
        part = self.returned(order, market.nabire)
        fail(part)
        refund(Problem.objects.get().pk, part)
        fail(part_of(order, market.bangli))
        assert (status(order), ask_of(order).due) == ("cancelled", 0)
        assert not Notice.objects.filter(event=Event.PAID).exists()
        assert ties_out()

    def test_of_a_paid_invoice_that_ended_without_goods_all_money_goes_back(self, market):
        order = invoiced(market)
        parts = [self.returned(order, unit) for unit in (market.nabire, market.bangli)]
        paid_by_transfer(order)
        for part in parts:
            fail(part)
        assert status(order) == "cancelled"
        for problem in Problem.objects.all():
            refund(problem.pk, problem.part)
        assert sum(Debt.objects.values_list("amount", flat=True)) == order.total
        assert not CreditNote.objects.exists()
        assert ties_out()


@pytest.mark.parametrize("more", [0, 7_000])
def test_what_was_paid_is_enough_for_the_rest_and_more_goes_back(market, order, more):
    part = part_of(order, market.nabire)
    price = line_of(part).unit_price
    paid_by_transfer(order, order.total - price + more)
    assert status(order) == "placed"
    refund(one_back(part), part)
    assert status(order) == "paid"
    assert sum(Debt.objects.values_list("amount", flat=True)) == more
    assert held(market.nabire, AccountKind.RECEIVABLE) == 0
    assert ties_out()


class TestPages:
    def test_siti_reads_that_the_invoice_shrinks_and_makes_it_so(self, client, market):
        order = invoiced(market, ("noken", 1), ("endek", 2))
        part = delivered(part_of(order, market.bangli))
        problem = one_back(part, by=user_actor(99))
        page = f"{BANGLI}masalah/{problem}/"
        sign_in(client, market.bangli, role=Role.BENDAHARA, name="Siti")
        said = words(client.get(page))
        assert "Fakturnya belum lunas." in said
        assert "Setujui, kurangi faktur Rp" in said
        assert "Faktur berkurang Rp" in said
        assert "Rekening pembeli" not in said
        answer = client.post(f"{page}uang/", follow=True)
        said = words(answer)
        assert "Fakturnya dikurangi. Lembaga membaca jumlah yang baru" in said
        assert "Faktur sudah dikurangi" in said
        assert "Faktur dikurangi Siti" in said
        listed = f"{BANGLI}masalah/?tampil=selesai&keadaan={ProblemState.CREDITED}"
        assert order.code in words(client.get(listed))

    def test_whoever_ordered_reads_the_smaller_sum_and_is_asked_for_no_account(self, market, order):
        part = part_of(order, market.nabire)
        problem = one_back(part)
        said = words(buyer().get(f"/pesanan/{order.code}/"))
        assert "Bendahara mengurangi faktur Anda." in said
        assert "Tulis rekening tujuannya" not in said
        refund(problem, part)
        said = words(buyer().get(f"/pesanan/{order.code}/"))
        assert "Faktur Anda sudah dikurangi. Faktur berkurang Rp100.000." in said
        assert "Uang kembali" not in said
        assert "Tulis rekening tujuannya" not in said
        due = f"{ask_of(order).due:,}".replace(",", ".")
        assert f"Rp{due}" in said

    def test_who_gave_all_of_a_parcel_back_reads_that_it_is_asked_for_no_more(self, market, order):
        part = part_of(order, market.nabire)
        problem = a_report(part, 3)
        accept(problem, part, 3)
        came_back(problem, part, 3)
        refund(problem, part)
        said = words(buyer().get(f"/pesanan/{order.code}/"))
        assert "Sudah saya terima" not in said


class TestPromises:
    def refunded(self, problem, amount, *, is_credited):
        """Somebody writes that it was given back, past all Python."""
        with transaction.atomic():
            ProblemRefund.objects.create(
                answer_id=problem,
                goods=amount,
                shipping=0,
                is_credited=is_credited,
                refunded_at=NOON,
                refunded_by=str(SITI),
            )
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate; set constraints all deferred")

    def noted(self, order, problem, amount):
        CreditNote.objects.create(
            id=problem,
            request_id=order.pk,
            about=f"problem:{problem}",
            amount=amount,
            why="Rusak",
            noted_at=NOON,
            noted_by=str(SITI),
        )

    def test_nothing_is_credited_that_the_invoice_still_asks_for(self, market, order):
        problem = one_back(part_of(order, market.nabire))
        with pytest.raises(IntegrityError, match="credited or owed"):
            self.refunded(problem, 100_000, is_credited=True)

    @pytest.mark.parametrize(("noted", "is_credited"), [(99_999, True), (100_000, False)])
    def test_nor_another_sum_nor_both(self, market, order, noted, is_credited):
        problem = one_back(part_of(order, market.nabire))
        self.noted(order, problem, noted)
        with pytest.raises(IntegrityError, match="credited or owed"):
            self.refunded(problem, 100_000, is_credited=is_credited)
        assert not ProblemRefund.objects.exists()

    def test_no_invoice_asks_for_less_than_nothing(self, market, order):
        with pytest.raises(IntegrityError, match="reduced_at_most"), transaction.atomic():
            self.noted(order, order.pk, order.total + 1)

    def test_the_nightly_check_sees_a_credit_note_without_its_goods(self, market, order):
        problem = one_back(part_of(order, market.nabire))
        self.noted(order, problem, 100_000)
        assert not ties_out()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_whole_sum_and_the_credit_note_lose_nothing(self, committed_market):
        market = committed_market
        order = invoiced(market, ("noken", 3))
        part = delivered(part_of(order, market.nabire))
        problem = one_back(part)
        price = line_of(part).unit_price
        failed = all_at_once(2, lambda n: refund(problem, part) if n else paid_by_transfer(order))
        assert [each for each in failed if isinstance(each, Exception)] == []
        assert status(order) == "done"
        credited = sum(CreditNote.objects.values_list("amount", flat=True))
        owed = sum(Debt.objects.values_list("amount", flat=True))
        assert {credited, owed} == {price, 0}
        assert ties_out()

    def test_eight_treasurers_credit_once(self, committed_market):
        order = invoiced(committed_market, ("noken", 3))
        part = delivered(part_of(order, committed_market.nabire))
        problem = one_back(part)
        answers = all_at_once(8, lambda _: refund(problem, part))
        assert [each for each in answers if each is not None] == []
        assert (CreditNote.objects.count(), GoodsBack.objects.count()) == (1, 1)
        assert payment_problems() == []
        assert ties_out()
