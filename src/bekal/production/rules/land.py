"""Land: plots, what grows or lives on them, and where harvests go. Pure.

A harvest is weighed in grams or counted in pieces. What is sold becomes a batch of a product; what
the kitchen uses and what is given away is told with its reason, and is no sale.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.production.rules.batches import BACK_DAYS, NewBatch
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.materials import quantity_text

PLOT_NAME = 80
CROP_NAME = 80
RECIPIENT_LENGTH = 80
LARGEST_AREA = 10_000_000
"""Square metres, ten square kilometres: above the largest site that our sources tell of."""
LONGEST_GROWTH = 3_660
LARGEST_HARVEST = 1_000_000_000
"""Grams (a thousand tonnes) or pieces."""


class LandKind(StrEnum):
    """What a plot is."""

    FIELD = "field"
    POND = "pond"
    PEN = "pen"


LAND_LABELS = {
    LandKind.FIELD: "Kebun atau sawah",
    LandKind.POND: "Kolam ikan",
    LandKind.PEN: "Kandang",
}


class Weighed(StrEnum):
    """In what a harvest is told; the quantity is whole."""

    GRAM = "gram"
    PIECE = "piece"


WEIGHED_LABELS = {Weighed.GRAM: "kg", Weighed.PIECE: "buah atau ekor"}


class Fate(StrEnum):
    """Where a harvest went."""

    SOLD = "sold"
    KITCHEN = "kitchen"
    DONATED = "donated"


FATE_LABELS = {
    Fate.SOLD: "Untuk dijual",
    Fate.KITCHEN: "Dipakai dapur unit",
    Fate.DONATED: "Disumbangkan",
}


class PlotState(StrEnum):
    """Where a plot stands, in the words of its list."""

    IDLE = "menganggur"
    DUE = "panen jatuh tempo"
    GROWING = "ditanami"
    ENDED = "tidak dipakai lagi"


PLOT_KINDS = {
    PlotState.IDLE: "warn",
    PlotState.DUE: "info",
    PlotState.GROWING: "ok",
    PlotState.ENDED: "neutral",
}
"""The colour of each, as ui's tags name it."""


class LandRefused(Refused):
    """A plot, planting or harvest that cannot be written like this."""


@dataclass(frozen=True)
class NewPlanting:
    """What was planted or stocked on a plot, and between which days it is to be harvested."""

    key: UUID
    unit_id: int
    plot_id: int
    crop: str
    planted_on: dt.date
    harvest_from: dt.date
    harvest_until: dt.date

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said = {
            "place": self.unit_id,
            "plot": self.plot_id,
            "name": self.crop,
            "planted_on": self.planted_on,
            "harvest_from": self.harvest_from,
            "harvest_until": self.harvest_until,
        }
        return frozen_bytes(said)


@dataclass(frozen=True)
class NewHarvest:
    """A harvest: grams or pieces, and where it went; what is sold comes with its batch."""

    key: UUID
    unit_id: int
    planting_id: int
    harvested_on: dt.date
    quantity: int
    weighed: Weighed
    fate: Fate
    recipient: str
    note: str
    batch: NewBatch | None

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat; the batch has its own."""
        said = {
            "place": self.unit_id,
            "planting": self.planting_id,
            "harvested_on": self.harvested_on,
            "quantity": self.quantity,
            "weighed": self.weighed,
            "fate": self.fate,
            "recipient": self.recipient,
            "note": self.note,
            "batch": self.batch.frozen().decode() if self.batch else None,
        }
        return frozen_bytes(said)


def check_plot(*, name: str, kind: str, area: int) -> None:
    """Refuse a plot without a name, of no kind, or of an area that no unit has."""
    if not name:
        raise LandRefused("Isi nama lahan, misalnya Kebun belakang.", field="name")
    if len(name) > PLOT_NAME:
        raise LandRefused(f"Nama lahan paling panjang {PLOT_NAME} huruf.", field="name")
    if kind not in set(LandKind):
        raise LandRefused("Pilih jenis lahannya.", field="kind")
    if not 1 <= area <= LARGEST_AREA:
        raise LandRefused("Isi luasnya dalam meter persegi, misalnya 400.", field="area")


def check_planting(new: NewPlanting, *, today: dt.date) -> None:
    """Refuse a planting of nothing, of a day to come, or whose harvest comes before it."""
    if not new.crop:
        raise LandRefused("Isi apa yang ditanam atau dipelihara.", field="crop")
    if len(new.crop) > CROP_NAME:
        raise LandRefused(f"Paling panjang {CROP_NAME} huruf.", field="crop")
    if not today - dt.timedelta(days=LONGEST_GROWTH) <= new.planted_on <= today:
        raise LandRefused("Isi hari tanamnya, paling akhir hari ini.", field="planted_on")
    if new.harvest_from < new.planted_on:
        raise LandRefused("Panen sesudah hari tanam. Periksa tanggalnya.", field="harvest_from")
    if new.harvest_until < new.harvest_from:
        raise LandRefused("Isi tanggal sesudah awal panen.", field="harvest_until")
    if (new.harvest_until - new.planted_on).days > LONGEST_GROWTH:
        raise LandRefused("Tanggal itu terlalu jauh. Periksa tahunnya.", field="harvest_until")


def check_harvest(new: NewHarvest, *, planted_on: dt.date, today: dt.date) -> None:
    """Refuse a harvest of nothing, of another day, or that does not say where it went."""
    if not max(planted_on, today - dt.timedelta(days=BACK_DAYS)) <= new.harvested_on <= today:
        raise LandRefused(
            f"Isi hari panennya: sesudah ditanam, paling lama {BACK_DAYS} hari yang lalu.",
            field="harvested_on",
        )
    if not 1 <= new.quantity <= LARGEST_HARVEST:
        raise LandRefused("Isi hasil panennya, misalnya 12,5.", field="quantity")
    if new.fate is Fate.DONATED and not new.recipient:
        raise LandRefused("Isi lembaga yang menerima.", field="recipient")
    if new.fate is not Fate.DONATED and new.recipient:
        raise LandRefused("Penerima hanya untuk yang disumbangkan.", field="recipient")
    if len(new.recipient) > RECIPIENT_LENGTH:
        raise LandRefused(f"Paling panjang {RECIPIENT_LENGTH} huruf.", field="recipient")
    if len(new.note) > NOTE_LENGTH:
        raise LandRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")
    if (new.fate is Fate.SOLD) != (new.batch is not None):
        raise LandRefused("Pilih produk untuk panen yang dijual.", field="product")


def weight_text(quantity: int, weighed: Weighed) -> str:
    """A harvest for people: "12,5 kg", "40 buah"."""
    if weighed is Weighed.GRAM:
        return f"{quantity_text(quantity)} kg"
    return f"{quantity_text(quantity * 1_000)} buah"


def check_reason(reason: str, *, example: str) -> None:
    """Refuse an act that ends or takes back something without a reason."""
    if not reason:
        raise LandRefused(f"Isi alasannya, misalnya {example}.", field="reason")
    if len(reason) > NOTE_LENGTH:
        raise LandRefused(f"Alasan paling panjang {NOTE_LENGTH} huruf.", field="reason")


def check_days_of_plot(day: dt.date, *, again_since: dt.date | None, field: str) -> None:
    """Refuse a day before the one since which a plot that had ended is used again."""
    if again_since is not None and day < again_since:
        raise LandRefused(
            f"Lahan ini dipakai lagi sejak {formats.date(again_since)}. "
            "Isi hari itu atau sesudahnya.",
            field=field,
        )


def sold_of_batch(*, good: int, since: int, before: int, older: int) -> int:
    """How many of `good` pieces are sold, when sales take the oldest first.

    `since` were sold since the day of the batch and `before` until then; `older` batches had so
    many good pieces.
    """
    left_of_older = max(0, older - before)
    return min(good, max(0, since - left_of_older))


def check_still_there(*, good: int, sold: int, free: int) -> None:
    """Refuse to take a harvest back whose `good` pieces are not all there, unsold and `free`."""
    if sold:
        raise LandRefused(
            f"{formats.thousands(sold)} barang dari panen ini sudah terjual. "
            "Koreksi jumlahnya di hasil produksinya."
        )
    if free < good:
        there = formats.thousands(max(free, 0))
        raise LandRefused(
            f"Barang dari panen ini sudah dipesan atau keluar: dari {formats.thousands(good)} yang "
            f"masuk stok, yang bebas tinggal {there}. Koreksi jumlahnya di hasil produksinya."
        )


def plot_state(
    *, is_planted: bool, due_since: dt.date | None, today: dt.date, is_ended: bool = False
) -> PlotState:
    """The one state of a plot; `due_since` is the first day of its earliest harvest not begun."""
    if is_ended:
        return PlotState.ENDED
    if not is_planted:
        return PlotState.IDLE
    is_due = due_since is not None and due_since <= today
    return PlotState.DUE if is_due else PlotState.GROWING
