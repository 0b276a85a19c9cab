"""What was made: batches, who worked how long on them, and days of nothing. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.production.rules.assigning import MINUTES_IN_A_DAY
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.keeping import LARGEST_PIECES
from bekal.production.rules.materials import quantity_text

BACK_DAYS = 31
"""How many days back a batch may be written down; what is older was counted, not made."""
PARTNER_LENGTH = 80
FURTHEST_EXPIRY = dt.timedelta(days=3_660)


class ModelOfWork(StrEnum):
    """Whose material and whose goods it is."""

    OWN = "own"
    PARTNER = "partner"
    SERVICE = "service"


MODEL_LABELS = {
    ModelOfWork.OWN: "Produksi sendiri",
    ModelOfWork.PARTNER: "Pesanan mitra",
    ModelOfWork.SERVICE: "Jasa",
}


class BatchRefused(Refused):
    """A batch, or what is said of one, that cannot be written like this."""


@dataclass(frozen=True)
class NewBatch:
    """What was made in a workshop on a day; `shares` are makers' codes with their minutes.

    `good` and `rejected` are pieces, or what the service is counted in. `partner` is the
    organisation whose material it is, for a partner's order alone.
    """

    key: UUID
    unit_id: int
    workshop_id: int
    product_id: int
    made_on: dt.date
    good: int
    rejected: int
    model: ModelOfWork
    shares: tuple[tuple[str, int], ...]
    partner: str = ""
    expires_on: dt.date | None = None
    note: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said = {
            "place": self.unit_id,
            "workshop": self.workshop_id,
            "product": self.product_id,
            "made_on": self.made_on,
            "good": self.good,
            "rejected": self.rejected,
            "model": self.model,
            "partner": self.partner,
            "best_before": self.expires_on,
            "note": self.note,
            "shares": ", ".join(f"{maker}: {minutes}" for maker, minutes in sorted(self.shares)),
        }
        return frozen_bytes(said)


@dataclass(frozen=True)
class NewCorrection:
    """How many pieces of a batch there were after all, and why that was written differently.

    With no piece left, `returned` says how much of a material comes back, in thousandths, where
    part of it was used up; all of what it does not name comes back.
    """

    key: UUID
    batch_id: UUID
    good: int
    rejected: int
    reason: str
    returned: Mapping[int, int] = dataclasses.field(default_factory=dict)

    @property
    def is_cancelled(self) -> bool:
        """Whether no piece is left."""
        return self.good + self.rejected == 0

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said: dict[str, object] = {
            "batch": self.batch_id,
            "good": self.good,
            "rejected": self.rejected,
            "reason": self.reason,
        }
        if self.returned:
            back = (f"bahan {one}: {quantity_text(q)}" for one, q in sorted(self.returned.items()))
            said["returned"] = "; ".join(back)
        return frozen_bytes(said)


def batch_number(number: int) -> str:
    """The number of a batch as people write it: "B-0417"."""
    return f"B-{number:04d}"


def check_batch(new: NewBatch, *, today: dt.date, is_food: bool) -> None:
    """Refuse a batch of nothing, of a wrong day, or that lacks what its kind asks for.

    Raises BatchRefused with the field.
    """
    check_made_on(new.made_on, today=today)
    check_result(good=new.good, rejected=new.rejected)
    if new.good + new.rejected == 0:
        raise BatchRefused("Isi jumlah jadi, misalnya 12.", field="good")
    _check_partner(new)
    _check_expiry(new, is_food=is_food)
    _check_shares(new)
    if len(new.note.strip()) > NOTE_LENGTH:
        raise BatchRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")


def check_made_on(day: dt.date, *, today: dt.date, field: str = "made_on") -> None:
    """Refuse a day that has not come, or that is long over. Raises BatchRefused."""
    if day > today:
        raise BatchRefused("Tanggal ini belum tiba.", field=field)
    if (today - day).days > BACK_DAYS:
        raise BatchRefused(
            f"Paling lama {BACK_DAYS} hari ke belakang. Untuk barang yang lebih lama, hitung stok.",
            field=field,
        )


def check_result(*, good: int, rejected: int) -> None:
    """Refuse numbers of pieces that no day has. Raises BatchRefused with the field."""
    most = formats.thousands(LARGEST_PIECES)
    for field, pieces in (("good", good), ("rejected", rejected)):
        if not 0 <= pieces <= LARGEST_PIECES:
            raise BatchRefused(f"Isi angka antara 0 dan {most}.", field=field)


def check_correction(new: NewCorrection, *, good: int, rejected: int) -> None:
    """Refuse a correction of nothing, without a reason, or of what was taken back wholly.

    `good` and `rejected` are what stands now. Raises BatchRefused with the field.
    """
    check_result(good=new.good, rejected=new.rejected)
    if good + rejected == 0:
        raise BatchRefused("Hasil ini sudah dibatalkan. Catat hasil yang baru.")
    if (new.good, new.rejected) == (good, rejected):
        raise BatchRefused("Jumlahnya sama dengan yang tercatat.", field="good")
    if not new.reason.strip():
        raise BatchRefused("Isi alasan koreksi, misalnya salah ketik.", field="reason")
    if len(new.reason.strip()) > NOTE_LENGTH:
        raise BatchRefused(f"Alasan paling panjang {NOTE_LENGTH} huruf.", field="reason")


def check_minutes(
    *, maker: str, minutes: int, spent: int, most: int | None, is_assigned: bool
) -> None:
    """Refuse work of whoever had none that day, or beyond the unit's limit, `spent` included.

    `most` is the limit of the day, None where the unit has set none. Raises BatchRefused.
    """
    if not is_assigned:
        raise BatchRefused(f"{maker} tidak bertugas di unit ini pada hari itu.", field="shares")
    if most is None:
        raise BatchRefused("Unit ini belum punya batas jam kerja pada hari itu.", field="shares")
    if spent + minutes > most:
        already = (
            f" Pada hari itu sudah tercatat {formats.thousands(spent)} menit." if spent else ""
        )
        raise BatchRefused(
            f"{maker}: batas unit ini {formats.thousands(most)} menit sehari.{already}",
            field="shares",
        )


def _check_partner(new: NewBatch) -> None:
    is_partner = new.model is ModelOfWork.PARTNER
    if is_partner and not new.partner.strip():
        raise BatchRefused("Isi nama mitra pemilik bahan.", field="partner")
    if not is_partner and new.partner.strip():
        raise BatchRefused("Mitra hanya untuk pesanan mitra.", field="partner")
    if len(new.partner.strip()) > PARTNER_LENGTH:
        raise BatchRefused(f"Nama mitra paling panjang {PARTNER_LENGTH} huruf.", field="partner")


def _check_expiry(new: NewBatch, *, is_food: bool) -> None:
    if new.expires_on is None:
        if is_food and new.model is not ModelOfWork.SERVICE:
            raise BatchRefused("Isi tanggal kedaluwarsa; ini makanan.", field="expires_on")
        return
    if new.expires_on <= new.made_on:
        raise BatchRefused("Kedaluwarsa harus sesudah hari dibuat.", field="expires_on")
    if new.expires_on - new.made_on > FURTHEST_EXPIRY:
        raise BatchRefused("Tanggal itu terlalu jauh. Periksa tahunnya.", field="expires_on")


def _check_shares(new: NewBatch) -> None:
    if not new.shares:
        raise BatchRefused("Pilih paling sedikit satu pembuat.", field="shares")
    if len({maker for maker, _ in new.shares}) < len(new.shares):
        raise BatchRefused("Satu pembuat disebut dua kali.", field="shares")
    if not all(1 <= minutes <= MINUTES_IN_A_DAY for _, minutes in new.shares):
        raise BatchRefused("Isi menit kerja setiap pembuat, misalnya 240.", field="shares")
