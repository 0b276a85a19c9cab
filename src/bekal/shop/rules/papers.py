"""Which papers of a part there are, as it stands. Pure."""

from enum import StrEnum

from bekal.payments.rules import Method
from bekal.shop.rules.statuses import OrderStatus, PartStatus


class Paper(StrEnum):
    """A paper of a part, as it is called in addresses."""

    SLIP = "isi-paket"
    DELIVERY_NOTE = "surat-jalan"
    INVOICE = "faktur"
    HANDOVER = "bast"


def paper_number(kind: str, *, order: str, position: int, nth: int = 1) -> str:
    """The number of a paper of a part, its `nth` of that kind: the same whenever it is printed."""
    return f"{kind}/{order}/{position}" + (f"-{nth}" if nth > 1 else "")


def papers_left(*, order: OrderStatus, part: PartStatus, method: Method | None) -> frozenset[str]:
    """What may be printed of a part: nothing before its unit may prepare it.

    What is paid for on fetching, or by invoice, is prepared before it is paid; all else waits for
    its money, and until then a slip would send goods out that nobody bought.

    Of what was cancelled only the invoice of an institution is left, since it has a number that
    stands in books; it says that it is cancelled and asks for nothing.
    """
    if order is OrderStatus.DRAFT or part is PartStatus.WAITING:
        return frozenset()
    if part is PartStatus.CANCELLED:
        return frozenset({Paper.INVOICE}) if method is Method.INVOICE else frozenset()
    return frozenset(Paper)
