"""Which accounts money moves that came in, is known, or goes out. Pure."""

from bekal.ledger.rules import AccountKind, Line
from bekal.payments.rules import From, Means

MONEY = {
    Means.CASH: AccountKind.CASH,
    Means.QRIS: AccountKind.QRIS,
    Means.TRANSFER: AccountKind.BANK,
    Means.GATEWAY: AccountKind.QRIS,
}
"""The account that holds what came by each means."""
FROM_ACCOUNTS = {
    From.ADVANCE: AccountKind.ORDER_ADVANCE,
    From.UNAPPLIED: AccountKind.UNAPPLIED_RECEIPT,
}


def receipt_lines(*, unit_id: int, means: Means, applied: int, loose: int) -> list[Line]:
    """The entry of a receipt: the money, what of it is an advance, and what is not known yet."""
    parts = [(AccountKind.ORDER_ADVANCE, applied), (AccountKind.UNAPPLIED_RECEIPT, loose)]
    money = Line(unit_id, MONEY[means], applied + loose)
    return [money, *(Line(unit_id, account, -amount) for account, amount in parts if amount)]


def mistake_lines(*, unit_id: int, means: Means, amount: int) -> list[Line]:
    """The entry that takes money back that belongs to nothing and was taken in by mistake."""
    return [
        Line(unit_id, AccountKind.UNAPPLIED_RECEIPT, amount),
        Line(unit_id, MONEY[means], -amount),
    ]


def application_lines(*, unit_id: int, amount: int) -> list[Line]:
    """The entry of money that is known now; with a negative amount, of one that is no more."""
    return [
        Line(unit_id, AccountKind.UNAPPLIED_RECEIPT, amount),
        Line(unit_id, AccountKind.ORDER_ADVANCE, -amount),
    ]


def payout_lines(
    *, unit_id: int, source: From, means: Means, amount: int, surplus: int = 0
) -> list[Line]:
    """The entry of money that goes back to a buyer; `surplus` of it was never part of an ask."""
    parts = [(FROM_ACCOUNTS[source], amount - surplus), (AccountKind.UNAPPLIED_RECEIPT, surplus)]
    lines = [Line(unit_id, account, part) for account, part in parts if part]
    return [*lines, Line(unit_id, MONEY[means], -amount)]


def transfer_lines(*, payer_id: int, payee_id: int, amount: int) -> list[Line]:
    """The entry of what one unit pays another of what it owes it, in the books of both."""
    return [
        Line(payer_id, AccountKind.SETTLEMENT, amount, counterpart_id=payee_id),
        Line(payer_id, AccountKind.BANK, -amount),
        Line(payee_id, AccountKind.BANK, amount),
        Line(payee_id, AccountKind.SETTLEMENT, -amount, counterpart_id=payer_id),
    ]
