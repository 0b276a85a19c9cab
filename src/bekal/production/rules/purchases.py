"""What a unit buys for its workshops, by receipt, and whose money it is. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.keeping import Cause
from bekal.production.rules.materials import MaterialRefused, Why, quantity_text

SUPPLIER_LENGTH = 80
RECEIPT_LENGTH = 60
MOST_LINES = 40
EARLIEST_DAYS = 366
"""How long ago a purchase may have been that is written down today."""


class Fund(StrEnum):
    """Whose money buys material, as the account of the ledger."""

    COST_RECOVERY = AccountKind.COST_RECOVERY.value
    CAPITAL = AccountKind.CAPITAL.value


class PaidFrom(StrEnum):
    """Where the money lay, as the account of the ledger."""

    CASH = AccountKind.CASH.value
    BANK = AccountKind.BANK.value


FUND_LABELS = {fund: ACCOUNT_LABELS[AccountKind(fund.value)] for fund in Fund}
PAID_FROM_LABELS = {place: ACCOUNT_LABELS[AccountKind(place.value)] for place in PaidFrom}


@dataclass(frozen=True)
class BoughtLine:
    """So many thousandths of a material for so many rupiah."""

    material_id: int
    quantity: int
    amount: int


@dataclass(frozen=True)
class NewPurchase:
    """A purchase as it arrives; `key` becomes its id.

    Without `fund` and `paid_from` no money moved: a partner or a grant gave it, as `note` says.
    """

    key: UUID
    unit_id: int
    supplier: str
    receipt: str
    bought_on: dt.date
    total: int
    lines: Sequence[BoughtLine]
    fund: Fund | None
    paid_from: PaidFrom | None
    note: str

    @property
    def is_given(self) -> bool:
        """Whether no money moved."""
        return self.fund is None and self.paid_from is None

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        lines = [
            f"bahan {line.material_id}: {quantity_text(line.quantity)}, "
            f"{formats.rupiah(line.amount)}"
            for line in sorted(self.lines, key=lambda line: line.material_id)
        ]
        said = {
            "place": self.unit_id,
            "supplier": self.supplier,
            "receipt": self.receipt,
            "bought_on": self.bought_on,
            "amount": self.total,
            "lines": "; ".join(lines),
            "fund": self.fund,
            "paid_from": self.paid_from,
            "note": self.note,
        }
        return frozen_bytes(said)


@dataclass(frozen=True)
class NewMaterialSheet:
    """Material that an officer says was used or is spoiled; `quantity` thousandths."""

    key: UUID
    unit_id: int
    material_id: int
    why: Why
    quantity: int
    note: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said = {
            "place": self.unit_id,
            "material": self.material_id,
            "why": self.why,
            "quantity": quantity_text(self.quantity),
            "note": self.note,
        }
        return frozen_bytes(said)


@dataclass(frozen=True)
class NewMaterialCount:
    """What an officer counted of a material, beside what the page said; thousandths."""

    key: UUID
    unit_id: int
    material_id: int
    counted: int
    seen: int
    cause: Cause | None
    note: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said = {
            "place": self.unit_id,
            "material": self.material_id,
            "quantity": quantity_text(self.counted),
            "seen": self.seen,
            "cause": self.cause,
            "note": self.note,
        }
        return frozen_bytes(said)


def check_purchase(new: NewPurchase, *, today: dt.date) -> None:
    """Refuse a purchase that no receipt could say, with the field."""
    if not new.supplier:
        raise MaterialRefused("Isi nama toko atau lembaganya.", field="supplier")
    if not today - dt.timedelta(days=EARLIEST_DAYS) <= new.bought_on <= today:
        raise MaterialRefused(
            f"Isi tanggal sampai {formats.date(today)}, paling lama setahun yang lalu.",
            field="bought_on",
        )
    _check_lines(new)
    if new.is_given:
        _check_given(new)
    elif new.fund is None or new.paid_from is None:
        field = "fund" if new.fund is None else "paid_from"
        raise MaterialRefused("Pilih dana dan asal uangnya.", field=field)
    elif new.total < 1:
        raise MaterialRefused("Isi jumlah uang di nota.", field="total")
    if len(new.note) > NOTE_LENGTH:
        raise MaterialRefused(f"Catatan paling panjang {NOTE_LENGTH} huruf.", field="note")


def _check_given(new: NewPurchase) -> None:
    if new.total:
        raise MaterialRefused(
            "Bahan yang diterima tanpa uang tidak berharga di buku. Kosongkan rupiahnya.",
            field="total",
        )
    if not new.note:
        raise MaterialRefused(
            "Isi catatan: dari siapa dan atas dasar apa, misalnya hibah atau pesanan mitra.",
            field="note",
        )


def _check_lines(new: NewPurchase) -> None:
    if not new.lines:
        raise MaterialRefused("Isi paling sedikit satu bahan.", field="lines")
    if len(new.lines) > MOST_LINES:
        raise MaterialRefused(f"Paling banyak {MOST_LINES} bahan dalam satu nota.", field="lines")
    if len({line.material_id for line in new.lines}) < len(new.lines):
        raise MaterialRefused("Tulis setiap bahan satu kali saja.", field="lines")
    if any(line.quantity < 1 or line.amount < 0 for line in new.lines):
        raise MaterialRefused("Isi jumlah setiap bahan, lebih dari 0.", field="lines")
    summed = sum(line.amount for line in new.lines)
    if summed != new.total:
        raise MaterialRefused(
            f"Jumlah baris {formats.rupiah(summed)}, sedangkan total nota "
            f"{formats.rupiah(new.total)}. Samakan dahulu.",
            field="total",
        )


def check_enough(*, kind: AccountKind, there: int, needed: int, field: str) -> None:
    """Refuse to spend more of a fund, or out of a box, than it holds."""
    if needed > there:
        raise MaterialRefused(
            f"{ACCOUNT_LABELS[kind]} hanya {formats.rupiah(there)}, kurang "
            f"{formats.rupiah(needed - there)} untuk pembelian ini.",
            field=field,
        )


def check_material_sheet(sheet: NewMaterialSheet) -> None:
    """Refuse a use of nothing, for no reason of a hand, or spoilage that nobody explains."""
    if sheet.why not in {Why.USED, Why.SPOILED}:
        raise MaterialRefused("Pilih sebabnya dari daftar.", field="why")
    if sheet.quantity < 1:
        raise MaterialRefused("Isi jumlah yang lebih dari 0.", field="quantity")
    if not sheet.note:
        asked = "apa yang terjadi" if sheet.why is Why.SPOILED else "untuk apa"
        raise MaterialRefused(f"Isi catatan: {asked}.", field="note")


def check_material_count(count: NewMaterialCount, *, held: int) -> None:
    """Refuse a count below nothing, one that differs without a cause, or against another level."""
    if count.counted < 0:
        raise MaterialRefused("Hasil hitung paling sedikit 0.", field="quantity")
    if count.seen != held:
        raise MaterialRefused(
            f"Catatan bahan ini berubah sejak Anda menghitung (sekarang {quantity_text(held)}). "
            "Periksa lagi hitungannya.",
            field="quantity",
        )
    if count.counted != held and count.cause is None:
        raise MaterialRefused("Pilih mengapa hitungan berbeda dari catatan.", field="cause")
