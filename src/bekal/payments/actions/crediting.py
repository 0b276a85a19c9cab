"""Asking less by an invoice, where some of it is not delivered, or came back."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.payments.models import CreditNote, Request
from bekal.payments.queries.asks import Ask, shown_ask
from bekal.payments.rules import AskRefused, Method, State, check_amount

CREDIT = "payments.credit_invoice"


@dataclass(frozen=True)
class NewCreditNote:
    """What an invoice asks less; `about` is the key of what fell out of it or came back."""

    key: UUID
    request_id: UUID
    about: str
    amount: int
    why: str


@transaction.atomic
def credit_invoice(*, note: NewCreditNote, by: Actor, now: dt.datetime) -> Ask:
    """Let an invoice ask less, once; how it stands then.

    What came in counts towards the rest. The caller does what follows, in this transaction: where
    the invoice is paid by what came in already, and where some of that is beyond it (`Ask.beyond`),
    which is to be owed back as its surplus. Raises AskRefused for what is no invoice that waits, or
    more than it asks for; LookupError for an unknown ask, and KeyReused for the same key with other
    content; the same again changes nothing.
    """
    check_amount(note.amount, refusal=AskRefused)
    request = Request.objects.select_for_update().filter(pk=note.request_id).first()
    if request is None:
        raise LookupError(f"there is no ask {note.request_id}")
    message = frozen_bytes(asdict(note))
    if claim_message(key=note.key, door=CREDIT, body=message, by=by, now=now) is not None:
        return shown_ask(request)
    _check(shown_ask(request), note)
    CreditNote.objects.create(
        id=note.key,
        request=request,
        about=note.about,
        amount=note.amount,
        why=note.why.strip()[:200],
        noted_at=now,
        noted_by=str(by),
    )
    request.refresh_from_db()
    return shown_ask(request)


def _check(ask: Ask, note: NewCreditNote) -> None:
    if ask.method is not Method.INVOICE or ask.state is not State.OPEN:
        raise AskRefused("Tagihan ini bukan faktur yang menunggu pembayaran.")
    if note.amount > ask.amount:
        raise AskRefused("Faktur tidak dikurangi lebih dari yang ditagihnya.")
