"""Short ways for tests to sell, to owe the state and to pay it."""

import datetime as dt

from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.ledger.queries import balances_of
from bekal.sales.actions import NewRefund, record_sale, refund_sale
from bekal.sales.queries import refundable_lines
from bekal.sales.rules import RefundKind
from bekal.treasury.actions import NewDeposit, NewPayment, bill_deposit, pay_deposit
from bekal.treasury.models import (
    Deposit,
    DepositCall,
    DepositPayment,
    SetOff,
    Target,
    TreasuryFile,
    TreasuryRow,
)
from bekal.treasury.queries import standing_of
from bekal.treasury.rules import DepositMeans
from tests.support import world

RATNA = user_actor(4)
"""Treasurer at Lapas Narkotika Bangli."""
IN_A_WEEK = world.NOON + dt.timedelta(days=7)


def sells(unit_id, product, pieces=1, *, sold_on=world.TODAY, **changes):
    """Goods are sold; the receipt's id."""
    sale = world.a_sale(unit_id, (product, pieces), sold_on=sold_on, **changes)
    return record_sale(sale=sale, by=world.YOHANA, now=world.NOON).sale_id


def comes_back(sale_id, pieces=1, *, now=world.NOON):
    """Pieces of a receipt come back."""
    line = refundable_lines(sale_id=sale_id)[0]
    refund = NewRefund(uuid7(), sale_id, {line.id: pieces}, RefundKind.RETURN, "jahitan lepas")
    return refund_sale(refund=refund, by=world.SITI, now=now)


def code(number):
    """A billing code of the tests."""
    return f"82026042700{number:04}"


def ntpn(number):
    """An NTPN of the tests."""
    return f"UJI{number:013}"


def a_bill(unit_id, amount, *, number=1, **changes):
    """A deposit as it is billed."""
    given = {"key": uuid7(), "billing_code": code(number), "expires_at": IN_A_WEEK, **changes}
    return NewDeposit(unit_id=unit_id, amount=amount, **given)


def billed(unit_id, amount, *, number=1, now=world.NOON, **changes):
    """PNBP is billed; the deposit's id."""
    return bill_deposit(
        deposit=a_bill(unit_id, amount, number=number, **changes), by=world.SITI, now=now
    )


def a_payment(unit_id, deposit_id, *, number=1, **changes):
    """A payment as it is written down."""
    given = {
        "key": uuid7(),
        "ntpn": ntpn(number),
        "means": DepositMeans.CASH,
        "paid_on": world.TODAY,
        **changes,
    }
    return NewPayment(unit_id=unit_id, deposit_id=deposit_id, **given)


def pays(unit_id, deposit_id, *, number=1, now=world.NOON, **changes):
    """A deposit is paid; what of it was not owed."""
    payment = a_payment(unit_id, deposit_id, number=number, **changes)
    return pay_deposit(payment=payment, by=world.SITI, now=now)


def deposits(unit_id, amount, *, number=1, **changes):
    """PNBP is billed and paid; the deposit's id."""
    made = billed(unit_id, amount, number=number)
    pays(unit_id, made, number=number, **changes)
    return made


def owes(unit_id, *, on=world.TODAY):
    """What a unit owes the state, by age."""
    return standing_of(unit_id=unit_id, on=on, now=world.NOON)


def held(unit_id):
    """What the accounts of a unit hold, those that hold nothing left out."""
    return {b.account.value: b.amount for b in balances_of(unit_id=unit_id) if b.amount}


def everything():
    """All that was written of deposits and in the books, to see that a refusal changed nothing."""
    tables = (Deposit, DepositPayment, DepositCall, SetOff, Target, TreasuryFile, TreasuryRow)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]
