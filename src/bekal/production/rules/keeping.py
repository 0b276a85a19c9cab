"""What an officer says of goods: sheets of moves, counts, and where a product stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.production.rules.goods import NOTE_LENGTH, Reason, StockRefused

MOST_ROWS = 300
"""How many products one sheet or count names."""
LARGEST_PIECES = 100_000
IN_BY_HAND = {
    Reason.RECEIVED: "Hasil produksi",
    Reason.MOVED: "Kembali dari tempat lain",
}
OUT_BY_HAND = {
    Reason.WRITTEN_OFF: "Rusak atau hilang",
    Reason.DONATED: "Disumbangkan",
    Reason.KITCHEN: "Dipakai dapur unit",
    Reason.PARTNER: "Diserahkan ke mitra tanpa dijual",
    Reason.MOVED: "Dibawa ke tempat lain",
}
EXPLAINED = frozenset({Reason.WRITTEN_OFF, Reason.DONATED, Reason.PARTNER, Reason.MOVED})
"""Reasons that say nothing without a note."""


class Cause(StrEnum):
    """Why a count differs from the level."""

    MISCOUNTED = "miscounted"
    UNRECORDED = "unrecorded"
    SPOILT = "spoilt"
    MISSING = "missing"
    UNKNOWN = "unknown"


CAUSE_LABELS = {
    Cause.MISCOUNTED: "Hitungan sebelumnya salah",
    Cause.UNRECORDED: "Ada yang belum tercatat",
    Cause.SPOILT: "Rusak",
    Cause.MISSING: "Hilang",
    Cause.UNKNOWN: "Belum diketahui",
}


class Standing(StrEnum):
    """Where the stock of a product stands, in the words of its list."""

    MINUS = "minus"
    SHORT = "kurang untuk pesanan"
    OUT = "habis"
    LOW = "menipis"
    ENOUGH = "cukup"
    MADE = "dibuat sesuai pesanan"
    UNCOUNTED = "belum dihitung"


STANDING_KINDS = {
    Standing.MINUS: "bad",
    Standing.SHORT: "bad",
    Standing.OUT: "warn",
    Standing.LOW: "warn",
    Standing.ENOUGH: "ok",
    Standing.MADE: "info",
    Standing.UNCOUNTED: "neutral",
}
"""The colour of each, as ui's tags name it."""


def standing_of(*, on_hand: int | None, held: int, low_mark: int, is_made: bool) -> Standing:
    """The one standing of a product; `on_hand` is None when nobody counts it."""
    if on_hand is None:
        return Standing.MADE if is_made else Standing.UNCOUNTED
    if on_hand < 0:
        return Standing.MINUS
    if on_hand < held:
        return Standing.SHORT
    free = on_hand - held
    if free == 0:
        return Standing.MADE if is_made else Standing.OUT
    return Standing.LOW if free <= low_mark else Standing.ENOUGH


@dataclass(frozen=True)
class NewSheet:
    """Goods of a unit that came (positive) or went, as an officer says; `pieces` by product."""

    key: UUID
    unit_id: int
    reason: Reason
    pieces: Mapping[int, int]
    note: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        items = [{"product_id": product, "pieces": n} for product, n in sorted(self.pieces.items())]
        said = {"place": self.unit_id, "cause": self.reason, "items": items, "note": self.note}
        return frozen_bytes(said)


@dataclass(frozen=True)
class Counted:
    """How many pieces were counted, and the level that the counter saw (None: not counted yet)."""

    pieces: int
    seen: int | None


@dataclass(frozen=True)
class NewCount:
    """What an officer counted, by product, and why it differs from the levels, if it does."""

    key: UUID
    unit_id: int
    counted: Mapping[int, Counted]
    cause: Cause | None
    note: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        items = [
            {"product_id": product, "pieces": counted.pieces, "seen": counted.seen}
            for product, counted in sorted(self.counted.items())
        ]
        said = {"place": self.unit_id, "cause": self.cause, "items": items, "note": self.note}
        return frozen_bytes(said)

    @property
    def differs(self) -> bool:
        """Whether any count differs from a level that there was."""
        return any(
            counted.seen is not None and counted.seen != counted.pieces
            for counted in self.counted.values()
        )

    @property
    def words(self) -> str:
        """The cause and the note, as they stand with the moves."""
        cause = CAUSE_LABELS[self.cause] if self.cause else ""
        return ": ".join(word for word in (cause, self.note.strip()) if word)


def check_sheet(sheet: NewSheet) -> None:
    """Refuse a sheet of nothing, with a reason that is no hand's, or that is not explained."""
    if sheet.reason not in {*IN_BY_HAND, *OUT_BY_HAND}:
        raise StockRefused("Pilih sebabnya dari daftar.", field="reason")
    if not sheet.pieces or not all(sheet.pieces.values()):
        raise StockRefused("Isi jumlah paling sedikit satu produk.", field="pieces")
    if sheet.reason in EXPLAINED and not sheet.note.strip():
        raise StockRefused(_ASKED[sheet.reason], field="note")
    check_note(sheet.note)
    check_rows(sheet.pieces)


_ASKED = {
    Reason.WRITTEN_OFF: "Isi catatan: apa yang terjadi, misalnya terkena air.",
    Reason.DONATED: "Isi catatan: disumbangkan ke mana, misalnya panti asuhan.",
    Reason.PARTNER: "Isi catatan: mitra siapa, dan mengapa tidak dijual.",
    Reason.MOVED: "Isi catatan: dari atau ke mana, misalnya pameran.",
}


def check_count(count: NewCount) -> None:
    """Refuse a count of nothing, or one that differs without a cause."""
    if not count.counted:
        raise StockRefused("Isi hasil hitung paling sedikit satu produk.", field="pieces")
    if any(counted.pieces < 0 for counted in count.counted.values()):
        raise StockRefused("Hasil hitung paling sedikit 0.", field="pieces")
    if count.differs and count.cause is None:
        raise StockRefused("Pilih mengapa hitungan berbeda dari catatan.", field="cause")
    check_note(count.note)
    check_rows(count.counted)


def check_note(note: str) -> None:
    """Refuse a note that does not fit."""
    if len(note.strip()) > NOTE_LENGTH:
        raise StockRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")


def check_rows(rows: Mapping[int, object]) -> None:
    """Refuse more rows than one page names."""
    if len(rows) > MOST_ROWS:
        raise StockRefused(f"Paling banyak {MOST_ROWS} produk sekaligus.", field="pieces")


def check_pieces_there(name: str, *, on_hand: int | None, leaving: int) -> None:
    """Refuse to let more go by hand than is there."""
    if on_hand is None:
        raise StockRefused(f"{name} belum pernah dihitung. Hitung stoknya dahulu.", field="pieces")
    if leaving > on_hand:
        there = formats.thousands(max(on_hand, 0))
        raise StockRefused(
            f"{name}: stok {there}, tidak bisa keluar {formats.thousands(leaving)}. "
            "Kalau barangnya memang ada, hitung stoknya dahulu.",
            field="pieces",
        )


def check_still_seen(name: str, *, on_hand: int | None, seen: int | None) -> None:
    """Refuse a count made against another level than there is: something moved meanwhile."""
    if on_hand != seen:
        now = "belum pernah dihitung" if on_hand is None else f"sekarang {on_hand}"
        raise StockRefused(
            f"Catatan stok {name} berubah sejak Anda menghitung ({now}). Periksa lagi hitungannya.",
            field="pieces",
        )


def check_low_mark(low_mark: int) -> None:
    """Refuse a mark that no shelf has."""
    if not 0 <= low_mark <= LARGEST_PIECES:
        most = formats.thousands(LARGEST_PIECES)
        raise StockRefused(f"Isi angka antara 0 dan {most}.", field="low_mark")
