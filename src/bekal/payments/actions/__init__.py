"""What changes payments: asking, taking in, applying, owing and paying back, settling units."""

from bekal.payments.actions.applying import apply_receipt
from bekal.payments.actions.asking import Asked, ask_payment, cancel_ask, expire_asks
from bekal.payments.actions.merchants import NewMerchant, set_merchant
from bekal.payments.actions.paying_out import (
    NewDebt,
    NewTransfer,
    owe_back,
    pay_out,
    settle_units,
)
from bekal.payments.actions.receiving import Received, receive

__all__ = [
    "Asked",
    "NewDebt",
    "NewMerchant",
    "NewTransfer",
    "Received",
    "apply_receipt",
    "ask_payment",
    "cancel_ask",
    "expire_asks",
    "owe_back",
    "pay_out",
    "receive",
    "set_merchant",
    "settle_units",
]
