"""Short ways for tests to ask for money and to let it come."""

import datetime as dt

from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.ids import uuid7
from bekal.ledger.queries import balances_of
from bekal.payments import qris
from bekal.payments.actions import (
    NewMerchant,
    ask_payment,
    receive,
    set_merchant,
    start_gateway,
)
from bekal.payments.models import Application, Attempt, AttemptEnd, Receipt, Request
from bekal.payments.rules import Means, Method, NewAsk, NewReceipt
from tests.support import world

BUYER = Actor(ActorKind.BUYER, "uji")
BANK = Actor(ActorKind.WEBHOOK, "uji")
NOON = world.NOON
STATIC = qris.sample(name="CONTOH LAPAS NABIRE", city="NABIRE", number=17)


def a_merchant(unit_id, **changes):
    """A unit takes money by QRIS and transfer from now on."""
    given = {
        "static_qris": STATIC,
        "bank": "Bank Contoh",
        "account_number": "1234567890",
        "holder": "CONTOH Lapas Nabire",
        "is_sample": True,
        **changes,
    }
    set_merchant(merchant=NewMerchant(unit_id=unit_id, **given), by=world.SETUP, now=NOON)


def an_ask(unit_id, amount=148_000, *, method=Method.QRIS, subject=None, now=NOON, **changes):
    """Somebody is asked for money for a subject of the tests."""
    ask = NewAsk(
        key=changes.pop("key", None) or uuid7(),
        subject=subject or f"uji:{uuid7()}",
        unit_id=unit_id,
        amount=amount,
        method=method,
        label="BK-7Q2M-18KD",
        **changes,
    )
    return ask_payment(ask=ask, by=BUYER, now=now)


def opened(asked, *, now=NOON):
    """Its buyer goes on to the gateway; what the payment there is called."""
    start_gateway(request_id=asked.request_id, by=BUYER, now=now)
    attempts = Attempt.objects.filter(request_id=asked.request_id)
    return attempts.order_by("-number").values_list("called", flat=True)[0]


def a_receipt(unit_id, amount, *, request_id=None, reference=None, **changes):
    """Money as it is told of."""
    given = {
        "key": uuid7(),
        "method": Means.QRIS,
        "provider": "uji",
        "received_at": NOON,
        **changes,
    }
    reference = reference or str(uuid7())
    return NewReceipt(
        unit_id=unit_id, amount=amount, reference=reference, request_id=request_id, **given
    )


def comes(unit_id, amount, *, now=NOON, **changes):
    """Money comes in."""
    return receive(receipt=a_receipt(unit_id, amount, **changes), by=BANK, now=now)


def held(unit_id):
    """What the accounts of a unit hold, those that hold nothing left out."""
    found: dict[str, int] = {}
    for balance in balances_of(unit_id=unit_id):
        if balance.amount:
            found[balance.account.value] = found.get(balance.account.value, 0) + balance.amount
    return found


def everything():
    """All that payments wrote, to see that a refusal changed nothing."""
    tables = (Request, Receipt, Application, Attempt, AttemptEnd)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def later(**delta):
    """An instant after noon."""
    return NOON + dt.timedelta(**delta)
