"""What moves goods, and what may be held of them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.catalogue.rules import FEW
from bekal.foundation import formats
from bekal.foundation.refusals import Refused

NOTE_LENGTH = 200


class Reason(StrEnum):
    """Why goods came or went."""

    RECEIVED = "received"
    SALE = "sale"
    RETURN = "return"
    WRITTEN_OFF = "written_off"
    COUNTED = "counted"
    DONATED = "donated"
    KITCHEN = "kitchen"
    MOVED = "moved"
    PARTNER = "partner"
    CORRECTED = "corrected"


REASON_LABELS = {
    Reason.RECEIVED: "Hasil produksi",
    Reason.SALE: "Penjualan",
    Reason.RETURN: "Barang kembali",
    Reason.WRITTEN_OFF: "Rusak atau dihapus",
    Reason.COUNTED: "Hitung stok",
    Reason.DONATED: "Disumbangkan",
    Reason.KITCHEN: "Dipakai dapur",
    Reason.MOVED: "Dipindahkan",
    Reason.PARTNER: "Diserahkan ke mitra",
    Reason.CORRECTED: "Koreksi hasil produksi",
}
IN = frozenset({Reason.RECEIVED, Reason.RETURN})
OUT = frozenset({Reason.SALE, Reason.WRITTEN_OFF, Reason.DONATED, Reason.KITCHEN, Reason.PARTNER})
"""The sign that a reason has; a count, a correction and a move elsewhere or back have either."""
EITHER = frozenset({Reason.MOVED, Reason.CORRECTED})
"""Reasons with either sign, but never of nothing."""


class HoldStatus(StrEnum):
    """Where a hold stands: it takes pieces off what is free, became a sale, or was let go."""

    HELD = "held"
    TAKEN = "taken"
    RELEASED = "released"


@dataclass(frozen=True)
class NewMove:
    """A move as it arrives: so many pieces more (or fewer), once for each source and reason.

    `source` is the text key of what caused it ("sale:<id>").
    """

    product_id: int
    pieces: int
    reason: Reason
    source: str
    note: str = ""


@dataclass(frozen=True)
class NewHold:
    """Pieces of a product that a group (the part of an order) keeps from others for a while."""

    group: UUID
    product_id: int
    pieces: int


@dataclass(frozen=True)
class Shortage:
    """A product of which too little is free, and how much is."""

    product_id: int
    left: int


class OutOfStock(Refused):
    """Too little is free; nothing of what was asked is held."""

    def __init__(self, shortages: Iterable[Shortage]) -> None:
        """Keep what is short, in the order of the products."""
        super().__init__("Sebagian barang baru saja habis. Periksa lagi jumlahnya.")
        self.shortages = tuple(sorted(shortages, key=lambda short: short.product_id))


class UnitPaused(Refused):
    """A unit takes no orders just now; the text is its own sentence for buyers.

    `product_id` is what was to be made, where it was that.
    """

    def __init__(self, sentence: str, *, product_id: int | None = None) -> None:
        """Keep what was asked for."""
        super().__init__(sentence)
        self.product_id = product_id


class HoldsDiffer(Refused):
    """The group already holds another number of pieces of a product."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Barang ini sudah ditahan dengan jumlah lain. Ulangi pesanannya.")


class HoldsLapsed(Refused):
    """A hold was let go before it could be taken."""

    def __init__(self) -> None:
        """Say what happened."""
        super().__init__("Waktu tahan barang sudah habis.")


class StockRefused(Refused):
    """A move or count that an officer cannot book like this."""


def check_pieces(move: NewMove) -> None:
    """Refuse a move whose sign does not fit its reason, or of nothing but a count."""
    wrong = (
        (move.reason in IN and move.pieces < 1)
        or (move.reason in OUT and move.pieces > -1)
        or (move.reason in EITHER and move.pieces == 0)
    )
    if wrong:
        raise StockRefused("Jumlah barang paling sedikit 1.", field="pieces")


def told(free: int) -> int:
    """What the catalogue is told of so many free pieces: none, a few one by one, or many."""
    return min(max(free, 0), FEW + 1)


def pieces_text(pieces: int) -> str:
    """A number of pieces with its sign: "+12", "-3", "0"."""
    return f"+{formats.thousands(pieces)}" if pieces > 0 else formats.thousands(pieces)
