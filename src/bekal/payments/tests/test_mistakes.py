"""Money of a bank line that was taken in by mistake is posted back, and its line decided anew."""

import pytest

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.ledger.models import Entry
from bekal.payments.actions import (
    NewDebt,
    apply_receipt,
    match_line,
    owe_back,
    set_aside,
    take_back,
    unapply_receipt,
)
from bekal.payments.models import Application, Mistake, Receipt, StatementLine, Verdict
from bekal.payments.queries import (
    every_received,
    open_lines,
    payment_problems,
    unapplied_of,
)
from bekal.payments.rules import Aside, LineState, Method, ReceiptRefused
from bekal.payments.tests.banks import csv_of
from bekal.payments.tests.money import NOON, an_ask, comes, held, later
from bekal.payments.tests.test_statements import DAY, decided, imported, the_line
from tests.support import world


def taken_back(unit, receipt_id, *, now=NOON):
    return take_back(unit_id=unit, receipt_id=receipt_id, by=world.SITI, now=now)


def test_a_line_of_unknown_money_turns_out_to_be_a_sale_of_the_till(nabire):
    line = the_line(nabire, 250_000)
    got = decided(nabire, line)
    assert held(nabire) == {"bank": 250_000, "unapplied_receipt": -250_000}
    assert taken_back(nabire, got.receipt_id, now=later(days=1)) == line.pk
    assert held(nabire) == {}
    assert unapplied_of(unit_id=nabire) == []
    assert [shown.id for shown in open_lines(unit_id=nabire)] == [line.pk]
    assert [entry.source for entry in Entry.objects.all()] == [f"receipt:{got.receipt_id}"] * 2
    assert payment_problems() == []
    set_aside(unit_id=nabire, line_id=line.pk, reason=Aside.SOLD, by=world.SITI, now=NOON)
    assert StatementLine.objects.get().state == LineState.ASIDE
    assert [row.is_mistake for row in every_received(unit_id=nabire)] == [True]
    assert payment_problems() == []


def test_the_same_again_takes_nothing_back_twice(nabire):
    got = decided(nabire, the_line(nabire, 250_000))
    first = taken_back(nabire, got.receipt_id)
    assert taken_back(nabire, got.receipt_id) == first
    assert (Mistake.objects.count(), Entry.objects.count(), Verdict.objects.count()) == (1, 2, 2)
    assert Event.objects.filter(action="payments.take_back").count() == 1


def test_a_line_matched_by_mistake_is_matched_with_the_right_order_in_the_end(nabire, heard):
    line = the_line(nabire, 148_000)
    for _ in range(2):
        got = decided(nabire, line)
        assert not got.is_repeat
        taken_back(nabire, got.receipt_id)
    asked = an_ask(nabire, 148_000)
    got = decided(nabire, line, asked.request_id)
    assert (got.applied, got.is_repeat) == (148_000, False)
    assert decided(nabire, line, asked.request_id).is_repeat
    assert held(nabire) == {"bank": 148_000, "order_advance": -148_000}
    assert (Receipt.objects.count(), len(heard)) == (3, 1)
    assert payment_problems() == []


def test_importing_the_file_again_does_not_bring_the_money_back(nabire):
    got = decided(nabire, the_line(nabire, 250_000))
    taken_back(nabire, got.receipt_id)
    imported(nabire, csv_of((DAY, "TRSF DARI BUDI", "250000"), (DAY, "LAIN", "1")))
    assert held(nabire) == {}
    assert StatementLine.objects.filter(amount=250_000).count() == 1


def test_money_that_is_used_is_not_taken_back_before_it_is_free(nabire):
    asked = an_ask(nabire, 100_000, method=Method.INVOICE)
    got = decided(nabire, the_line(nabire, 250_000))
    apply_receipt(
        key=uuid7(),
        receipt_id=got.receipt_id,
        request_id=asked.request_id,
        most=40_000,
        by=world.SITI,
        now=NOON,
    )
    before = held(nabire)
    with pytest.raises(ReceiptRefused, match="Batalkan dahulu"):
        taken_back(nabire, got.receipt_id)
    assert held(nabire) == before
    assert not Mistake.objects.exists()
    unapply_receipt(
        key=uuid7(), application_id=Application.objects.get().pk, by=world.SITI, now=NOON
    )
    taken_back(nabire, got.receipt_id)
    assert held(nabire) == {}
    assert payment_problems() == []


def test_money_that_goes_back_or_never_was_of_a_line_is_not_taken_back(nabire):
    got = decided(nabire, the_line(nabire, 250_000))
    debt = NewDebt(uuid7(), "uji:1", nabire, 1, "uji", got.receipt_id)
    owe_back(debt=debt, by=world.SITI, now=NOON)
    with pytest.raises(ReceiptRefused, match="dicatat untuk dikembalikan"):
        taken_back(nabire, got.receipt_id)
    with pytest.raises(LookupError):
        taken_back(nabire, comes(nabire, 5).receipt_id)
    with pytest.raises(LookupError):
        taken_back(nabire + 1, got.receipt_id)
    assert not Mistake.objects.exists()


def test_nothing_is_matched_with_money_that_was_a_mistake(nabire):
    asked = an_ask(nabire, 250_000)
    got = decided(nabire, the_line(nabire, 1_000))
    taken_back(nabire, got.receipt_id)
    with pytest.raises(ReceiptRefused, match="sudah terpakai"):
        apply_receipt(
            key=uuid7(),
            receipt_id=got.receipt_id,
            request_id=asked.request_id,
            by=world.SITI,
            now=NOON,
        )
    with pytest.raises(ReceiptRefused, match="disisihkan"):
        _aside_then_match(nabire)
    assert held(nabire) == {}


def _aside_then_match(unit):
    (line,) = open_lines(unit_id=unit)
    what = {"unit_id": unit, "line_id": line.id, "by": world.SITI, "now": NOON}
    set_aside(reason=Aside.OTHER, **what)
    match_line(request_id=None, **what)
