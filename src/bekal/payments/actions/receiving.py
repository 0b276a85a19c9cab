"""Taking money in: the one way, whoever tells of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.ledger import actions as ledger
from bekal.payments import handlers
from bekal.payments.entries import receipt_lines
from bekal.payments.models import Application, Doubt, Receipt, Rest
from bekal.payments.rules import (
    DoubtKind,
    Method,
    NewReceipt,
    Paid,
    ReceiptRefused,
    ReferenceTaken,
    check_amount,
    state_of,
)
from bekal.places import queries as places

log = structlog.get_logger("bekal.payments")

# The ask is locked and the receipt taken in by one statement; a twin of it waits here.
_TAKE_IN = """
with ask as (
  select id, subject, label, amount - reduced, settled, method, closed_as from payments_request
  where id = %(request)s and unit_id = %(unit)s for update
), put as (
  insert into payments_receipt (id, unit_id, amount, means, provider, reference, request_id,
    received_at, recorded_at, recorded_by)
  values (%(id)s, %(unit)s, %(amount)s, %(means)s, %(provider)s, %(reference)s, %(request)s,
    %(received_at)s, %(now)s, %(by)s)
  on conflict do nothing returning id
)
select exists (select from put), ask.* from (select) one left join ask on true
"""


@dataclass(frozen=True)
class Received:
    """What became of money that came in: how much belongs to its ask, and how much to nothing."""

    receipt_id: UUID
    applied: int
    loose: int
    is_repeat: bool


@dataclass(frozen=True)
class _Ask:
    id: UUID
    subject: str
    label: str
    amount: int
    settled: int
    method: str
    closed_as: str

    @property
    def owed(self) -> int:
        return max(0, self.amount - self.settled)

    def paid(self, receipt: NewReceipt, *, amount: int) -> Paid:
        """What its handler is told of."""
        return Paid(
            request_id=self.id,
            receipt_id=receipt.key,
            subject=self.subject,
            unit_id=receipt.unit_id,
            method=Method(self.method),
            means=receipt.method,
            amount=amount,
            owed=self.owed - amount,
            state=state_of(amount=self.amount, settled=self.settled, closed_as=self.closed_as),
            received_at=receipt.received_at,
        )


@transaction.atomic
def receive(*, receipt: NewReceipt, by: Actor, now: dt.datetime) -> Received:
    """Take money in, once for what its provider calls it, and let follow what follows.

    What its ask still lacks becomes the unit's order_advance, also when the ask is over, and the
    handler of the subject is called; anything else stands in unapplied_receipt for a person. So
    does all of it when the handler fails. Money that comes again is answered as it was the first
    time. Raises ReceiptRefused for no amount or an ask of another unit, ReferenceTaken when it is
    called as other money is that came for another ask or as another sum, and KeyReused when the
    same is told with another amount or unit.
    """
    check_amount(receipt.amount, refusal=ReceiptRefused)
    is_new, ask = _taken_in(receipt, by=by, now=now)
    if not is_new:
        return _first_answer(receipt)
    if receipt.request_id is not None and ask is None:
        raise ReceiptRefused("Tagihan ini tidak ada di unit ini.")
    applied = min(receipt.amount, ask.owed) if ask else 0
    if ask is not None and applied:
        applied = _settled(receipt, ask=ask, amount=applied, by=by, now=now)
    if not applied:
        _post(receipt, applied=0, by=by, now=now)
    audit.record(
        chain=chain_of_place(receipt.unit_id),
        action="payments.receive",
        object_key=f"receipt:{receipt.key}",
        detail={
            "provider": receipt.provider,
            "means": receipt.method,
            "amount": receipt.amount,
            "applied": applied,
            "subject": ask.subject if ask else "",
        },
        by=by,
        now=now,
    )
    return Received(receipt.key, applied, receipt.amount - applied, is_repeat=False)


def _taken_in(receipt: NewReceipt, *, by: Actor, now: dt.datetime) -> tuple[bool, _Ask | None]:
    values: dict[str, Any] = {
        "id": receipt.key,
        "unit": receipt.unit_id,
        "amount": receipt.amount,
        "means": receipt.method.value,
        "provider": receipt.provider,
        "reference": receipt.reference,
        "request": receipt.request_id,
        "received_at": receipt.received_at,
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, values)
        is_new, *ask = cursor.fetchone()
    return is_new, _Ask(*ask) if ask[0] is not None else None


def _first_answer(receipt: NewReceipt) -> Received:
    rows = Receipt.objects.select_related("request")
    first = rows.filter(provider=receipt.provider, reference=receipt.reference).first() or rows.get(
        pk=receipt.key
    )
    _check_same(receipt, first)
    left = Rest.objects.values_list("left_over", flat=True).get(receipt_id=first.id)
    return Received(first.id, first.amount - left, left, is_repeat=True)


def _check_same(receipt: NewReceipt, first: Receipt) -> None:
    """Money that is told of again, as it was the first time; its ask may be left out."""
    told = (receipt.unit_id, receipt.amount, receipt.provider, receipt.reference)
    is_same = told == (first.unit_id, first.amount, first.provider, first.reference)
    if is_same and receipt.request_id in {None, first.request_id}:
        return
    if first.id != receipt.key and first.unit_id == receipt.unit_id:
        raise ReferenceTaken(first.request.label if first.request else "", first.amount)
    raise KeyReused


def _settled(receipt: NewReceipt, *, ask: _Ask, amount: int, by: Actor, now: dt.datetime) -> int:
    """Apply, post and tell in one savepoint; when that fails nothing of it stands. The amount."""
    try:
        with transaction.atomic():
            _apply(
                uuid7(),
                receipt_id=receipt.key,
                request_id=ask.id,
                amount=amount,
                by=by,
                now=now,
            )
            _post(receipt, applied=amount, by=by, now=now)
            handlers.tell(paid=ask.paid(receipt, amount=amount), by=by, now=now)
            _check_now()
    except (OperationalError, InterfaceError):
        raise  # a deadlock or a lost connection: whoever told of the money tells again
    except Exception as problem:
        # Money is a fact whatever another room makes of it: it waits for a person.
        log.exception("not_handled", subject=ask.subject, receipt=str(receipt.key))
        _doubt(receipt, ask=ask, problem=problem, by=by, now=now)
        return 0
    return amount


def _apply(
    key: UUID, *, receipt_id: UUID, request_id: UUID, amount: int, by: Actor, now: dt.datetime
) -> None:
    Application.objects.create(
        id=key,
        receipt_id=receipt_id,
        request_id=request_id,
        amount=amount,
        applied_at=now,
        applied_by=str(by),
    )


def _post(receipt: NewReceipt, *, applied: int, by: Actor, now: dt.datetime) -> None:
    zone = places.zone_of(unit_id=receipt.unit_id)
    ledger.post_entry(
        lines=receipt_lines(
            unit_id=receipt.unit_id,
            means=receipt.method,
            applied=applied,
            loose=receipt.amount - applied,
        ),
        key=receipt.key,
        occurred_on=local_day(receipt.received_at, zone),
        memo=f"Uang masuk {receipt.provider} {receipt.reference}"[:200],
        source=f"receipt:{receipt.key}",
        by=by,
        now=now,
    )


def _check_now() -> None:
    """Let what the handler wrote fail here, where it can be taken back, and not at the commit.

    What comes after it in the same transaction is looked at when that ends, as ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def _doubt(
    receipt: NewReceipt, *, ask: _Ask, problem: Exception, by: Actor, now: dt.datetime
) -> None:
    why = problem.message if isinstance(problem, Refused) else "ada kesalahan pada program."
    Doubt.objects.create(
        unit_id=receipt.unit_id,
        kind=DoubtKind.NOT_HANDLED.value,
        provider=receipt.provider,
        reference=receipt.reference,
        amount=receipt.amount,
        receipt_id=receipt.key,
        sentence=f"Uang untuk {ask.label or ask.subject} belum bisa dipakai: {why}"[:300],
        noted_at=now,
        noted_by=str(by),
    )
