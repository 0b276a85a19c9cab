"""What gateways tell, and asking them; the network always outside a transaction."""

import datetime as dt
from enum import StrEnum

import structlog
from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.foundation.refusals import KeyReused
from bekal.payments import gateways
from bekal.payments.actions.receiving import receive
from bekal.payments.attempts import End, receipt_key, request_of
from bekal.payments.gateway import Gateway, Notice, Outcome, Unreachable, Unreadable
from bekal.payments.models import Attempt, AttemptEnd, Doubt, Receipt, Request
from bekal.payments.rules import DoubtKind, Means, NewReceipt, ReferenceTaken, State, state_of
from bekal.places import queries as places

log = structlog.get_logger("bekal.payments")
_ASKED_FOR = dt.timedelta(days=2)
"""How long an attempt is asked about: a payment may be settled after our end of the ask."""


class Taken(StrEnum):
    """What became of a notice."""

    RECEIVED = "received"
    REPEATED = "repeated"
    NOTED = "noted"
    KEPT = "kept"


def take_notice(*, notice: Notice, gateway: Gateway, by: Actor, now: dt.datetime) -> Taken:
    """Act on what a gateway says and has confirmed: once, late or out of order, as it comes.

    Paid money is received, by whichever attempt it came; an attempt that ended there is ended here,
    unless it was paid. What was taken back, is of an order that we do not know, or is told
    differently than before, is kept for a person of the gateway's unit. The rest changes nothing.
    """
    request = _request(notice.order)
    if notice.outcome is Outcome.PAID and request is not None:
        return _receive(notice, request=request, gateway=gateway, by=by, now=now)
    if notice.outcome is Outcome.PAID:
        sentence = "Uang masuk untuk pesanan yang tidak dikenal."
        return _keep(
            DoubtKind.UNKNOWN_ORDER, notice, gateway=gateway, sentence=sentence, by=by, now=now
        )
    if notice.outcome is Outcome.TAKEN_BACK:
        sentence = "Penyelenggara menarik kembali uang ini (refund atau sanggahan)."
        return _keep(
            DoubtKind.TAKEN_BACK, notice, gateway=gateway, sentence=sentence, by=by, now=now
        )
    if notice.outcome is Outcome.ENDED:
        _end(notice, End.UNPAID, by=by, now=now)
    return Taken.NOTED


def poll_gateway(*, by: Actor, now: dt.datetime) -> int:
    """Ask the gateway about attempts of which no end is known; how many were paid.

    Notices may be lost; this finds what they told. What is begun there for an ask that is over is
    given up, so that nobody pays for nothing. One that does not answer is asked next time, and so
    is a payment of which it answers what nobody can read.
    Where no gateway is set up there is nothing to ask.
    """
    gateway = gateways.active()
    if gateway is None:
        return 0
    asked = Attempt.objects.filter(end__isnull=True, opened_at__gte=now - _ASKED_FOR)
    with transaction.atomic(durable=True):
        waiting = list(asked.order_by("opened_at", "pk").select_related("request"))
    received = 0
    for attempt in waiting:
        try:
            notice = _told(attempt, gateway=gateway)
        except Unreadable:
            log.warning("gateway_unreadable", gateway=gateway.name, order=attempt.called)
            continue
        except Unreachable:
            log.warning("gateway_silent", gateway=gateway.name)
            break
        taken = take_notice(notice=notice, gateway=gateway, by=by, now=now)
        received += taken is Taken.RECEIVED
    return received


def _told(attempt: Attempt, *, gateway: Gateway) -> Notice:
    """How an attempt stands, given up where its ask is over. Raises Unreachable."""
    notice, ask = gateway.status(attempt.called), attempt.request
    state = state_of(amount=ask.due, settled=ask.settled, closed_as=ask.closed_as)
    if notice.outcome is Outcome.PENDING and state is not State.OPEN:
        gateway.give_up(attempt.called)
    return notice


def _receive(
    notice: Notice, *, request: Request, gateway: Gateway, by: Actor, now: dt.datetime
) -> Taken:
    receipt = NewReceipt(
        key=receipt_key(provider=gateway.name, transaction=notice.transaction),
        unit_id=request.unit_id,
        amount=notice.amount,
        method=Means.GATEWAY,
        provider=gateway.name,
        reference=notice.transaction,
        request_id=request.id,
        received_at=now,
    )
    try:
        with transaction.atomic():
            got = receive(receipt=receipt, by=by, now=now)
            _end(notice, End.PAID, by=by, now=now)
    except (KeyReused, ReferenceTaken):
        sentence = "Uang yang sama diberitahukan lagi dengan jumlah atau pesanan lain."
        kind = DoubtKind.OTHER_CONTENT
        return _keep(kind, notice, gateway=gateway, sentence=sentence, by=by, now=now)
    return Taken.REPEATED if got.is_repeat else Taken.RECEIVED


def _end(notice: Notice, how: End, *, by: Actor, now: dt.datetime) -> None:
    """Write down how an attempt ended; the first end stands, whatever is told later."""
    attempt = Attempt.objects.filter(called=notice.order).first()
    if attempt is not None:
        end = AttemptEnd(attempt=attempt, how=how.value, ended_at=now, ended_by=str(by))
        AttemptEnd.objects.bulk_create([end], ignore_conflicts=True)


def _keep(
    kind: DoubtKind,
    notice: Notice,
    *,
    gateway: Gateway,
    sentence: str,
    by: Actor,
    now: dt.datetime,
) -> Taken:
    """Keep a notice for a person, once."""
    request = _request(notice.order)
    unit = places.place_on(code=gateway.unit, on=now.date()) if request is None else None
    if request is None and unit is None:
        log.error("no_unit_for_notice", gateway=gateway.name, transaction=notice.transaction)
        return Taken.KEPT
    doubt = Doubt(
        unit_id=request.unit_id if request else unit.id if unit else 0,
        kind=kind.value,
        provider=gateway.name,
        reference=notice.transaction,
        amount=notice.amount,
        receipt=Receipt.objects.filter(provider=gateway.name, reference=notice.transaction).first(),
        sentence=sentence,
        noted_at=now,
        noted_by=str(by),
    )
    Doubt.objects.bulk_create([doubt], ignore_conflicts=True)
    return Taken.KEPT


def _request(order: str) -> Request | None:
    request_id = request_of(order)
    return Request.objects.filter(pk=request_id).first() if request_id else None
