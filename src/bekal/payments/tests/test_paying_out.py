"""Money goes back to buyers once, with its proof, and between units in the books of both."""

import pytest

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.payments.actions import NewDebt, NewTransfer, owe_back, pay_out, settle_units
from bekal.payments.models import Debt, PayOut, UnitTransfer
from bekal.payments.queries import debts_of, payment_problems, unapplied_of
from bekal.payments.rules import From, Means, ReceiptRefused
from bekal.payments.tests.money import NOON, an_ask, comes, held
from bekal.places.models import Place
from tests.support import world


def a_debt(unit, amount, *, receipt_id=None, key=None):
    new = NewDebt(key or uuid7(), "uji:1", unit, amount, "Barang habis", receipt_id, "BK-1")
    return owe_back(debt=new, by=world.SITI, now=NOON)


def paid(debt, unit, *, key=None, proof="TRX-77", means=Means.TRANSFER):
    return pay_out(
        key=key or uuid7(),
        debt_id=debt,
        unit_id=unit,
        means=means,
        proof=proof,
        paid_on=world.TODAY,
        by=world.SITI,
        now=NOON,
    )


@pytest.mark.parametrize("source", list(From))
def test_a_debt_is_work_until_it_is_paid(nabire, source):
    if source is From.ADVANCE:
        comes(nabire, 70_000, request_id=an_ask(nabire, 70_000).request_id)
        debt = a_debt(nabire, 70_000)
    else:
        debt = a_debt(nabire, 70_000, receipt_id=comes(nabire, 70_000).receipt_id)
    assert unapplied_of(unit_id=nabire) == []
    assert payment_problems() == []
    (owed,) = debts_of(unit_id=nabire)
    assert (owed.id, owed.amount, owed.source, owed.paid_on) == (debt, 70_000, source, None)
    paid(debt, nabire)
    assert debts_of(unit_id=nabire) == []
    (done,) = debts_of(unit_id=nabire, is_paid=True)
    assert (done.proof, done.paid_on) == ("TRX-77", world.TODAY)
    assert held(nabire) == {"qris": 70_000, "bank": -70_000}
    assert payment_problems() == []
    assert Event.objects.filter(action="payments.pay_out").count() == 1


def test_the_same_again_pays_nothing_twice(nabire):
    key, debt_key = uuid7(), uuid7()
    got = comes(nabire, 70_000)
    debt = a_debt(nabire, 70_000, receipt_id=got.receipt_id, key=debt_key)
    assert a_debt(nabire, 70_000, receipt_id=got.receipt_id, key=debt_key) == debt
    with pytest.raises(KeyReused):
        a_debt(nabire, 60_000, receipt_id=got.receipt_id, key=debt_key)
    assert paid(debt, nabire, key=key) == paid(debt, nabire, key=key)
    with pytest.raises(KeyReused):
        paid(debt, nabire, key=key, proof="LAIN")
    with pytest.raises(ReceiptRefused, match="sudah dicatat dibayar"):
        paid(debt, nabire)
    assert (Debt.objects.count(), PayOut.objects.count()) == (1, 1)
    assert held(nabire) == {"qris": 70_000, "bank": -70_000}


def test_what_came_beyond_its_ask_goes_back_with_it(nabire):
    asked = an_ask(nabire, 70_000, subject="uji:1")
    got = comes(nabire, 70_250, request_id=asked.request_id)
    new = NewDebt(uuid7(), "uji:1", nabire, 70_000, "Batal", surplus_of=got.receipt_id)
    assert owe_back(debt=new, by=world.SITI, now=NOON) == owe_back(
        debt=new, by=world.SITI, now=NOON
    )
    (owed,) = debts_of(unit_id=nabire)
    assert (owed.amount, owed.source) == (70_250, From.ADVANCE)
    assert unapplied_of(unit_id=nabire) == []
    assert payment_problems() == []
    paid(owed.id, nabire, means=Means.CASH)
    assert held(nabire) == {"qris": 70_250, "cash": -70_250}
    assert payment_problems() == []


def test_a_receipt_of_another_subject_gives_no_surplus(nabire):
    other = an_ask(nabire, 1_000, subject="uji:2")
    got = comes(nabire, 1_500, request_id=other.request_id)
    comes(nabire, 70_000, request_id=an_ask(nabire, 70_000, subject="uji:1").request_id)
    new = NewDebt(uuid7(), "uji:1", nabire, 70_000, "Batal", surplus_of=got.receipt_id)
    owe_back(debt=new, by=world.SITI, now=NOON)
    (owed,) = debts_of(unit_id=nabire)
    assert owed.amount == 70_000
    assert [left.left_over for left in unapplied_of(unit_id=nabire)] == [500]
    assert payment_problems() == []


def test_nothing_is_owed_twice_of_one_receipt_and_nothing_paid_without_proof(nabire):
    got = comes(nabire, 70_000)
    debt = a_debt(nabire, 50_000, receipt_id=got.receipt_id)
    with pytest.raises(ReceiptRefused, match="sudah terpakai"):
        a_debt(nabire, 20_001, receipt_id=got.receipt_id)
    with pytest.raises(ReceiptRefused, match="Jumlah harus"):
        a_debt(nabire, 0)
    with pytest.raises(ReceiptRefused, match="bukti"):
        paid(debt, nabire, proof="  ")
    bangli = Place.objects.get(code="lapas-narkotika-kelas-iia-bangli").pk
    with pytest.raises(LookupError):
        paid(debt, bangli)
    assert Debt.objects.count() == 1
    assert not PayOut.objects.exists()


def test_units_settle_in_the_books_of_both(nabire):
    bangli = Place.objects.get(code="lapas-narkotika-kelas-iia-bangli").pk
    key = uuid7()
    for _ in range(2):
        new = NewTransfer(key, nabire, bangli, 90_000, "TRX-9", world.TODAY)
        assert settle_units(transfer=new, by=world.SITI, now=NOON) == key
    assert held(nabire) == {"settlement": 90_000, "bank": -90_000}
    assert held(bangli) == {"settlement": -90_000, "bank": 90_000}
    assert UnitTransfer.objects.count() == 1
    assert payment_problems() == []
    for wrong in (
        NewTransfer(uuid7(), nabire, nabire, 1, "x", world.TODAY),
        NewTransfer(uuid7(), nabire, bangli, 0, "x", world.TODAY),
        NewTransfer(uuid7(), nabire, bangli, 1, " ", world.TODAY),
    ):
        with pytest.raises(ReceiptRefused):
            settle_units(transfer=wrong, by=world.SITI, now=NOON)
    changed = NewTransfer(key, nabire, bangli, 1, "TRX-9", world.TODAY)
    with pytest.raises(KeyReused):
        settle_units(transfer=changed, by=world.SITI, now=NOON)
    assert UnitTransfer.objects.count() == 1
