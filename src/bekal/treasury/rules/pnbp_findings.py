"""The four things that auditors keep finding in PNBP, each defined over what the books say. Pure.

Source of the four: a study of findings of BPK 2013 to 2015,
https://studylibid.com/doc/563708/analisis-temuan-badan-pemeriksa-keuangan-atas-penerimaan
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.ledger.rules import AccountKind, SplitRule, split
from bekal.treasury.rules.pnbp import LATE_AFTER


class Pattern(StrEnum):
    """What is wrong; the values stand in addresses."""

    LATE = "terlambat"
    SHORT = "kurang-pungut"
    UNFOUNDED = "tanpa-dasar"
    SPENT = "dipakai-langsung"


PATTERN_LABELS = {
    Pattern.LATE: "Terlambat atau belum disetor",
    Pattern.SHORT: "Kurang dipungut",
    Pattern.UNFOUNDED: "Dipungut tanpa dasar",
    Pattern.SPENT: "Dipakai langsung",
}
PATTERN_WORDS = {
    Pattern.LATE: (
        f"PNBP yang terutang lebih dari {LATE_AFTER} hari sejak penjualannya, atau setoran yang "
        f"melunasi penjualan yang lebih tua dari itu."
    ),
    Pattern.SHORT: (
        "Penjualan yang bagian PNBP-nya lebih kecil daripada hitungan aturannya, atau yang dicatat "
        "petugas di bawah harga di daftar harga, kecuali kepada lembaga."
    ),
    Pattern.UNFOUNDED: (
        "PNBP dari penjualan yang aturannya tidak berlaku pada hari itu atau untuk unit itu, atau "
        "yang masuk ke akun PNBP tanpa penjualan."
    ),
    Pattern.SPENT: (
        "Uang negara yang tidak ada lagi: yang terutang melebihi semua uang dan piutang unit, atau "
        "uang yang keluar dari akun PNBP selain untuk setoran."
    ),
}


@dataclass(frozen=True)
class Finding:
    """One finding: of which unit and day, how many rupiah, and why, in a sentence with its numbers.

    `source` is the ledger's key of what it is about ("sale:<id>", "deposit:<id>"), or empty.
    """

    pattern: Pattern
    unit_id: int
    day: dt.date | None
    amount: int
    sentence: str
    source: str = ""


@dataclass(frozen=True)
class Collected:
    """What many sale lines have in common: how they were priced, split, and what the state got."""

    rule_id: int
    unit_price: int
    list_price: int
    unit_cost: int | None
    pieces: int
    pnbp: int
    is_by_hand: bool


def short_by(rule: SplitRule, line: Collected) -> tuple[int, str]:
    """Rupiah that the state should have got beside what it did, and why; (0, "") when none.

    Two ways of too little: less than the rule gives of the price that was taken, or a price below
    the list by which a person who records gave the state's part away.
    """
    due = _pnbp(rule, line, price=line.unit_price)
    if line.pnbp < due:
        said = f"aturannya memberi {formats.rupiah(due)}, tercatat {formats.rupiah(line.pnbp)}"
        return due - line.pnbp, said
    if not line.is_by_hand or line.unit_price >= line.list_price:
        return 0, ""
    full = _pnbp(rule, line, price=line.list_price)
    if full <= line.pnbp:
        return 0, ""
    return full - line.pnbp, (
        f"dijual {formats.rupiah(line.unit_price)}, "
        f"daftar harga {formats.rupiah(line.list_price)}; "
        f"bagian negara {formats.rupiah(line.pnbp)}, menurut daftar {formats.rupiah(full)}"
    )


def _pnbp(rule: SplitRule, line: Collected, *, price: int) -> int:
    result = split(rule, unit_price=price, pieces=line.pieces, unit_cost=line.unit_cost)
    return result.amount_of(AccountKind.PNBP_PAYABLE)


def missing(*, owed: int, money: int, awaited: int) -> int:
    """Rupiah of the state that are nowhere: owed beyond all that is there or will still come in."""
    return max(owed - max(money, 0) - max(awaited, 0), 0)


def late_sentence(amount: int, *, oldest: dt.date | None, on: dt.date) -> str:
    """That something is owed for too long, with the oldest sale where it is known."""
    said = f"{formats.rupiah(amount)} belum disetor lebih dari {LATE_AFTER} hari"
    if oldest is None:
        return f"{said}."
    return f"{said}; penjualan tertua {formats.date(oldest)}, {(on - oldest).days} hari."


def paid_late_sentence(amount: int, *, oldest: dt.date, paid_on: dt.date) -> str:
    """That a deposit came too late for the oldest sale that it paid."""
    days = (paid_on - oldest).days
    return (
        f"{formats.rupiah(amount)} disetor {formats.date(paid_on)}, {days} hari sesudah penjualan "
        f"tertua yang dilunasinya, {formats.date(oldest)}."
    )


def missing_sentence(*, owed: int, money: int, awaited: int) -> str:
    """What is owed, what is there, what will still come in, and the gap."""
    gap = missing(owed=owed, money=money, awaited=awaited)
    return (
        f"Terutang {formats.rupiah(owed)}; uang di kas, bank, dan QRIS {formats.rupiah(money)}; "
        f"yang masih akan masuk {formats.rupiah(awaited)}. Kurang {formats.rupiah(gap)}."
    )
