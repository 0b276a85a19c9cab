"""The chart of accounts of a unit, and a line of an entry. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class AccountKind(StrEnum):
    """The chart of accounts of a unit; money that comes in is positive (debit)."""

    CASH = "cash"
    BANK = "bank"
    QRIS = "qris"
    RECEIVABLE = "receivable"
    SETTLEMENT = "settlement"
    PNBP_PAYABLE = "pnbp_payable"
    PREMI_UNALLOCATED = "premi_unallocated"
    COST_RECOVERY = "cost_recovery"
    CAPITAL = "capital"
    OPERATING = "operating"
    PARTNER_PAYABLE = "partner_payable"
    SHIPPING = "shipping"
    ORDER_ADVANCE = "order_advance"
    UNAPPLIED_RECEIPT = "unapplied_receipt"
    PREMI_PAYABLE = "premi_payable"
    PREMI_SAVED = "premi_saved"
    CASH_DIFFERENCE = "cash_difference"
    PNBP_OVERPAID = "pnbp_overpaid"


ACCOUNT_LABELS = {
    AccountKind.CASH: "Kas",
    AccountKind.BANK: "Rekening bank",
    AccountKind.QRIS: "QRIS dalam penyelesaian",
    AccountKind.RECEIVABLE: "Piutang",
    AccountKind.SETTLEMENT: "Titipan antarunit",
    AccountKind.PNBP_PAYABLE: "PNBP terutang",
    AccountKind.PREMI_UNALLOCATED: "Premi pembuat",
    AccountKind.COST_RECOVERY: "Bahan dan biaya",
    AccountKind.CAPITAL: "Dana penunjang bengkel",
    AccountKind.OPERATING: "Operasional",
    AccountKind.PARTNER_PAYABLE: "Bagian mitra",
    AccountKind.SHIPPING: "Ongkos kirim",
    AccountKind.ORDER_ADVANCE: "Uang muka pesanan",
    AccountKind.UNAPPLIED_RECEIPT: "Uang masuk belum dikenali",
    AccountKind.PREMI_PAYABLE: "Premi terutang",
    AccountKind.PREMI_SAVED: "Tabungan premi",
    AccountKind.CASH_DIFFERENCE: "Selisih kas",
    AccountKind.PNBP_OVERPAID: "PNBP lebih setor",
}

SHARE_ACCOUNTS = frozenset(
    {
        AccountKind.PREMI_UNALLOCATED,
        AccountKind.PNBP_PAYABLE,
        AccountKind.CAPITAL,
        AccountKind.OPERATING,
        AccountKind.PARTNER_PAYABLE,
    }
)
"""The accounts that a rule may give shares to."""
OF_A_MAKER = frozenset({AccountKind.PREMI_PAYABLE, AccountKind.PREMI_SAVED})
"""The accounts that are kept for each maker, by code."""


@dataclass(frozen=True)
class Line:
    """One line of an entry: `amount` in rupiah, positive debit, negative credit, never zero.

    `counterpart_id` is the other unit of a settlement account, and None for all others; `maker`
    is the code of the maker of an account in OF_A_MAKER, and empty for all others.
    """

    unit_id: int
    account: AccountKind
    amount: int
    counterpart_id: int | None = None
    maker: str = ""
