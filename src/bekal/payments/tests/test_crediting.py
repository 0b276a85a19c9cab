"""An invoice asks less: once, only while it waits, and money beyond it goes back."""

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.payments.actions import (
    NewCreditNote,
    NewDebt,
    apply_receipt,
    cancel_ask,
    credit_invoice,
    owe_back,
    unapply_receipt,
)
from bekal.payments.models import Application, CreditNote, Debt, Request
from bekal.payments.queries import (
    asks_of,
    payment_problems,
    unapplied_of,
    unsettled_ask,
    waiting_asks,
)
from bekal.payments.rules import AskRefused, Method, ReceiptRefused, State, surplus_of
from bekal.payments.tests.banks import csv_of
from bekal.payments.tests.money import BUYER, NOON, a_merchant, an_ask, comes, held
from bekal.payments.tests.test_statements import DAY, imported, suggestions
from tests.support.world import SITI

pytestmark = pytest.mark.django_db
NOTE = """
insert into payments_creditnote (id, request_id, about, amount, why, noted_at, noted_by)
values (%s, %s, %s, %s, %s, now(), 'x')
"""


@pytest.fixture
def invoice(nabire):
    """A hospital owes Nabire 300,000 for what two workshops make."""
    a_merchant(nabire)
    return an_ask(nabire, 300_000, method=Method.INVOICE).request_id


def a_note(invoice, amount=100_000, *, key=None, about="uji:bagian"):
    return NewCreditNote(key or uuid7(), invoice, about, amount, "Rotan habis")


def credit(invoice, amount=100_000, **changes):
    return credit_invoice(note=a_note(invoice, amount, **changes), by=SITI, now=NOON)


def owe(ask, amount):
    debt = NewDebt(uuid7(), surplus_of(ask.subject), ask.unit_id, amount, "uji")
    owe_back(debt=debt, by=SITI, now=NOON)


def checked():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def stands():
    return list(CreditNote.objects.values_list()), list(Request.objects.values_list())


class TestAskingLess:
    def test_an_invoice_asks_for_the_rest_and_is_paid_by_it(self, nabire, invoice):
        ask = credit(invoice)
        assert (ask.amount, ask.owed, ask.to_pay, ask.reduced) == (
            200_000,
            200_000,
            200_000,
            100_000,
        )
        assert ask.state is State.OPEN
        assert not Debt.objects.exists()
        assert comes(nabire, 200_000, request_id=invoice).applied == 200_000
        (asked,) = asks_of(subject=ask.subject)
        assert asked.state is State.SETTLED
        assert waiting_asks(unit_id=nabire) == []
        assert unsettled_ask(unit_id=nabire, typed="BK-7Q2M-18KD") is None
        assert payment_problems() == []

    def test_the_old_sum_pays_it_and_what_is_beyond_waits_for_a_person(self, nabire, invoice):
        credit(invoice)
        got = comes(nabire, 300_000, request_id=invoice)
        assert (got.applied, got.loose) == (200_000, 100_000)
        assert [left.left_over for left in unapplied_of(unit_id=nabire)] == [100_000]
        assert payment_problems() == []

    def test_what_came_before_counts(self, nabire, invoice):
        comes(nabire, 150_000, request_id=invoice)
        ask = credit(invoice)
        assert (ask.owed, ask.state) == (50_000, State.OPEN)
        assert comes(nabire, 150_000, request_id=invoice).applied == 50_000
        assert payment_problems() == []

    def test_what_came_beyond_the_rest_goes_back(self, nabire, invoice):
        comes(nabire, 250_000, request_id=invoice)
        note = a_note(invoice)
        ask = credit_invoice(note=note, by=SITI, now=NOON)
        assert credit_invoice(note=note, by=SITI, now=NOON) == ask
        assert (ask.owed, ask.beyond, ask.state) == (0, 50_000, State.SETTLED)
        owe(ask, 50_000)
        checked()
        assert comes(nabire, 10_000, request_id=invoice).applied == 0
        assert held(nabire)["order_advance"] == -250_000
        assert payment_problems() == []

    def test_money_of_a_credited_invoice_that_is_paid_stays_on_it(self, nabire, invoice):
        comes(nabire, 200_000, request_id=invoice)
        credit(invoice)
        application = Application.objects.get()
        with pytest.raises(ReceiptRefused, match="sudah memakai uang ini"):
            unapply_receipt(key=uuid7(), application_id=application.pk, by=SITI, now=NOON)
        loose = comes(nabire, 5_000)
        with pytest.raises(ReceiptRefused, match="sudah lunas"):
            apply_receipt(
                key=uuid7(), receipt_id=loose.receipt_id, request_id=invoice, by=SITI, now=NOON
            )
        assert Application.objects.get() == application

    def test_several_notes_add_up(self, nabire, invoice):
        credit(invoice, 100_000, about="uji:satu")
        assert credit(invoice, 150_000, about="uji:dua").owed == 50_000
        assert payment_problems() == []


class TestBankLines:
    @pytest.mark.parametrize("amount", [200_000, 300_000])
    def test_the_new_and_the_old_sum_are_matched_by_the_name_of_the_order(
        self, nabire, invoice, amount
    ):
        credit(invoice)
        imported(nabire, csv_of((DAY, "RSUD BK-7Q2M-18KD", str(amount))))
        (asked,) = asks_of(subject=Request.objects.get().subject)
        assert (asked.settled, asked.state) == (200_000, State.SETTLED)
        assert sum(left.left_over for left in unapplied_of(unit_id=nabire)) == amount - 200_000

    @pytest.mark.parametrize("amount", [200_000, 300_000])
    def test_without_its_name_they_are_suggested(self, nabire, invoice, amount):
        credit(invoice)
        imported(nabire, csv_of((DAY, "TRSF DARI RSUD", str(amount))))
        (found,) = suggestions(nabire)
        assert (found.ask.id, found.why) == (invoice, "Jumlahnya sama")

    def test_what_is_missing_of_one_that_was_paid_in_part_is_suggested_once(self, nabire, invoice):
        comes(nabire, 150_000, request_id=invoice)
        credit(invoice)
        imported(nabire, csv_of((DAY, "TRSF DARI RSUD", "50000")))
        (found,) = suggestions(nabire)
        assert (found.ask.id, found.why) == (invoice, "Jumlahnya sama dengan yang masih kurang")


def test_an_invoice_of_which_all_came_back_asks_for_nothing(invoice):
    stands = credit(invoice, 300_000)
    assert (stands.amount, stands.owed, stands.state) == (0, 0, State.SETTLED)


class TestRefusals:
    def test_another_note_with_the_same_key_is_refused(self, invoice):
        key = uuid7()
        credit(invoice, key=key)
        before = stands()
        with pytest.raises(KeyReused):
            credit(invoice, 99_999, key=key)
        assert stands() == before

    @pytest.mark.parametrize("amount", [0, -5, 300_001])
    def test_an_invoice_is_never_credited_by_nothing_or_beyond_what_it_asks(self, invoice, amount):
        before = stands()
        with pytest.raises(AskRefused):
            credit(invoice, amount)
        assert stands() == before

    def test_what_is_no_invoice_that_waits_is_not_credited(self, nabire, invoice):
        comes(nabire, 300_000, request_id=invoice)
        ended = an_ask(nabire, method=Method.INVOICE).request_id
        cancel_ask(request_id=ended, by=BUYER, now=NOON)
        code = an_ask(nabire, method=Method.TRANSFER).request_id
        before = stands()
        for ask in (invoice, ended, code):
            with pytest.raises(AskRefused, match="bukan faktur yang menunggu"):
                credit(ask, 1_000)
        with pytest.raises(LookupError):
            credit(uuid7())
        assert stands() == before


def refused(sql, *values, by):
    with pytest.raises(IntegrityError, match=by), transaction.atomic(), connection.cursor() as one:
        one.execute(sql, values)


class TestPromises:
    def test_a_part_falls_out_once(self, invoice):
        credit(invoice)
        refused(NOTE, uuid7(), invoice, "uji:bagian", 5, "x", by="payments_creditnote_about")

    def test_only_an_invoice_that_waits_is_credited_and_by_what_it_asks_for(self, nabire, invoice):
        refused(NOTE, uuid7(), invoice, "uji:1", 300_001, "x", by="reduced_at_most_by_its_amount")
        refused(NOTE, uuid7(), invoice, "uji:1", 0, "x", by="creditnote_is_whole")
        refused(NOTE, uuid7(), invoice, "uji:1", 5, "", by="creditnote_is_whole")
        refused(NOTE, uuid7(), invoice, "tanpa kunci", 5, "x", by="about_is_a_key")
        code = an_ask(nabire, method=Method.TRANSFER).request_id
        refused(NOTE, uuid7(), code, "uji:1", 5, "x", by="an invoice that waits")
        comes(nabire, 300_000, request_id=invoice)
        refused(NOTE, uuid7(), invoice, "uji:1", 5, "x", by="an invoice that waits")

    def test_a_credited_invoice_takes_no_more_than_it_asks_for(self, nabire, invoice):
        credit(invoice)
        got = comes(nabire, 300_000)
        refused(
            """
            insert into payments_application
              (id, receipt_id, request_id, amount, applied_at, applied_by)
            values (%s, %s, %s, 200001, now(), 'x')
            """,
            *(uuid7(), got.receipt_id, invoice),
            by="no more than it asks for",
        )

    @pytest.mark.parametrize("owed", [0, 49_999, 50_001])
    def test_what_came_in_beyond_an_invoice_is_owed_back_to_the_rupiah(self, nabire, invoice, owed):
        comes(nabire, 250_000, request_id=invoice)
        with pytest.raises(IntegrityError, match="is owed back"):
            self.credited(invoice, owed)
        assert not CreditNote.objects.exists()

    @staticmethod
    @transaction.atomic
    def credited(invoice, owed):
        ask = credit(invoice)
        if owed:
            owe(ask, owed)
        assert "kelebihannya 50000" in " ".join(payment_problems())
        checked()

    def test_nobody_makes_an_invoice_smaller_without_a_note_or_changes_a_note(self, invoice):
        refused("update payments_request set reduced = 5", by="what was asked is final")
        credit(invoice)
        refused("update payments_request set reduced = 0", by="what was asked is final")
        refused("update payments_creditnote set amount = 5", by="are final")
        refused("delete from payments_creditnote", by="are final")

    def test_the_nightly_check_sees_what_goes_beside_the_notes(self, invoice):
        credit(invoice)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table payments_request disable trigger user")
            cursor.execute("update payments_request set reduced = 100001")
        assert "dikurangi 100001" in " ".join(payment_problems())
