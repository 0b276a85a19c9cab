"""Giving money that is not known yet to an ask, by hand, and taking it off again."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.payments import handlers
from bekal.payments.entries import application_lines
from bekal.payments.models import Application, Receipt, Request, Rest
from bekal.payments.rules import Means, Method, Paid, ReceiptRefused, state_of
from bekal.places import queries as places


@transaction.atomic
def apply_receipt(
    *,
    key: UUID,
    receipt_id: UUID,
    request_id: UUID,
    most: int | None = None,
    by: Actor,
    now: dt.datetime,
) -> int:
    """Let what is left of a receipt, or `most` of it, pay an ask as far as it lacks; how much.

    Moves it from unapplied_receipt to order_advance and calls the handler, whose refusal is this
    action's. Raises ReceiptRefused when one of them has nothing left or they are of two units, and
    KeyReused for the same key with other content; the same again changes nothing.
    """
    body = frozen_bytes({"receipt": receipt_id, "request": request_id})
    unit = Receipt.objects.filter(pk=receipt_id).values_list("unit_id", flat=True).first()
    door, scope = "payments.apply_receipt", scope_of_place(unit) if unit else ""
    first = claim_message(key=key, door=door, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return Application.objects.get(pk=key).amount
    request, rest = _locked(receipt_id=receipt_id, request_id=request_id)
    amount = min(rest.left_over, request.due - request.settled)
    if most is not None:
        amount = min(amount, most)
    if amount < 1:
        raise ReceiptRefused("Uang ini sudah terpakai, atau tagihan ini sudah lunas.")
    Application.objects.create(
        id=key,
        receipt_id=receipt_id,
        request_id=request_id,
        amount=amount,
        applied_at=now,
        applied_by=str(by),
    )
    _post(key, unit_id=rest.unit_id, amount=amount, by=by, now=now)
    handlers.tell(paid=_paid(request, receipt_id=receipt_id, amount=amount), by=by, now=now)
    _record("apply", receipt_id, request=request, amount=amount, by=by, now=now)
    return amount


@transaction.atomic
def unapply_receipt(*, key: UUID, application_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Take money off an ask again, by a new fact: it stands in unapplied_receipt as before.

    An ask that is not settled has set nothing in motion. Of one that is settled the money goes
    only with the word of the subject's room (BEKAL_ON_UNPAID), which may refuse. Raises
    ReceiptRefused, and KeyReused for the same key with other content; the same again changes
    nothing.
    """
    body = frozen_bytes({"application": application_id})
    if claim_message(key=key, door="payments.unapply", body=body, by=by, now=now) is not None:
        return
    undone = Application.objects.filter(pk=application_id, undoes__isnull=True).first()
    if undone is None:
        raise ReceiptRefused("Pencocokan ini tidak ada.")
    request, _ = _locked(receipt_id=undone.receipt_id, request_id=undone.request_id)
    if Application.objects.filter(undoes=undone).exists():
        raise ReceiptRefused("Pencocokan ini sudah dibatalkan.")
    Application.objects.create(
        id=key,
        receipt_id=undone.receipt_id,
        request=request,
        amount=-undone.amount,
        undoes=undone,
        applied_at=now,
        applied_by=str(by),
    )
    _post(key, unit_id=request.unit_id, amount=-undone.amount, by=by, now=now)
    gone = _paid(request, receipt_id=undone.receipt_id, amount=-undone.amount)
    if not handlers.tell_gone(paid=gone, by=by, now=now) and request.settled >= request.due:
        raise ReceiptRefused(
            "Pesanannya sudah memakai uang ini. Kembalikan lewat pesanannya lebih dahulu."
        )
    _record("unapply", undone.receipt_id, request=request, amount=-undone.amount, by=by, now=now)


def _locked(*, receipt_id: UUID, request_id: UUID) -> tuple[Request, Rest]:
    request = Request.objects.select_for_update().filter(pk=request_id).first()
    rest = Rest.objects.select_for_update().filter(receipt_id=receipt_id).first()
    if request is None or rest is None or request.unit_id != rest.unit_id:
        raise ReceiptRefused("Tagihan atau uang ini tidak ada di unit ini.")
    return request, rest


def _paid(request: Request, *, receipt_id: UUID, amount: int) -> Paid:
    came = Receipt.objects.values_list("means", "received_at").get(pk=receipt_id)
    return Paid(
        request_id=request.id,
        receipt_id=receipt_id,
        subject=request.subject,
        unit_id=request.unit_id,
        method=Method(request.method),
        means=Means(came[0]),
        amount=amount,
        owed=request.due - request.settled - amount,
        state=state_of(amount=request.due, settled=request.settled, closed_as=request.closed_as),
        received_at=came[1],
    )


def _post(key: UUID, *, unit_id: int, amount: int, by: Actor, now: dt.datetime) -> None:
    ledger.post_entry(
        lines=application_lines(unit_id=unit_id, amount=amount),
        key=key,
        occurred_on=local_day(now, places.zone_of(unit_id=unit_id)),
        memo="Uang masuk dicocokkan" if amount > 0 else "Pencocokan uang masuk dibatalkan",
        source=f"application:{key}",
        by=by,
        now=now,
    )


def _record(
    what: str, receipt_id: UUID, *, request: Request, amount: int, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(request.unit_id),
        action=f"payments.{what}",
        object_key=f"receipt:{receipt_id}",
        detail={"request": request.id, "amount": amount, "subject": request.subject},
        by=by,
        now=now,
    )
