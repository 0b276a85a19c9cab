"""The state's share on its way: deposits by a billing code, their NTPN, how old a debt is. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind, Line

BILLING_CODE = r"^[0-9]{15}$"
"""SIMPONI, "Panduan Pembuatan Billing K/L": https://id.scribd.com/document/402999745"""
NTPN = r"^[0-9A-Z]{16}$"
"""Nomor Transaksi Penerimaan Negara: 16 signs, https://id.scribd.com/document/614256144"""
CODE_DAYS = 7
"""How long a billing code lives in the sample that was seen; what a page proposes, never a rule."""
LONGEST_CODE = dt.timedelta(days=60)
"""A later end is a slip of the pen. Ours: no code seen lives that long."""
OLDEST_PAYMENT = dt.timedelta(days=366)
REASON_LENGTH = 200
LARGEST_PROOF_MIB = 5
LARGEST_PROOF = LARGEST_PROOF_MIB * 1024 * 1024


class DepositState(StrEnum):
    """How far a deposit has come; it only goes forward. Expired is a matter of the clock."""

    BILLED = "billed"
    PAID = "paid"
    CANCELLED = "cancelled"


class DepositMeans(StrEnum):
    """Where the money of a deposit came from."""

    BANK = "bank"
    CASH = "cash"


MEANS_LABELS = {
    DepositMeans.BANK: "Transfer dari rekening unit",
    DepositMeans.CASH: "Tunai di loket bank atau pos",
}
_ACCOUNTS = {DepositMeans.BANK: AccountKind.BANK, DepositMeans.CASH: AccountKind.CASH}


class DepositRefused(Refused):
    """What was asked of a deposit cannot be; nothing was changed."""


def read_billing_code(text: str) -> str:
    """Read "8202 6042 7000 123" as its 15 digits. Raises DepositRefused."""
    code = re.sub(r"[\s.\-]", "", text)
    if not re.match(BILLING_CODE, code, re.ASCII):
        raise DepositRefused("Kode billing 15 angka, seperti di SIMPONI.", field="billing_code")
    return code


def read_ntpn(text: str) -> str:
    """Read an NTPN however spaced and in any case. Raises DepositRefused."""
    ntpn = re.sub(r"[\s.\-]", "", text).upper()
    if not re.match(NTPN, ntpn, re.ASCII):
        raise DepositRefused(
            "NTPN 16 huruf dan angka, seperti di bukti penerimaan negara.", field="ntpn"
        )
    return ntpn


def check_amount(amount: int) -> None:
    """Refuse nothing and a zero too many."""
    if not 0 < amount <= formats.LARGEST_RUPIAH:
        raise DepositRefused("Isi jumlah rupiah di atas nol.", field="amount")


def check_not_above(amount: int, *, free: int, reason: str) -> None:
    """Refuse to bill more than is owed and not billed yet, unless it is said why."""
    if amount > free and not reason.strip():
        raise DepositRefused(
            f"PNBP yang terutang dan belum punya kode billing {formats.rupiah(max(free, 0))}. "
            "Kurangi jumlahnya, atau tulis mengapa disetor lebih.",
            field="amount",
        )


def check_expiry(expires_at: dt.datetime, *, now: dt.datetime) -> None:
    """Refuse a code that is over already, and one that lives longer than any."""
    if expires_at <= now:
        raise DepositRefused("Kode ini sudah habis masa berlakunya.", field="expires_on")
    if expires_at - now > LONGEST_CODE:
        raise DepositRefused(
            "Masa berlakunya terlalu lama. Periksa tanggalnya.", field="expires_on"
        )


def check_paid_on(paid_on: dt.date, *, today: dt.date) -> None:
    """Refuse a day to come and one that is more than a year ago."""
    if paid_on > today:
        raise DepositRefused(
            f"Tanggal setor paling akhir hari ini, {formats.date(today)}.", field="paid_on"
        )
    if today - paid_on > OLDEST_PAYMENT:
        raise DepositRefused(
            "Tanggal setor lebih dari setahun yang lalu. Periksa tahunnya.", field="paid_on"
        )


def check_in_time(paid_on: dt.date, *, expires_on: dt.date, late_reason: str) -> None:
    """Refuse a payment after the code's last day, unless it is said how the NTPN came about.

    A bank takes nothing for a dead code, so the usual way on is a new one. Where the state did take
    the money, the money is a fact, and is written down with the reason.
    """
    if paid_on > expires_on and not late_reason.strip():
        raise DepositRefused(
            f"Kode billing ini habis {formats.date(expires_on)}. Batalkan dan buat kode baru. "
            "Kalau NTPN-nya memang terbit, tulis mengapa bisa dibayar sesudah habis.",
            field="late_reason",
        )


def deposit_lines(
    *, unit_id: int, means: DepositMeans, amount: int, overpaid: int
) -> tuple[Line, ...]:
    """The entry of a deposit: what was owed is owed no more; the rest is overpaid."""
    lines = (
        Line(unit_id, AccountKind.PNBP_PAYABLE, amount - overpaid),
        Line(unit_id, AccountKind.PNBP_OVERPAID, overpaid),
        Line(unit_id, _ACCOUNTS[means], -amount),
    )
    return tuple(line for line in lines if line.amount)


def lift_lines(*, unit_id: int, amount: int) -> tuple[Line, ...]:
    """Deposited for goods that came back: out of what is owed, into what was paid too much.

    With a negative amount it is the entry of a set-off, which goes the other way.
    """
    return (
        Line(unit_id, AccountKind.PNBP_OVERPAID, amount),
        Line(unit_id, AccountKind.PNBP_PAYABLE, -amount),
    )


@dataclass(frozen=True)
class Age:
    """A span of days that a debt has been waiting, both ends included; `last` None has no end."""

    first: int
    last: int | None

    @property
    def label(self) -> str:
        """For people."""
        return f"lebih dari {self.first - 1} hari" if self.last is None else self._span

    @property
    def _span(self) -> str:
        return f"{self.first} sampai {self.last} hari"


ENDING_SOON = dt.timedelta(days=2)
"""How long before its end a code is a task: a working day to go to the bank, and one to spare."""
LATE_AFTER = 30
"""Days after which what is owed, or was, counts as late. Ours: no source that we have names a
deadline, and units pay and close by the month."""
AGES = (Age(0, CODE_DAYS), Age(CODE_DAYS + 1, LATE_AFTER), Age(LATE_AFTER + 1, 90), Age(91, None))
"""Of the list of debts by age: the life of a billing code, a month, a quarter. Ours."""


def aged(owed: int, *, young: tuple[int, ...]) -> tuple[int, ...]:
    """What is owed by age, youngest first, as AGES; the parts sum to it.

    `young` is what fell due in each of the ages but the last, refunds taken off. Deposits pay the
    oldest first, so what is still owed is the youngest of it.
    """
    left, parts = max(owed, 0), []
    for due in young:
        part = min(left, max(due, 0))
        parts.append(part)
        left -= part
    return (*parts, left)


def is_late(day: dt.date, *, on: dt.date) -> bool:
    """Whether what fell due on a day counts as late on another."""
    return (on - day).days > LATE_AFTER


FIRST_YEAR = 2024
"""The year in which units came under Ditjenpas as they are now; no target is older here."""


def check_year(year: int, *, today: dt.date) -> None:
    """Refuse a year before all records, and one beyond the next."""
    if not FIRST_YEAR <= year <= today.year + 1:
        raise DepositRefused("Pilih tahun dari daftar.", field="year")
