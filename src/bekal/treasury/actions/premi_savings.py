"""Saved premi is paid out when its maker goes home."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.ledger import queries as ledger_queries
from bekal.ledger.rules import AccountKind, Line
from bekal.people import queries as people
from bekal.treasury.actions.premi_recording import lock_premi, record
from bekal.treasury.actions.premi_runs import check_money
from bekal.treasury.models import SavingsPayment
from bekal.treasury.rules.premi_paying import (
    MONEY_ACCOUNTS,
    NewSavingsPayment,
    PremiRefused,
    check_proof,
)


@transaction.atomic
def pay_savings(*, new: NewSavingsPayment, on: dt.date, by: Actor, now: dt.datetime) -> UUID:
    """Pay out all that a unit saved for a maker who went home; returns the payment's id, its key.

    `on` is the day at the unit. Raises PremiRefused with the field, and KeyReused for the same key
    with other content; a repeat changes nothing.
    """
    body = new.frozen()
    door = "treasury.savings"
    scope = scope_of_place(new.unit_id)
    first = claim_message(key=new.key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return new.key
    proof = check_proof(new.proof)
    lock_premi(new.unit_id)
    if new.maker not in people.gone_home(codes=[new.maker]):
        raise PremiRefused("Tabungan dibayarkan saat pembuat pulang. Pembuat ini belum pulang.")
    amount = _saved(new.unit_id, new.maker)
    if amount <= 0:
        raise PremiRefused("Tidak ada tabungan yang belum dibayarkan.")
    check_money(new.unit_id, new.money, amount, by=by, now=now)
    SavingsPayment.objects.create(
        id=new.key,
        unit_id=new.unit_id,
        maker_id=new.maker,
        amount=amount,
        paid_from=new.money.value,
        proof=proof,
        paid_on=on,
        paid_at=now,
        paid_by=str(by),
    )
    _book(new, amount=amount, on=on, by=by, now=now)
    return new.key


def _saved(unit_id: int, maker: str) -> int:
    owed = ledger_queries.owed_to_makers(unit_id=unit_id, makers=[maker])
    return sum(one.amount for one in owed if one.account is AccountKind.PREMI_SAVED)


def _book(new: NewSavingsPayment, *, amount: int, on: dt.date, by: Actor, now: dt.datetime) -> None:
    ledger.post_entry(
        lines=[
            Line(new.unit_id, AccountKind.PREMI_SAVED, amount, maker=new.maker),
            Line(new.unit_id, MONEY_ACCOUNTS[new.money], -amount),
        ],
        key=new.key,
        occurred_on=on,
        memo=f"Tabungan premi {new.maker} dibayarkan",
        source=f"savings:{new.key}",
        by=by,
        now=now,
    )
    detail = {"maker": new.maker, "amount": amount, "from": new.money.value}
    key = f"savings:{new.key}"
    record("pay_savings", key, unit_id=new.unit_id, detail=detail, by=by, now=now)
