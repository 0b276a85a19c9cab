"""Asking for a payment, and ending what was asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from bekal.foundation.actors import Actor
from bekal.foundation.refusals import KeyReused
from bekal.payments import qris
from bekal.payments.models import IS_OPEN, Request
from bekal.payments.queries.asks import MerchantShown, merchants_of
from bekal.payments.rules import (
    DIGITS_REST,
    FEW_DIGITS,
    LIVES,
    MOST_DIGITS,
    AskRefused,
    Method,
    NewAsk,
    State,
    check_amount,
    state_of,
)

_TRIES = 8
# The digits that make a transfer unlike all other open ones of the account, few first. Two who
# take the same ones at once meet at the unique index: one waits, gets nothing, and takes others.
# What is asked by stands in selects of their own, so that the plan is kept (docs/decisions/0018);
# what is no transfer looks at none.
_ASK = """
insert into payments_request
  (id, subject, label, unit_id, amount, extra, payable, method, payload, expires_at, settled,
   closed_as, closed_by, asked_at, asked_by)
select %(id)s, %(subject)s, %(label)s, %(unit)s, %(amount)s, digits, %(amount)s + digits,
  %(method)s, %(payload)s, %(expires_at)s, 0, '', '', %(now)s, %(by)s
from (
  select digits
  from generate_series((select %(least)s::int), (select %(most)s::int)) as digits
  where case when (select %(method)s::text) = 'transfer' then not exists (
    select from payments_request r
    where r.unit_id = (select %(unit)s::bigint) and r.payable = %(amount)s + digits
      and r.method = 'transfer'
      and ((r.closed_as = '' and r.settled < r.amount - r.reduced)
        or r.asked_at > (select %(since)s::timestamptz))) else true end
  order by digits > %(few)s, random() limit 1
) free
on conflict do nothing
returning extra
"""
_EXPIRE = """
update payments_request set closed_as = 'expired', closed_at = %(now)s, closed_by = %(by)s
where closed_as = '' and settled < amount - reduced and expires_at <= %(now)s
"""


@dataclass(frozen=True)
class Asked:
    """What a buyer is shown: `amount` is to be paid, of which `extra` are the unique digits.

    `payload` is the text of the QRIS code, or empty. `merchant` is None where nothing but the
    counter takes the money.
    """

    request_id: UUID
    amount: int
    extra: int
    payload: str
    expires_at: dt.datetime | None
    merchant: MerchantShown | None


def ask_payment(
    *, ask: NewAsk, merchant: MerchantShown | None = None, by: Actor, now: dt.datetime
) -> Asked:
    """Ask for a payment of a subject: two statements, of which one writes.

    One, where the caller knows the unit's `merchant` already.

    The same key with the same content answers the first ask again. Raises AskRefused where the
    unit cannot take money that way or the subject has another open ask (cancel that one first),
    and KeyReused for the same key with other content.
    """
    check_amount(ask.amount, refusal=AskRefused)
    merchant = _merchant(ask, known=merchant)
    payload = ""
    if ask.method is Method.QRIS and merchant is not None:
        payload = qris.with_amount(merchant.static_qris, amount=ask.amount, label=ask.label)
    life = LIVES.get(ask.method)
    expires_at = ask.expires_at or (now + life if life else None)
    values: dict[str, Any] = {
        "id": ask.key,
        "subject": ask.subject,
        "label": ask.label,
        "unit": ask.unit_id,
        "amount": ask.amount,
        "method": ask.method.value,
        "payload": payload,
        "expires_at": expires_at,
        "least": int(ask.method is Method.TRANSFER),
        "most": MOST_DIGITS if ask.method is Method.TRANSFER else 0,
        "few": FEW_DIGITS,
        "since": now - DIGITS_REST,
        "now": now,
        "by": str(by),
    }
    extra = _written(values)
    if extra is None:
        return _first_answer(ask, merchant)
    return Asked(ask.key, ask.amount + extra, extra, payload, expires_at, merchant)


def _merchant(ask: NewAsk, *, known: MerchantShown | None) -> MerchantShown | None:
    if ask.method is Method.AT_PICKUP:
        return None
    if known is None or known.unit_id != ask.unit_id:
        known = merchants_of(unit_ids=[ask.unit_id]).get(ask.unit_id)
    merchant = known
    if ask.method is Method.QRIS and not (merchant and merchant.takes_qris):
        raise AskRefused(_("Unit ini belum punya QRIS. Pilih cara bayar lain."), field="method")
    if ask.method is not Method.GATEWAY and not (
        merchant and (merchant.takes_transfer or ask.method is Method.QRIS)
    ):
        raise AskRefused(_("Unit ini belum punya rekening. Pilih cara bayar lain."), field="method")
    return merchant


def _written(values: dict[str, Any]) -> int | None:
    """The digits of the ask that was written; None where its key was used before."""
    with connection.cursor() as cursor:
        for _try in range(_TRIES):
            cursor.execute(_ASK, values)
            row = cursor.fetchone()
            if row is not None:
                digits: int = row[0]
                return digits
            if Request.objects.filter(pk=values["id"]).exists():
                return None
            if _has_open_ask(values["subject"]):
                raise AskRefused(_("Pesanan ini masih punya tagihan yang terbuka."))
    raise AskRefused(_("Terlalu banyak transfer dengan jumlah ini. Pilih cara bayar lain."))


def _has_open_ask(subject: str) -> bool:
    return Request.objects.filter(IS_OPEN, subject=subject).exists()


def _first_answer(ask: NewAsk, merchant: MerchantShown | None) -> Asked:
    first = Request.objects.get(pk=ask.key)
    asked = (ask.subject, ask.unit_id, ask.amount, ask.method.value)
    if asked != (first.subject, first.unit_id, first.amount, first.method):
        raise KeyReused
    return Asked(first.id, first.payable, first.extra, first.payload, first.expires_at, merchant)


@transaction.atomic
def cancel_ask(*, request_id: UUID, by: Actor, now: dt.datetime) -> State:
    """End an ask that is open, and tell how it stands: one that is settled stays so.

    It locks the ask. A receipt locks the ask first and then, in its handler, the subject: whoever
    cancels an order calls this before it locks the order. Raises LookupError for an unknown ask.
    """
    request = Request.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise LookupError(f"there is no ask {request_id}")
    state = state_of(amount=request.due, settled=request.settled, closed_as=request.closed_as)
    if state is not State.OPEN:
        return state
    request.closed_as, request.closed_at, request.closed_by = State.CANCELLED.value, now, str(by)
    request.save(update_fields=["closed_as", "closed_at", "closed_by"])
    return State.CANCELLED


def expire_asks(*, by: Actor, now: dt.datetime) -> int:
    """End the open asks whose time has run out, so that their digits come free; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EXPIRE, {"now": now, "by": str(by)})
        ended: int = cursor.rowcount
    return ended
