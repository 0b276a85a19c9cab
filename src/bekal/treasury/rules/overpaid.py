"""Premi that was paid too much to somebody who has left: how it ends, and the entry of it. Pure.

Whoever is still here, or earns again, has it taken off the next premi by itself. No rule that we
know says who bears it otherwise: the unit decides, on a paper whose number it names.
"""

from dataclasses import dataclass
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.ledger.rules import AccountKind, Line
from bekal.treasury.rules.clearing import ClearingRefused
from bekal.treasury.rules.premi_terms import FUNDS

REASON_LENGTH = 300
REPAID = (AccountKind.CASH, AccountKind.BANK)
"""The ways in which the money came back."""
WRITTEN_OFF = tuple(FUNDS)
"""The funds that may bear what does not come back: those that pay for agreements."""
WAYS = (*REPAID, *WRITTEN_OFF)
WAY_LABELS = {
    AccountKind.CASH: "Dikembalikan tunai",
    AccountKind.BANK: "Dikembalikan lewat rekening",
    **{fund: f"Dihapus, ditanggung {label.lower()}" for fund, label in FUNDS.items()},
}
SOURCE = "overpaid"
"""The cause of the entry, and the word before the colon of what gives the maker the sum."""


@dataclass(frozen=True)
class NewPremiClearing:
    """A wish to settle what a maker was paid too much, and the paper on which it rests."""

    key: UUID
    unit_id: int
    maker: str
    way: AccountKind
    amount: int
    paper: str
    reason: str = ""

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        content = {"unit": self.unit_id, "maker": self.maker, "way": self.way}
        told = {"amount": self.amount, "document": self.paper, "reason": self.reason}
        return frozen_bytes({**content, **told})


def source_of(clearing_id: UUID) -> str:
    """The source of the entry of a clearing, and of what it gives its maker."""
    return f"{SOURCE}:{clearing_id}"


def is_settlement(source: str) -> bool:
    """Whether premi is no premi, but the settling of what was paid too much."""
    return source.startswith(f"{SOURCE}:")


def check_overpaid(way: AccountKind, amount: int, *, stands: int, fund: int) -> None:
    """Refuse to settle more than stands, or to let a fund bear more than it holds.

    `stands` is what the maker was paid too much, `fund` what the way holds. Raises ClearingRefused.
    """
    if not 0 < amount <= formats.LARGEST_RUPIAH:
        most = formats.rupiah(formats.LARGEST_RUPIAH)
        raise ClearingRefused(f"Jumlah harus di antara Rp1 dan {most}.", field="amount")
    if amount > stands:
        left = formats.rupiah(max(stands, 0))
        raise ClearingRefused(f"Kelebihan yang belum diselesaikan hanya {left}.", field="amount")
    if way in WRITTEN_OFF and amount > fund:
        held = formats.rupiah(max(fund, 0))
        raise ClearingRefused(f"{FUNDS[way]} hanya berisi {held}.", field="amount")


def check_reason(way: AccountKind, reason: str) -> None:
    """Refuse to write off without saying why. Raises ClearingRefused."""
    if way in WRITTEN_OFF and not reason.strip():
        raise ClearingRefused("Tulis mengapa tidak ditagih lagi.", field="reason")


def overpaid_lines(*, unit_id: int, maker: str, way: AccountKind, amount: int) -> list[Line]:
    """The entry: what takes the sum, and the maker who owes it no more."""
    return [
        Line(unit_id, way, amount),
        Line(unit_id, AccountKind.PREMI_PAYABLE, -amount, maker=maker),
    ]
