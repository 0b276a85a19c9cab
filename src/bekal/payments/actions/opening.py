"""Opening a payment at the gateway; the network always outside a transaction."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.actors import Actor
from bekal.payments import gateways
from bekal.payments.attempts import End, new_order
from bekal.payments.models import Attempt
from bekal.payments.queries import asks
from bekal.payments.queries.asks import Ask
from bekal.payments.queries.attempts import last_attempt
from bekal.payments.rules import AskRefused, Method, State


def start_gateway(*, request_id: UUID, by: Actor, now: dt.datetime) -> str:
    """Open a payment at the gateway, and return the address where the buyer goes on.

    While that one may be paid it stays the same; after it ended unpaid, another is opened by a
    name of its own. Of two taps at once one opens it and both get its address: what the other
    opened has an address that nobody sees. Raises Unreachable, and AskRefused when the ask is over,
    of another kind, was paid by what was opened last, or has money that a person looks at.
    """
    gateway = gateways.active()
    if gateway is None:
        raise AskRefused(_("Tagihan ini tidak dibayar lewat layanan pembayaran."))
    with transaction.atomic(durable=True):  # what follows may last seconds
        ask = _asked(request_id, now=now)
        last = last_attempt(request_id=request_id)
    if ask.in_doubt:
        raise AskRefused(_("Uang Anda sudah masuk dan sedang diperiksa. Jangan membayar lagi."))
    if last is not None and last.end is End.PAID:
        raise AskRefused(
            _(
                "Tagihan ini tidak bisa dibayar daring lagi. "
                "Tanyakan kepada unit cara membayar yang masih kurang."
            )
        )
    if last is not None and last.end is None:
        return last.page
    order = new_order(request_id)
    opened = Attempt(
        request_id=request_id,
        number=last.number + 1 if last else 1,
        called=order,
        amount=ask.to_pay,
        page=gateway.start(ask, order=order, now=now).address,
        opened_at=now,
        opened_by=str(by),
    )
    Attempt.objects.bulk_create([opened], ignore_conflicts=True)
    return Attempt.objects.get(request_id=request_id, number=opened.number).page


def _asked(request_id: UUID, *, now: dt.datetime) -> Ask:
    ask = asks.ask(request_id=request_id)
    if ask is None or ask.method is not Method.GATEWAY:
        raise AskRefused(_("Tagihan ini tidak dibayar lewat layanan pembayaran."))
    if ask.state is not State.OPEN or ask.is_over(now=now):
        raise AskRefused(_("Tagihan ini sudah tidak bisa dibayar."))
    return ask
