"""Materials: how much there is, what it is worth, and why it came or went. Pure.

Quantities are whole thousandths of a measure (2.500 is 2,5 kg), money whole rupiah: no fractions
anywhere. What a material costs is its moving average: after each purchase, all that is there is
worth what it cost together, and every use takes its part of that, to the nearest rupiah.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

ONE = 1_000
"""Thousandths in one of a measure."""
MATERIAL_NAME = 80
LARGEST_QUANTITY = 1_000_000 * ONE
_QUANTITY = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,3}))?", re.ASCII)


class Measure(StrEnum):
    """In what a material is measured, in the words of its pages."""

    KG = "kg"
    LITRE = "liter"
    METRE = "m"
    SQUARE_METRE = "m2"
    PIECE = "buah"
    SHEET = "lembar"
    ROLL = "gulung"
    SACK = "sak"
    HEAD = "ekor"


class Why(StrEnum):
    """Why material came or went."""

    BOUGHT = "bought"
    GIVEN = "given"
    USED = "used"
    SPOILED = "spoiled"
    COUNTED = "counted"
    UNDONE = "undone"
    CORRECTED = "corrected"
    RETURNED = "returned"
    ARRIVED = "arrived"


WHY_LABELS = {
    Why.BOUGHT: "Dibeli",
    Why.GIVEN: "Diterima tanpa uang",
    Why.USED: "Dipakai",
    Why.SPOILED: "Rusak atau hilang",
    Why.COUNTED: "Hitung bahan",
    Why.UNDONE: "Pembelian dibatalkan",
    Why.CORRECTED: "Koreksi bahan terpakai",
    Why.RETURNED: "Kembali dari hasil yang dibatalkan",
    Why.ARRIVED: "Transfer masuk",
}
COMES = frozenset({Why.BOUGHT, Why.GIVEN, Why.RETURNED, Why.ARRIVED})
GOES = frozenset({Why.USED, Why.SPOILED, Why.UNDONE})
EITHER = frozenset({Why.COUNTED, Why.CORRECTED})
"""The sign that a reason has; a count or a correction has either."""
WHY_BY_HAND = {Why.USED: "Dipakai", Why.SPOILED: "Rusak atau hilang"}


class MaterialRefused(Refused):
    """A material, move, count or purchase that cannot be booked like this."""


class MaterialStanding(StrEnum):
    """Where a material stands, in the words of its list."""

    MINUS = "minus"
    OUT = "habis"
    THERE = "ada"
    ENDED = "tidak dipakai lagi"


LEVEL_KINDS = {
    MaterialStanding.MINUS: "bad",
    MaterialStanding.OUT: "warn",
    MaterialStanding.THERE: "ok",
    MaterialStanding.ENDED: "neutral",
}
"""The colour of each, as ui's tags name it."""


@dataclass(frozen=True)
class Rate:
    """What a material costs: so many rupiah for so many thousandths; nothing known at zero."""

    value: int
    quantity: int

    @property
    def is_known(self) -> bool:
        """Whether any of it ever came."""
        return self.quantity > 0

    def worth(self, quantity: int) -> int:
        """The rupiah of a quantity, to the nearest; a half goes up."""
        return nearest(quantity * self.value, self.quantity) if self.is_known else 0

    @property
    def of_one(self) -> int:
        """The rupiah of one measure, to the nearest."""
        return self.worth(ONE)


@dataclass(frozen=True)
class Held:
    """What is there of a material, what it is worth, and the average that its uses are taken at."""

    quantity: int
    value: int
    rate: Rate


NOTHING_HELD = Held(0, 0, Rate(0, 0))


@dataclass(frozen=True)
class NewMaterialMove:
    """A move as it arrives: so many thousandths more (or fewer), once for each source and reason.

    `cost` is what those that came were paid with, or went out at when they come back; what goes is
    worth what the average says.
    """

    material_id: int
    quantity: int
    why: Why
    source: str
    note: str = ""
    cost: int = 0


def nearest(amount: int, divisor: int) -> int:
    """A division to the nearest whole; a half goes up. Both positive."""
    return (2 * amount + divisor) // (2 * divisor)


def change_of_value(held: Held, move: NewMaterialMove) -> int:
    """By how many rupiah a move changes what is there; with it the rest is worth never below 0.

    What comes is worth its cost; of what comes after more was used than was there, only the part
    that is left. What goes takes its part by the average, the last of it all that is left.
    """
    if move.quantity > 0:
        cost = held.rate.worth(move.quantity) if move.why in EITHER else move.cost
        after = held.quantity + move.quantity
        if held.quantity >= 0:
            return cost
        return nearest(cost * after, move.quantity) if after > 0 else 0
    if held.quantity + move.quantity <= 0:
        return -held.value
    taken = move.cost if move.why is Why.UNDONE else held.rate.worth(-move.quantity)
    return -min(taken, held.value)


def check_material_move(move: NewMaterialMove) -> None:
    """Refuse a move whose sign does not fit its reason."""
    wrong = (move.why in COMES and move.quantity < 1) or (move.why in GOES and move.quantity > -1)
    if wrong:
        raise MaterialRefused("Isi jumlah yang lebih dari 0.", field="quantity")


def check_material(*, name: str, measure: str) -> None:
    """Refuse a material without a name, or in a measure that nobody knows."""
    if not name:
        raise MaterialRefused("Isi nama bahan, misalnya Tepung terigu.", field="name")
    if len(name) > MATERIAL_NAME:
        raise MaterialRefused(f"Nama bahan paling panjang {MATERIAL_NAME} huruf.", field="name")
    if measure not in set(Measure):
        raise MaterialRefused("Pilih satuannya dari daftar.", field="measure")


def check_there(name: str, *, held: int, leaving: int, measure: str) -> None:
    """Refuse to write more off by hand than is there."""
    if leaving > held:
        raise MaterialRefused(
            f"{name}: ada {quantity_text(max(held, 0))} {measure}, tidak bisa keluar "
            f"{quantity_text(leaving)}. Kalau bahannya memang ada, hitung dahulu.",
            field="quantity",
        )


def level_of(quantity: int, *, is_ended: bool) -> MaterialStanding:
    """The one standing of a material."""
    if quantity < 0:
        return MaterialStanding.MINUS
    if is_ended:
        return MaterialStanding.ENDED
    return MaterialStanding.THERE if quantity else MaterialStanding.OUT


def read_quantity(text: str) -> int:
    """Read "2", "2,5" or "1.200" as thousandths. Raises Unreadable otherwise."""
    match = _QUANTITY.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        raise formats.Unreadable("Tulis jumlah dengan angka, misalnya 3 atau 2,5.")
    digits = match[1].replace(".", "").lstrip("0") or "0"
    too_long = len(digits) > len(str(LARGEST_QUANTITY))
    quantity = LARGEST_QUANTITY + 1 if too_long else int(digits) * ONE
    quantity += int((match[2] or "").ljust(3, "0"))
    if quantity > LARGEST_QUANTITY:
        most = formats.thousands(LARGEST_QUANTITY // ONE)
        raise formats.Unreadable(f"Jumlah paling banyak {most}. Periksa angkanya.")
    return quantity


def quantity_text(thousandths: int) -> str:
    """Thousandths for people: "2,5", "-3", "1.200"."""
    whole, rest = divmod(abs(thousandths), ONE)
    tail = f",{rest:03d}".rstrip("0") if rest else ""
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{formats.thousands(whole)}{tail}"
