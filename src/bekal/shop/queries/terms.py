"""What the papers of a part say beside its goods: whose order it is, and where it is paid."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.clock import local_day
from bekal.foundation.npwp import npwp
from bekal.payments import queries as payments
from bekal.payments.queries import Credit
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.shop.models import OrderPart, Problem
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

    Six statements at most; none where nothing is paid by invoice.
    """
    return Terms(
        reference=part.reference,
        npwp=npwp(part.npwp) if part.npwp else "",
        credits=_credits(part),
        pay_to=_pay_to(part),
    )


def _credits(part: PartShown) -> tuple[str, ...]:
    """What its invoice asks less: for this part and, where it goes on, for those of others."""
    if part.method is not Method.INVOICE:
        return ()
    notes = payments.credit_notes_of(subject=f"order:{part.order_id}")
    if not notes:
        return ()
    parts = _parts_of(part.order_id, notes)
    units = {each.unit_id for each in parts.values()}
    names = places.last_called(place_ids=units, on=_day(notes[-1], part))
    told, counted = [], Counter[UUID]()
    for note in notes:
        of = parts[note.about]
        counted[of.pk] += 1
        if of.pk == part.id or part.status is not PartStatus.CANCELLED:
            number = paper_number(
                "NK", order=part.order_code, position=of.position, nth=counted[of.pk]
            )
            told.append(_told(note, number, of=of, part=part, unit=names[of.unit_id][1]))
    return tuple(told)


def _parts_of(order_id: UUID, notes: Sequence[Credit]) -> dict[str, OrderPart]:
    """The part of each credit note, by what the note is about."""
    found = {f"part:{one.pk}": one for one in OrderPart.objects.filter(order_id=order_id)}
    if all(note.about in found for note in notes):
        return found
    problems = Problem.objects.filter(part__order_id=order_id).select_related("part")
    return found | {f"problem:{one.pk}": one.part for one in problems}


def _told(note: Credit, number: str, *, of: OrderPart, part: PartShown, unit: str) -> str:
    day, amount = formats.date(_day(note, part)), formats.rupiah(note.amount)
    if of.pk == part.id and part.status is PartStatus.CANCELLED:
        return f"Nota kredit {number}, {day}: {amount}. Alasan: {note.why}"
    whose = "bagian ini" if of.pk == part.id else f"bagian {unit}"
    is_back = note.about.startswith("problem:")
    why = "untuk barang yang kembali, " if is_back else "tidak bisa dipenuhi dan "
    return (
        f"Diperbaiki dengan nota kredit {number}, {day}: {whose}, {amount}, {why}"
        "tidak perlu dibayar."
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
