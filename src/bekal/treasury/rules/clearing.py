"""Settling what cash differed: in which ways, how much, and the entry of it. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind, Line

PAPER_LENGTH = 120


class ClearingRefused(Refused):
    """The difference cannot be settled so; nothing was changed."""


class Way(StrEnum):
    """How a difference is settled: the first two where cash was short, the others where more.

    The state's share is no way: what stands in `pnbp_payable` came from a sale, or is a finding of
    its own (rules/pnbp_findings.py, "without legal basis").
    """

    REPLACED = "replaced"
    BORNE = "borne"
    ADDED = "added"
    GIVEN_BACK = "given"


SHORT = (Way.REPLACED, Way.BORNE)
"""The ways to settle that cash was less than the books said."""
OVER = (Way.ADDED, Way.GIVEN_BACK)
"""The ways to settle that cash was more than the books said."""
WAY_LABELS = {
    Way.REPLACED: "Diganti tunai",
    Way.BORNE: "Dibebankan ke dana penunjang",
    Way.ADDED: "Ditambahkan ke dana penunjang",
    Way.GIVEN_BACK: "Dikembalikan tunai kepada yang berhak",
}
_OTHER = {
    Way.REPLACED: AccountKind.CASH,
    Way.BORNE: AccountKind.CAPITAL,
    Way.ADDED: AccountKind.CAPITAL,
    Way.GIVEN_BACK: AccountKind.CASH,
}


@dataclass(frozen=True)
class Box:
    """What a unit's books hold, in rupiah.

    `difference` stands and is not settled: above zero where more was counted than the books said.
    """

    difference: int = 0
    cash: int = 0
    fund: int = 0


@dataclass(frozen=True)
class NewClearing:
    """A wish to settle `amount` rupiah of a unit's difference, and the paper on which it rests."""

    key: UUID
    unit_id: int
    way: Way
    amount: int
    paper: str

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        content = {"unit": self.unit_id, "way": self.way, "amount": self.amount}
        return frozen_bytes({**content, "document": self.paper})


@dataclass(frozen=True)
class Decision:
    """The head's word on a clearing of a unit; a refusal says why."""

    key: UUID
    unit_id: int
    clearing_id: UUID
    is_approved: bool
    why: str = ""

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        word = "Disetujui" if self.is_approved else "Ditolak"
        content = {"unit": self.unit_id, "clearing": self.clearing_id}
        return frozen_bytes({**content, "decision": word, "why": self.why})


def ways_of(difference: int) -> tuple[Way, ...]:
    """The ways to settle a difference of so many rupiah; none where nothing stands."""
    if not difference:
        return ()
    return SHORT if difference < 0 else OVER


def other_account(way: Way) -> AccountKind:
    """The account that stands against the difference."""
    return _OTHER[way]


def check_clearing(way: Way, amount: int, *, box: Box) -> None:
    """Refuse to settle more than stands, or with what is not there. Raises ClearingRefused."""
    if not 0 < amount <= formats.LARGEST_RUPIAH:
        most = formats.rupiah(formats.LARGEST_RUPIAH)
        raise ClearingRefused(f"Jumlah harus di antara Rp1 dan {most}.", field="amount")
    if way not in ways_of(box.difference):
        word = "kurang" if way in SHORT else "lebih"
        raise ClearingRefused(f"Tidak ada kas yang {word} untuk diselesaikan.", field="way")
    if amount > abs(box.difference):
        left = formats.rupiah(abs(box.difference))
        raise ClearingRefused(f"Selisih yang belum diselesaikan hanya {left}.", field="amount")
    if way is Way.BORNE and amount > box.fund:
        held = formats.rupiah(max(box.fund, 0))
        raise ClearingRefused(f"Dana penunjang hanya {held}.", field="amount")
    if way is Way.GIVEN_BACK and amount > box.cash:
        held = formats.rupiah(max(box.cash, 0))
        raise ClearingRefused(f"Kas menurut buku hanya {held}.", field="amount")


def read_paper(text: str) -> str:
    """The number of a paper as it was typed, blanks apart. Raises ClearingRefused."""
    paper = " ".join(text.split())
    if not paper:
        raise ClearingRefused("Isi nomor berita acara atau suratnya.", field="paper")
    return paper


def check_open(day: dt.date, *, closed: dt.date | None) -> None:
    """Refuse to settle on a day whose books are closed. Raises ClearingRefused."""
    if closed is not None and day <= closed:
        raise ClearingRefused("Buku hari ini sudah ditutup. Putuskan pada hari yang terbuka.")


def clearing_lines(*, unit_id: int, way: Way, amount: int) -> list[Line]:
    """The entry: what settles the difference, and the difference that it settles."""
    moved = amount if way in SHORT else -amount
    return [
        Line(unit_id, other_account(way), moved),
        Line(unit_id, AccountKind.CASH_DIFFERENCE, -moved),
    ]
