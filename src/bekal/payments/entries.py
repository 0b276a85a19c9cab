"""Which accounts money moves that came in, is known, or goes out. Pure."""

from bekal.ledger.rules import AccountKind, Line
from bekal.payments.rules import Means

MONEY = {
    Means.CASH: AccountKind.CASH,
    Means.QRIS: AccountKind.QRIS,
    Means.TRANSFER: AccountKind.BANK,
    Means.GATEWAY: AccountKind.QRIS,
}
"""The account that holds what came by each means."""


def receipt_lines(*, unit_id: int, means: Means, applied: int, loose: int) -> list[Line]:
    """The entry of a receipt: the money, what of it is an advance, and what is not known yet.

    With negative amounts, of money that goes back, or that was taken in by mistake.
    """
    parts = [(AccountKind.ORDER_ADVANCE, applied), (AccountKind.UNAPPLIED_RECEIPT, loose)]
    money = Line(unit_id, MONEY[means], applied + loose)
    return [money, *(Line(unit_id, account, -amount) for account, amount in parts if amount)]


def application_lines(*, unit_id: int, amount: int) -> list[Line]:
    """The entry of money that is known now; with a negative amount, of one that is no more."""
    return [
        Line(unit_id, AccountKind.UNAPPLIED_RECEIPT, amount),
        Line(unit_id, AccountKind.ORDER_ADVANCE, -amount),
    ]


def transfer_lines(*, payer_id: int, payee_id: int, amount: int) -> list[Line]:
    """The entry of what one unit pays another of what it owes it, in the books of both."""
    return [
        Line(payer_id, AccountKind.SETTLEMENT, amount, counterpart_id=payee_id),
        Line(payer_id, AccountKind.BANK, -amount),
        Line(payee_id, AccountKind.BANK, amount),
        Line(payee_id, AccountKind.SETTLEMENT, -amount, counterpart_id=payer_id),
    ]
