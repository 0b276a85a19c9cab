"""The price sheet of a product: what a piece costs to make, line by line, and why its price. Pure.

Lines are for as many pieces as the workshop makes at once, so that a pinch of yeast for fifty buns
is still a whole number of thousandths; what one piece costs is their sum divided, to the nearest
rupiah.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.keeping import LARGEST_PIECES
from bekal.production.rules.materials import MaterialRefused, Rate, nearest, quantity_text

WORDS_LENGTH = 80
MOST_COST_LINES = 40
LARGEST_WORK = 100_000
"""Minutes of work that one sheet may name."""


@dataclass(frozen=True)
class NewMaterialLine:
    """So many thousandths of a material for the pieces of the sheet."""

    material_id: int
    quantity: int


@dataclass(frozen=True)
class NewOtherLine:
    """Another cost of the pieces of the sheet, in rupiah, and what it is for."""

    words: str
    amount: int


@dataclass(frozen=True)
class NewCostSheet:
    """A price sheet as it arrives, for `pieces` at once.

    `minutes` of work are told; `labour` is what they cost in rupiah when the unit says so, with
    `labour_reason`. `price` is what one piece is to be sold at from then on, None to leave the
    price as it is. `reason` says why the price is what it is: the margin, or a price below cost.
    """

    key: UUID
    unit_id: int
    product_id: int
    valid_from: dt.date
    pieces: int
    materials: Sequence[NewMaterialLine]
    others: Sequence[NewOtherLine]
    minutes: int
    labour: int
    labour_reason: str
    price: int | None
    reason: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        lines = [
            f"bahan {one.material_id}: {quantity_text(one.quantity)}" for one in self.materials
        ]
        lines += [f"{one.words}: {formats.rupiah(one.amount)}" for one in self.others]
        said = {
            "place": self.unit_id,
            "product": self.product_id,
            "valid_from": self.valid_from,
            "pieces": self.pieces,
            "lines": "; ".join(lines),
            "minutes": self.minutes,
            "labour": self.labour,
            "labour_reason": self.labour_reason,
            "amount": self.price,
            "note": self.reason,
        }
        return frozen_bytes(said)


@dataclass(frozen=True)
class WorkedLine:
    """A line of a sheet with its rupiah; `rate` is the average of its material, if it is one."""

    material_id: int | None
    words: str
    quantity: int | None
    rate: Rate
    amount: int


@dataclass(frozen=True)
class Worked:
    """A sheet worked out: its lines, their sum with the labour, and what one piece costs."""

    lines: tuple[WorkedLine, ...]
    labour: int
    pieces: int

    @property
    def total(self) -> int:
        """What the pieces cost together."""
        return sum(line.amount for line in self.lines) + self.labour

    @property
    def cost(self) -> int:
        """What one piece costs, to the nearest rupiah."""
        return nearest(self.total, self.pieces)


def worked_out(new: NewCostSheet, *, rates: Mapping[int, Rate]) -> Worked:
    """Work a sheet out at the averages of its materials.

    Raises MaterialRefused for a material that never came, and so has no price yet.
    """
    if any(not rates[line.material_id].is_known for line in new.materials):
        raise MaterialRefused(
            "Ada bahan yang belum pernah masuk, jadi belum ada harganya. Catat pembeliannya "
            "dahulu, atau tulis sebagai biaya lain.",
            field="lines",
        )
    lines = [
        WorkedLine(
            line.material_id,
            "",
            line.quantity,
            rates[line.material_id],
            rates[line.material_id].worth(line.quantity),
        )
        for line in new.materials
    ]
    lines += [WorkedLine(None, line.words, None, Rate(0, 0), line.amount) for line in new.others]
    return Worked(tuple(lines), new.labour, new.pieces)


def check_cost_sheet(new: NewCostSheet) -> None:
    """Refuse a sheet that says nothing, or a figure without its reason."""
    if not 1 <= new.pieces <= LARGEST_PIECES:
        raise MaterialRefused("Isi untuk berapa buah, paling sedikit 1.", field="pieces")
    _check_cost_lines(new)
    if not 0 <= new.minutes <= LARGEST_WORK:
        most = formats.thousands(LARGEST_WORK)
        raise MaterialRefused(f"Isi menit antara 0 dan {most}.", field="minutes")
    if new.labour and not new.labour_reason:
        raise MaterialRefused(
            "Tulis dari mana angka upah ini, misalnya keputusan kepala UPT.", field="labour_reason"
        )
    for field, text in (("labour_reason", new.labour_reason), ("reason", new.reason)):
        if len(text) > NOTE_LENGTH:
            raise MaterialRefused(f"Paling panjang {NOTE_LENGTH} huruf.", field=field)


def _check_cost_lines(new: NewCostSheet) -> None:
    if not new.materials and not new.others and not new.labour:
        raise MaterialRefused("Isi paling sedikit satu bahan atau biaya.", field="lines")
    if len(new.materials) + len(new.others) > MOST_COST_LINES:
        raise MaterialRefused(f"Paling banyak {MOST_COST_LINES} baris.", field="lines")
    if len({line.material_id for line in new.materials}) < len(new.materials):
        raise MaterialRefused("Tulis setiap bahan satu kali saja.", field="lines")
    if any(line.quantity < 1 for line in new.materials):
        raise MaterialRefused("Isi jumlah setiap bahan, lebih dari 0.", field="lines")
    if any(not line.words or line.amount < 1 for line in new.others):
        raise MaterialRefused("Tulis setiap biaya dengan untuk apa dan rupiahnya.", field="lines")
    if any(len(line.words) > WORDS_LENGTH for line in new.others):
        raise MaterialRefused(f"Paling panjang {WORDS_LENGTH} huruf.", field="lines")


def check_reason(*, cost: int, price: int | None, reason: str) -> None:
    """Ask why a price is what it is: below the cost it is kept with its reason, not refused."""
    if price is None or reason:
        return
    if price < cost:
        raise MaterialRefused(
            f"Harga {formats.rupiah(price)} di bawah harga pokok {formats.rupiah(cost)}. Boleh, "
            "tetapi tulis alasannya.",
            field="reason",
        )
    raise MaterialRefused(
        f"Tulis alasan harga {formats.rupiah(price)}, untung {formats.rupiah(price - cost)} "
        "sebuah, misalnya harga pasar setempat.",
        field="reason",
    )
