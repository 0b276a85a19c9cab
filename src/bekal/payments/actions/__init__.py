"""What changes payments: asking, taking in, applying, owing and paying back, settling units."""

from bekal.payments.actions.applying import apply_receipt, unapply_receipt
from bekal.payments.actions.asking import Asked, ask_payment, cancel_ask, expire_asks
from bekal.payments.actions.crediting import NewCreditNote, credit_invoice
from bekal.payments.actions.deciding import (
    forget_bank_texts,
    match_line,
    reopen_line,
    set_aside,
)
from bekal.payments.actions.doubting import check_doubt, receive_doubt
from bekal.payments.actions.merchants import NewMerchant, set_merchant
from bekal.payments.actions.mistaking import take_back
from bekal.payments.actions.noticing import Taken, poll_gateway, take_notice
from bekal.payments.actions.opening import start_gateway
from bekal.payments.actions.paying_out import (
    NewDebt,
    NewTransfer,
    owe_back,
    pay_out,
    settle_units,
)
from bekal.payments.actions.receiving import Received, receive
from bekal.payments.actions.splitting import SPLIT, NewSplit, split_line
from bekal.payments.actions.statements import (
    Imported,
    NewStatement,
    RowResult,
    import_statement,
    match_certain,
)

__all__ = [
    "SPLIT",
    "Asked",
    "Imported",
    "NewCreditNote",
    "NewDebt",
    "NewMerchant",
    "NewSplit",
    "NewStatement",
    "NewTransfer",
    "Received",
    "RowResult",
    "Taken",
    "apply_receipt",
    "ask_payment",
    "cancel_ask",
    "check_doubt",
    "credit_invoice",
    "expire_asks",
    "forget_bank_texts",
    "import_statement",
    "match_certain",
    "match_line",
    "owe_back",
    "pay_out",
    "poll_gateway",
    "receive",
    "receive_doubt",
    "reopen_line",
    "set_aside",
    "set_merchant",
    "settle_units",
    "split_line",
    "start_gateway",
    "take_back",
    "take_notice",
    "unapply_receipt",
]
