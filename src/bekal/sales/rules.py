"""What a sale is made of and when it may be taken back. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind, Line, Part

VOID_WINDOW = dt.timedelta(minutes=10)
OLDEST_SALE = dt.timedelta(days=366)
MOST_LINES = 60
"""As many as a basket has."""


class Channel(StrEnum):
    """Where the sale took place."""

    WORKSHOP = "workshop"
    EXHIBITION = "exhibition"
    CONSIGNMENT = "consignment"
    ORDER = "order"
    ONLINE = "online"


CHANNEL_LABELS = {
    Channel.WORKSHOP: "Toko bengkel",
    Channel.EXHIBITION: "Pameran",
    Channel.CONSIGNMENT: "Titip jual",
    Channel.ORDER: "Pesanan lembaga",
    Channel.ONLINE: "Toko daring",
}

HAND_CHANNELS = {
    channel: label for channel, label in CHANNEL_LABELS.items() if channel is not Channel.ONLINE
}
"""What a person or a program may record; the shop alone makes sales of its own channel."""


class BuyerClass(StrEnum):
    """Who bought; on every sale, so that buying by staff can always be told apart."""

    PUBLIC = "public"
    OFFICER = "officer"
    INSTITUTION = "institution"


BUYER_LABELS = {
    BuyerClass.PUBLIC: "Umum",
    BuyerClass.OFFICER: "Pegawai",
    BuyerClass.INSTITUTION: "Lembaga",
}


class PaymentKind(StrEnum):
    """How the buyer paid, or will."""

    CASH = "cash"
    QRIS = "qris"
    TRANSFER = "transfer"
    CREDIT = "credit"


PAYMENT_LABELS = {
    PaymentKind.CASH: "Tunai",
    PaymentKind.QRIS: "QRIS",
    PaymentKind.TRANSFER: "Transfer",
    PaymentKind.CREDIT: "Tempo",
}

PAYMENT_ACCOUNTS = {
    PaymentKind.CASH: AccountKind.CASH,
    PaymentKind.QRIS: AccountKind.QRIS,
    PaymentKind.TRANSFER: AccountKind.BANK,
    PaymentKind.CREDIT: AccountKind.RECEIVABLE,
}


class RefundKind(StrEnum):
    """Why a sale is taken back, which decides the day that it counts on.

    A correction undoes a record that was wrong: it counts on the day of the sale, as if that had
    not been. A return is a thing of its own: it counts on the day on which the goods came back.
    """

    CORRECTION = "correction"
    RETURN = "return"


REFUND_LABELS = {
    RefundKind.CORRECTION: "Salah catat",
    RefundKind.RETURN: "Barang kembali",
}


class Goods(StrEnum):
    """What becomes of the goods that a sale gave back."""

    BACK = "back"
    WRITTEN_OFF = "written_off"


GOODS_LABELS = {
    Goods.BACK: "Kembali ke stok",
    Goods.WRITTEN_OFF: "Rusak, tidak dijual lagi",
}


class SaleRefused(Refused):
    """The sale cannot be recorded as it was given."""


class RefundRefused(Refused):
    """The sale cannot be taken back as asked."""


@dataclass(frozen=True)
class SaleItem:
    """So many pieces of a product; `unit_price` in rupiah, None for the price sheet's."""

    product_id: int
    pieces: int
    unit_price: int | None = None


@dataclass(frozen=True)
class NewSale:
    """A sale as it arrives; `key` becomes its id and makes a repeat harmless.

    `sold_on` is the local day of the place of sale; None takes the day of `sold_at` there. A hand
    record may lack the instant: `sold_at` None, then `sold_on` is needed. `collected_by` is the
    unit in whose ORDER_ADVANCE the money stands already; None where it comes in with the sale.
    `order_part` is the text key of the part of an order that sells, empty for all other sales.
    """

    key: UUID
    unit_id: int
    items: tuple[SaleItem, ...]
    channel: Channel
    buyer_class: BuyerClass
    payment: PaymentKind
    sold_on: dt.date | None = None
    sold_at: dt.datetime | None = None
    collected_by: int | None = None
    order_part: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat; what is not of an order names none.

        So a message that was frozen before there were orders stays the same.
        """
        said = {**vars(self), "items": [vars(item) for item in self.items]}
        for name in ("collected_by", "order_part"):
            if not said[name]:
                del said[name]
        return frozen_bytes(said)


def receipt_number(number: int) -> str:
    """The number on the receipt of a hand record: "PJ-0417"."""
    return f"PJ-{number:04d}"


def check_channel(channel: Channel, *, collected_by: int | None) -> None:
    """Refuse a sale of the shop whose money no order brought."""
    if channel is Channel.ONLINE and collected_by is None:
        raise SaleRefused(
            "Penjualan toko daring tercatat sendiri dari pesanannya. Pilih saluran lain.",
            field="channel",
        )


def check_items(items: tuple[SaleItem, ...]) -> None:
    """Refuse an empty sale, too long a one, a product twice, or no pieces."""
    if not items:
        raise SaleRefused("Pilih paling sedikit satu produk dan isi jumlahnya.", field="items")
    if len(items) > MOST_LINES:
        raise SaleRefused(
            f"Satu nota memuat paling banyak {MOST_LINES} produk. Bagi menjadi dua nota.",
            field="items",
        )
    if len({item.product_id for item in items}) < len(items):
        raise SaleRefused("Satu produk cukup satu baris. Gabungkan jumlahnya.", field="items")
    if any(item.pieces < 1 for item in items):
        raise SaleRefused("Jumlah barang paling sedikit 1.", field="items")


def read_sheet_day(text: str) -> dt.date:
    """A day of a sheet: 2026-04-27, 27/04/2026, 27-4-26. Raises SaleRefused."""
    for way in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y"):
        try:
            return dt.datetime.strptime(text, way).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise SaleRefused("Tulis tanggal seperti 27/04/2026.", field="sold_on")


def check_day(sold_on: dt.date, *, today: dt.date) -> None:
    """Refuse a day to come or more than a year back; `today` is the place of sale's."""
    if sold_on > today:
        raise SaleRefused(
            f"Tanggal penjualan tidak bisa sesudah hari ini, {formats.date(today)}.",
            field="sold_on",
        )
    if today - sold_on > OLDEST_SALE:
        raise SaleRefused(
            "Tanggal penjualan lebih dari setahun yang lalu. Periksa tahunnya.", field="sold_on"
        )


def check_total(total: int) -> None:
    """Refuse a sum that no receipt of a workshop has: a zero too many."""
    if total > formats.LARGEST_RUPIAH:
        raise SaleRefused(
            f"Jumlah nota paling besar {formats.rupiah(formats.LARGEST_RUPIAH)}. Periksa nolnya.",
            field="items",
        )


def hour_of(instant: dt.datetime, *, day: dt.date) -> int | None:
    """The hour of WIB (0 to 23) in which something of a day happened; None where it is not known.

    Not known: a record made on another day than it is of. The instant is then that of the typing.
    """
    if local_day(instant, Zone.WIB) != day:
        return None
    return instant.astimezone(Zone.WIB.info).hour


def is_voidable(*, recorded_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether whoever records may still take the record back by themselves."""
    return now - recorded_at <= VOID_WINDOW


def sale_lines(
    *,
    unit_id: int,
    payment: PaymentKind,
    parts: Mapping[AccountKind, int],
    collected_by: int | None = None,
) -> list[Line]:
    """The entry of a sale: the money comes in, and stands in the accounts that it is split to.

    What an order brought is taken out of the advance of the unit that collected it. With negative
    parts it is the entry of a refund.
    """
    total = sum(parts.values())
    shares = [Line(unit_id, account, -amount) for account, amount in parts.items() if amount]
    if collected_by is None:
        return [Line(unit_id, PAYMENT_ACCOUNTS[payment], total), *shares]
    return [*_out_of_advance(collected_by, unit_id, total), *shares]


def _out_of_advance(collector_id: int, owner_id: int, total: int) -> list[Line]:
    """The collector's advance goes to the owner, through what units hold for each other."""
    taken = Line(collector_id, AccountKind.ORDER_ADVANCE, total)
    if collector_id == owner_id:
        return [taken]
    return [
        taken,
        Line(collector_id, AccountKind.SETTLEMENT, -total, owner_id),
        Line(owner_id, AccountKind.SETTLEMENT, total, collector_id),
    ]


def summed(splits: Iterable[tuple[Part, ...]]) -> dict[AccountKind, int]:
    """The parts of several splits, added up account by account."""
    sums: dict[AccountKind, int] = {}
    for part in (part for parts in splits for part in parts):
        sums[part.account] = sums.get(part.account, 0) + part.amount
    return sums
