"""Goods that one unit sends another to work on: the chain from raw to finished. Pure.

What the sender made becomes material of the receiver, worth what it cost to make. It is no sale: no
money moves, and neither state revenue nor premi falls due. A unit that pays another buys from it.
The words are those of state property accounting (transfer keluar, transfer masuk).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.production.rules.keeping import LARGEST_PIECES
from bekal.production.rules.materials import LARGEST_QUANTITY, nearest, quantity_text

LETTER_LENGTH = 80
REMARK_LENGTH = 200


class TransferRefused(Refused):
    """A transfer, or its end, that cannot be written like this."""


class TransferOutcome(StrEnum):
    """How a transfer ended; a blank is on the way."""

    ARRIVED = "arrived"
    BACK = "back"


class TransferStanding(StrEnum):
    """Where a transfer stands, in the words of its list."""

    ON_THE_WAY = "di jalan"
    ARRIVED = "diterima"
    SHORT = "diterima kurang"
    BACK = "ditarik kembali"


TRANSFER_KINDS = {
    TransferStanding.ON_THE_WAY: "warn",
    TransferStanding.ARRIVED: "ok",
    TransferStanding.SHORT: "info",
    TransferStanding.BACK: "neutral",
}
"""The colour of each, as ui's tags name it."""


def transfer_standing(*, outcome: str, sent: int, came: int | None) -> TransferStanding:
    """The one standing of a transfer of so many pieces, `came` of which there are at its end."""
    if not outcome:
        return TransferStanding.ON_THE_WAY
    if outcome == TransferOutcome.BACK:
        return TransferStanding.BACK
    return TransferStanding.SHORT if came != sent else TransferStanding.ARRIVED


@dataclass(frozen=True)
class NewTransfer:
    """So many pieces of a unit's product for another unit; `key` becomes its id.

    `receiver` is the name of that unit, for people; `letter` the number of the paper that goes
    along, if there is one.
    """

    key: UUID
    unit_id: int
    to_unit_id: int
    receiver: str
    product_id: int
    pieces: int
    letter: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        items = [{"product_id": self.product_id, "pieces": self.pieces}]
        said = {"place": self.unit_id, "to": self.to_unit_id, "recipient": self.receiver}
        return frozen_bytes({**said, "items": items, "note": self.letter})


@dataclass(frozen=True)
class NewArrival:
    """What a unit found of a transfer, and what it is there: thousandths of a material.

    Without `material_id` a material of this `name` and `measure` is opened.
    """

    key: UUID
    unit_id: int
    transfer_id: UUID
    pieces: int
    quantity: int
    material_id: int | None = None
    name: str = ""
    measure: str = ""
    remark: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        of = str(self.material_id) if self.material_id else f"{self.name} ({self.measure})"
        line = f"bahan {of}: {quantity_text(self.quantity)} dari {self.pieces} buah"
        said = {"place": self.unit_id, "transfer": self.transfer_id, "lines": line}
        return frozen_bytes({**said, "note": self.remark})


@dataclass(frozen=True)
class NewTakeBack:
    """How many pieces of a transfer that did not arrive are the sender's again, and why."""

    key: UUID
    unit_id: int
    transfer_id: UUID
    pieces: int
    remark: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said = {"place": self.unit_id, "transfer": self.transfer_id, "pieces": self.pieces}
        return frozen_bytes({**said, "note": self.remark})


def check_transfer(new: NewTransfer) -> None:
    """Refuse a transfer of nothing, or to the unit itself."""
    if new.to_unit_id == new.unit_id:
        raise TransferRefused("Pilih unit lain sebagai penerima.", field="to_unit")
    if not 0 < new.pieces <= LARGEST_PIECES:
        most = formats.thousands(LARGEST_PIECES)
        raise TransferRefused(f"Isi jumlah antara 1 dan {most}.", field="pieces")
    if len(new.letter) > LETTER_LENGTH:
        raise TransferRefused(f"Paling panjang {LETTER_LENGTH} huruf.", field="letter")


def check_free(name: str, *, free: int, leaving: int) -> None:
    """Refuse to send what is not there, or what an order holds."""
    if leaving > free:
        raise TransferRefused(
            f"{name}: yang bebas {formats.thousands(max(free, 0))}, tidak bisa dikirim "
            f"{formats.thousands(leaving)}. Kalau barangnya memang ada, hitung stok dahulu.",
            field="pieces",
        )


def check_arrival(new: NewArrival, *, sent: int) -> None:
    """Refuse more than was sent, nothing at all, and less without a word on it."""
    if not 0 < new.pieces <= sent:
        raise TransferRefused(
            f"Isi antara 1 dan {formats.thousands(sent)}, sebanyak yang dikirim. Kalau tidak ada "
            "yang sampai, pengirim yang mencatatnya.",
            field="pieces",
        )
    if not 0 < new.quantity <= LARGEST_QUANTITY:
        raise TransferRefused("Isi jumlah bahannya, misalnya 2,5.", field="quantity")
    _check_remark(new.remark, is_needed=new.pieces < sent)


def check_take_back(new: NewTakeBack, *, sent: int) -> None:
    """Refuse more than was sent, and a taking back without a reason."""
    if not 0 <= new.pieces <= sent:
        raise TransferRefused(
            f"Isi antara 0 dan {formats.thousands(sent)}, sebanyak yang dikirim.", field="pieces"
        )
    _check_remark(new.remark, is_needed=True)


def worth_of_what_came(value: int, *, sent: int, came: int) -> int:
    """The rupiah of what came of a transfer worth `value`: what was lost took its part along."""
    return nearest(value * came, sent)


def _check_remark(remark: str, *, is_needed: bool) -> None:
    if is_needed and not remark.strip():
        raise TransferRefused("Isi sebabnya, misalnya 2 karung robek di jalan.", field="remark")
    if len(remark) > REMARK_LENGTH:
        raise TransferRefused(f"Paling panjang {REMARK_LENGTH} huruf.", field="remark")
