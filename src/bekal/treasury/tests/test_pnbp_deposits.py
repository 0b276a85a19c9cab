"""The state's share is billed, paid once, called off, set off; what was refused changed nothing."""

import datetime as dt

import pytest

from bekal.foundation.attachments import read_attachment
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.models import Checkpoint, EntryLine
from bekal.ledger.queries import ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.sales.actions import record_sale
from bekal.treasury.actions import (
    NewSetOff,
    add_proof,
    bill_deposit,
    call_off,
    lift_all_returns,
    lift_returns,
    pay_deposit,
    record_paid,
    set_off,
)
from bekal.treasury.models import Deposit, DepositPayment, DepositProof
from bekal.treasury.queries import Stage, owed_by_sale, stage_of
from bekal.treasury.rules import DepositMeans, DepositRefused
from bekal.treasury.tests.deposits import (
    a_bill,
    a_payment,
    billed,
    code,
    comes_back,
    deposits,
    everything,
    held,
    owes,
    pays,
    sells,
)
from tests.support import world
from tests.support.world import WAYAN, a_sale

pytestmark = pytest.mark.django_db
SITI, NOON, TODAY = world.SITI, world.NOON, world.TODAY
LATER = NOON + dt.timedelta(days=20)


def refuses(act, *, field=None, says=""):
    """The act is refused at the field, and nothing was written."""
    before = everything()
    with pytest.raises(DepositRefused) as refused:
        act()
    assert says in refused.value.message
    assert field is None or refused.value.field == field
    assert everything() == before


def test_a_sale_is_owed_to_the_state_until_its_deposit_is_paid(world):
    sells(world.bangli, world.endek, 2)
    assert owes(world.bangli).owed == 100_000
    made = billed(world.bangli, 100_000)
    assert owes(world.bangli).owed == 100_000
    assert owes(world.bangli).free == 0
    assert pays(world.bangli, made) == 0
    assert owes(world.bangli).owed == 0
    assert held(world.bangli) == {
        "cash": 100_000,
        "premi_unallocated": -70_000,
        "capital": -30_000,
    }
    assert ledger_problems() == []


def test_a_transfer_is_paid_from_the_bank(world):
    sells(world.bangli, world.endek)
    deposits(world.bangli, 50_000, means=DepositMeans.BANK)
    assert held(world.bangli)["bank"] == -50_000


def test_a_deposit_pays_the_oldest_first(world):
    first = sells(world.bangli, world.endek, sold_on=dt.date(2026, 4, 1))
    second = sells(world.bangli, world.endek, sold_on=dt.date(2026, 4, 20))
    made = deposits(world.bangli, 70_000)
    (left,) = owed_by_sale(unit_id=world.bangli)
    assert (left.sale_id, left.due, left.left) == (second, 50_000, 30_000)
    assert left.sale_id != first
    assert DepositPayment.objects.get(deposit_id=made).oldest_on == dt.date(2026, 4, 1)


def test_no_more_is_billed_than_is_owed_unless_it_is_said_why(world):
    sells(world.bangli, world.endek)
    refuses(lambda: billed(world.bangli, 50_001), field="amount", says="Rp50.000")
    billed(world.bangli, 30_000)
    refuses(lambda: billed(world.bangli, 30_000, number=2), field="amount", says="Rp20.000")
    made = billed(world.bangli, 60_000, number=2, more_reason="setoran bulan lalu kurang")
    assert pays(world.bangli, made) == 10_000
    assert held(world.bangli)["pnbp_overpaid"] == 10_000


@pytest.mark.parametrize("typed", ["", "8202604270000", "82026042700012345", "abcdefghijklmno"])
def test_a_billing_code_has_15_digits(world, typed):
    sells(world.bangli, world.endek)
    refuses(lambda: billed(world.bangli, 1_000, billing_code=typed), field="billing_code")


def test_a_billing_code_is_read_however_it_is_spaced(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 1_000, billing_code="8202 6042 7000 001")
    assert Deposit.objects.get(pk=made).billing_code == code(1)


def test_a_code_that_stands_anywhere_in_the_nation_is_not_taken_again(world):
    sells(world.bangli, world.endek)
    sells(world.nabire, world.noken)
    made = billed(world.nabire, 6_000)
    refuses(lambda: billed(world.bangli, 1_000), field="billing_code")
    call_off(unit_id=world.nabire, deposit_id=made, reason="salah unit", by=SITI, now=NOON)
    assert billed(world.bangli, 1_000)


def test_an_ntpn_that_stands_anywhere_in_the_nation_is_not_taken_again(world):
    sells(world.bangli, world.endek)
    sells(world.nabire, world.noken)
    deposits(world.nabire, 6_000)
    made = billed(world.bangli, 1_000, number=2)
    refuses(lambda: pays(world.bangli, made, number=1), field="ntpn")


def test_a_dead_code_is_not_billed(world):
    sells(world.bangli, world.endek)
    refuses(lambda: billed(world.bangli, 1_000, expires_at=NOON), field="expires_on")
    far = NOON + dt.timedelta(days=90)
    refuses(lambda: billed(world.bangli, 1_000, expires_at=far), field="expires_on")


def test_a_deposit_paid_late_needs_a_new_code(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    assert stage_of(Deposit.objects.get(pk=made), now=LATER) is Stage.EXPIRED
    assert owes(world.bangli).free == 0
    after = dt.date(2026, 5, 6)
    refuses(
        lambda: pays(world.bangli, made, now=LATER, paid_on=after),
        field="late_reason",
        says="habis 4 Mei 2026",
    )
    call_off(unit_id=world.bangli, deposit_id=made, reason="kode habis", by=SITI, now=LATER)
    new = billed(world.bangli, 50_000, number=2, now=LATER, expires_at=LATER + dt.timedelta(days=7))
    assert pays(world.bangli, new, number=2, now=LATER, paid_on=after) == 0
    assert owes(world.bangli).owed == 0


def test_an_ntpn_for_a_dead_code_is_a_fact_and_says_why(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    why = "bank menerima pada hari libur, dibukukan sesudahnya"
    pays(world.bangli, made, now=LATER, paid_on=dt.date(2026, 5, 6), late_reason=why)
    assert DepositPayment.objects.get().late_reason == why
    assert owes(world.bangli).owed == 0


def test_what_was_paid_in_time_may_be_written_down_after_the_code_ended(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    assert pays(world.bangli, made, now=LATER, paid_on=dt.date(2026, 5, 4)) == 0


def test_a_code_that_is_dead_asks_for_nothing_that_is_owed(world):
    sells(world.bangli, world.endek)
    billed(world.bangli, 50_000)
    new = LATER + dt.timedelta(days=7)
    assert billed(world.bangli, 50_000, number=2, now=LATER, expires_at=new)


def test_a_deposit_of_the_past_is_written_down_with_its_dead_code(world):
    sells(world.bangli, world.endek, sold_on=dt.date(2026, 3, 1))
    ended = dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)
    bill = a_bill(world.bangli, 50_000, expires_at=ended, is_dead=True)
    paid = a_payment(world.bangli, bill.key, paid_on=dt.date(2026, 3, 5))
    for _ in range(2):
        record_paid(deposit=bill, payment=paid, by=SITI, now=NOON)
    assert owes(world.bangli).owed == 0
    late = a_bill(world.bangli, 10_000, number=2, expires_at=ended, is_dead=True, more_reason="uji")
    never = a_payment(world.bangli, late.key, number=2, paid_on=dt.date(2026, 3, 20))
    with pytest.raises(DepositRefused):
        record_paid(deposit=late, payment=never, by=SITI, now=NOON)


@pytest.mark.parametrize("day", [dt.date(2026, 4, 28), dt.date(2025, 4, 1)])
def test_a_payment_is_of_a_day_of_the_last_year(world, day):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    refuses(lambda: pays(world.bangli, made, paid_on=day), field="paid_on")


def test_a_deposit_is_paid_once_and_a_repeat_answers_the_first(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    payment = a_payment(world.bangli, made)
    for _ in range(2):
        assert pay_deposit(payment=payment, by=SITI, now=NOON) == 0
    refuses(lambda: pays(world.bangli, made, number=2), says="sudah dicatat dibayar")
    with pytest.raises(KeyReused):
        pays(world.bangli, made, key=payment.key, number=3)
    assert DepositPayment.objects.count() == 1


def test_a_bill_repeated_is_one_deposit(world):
    sells(world.bangli, world.endek)
    bill = a_bill(world.bangli, 50_000)
    assert bill_deposit(deposit=bill, by=SITI, now=NOON) == bill.key
    assert bill_deposit(deposit=bill, by=SITI, now=NOON) == bill.key
    assert Deposit.objects.count() == 1


def test_a_deposit_called_off_is_owed_again_and_is_never_paid(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    ids = {"unit_id": world.bangli, "deposit_id": made, "by": SITI, "now": NOON}
    refuses(lambda: call_off(**ids, reason=" "), field="reason")
    for _ in range(2):
        call_off(**ids, reason="jumlahnya salah")
    assert owes(world.bangli).free == 50_000
    refuses(lambda: pays(world.bangli, made), says="dibatalkan")
    paid = deposits(world.bangli, 50_000, number=2)
    refuses(lambda: call_off(**{**ids, "deposit_id": paid}, reason="terlambat"))


def test_the_deposits_of_another_unit_are_not_found(world):
    sells(world.bangli, world.endek)
    made = billed(world.bangli, 50_000)
    with pytest.raises(LookupError):
        pays(world.nabire, made)
    with pytest.raises(LookupError):
        call_off(unit_id=world.nabire, deposit_id=made, reason="x", by=SITI, now=NOON)


def test_a_proof_is_kept_once(world):
    sells(world.bangli, world.endek)
    made = deposits(world.bangli, 50_000)
    paper = read_attachment(name="bpn.pdf", content=b"%PDF-1.7 uji")
    ids = {"unit_id": world.bangli, "deposit_id": made, "paper": paper, "by": SITI, "now": NOON}
    assert add_proof(**ids) == add_proof(**ids)
    assert DepositProof.objects.count() == 1
    with pytest.raises(LookupError):
        add_proof(**{**ids, "unit_id": world.nabire})


def test_goods_that_come_back_before_the_deposit_are_owed_no_more(world):
    sale = sells(world.bangli, world.endek, 2)
    comes_back(sale)
    assert owes(world.bangli).owed == 50_000
    assert lift_returns(unit_id=world.bangli, by=SITI, now=NOON) == 0


def test_goods_that_come_back_after_the_deposit_are_overpaid_until_they_are_set_off(world):
    sale = sells(world.bangli, world.endek, 2)
    deposits(world.bangli, 100_000)
    comes_back(sale)
    assert owes(world.bangli).back == 50_000
    assert lift_all_returns(by=SITI, now=NOON) == 1
    assert lift_all_returns(by=SITI, now=NOON) == 0
    assert held(world.bangli)["pnbp_overpaid"] == 50_000
    assert "pnbp_payable" not in held(world.bangli)
    sells(world.bangli, world.endek, 3)
    assert owes(world.bangli).owed == 150_000
    new = NewSetOff(uuid7(), world.bangli, 50_000, "S-17/KPPN/2026 (uji)", TODAY)
    for _ in range(2):
        set_off(new=new, by=SITI, now=NOON)
    assert owes(world.bangli).owed == 100_000
    assert owes(world.bangli).overpaid == 0
    assert deposits(world.bangli, 100_000, number=2)
    assert owes(world.bangli).owed == 0
    assert ledger_problems() == []


def test_later_sales_do_not_set_off_by_themselves_what_came_back(world):
    sale = sells(world.bangli, world.endek)
    deposits(world.bangli, 50_000)
    comes_back(sale)
    sells(world.bangli, world.endek)
    assert lift_returns(unit_id=world.bangli, by=SITI, now=NOON) == 50_000
    assert (owes(world.bangli).owed, owes(world.bangli).overpaid) == (50_000, 50_000)


def test_a_set_off_needs_a_document_and_both_sides(world):
    sale = sells(world.bangli, world.endek)
    deposits(world.bangli, 50_000)
    comes_back(sale)
    ask = {"key": uuid7(), "unit_id": world.bangli, "amount": 50_000, "set_on": TODAY}

    def act(**changes):
        new = NewSetOff(**{**ask, "document": "S-17", "key": uuid7(), **changes})
        return set_off(new=new, by=SITI, now=NOON)

    refuses(lambda: act(document=" "), field="document")
    refuses(act, field="amount", says="Rp0")


def test_paying_less_than_a_refund_left_owed_is_overpaid_by_the_rest(world):
    sale = sells(world.bangli, world.endek, 2)
    made = billed(world.bangli, 100_000)
    comes_back(sale)
    assert pays(world.bangli, made) == 50_000
    assert held(world.bangli)["pnbp_overpaid"] == 50_000
    assert owes(world.bangli).owed == 0


def test_what_is_owed_by_age_is_the_same_with_a_checkpoint_of_every_day(world):
    for back in (110, 100, 91, 90, 31, 30, 8, 7, 0):
        day, then = TODAY - dt.timedelta(days=back), NOON - dt.timedelta(days=back)
        sale = a_sale(world.bangli, (world.endek, 1), sold_on=day)
        record_sale(sale=sale, by=WAYAN, now=then)
        checked(world.bangli, now=then)
    assert owes(world.bangli).ages == (100_000, 100_000, 100_000, 150_000)
    deposits(world.bangli, 180_000)
    assert owes(world.bangli).ages == (100_000, 100_000, 70_000, 0)


def checked(unit_id, *, now):
    """A checkpoint of what the unit owes the state, as the night makes it."""
    lines = EntryLine.objects.filter(
        account__unit_id=unit_id, account__kind=AccountKind.PNBP_PAYABLE
    ).order_by("id")
    amounts = list(lines.values_list("account_id", "id", "amount"))
    Checkpoint.objects.create(
        account_id=amounts[-1][0],
        through_line=amounts[-1][1],
        balance=sum(amount for _, _, amount in amounts),
        made_at=now,
    )
