"""What the papers of a part say beside its goods: whose order it is, and where it is paid."""

from dataclasses import dataclass

from bekal.foundation import formats
from bekal.foundation.npwp import npwp
from bekal.payments import queries as payments
from bekal.payments.rules import Method
from bekal.shop.queries.parts import PartShown
from bekal.shop.rules import PartStatus


@dataclass(frozen=True)
class Signers:
    """Who signs for whom; what is empty is left for a pen."""

    giver: str = ""
    giver_office: str = ""
    taker: str = ""
    taker_office: str = ""


@dataclass(frozen=True)
class Terms:
    """What an invoice or a handover record says beside the goods."""

    reference: str = ""
    npwp: str = ""
    pay_to: tuple[str, ...] = ()
    signers: Signers = Signers()


NO_TERMS = Terms()


def terms_of(*, part: PartShown) -> Terms:
    """The terms of a part; two statements at most, none where nothing is to be paid by invoice."""
    return Terms(
        reference=part.reference,
        npwp=npwp(part.npwp) if part.npwp else "",
        pay_to=_pay_to(part),
    )


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
    if part.other_parts:
        owed = formats.rupiah(ask.owed)
        lines.append(f"Dibayar sekali bersama bagian bengkel lain dari pesanan ini: {owed}.")
    return tuple(lines)
