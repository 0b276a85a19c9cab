"""What the reports of the books are, and what a cause of an entry is called. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.ledger.rules import CHART, AccountKind

MONEY_KINDS = (AccountKind.CASH, AccountKind.BANK, AccountKind.QRIS)
"""Where money lies; what others owe is none yet."""
SLUGS = {meaning.slug: kind for kind, meaning in CHART.items()}
"""Account kinds by their word in addresses."""


class Report(StrEnum):
    """The reports that can be taken along; the values stand in addresses."""

    TRIAL = "neraca-saldo"
    FUNDS = "posisi-dana"
    FLOWS = "penerimaan-pengeluaran"
    LEDGER = "buku-besar"


REPORT_LABELS = {
    Report.TRIAL: "Neraca saldo",
    Report.FUNDS: "Posisi dana",
    Report.FLOWS: "Penerimaan dan pengeluaran",
    Report.LEDGER: "Buku besar",
}


class Ending(StrEnum):
    """The forms of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class Tree(StrEnum):
    """Under which tree units are summed: that of the last day of the period, or that of today."""

    THEN = "waktu-itu"
    NOW = "sekarang"


_CAUSES = {
    "sale": "Penjualan",
    "refund": "Pengembalian barang",
    "problem": "Penggantian kepada pembeli",
    "receipt": "Uang masuk untuk pesanan",
    "application": "Uang masuk yang dikenali",
    "payout": "Pembayaran kembali kepada pembeli",
    "transfer": "Titipan antarunit",
    "deposit": "Setoran PNBP",
    "premi": "Pembagian premi kepada pembuat",
    "premirun": "Pembayaran premi",
    "savings": "Tabungan premi dibayarkan",
    "cash": "Hitung kas",
    "clearing": "Penyelesaian selisih kas",
    "overpaid": "Kelebihan premi diselesaikan",
    "setoff": "PNBP lebih setor diperhitungkan",
    "pnbplift": "PNBP barang yang kembali",
}


def cause_label(cause: str) -> str:
    """What a cause of entries is called; one that nobody named by its own word."""
    return _CAUSES.get(cause) or cause.replace("_", " ").replace("-", " ").capitalize() or "Lainnya"


@dataclass(frozen=True)
class Sums:
    """What accounts held before a period and what moved them in it, in rupiah, debit positive."""

    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def closing(self) -> int:
        """What they hold at the end of the period."""
        return self.opening + self.debit - self.credit

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.opening or self.debit or self.credit)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.opening + other.opening, self.debit + other.debit, self.credit + other.credit
        )

    def turned(self) -> "Sums":
        """The same with the sides changed, for accounts that are owed or set aside."""
        return Sums(-self.opening, self.credit, self.debit)


def sided(amount: int) -> str:
    """A balance with its side: "Rp6.000 K" stands in credit; nothing is "Rp0"."""
    if not amount:
        return formats.rupiah(0)
    return f"{formats.rupiah(abs(amount))} {'D' if amount > 0 else 'K'}"
