"""Moving QRIS money to the bank when a statement says that it came."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind
from bekal.payments import actions as payments
from bekal.payments import queries as money
from bekal.payments.queries import LineShown
from bekal.payments.rules import Aside
from bekal.treasury.models import QrisSettlement
from bekal.treasury.queries.settling import suggestions_of
from bekal.treasury.rules.settling import (
    FEE_WORDS,
    NewSettling,
    SettlingRefused,
    settling_lines,
)

SETTLE = "treasury.settle_qris"


@transaction.atomic
def settle_qris(*, new: NewSettling, by: Actor, now: dt.datetime) -> UUID:
    """Say that a bank line is QRIS money, and move it from `qris` to `bank`, less the fee.

    Raises SettlingRefused (with the field): when the line is decided, when `qris` does not hold as
    much, when one of the days is settled, without a reason by hand; and KeyReused. The same again
    changes nothing.
    """
    if claim_message(key=new.key, door=SETTLE, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    held = ledger.hold_account(unit_id=new.unit_id, account=AccountKind.QRIS, by=by, now=now)
    line, reason = _checked(new, held=held)
    payments.set_aside(unit_id=new.unit_id, line_id=new.line_id, reason=Aside.QRIS, by=by, now=now)
    row = QrisSettlement(id=new.key, unit_id=new.unit_id, line_id=new.line_id)
    row.amount, row.fee, row.reason = line.amount, new.fee, reason
    if new.days is not None:
        row.during = DateRange(new.days.first, new.days.last, "[]")
    row.settled_at, row.settled_by = now, str(by)
    row.save(force_insert=True)
    ledger.post_entry(
        lines=settling_lines(unit_id=new.unit_id, amount=line.amount, fee=new.fee),
        key=new.key,
        occurred_on=line.day,
        memo="Pencairan QRIS ke rekening",
        source=f"qris:{new.key}",
        by=by,
        now=now,
    )
    audit.record(
        chain=chain_of_place(new.unit_id),
        action=SETTLE,
        object_key=f"line:{new.line_id}",
        detail={"amount": line.amount, "fee": new.fee, "reason": reason},
        by=by,
        now=now,
    )
    return new.key


def settle_certain(*, unit_id: int, by: Actor, now: dt.datetime) -> int:
    """Settle the lines whose days and sum are certain; how many. Each is its own transaction."""
    settled = 0
    for line_id, found in suggestions_of(unit_id=unit_id).items():
        if not found.is_certain:
            continue
        try:
            settle_qris(new=NewSettling(uuid7(), unit_id, line_id, 0, found.days), by=by, now=now)
        except SettlingRefused:
            continue  # two lines fitted the same days, or somebody else was faster
        settled += 1
    return settled


def _checked(new: NewSettling, *, held: int) -> tuple[LineShown, str]:
    """The line while it is undecided, and the reason that is kept. Raises SettlingRefused."""
    line = money.line_in(unit_id=new.unit_id, line_id=new.line_id)
    if line is None:
        raise SettlingRefused("Baris ini sudah diputuskan.")
    if new.fee < 0 or line.amount + new.fee > held:
        raise SettlingRefused("Akun QRIS tidak memuat uang sebanyak itu.", field="fee")
    reason = " ".join(new.reason.split()) or (FEE_WORDS if new.days and new.fee else "")
    if new.days is None and not reason:
        raise SettlingRefused("Tulis QRIS hari mana, atau sebabnya.", field="reason")
    _check_days(new)
    return line, reason


def _check_days(new: NewSettling) -> None:
    if new.days is None:
        return
    asked = DateRange(new.days.first, new.days.last, "[]")
    if QrisSettlement.objects.filter(unit_id=new.unit_id, during__overlap=asked).exists():
        raise SettlingRefused("QRIS hari itu sudah dicocokkan dengan baris lain.")
