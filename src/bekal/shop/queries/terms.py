"""What the papers of a part say beside its goods: whose order it is, and where it is paid."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.foundation.clock import local_day
from bekal.foundation.npwp import npwp
from bekal.payments import queries as payments
from bekal.payments.queries import Credit
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.shop.models import OrderPart
from bekal.shop.queries.parts import PartShown
from bekal.shop.rules import PartStatus, paper_number


@dataclass(frozen=True)
class Signers:
    """Who signs for whom; what is empty is left for a pen."""

    giver: str = ""
    giver_office: str = ""
    taker: str = ""
    taker_office: str = ""


@dataclass(frozen=True)
class Terms:
    """What an invoice or a handover record says beside the goods; `credits` of credit notes."""

    reference: str = ""
    npwp: str = ""
    credits: tuple[str, ...] = ()
    pay_to: tuple[str, ...] = ()
    signers: Signers = Signers()


NO_TERMS = Terms()


def terms_of(*, part: PartShown) -> Terms:
    """The terms of a part.

    Five statements at most; none where nothing is paid by invoice.
    """
    return Terms(
        reference=part.reference,
        npwp=npwp(part.npwp) if part.npwp else "",
        credits=_credits(part),
        pay_to=_pay_to(part),
    )


def _credits(part: PartShown) -> tuple[str, ...]:
    """What fell out of its invoice: this part, or, where this one goes on, those of others."""
    if part.method is not Method.INVOICE:
        return ()
    notes = payments.credit_notes_of(subject=f"order:{part.order_id}")
    if part.status is PartStatus.CANCELLED:
        return tuple(_own(note, part) for note in notes if note.about == f"part:{part.id}")
    if not notes:
        return ()
    others = {f"part:{one.pk}": one for one in OrderPart.objects.filter(order_id=part.order_id)}
    units = {others[note.about].unit_id for note in notes}
    names = places.last_called(place_ids=units, on=_day(notes[-1], part))
    return tuple(_of_other(note, others[note.about], part, names=names) for note in notes)


def _own(note: Credit, part: PartShown) -> str:
    number = paper_number("NK", order=part.order_code, position=part.position)
    day = formats.date(_day(note, part))
    return f"Nota kredit {number}, {day}: {formats.rupiah(note.amount)}. Alasan: {note.why}"


def _of_other(
    note: Credit, other: OrderPart, part: PartShown, *, names: Mapping[int, tuple[str, str]]
) -> str:
    number = paper_number("NK", order=part.order_code, position=other.position)
    _, unit = names[other.unit_id]
    day = formats.date(_day(note, part))
    return (
        f"Diperbaiki dengan nota kredit {number}, {day}: bagian {unit}, "
        f"{formats.rupiah(note.amount)}, tidak bisa dipenuhi dan tidak perlu dibayar."
    )


def _day(note: Credit, part: PartShown) -> dt.date:
    return local_day(note.noted_at, places.zone_of(unit_id=part.unit_id))


def _pay_to(part: PartShown) -> tuple[str, ...]:
    """Where an invoice is paid: once for all parts of an order, to the unit that collects."""
    is_over = part.is_settled or part.status is PartStatus.CANCELLED
    if part.method is not Method.INVOICE or is_over or part.collector_id is None:
        return ()
    merchant = payments.merchants_of(unit_ids=[part.collector_id]).get(part.collector_id)
    ask = payments.ask_of(subject=f"order:{part.order_id}")
    if merchant is None or not merchant.takes_transfer or ask is None:
        return ()
    account = f"{merchant.bank} {merchant.account_number} atas nama {merchant.holder}"
    lines = [f"Transfer ke {account}, dengan berita {part.order_code}."]
    if part.goes_with_others:
        owed = formats.rupiah(ask.owed)
        lines.append(f"Dibayar sekali bersama bagian bengkel lain dari pesanan ini: {owed}.")
    return tuple(lines)
