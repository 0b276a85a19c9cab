"""What was asked, what came in, what is owed, and whether it ties to the books."""

from bekal.payments.queries.asks import Ask, MerchantShown, ask, ask_of, asks_of, merchants_of
from bekal.payments.queries.matching import LineShown, Suggestion, open_lines
from bekal.payments.queries.money import (
    Loose,
    Owed,
    ReceiptShown,
    debts_of,
    receipts_of,
    unapplied_of,
)
from bekal.payments.queries.panel import PayPanel, pay_panel
from bekal.payments.queries.problems import payment_problems

__all__ = [
    "Ask",
    "LineShown",
    "Loose",
    "MerchantShown",
    "Owed",
    "PayPanel",
    "ReceiptShown",
    "Suggestion",
    "ask",
    "ask_of",
    "asks_of",
    "debts_of",
    "merchants_of",
    "open_lines",
    "pay_panel",
    "payment_problems",
    "receipts_of",
    "unapplied_of",
]
