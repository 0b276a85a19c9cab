"""Looking at what did not fit, and taking in what is money after all."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import KeyReused
from bekal.payments.actions.receiving import receive
from bekal.payments.attempts import receipt_key
from bekal.payments.models import Doubt, DoubtCheck, Receipt
from bekal.payments.rules import DoubtKind, Means, NewReceipt, ReceiptRefused


@transaction.atomic
def check_doubt(*, unit_id: int, doubt_id: int, by: Actor, now: dt.datetime) -> None:
    """Say that somebody looked at a doubt; the first look stands, a repeat changes nothing.

    Raises LookupError when the unit has no such doubt.
    """
    if not Doubt.objects.filter(pk=doubt_id, unit_id=unit_id).exists():
        raise LookupError(f"unit {unit_id} has no doubt {doubt_id}")
    check = DoubtCheck(doubt_id=doubt_id, checked_at=now, checked_by=str(by))
    DoubtCheck.objects.bulk_create([check], ignore_conflicts=True)
    _record("check_doubt", unit_id=unit_id, doubt_id=doubt_id, by=by, now=now)


@transaction.atomic
def receive_doubt(*, unit_id: int, doubt_id: int, by: Actor, now: dt.datetime) -> UUID:
    """Take the money of an unknown order in, as that of an unknown bank line; the receipt's id.

    It belongs to nothing yet, and the doubt is looked at with it. The same again changes nothing,
    and nothing is taken in twice that came in otherwise. Raises ReceiptRefused when somebody
    looked at it and left it, or the gateway told another sum of it; LookupError when the unit has
    no such doubt.
    """
    unknown = Doubt.objects.filter(unit_id=unit_id, kind=DoubtKind.UNKNOWN_ORDER)
    doubt = unknown.filter(pk=doubt_id, amount__isnull=False).first()
    if doubt is None:
        raise LookupError(f"unit {unit_id} has no unknown money {doubt_id}")
    looked = {"checked_at": now, "checked_by": str(by)}
    _, is_first = DoubtCheck.objects.get_or_create(doubt=doubt, defaults=looked)
    receipt = _receipt(doubt)
    if not is_first:
        return _taken_before(receipt)
    try:
        got = receive(receipt=receipt, by=by, now=now)
    except KeyReused:
        raise ReceiptRefused("Uang dengan nomor ini sudah tercatat dengan jumlah lain.") from None
    _record("receive_doubt", unit_id=unit_id, doubt_id=doubt_id, by=by, now=now)
    return got.receipt_id


def _taken_before(receipt: NewReceipt) -> UUID:
    if not Receipt.objects.filter(pk=receipt.key, amount=receipt.amount).exists():
        raise ReceiptRefused("Catatan ini sudah diperiksa, tanpa dicatat sebagai uang masuk.")
    return receipt.key


def _receipt(doubt: Doubt) -> NewReceipt:
    """The money as the gateway told of it, for no ask."""
    assert doubt.amount is not None
    return NewReceipt(
        key=receipt_key(provider=doubt.provider, transaction=doubt.reference),
        unit_id=doubt.unit_id,
        amount=doubt.amount,
        method=Means.GATEWAY,
        provider=doubt.provider,
        reference=doubt.reference,
        request_id=None,
        received_at=doubt.noted_at,
    )


def _record(what: str, *, unit_id: int, doubt_id: int, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=chain_of_place(unit_id),
        action=f"payments.{what}",
        object_key=f"doubt:{doubt_id}",
        detail={},
        by=by,
        now=now,
    )
