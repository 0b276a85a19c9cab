"""What an order is made of, how long it keeps goods, and what it may not be. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from bekal.foundation.clock import Zone, local_day
from bekal.foundation.formats import LARGEST_COUNT
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.payments.rules import CODE_LIFE, MARGIN, TRANSFER_LIFE, Method
from bekal.sales.rules import BuyerClass

MOST_LINES = 60
MOST_PIECES = 999
"""Of one product in one order; whoever needs more asks for a quotation."""
LIMIT_WINDOW = dt.timedelta(days=30)
"""How far back the pieces that one buyer had of a product are counted."""
PICKUP_LIFE = dt.timedelta(days=7)
"""How long goods wait for whoever pays when fetching them."""
MOST_TO_FETCH = 3
"""So many orders of one number may wait to be fetched and paid: each keeps goods from others."""
DRAFT_AGE = dt.timedelta(hours=1)
"""How long what was typed and not sent is kept."""

NAME_LENGTH = 80
ADDRESS_LENGTH = 300
LEAST_ADDRESS = 8
"""So many signs at least has an address that a courier finds: "Jl A 1/2"."""
LANDMARK_LENGTH = 120
NOTE_LENGTH = 200
DISTRICT_LENGTH = 13
REFERENCE_LENGTH = 40


class OrderChannel(StrEnum):
    """By which door an order came."""

    WEB = "web"
    WHATSAPP = "whatsapp"
    INSTITUTION = "institution"


ORDER_CHANNEL_LABELS: dict[OrderChannel, StrOrPromise] = {
    OrderChannel.WEB: gettext_lazy("Toko daring"),
    OrderChannel.WHATSAPP: gettext_lazy("WhatsApp"),
    OrderChannel.INSTITUTION: gettext_lazy("Lembaga"),
}


class Delivery(StrEnum):
    """How a part reaches its buyer; OPEN until its unit takes it on, if its buyer asks first."""

    COURIER = "courier"
    PICKUP = "pickup"
    OPEN = "open"


DELIVERY_LABELS: dict[Delivery, StrOrPromise] = {
    Delivery.COURIER: gettext_lazy("Dikirim"),
    Delivery.PICKUP: gettext_lazy("Ambil di bengkel"),
    Delivery.OPEN: gettext_lazy("Belum dipilih"),
}

LIVES = {
    Method.QRIS: CODE_LIFE,
    Method.GATEWAY: CODE_LIFE,
    Method.TRANSFER: TRANSFER_LIFE,
    Method.AT_PICKUP: PICKUP_LIFE,
}
"""How long the buyer has to pay; an invoice has a day of its own."""
PAID_BEFORE = frozenset({Method.QRIS, Method.GATEWAY, Method.TRANSFER})
"""Ways of paying in which the money comes before the workshop begins."""


class OrderRefused(Refused):
    """The order cannot be placed as it was given."""


class CancelRefused(Refused):
    """The order cannot be cancelled any more, or not by whoever asks."""


@dataclass(frozen=True)
class OrderItem:
    """Pieces of a product at the price that the buyer saw, or that was agreed."""

    product_id: int
    pieces: int
    unit_price: int


@dataclass(frozen=True)
class PartAsked:
    """How the part of one unit is to reach the buyer; `fee` is what the buyer saw for it.

    `service_id` is the courier's service, None for pick-up. Of a quotation, `service` names the
    way and `promised_on` the day that were agreed.
    """

    unit_id: int
    delivery: Delivery
    service_id: int | None = None
    fee: int = 0
    service: str = ""
    promised_on: dt.date | None = None


@dataclass(frozen=True)
class Buyer:
    """Who receives, as they wrote it; an address only where a courier brings something.

    `district` is the name of the kecamatan with its regency and province, as it was found.
    """

    name: str
    phone: str
    email: str = ""
    district_code: str = ""
    district: str = ""
    address: str = ""
    postal_code: str = ""
    landmark: str = ""
    note: str = ""


@dataclass(frozen=True)
class NewOrder:
    """An order as it arrives; `key` becomes its id and makes a repeat harmless.

    With `is_agreed` prices, ways and days are those of a quotation; else prices and fees must still
    be those of the sheets. With `is_at_hand` all of it is handed over as it is ordered, so that no
    hours are needed. `due_on` is the day by which an invoice is to be paid, `reference` the
    number that the institution's own papers give the order.
    """

    key: UUID
    items: tuple[OrderItem, ...]
    parts: tuple[PartAsked, ...]
    buyer: Buyer
    buyer_class: BuyerClass
    method: Method
    channel: OrderChannel = OrderChannel.WEB
    language: str = "id"
    is_agreed: bool = False
    due_on: dt.date | None = None
    institution_id: UUID | None = None
    reference: str = ""
    is_at_hand: bool = False

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat. It names a person: keep it sealed alone."""
        return frozen_bytes(
            {
                **vars(self),
                "items": [vars(item) for item in self.items],
                "parts": [vars(part) for part in self.parts],
                "buyer": vars(self.buyer),
            }
        )


def keeps_until(
    *,
    method: Method,
    now: dt.datetime,
    ready_by: dt.date | None = None,
    life: dt.timedelta | None = None,
) -> dt.datetime | None:
    """Until when goods are kept for an order that is not paid: its code's life and five minutes.

    Who pays when fetching has a week from the day on which all is there. None: no end of its own.
    `life` is that of a code which lives longer than is usual.
    """
    if method not in LIVES:
        return None
    if method is Method.AT_PICKUP:
        days = max(0, (ready_by - local_day(now, Zone.WIB)).days) if ready_by else 0
        return now + dt.timedelta(days=days) + PICKUP_LIFE
    return now + (life or LIVES[method]) + MARGIN


def check_items(items: Iterable[OrderItem], *, is_agreed: bool = False) -> None:
    """Refuse an empty order, too long a one, a product twice, or a number that is none.

    Of a quotation there may be as many pieces as its workshop promised.
    """
    items = tuple(items)
    most = LARGEST_COUNT if is_agreed else MOST_PIECES
    if not items:
        raise OrderRefused(_("Keranjang Anda masih kosong. Pilih barang dahulu."), field="items")
    if len(items) > MOST_LINES:
        said = _("Satu pesanan memuat paling banyak %(most)s barang. Bagi menjadi dua pesanan.")
        raise OrderRefused(said % {"most": MOST_LINES}, field="items")
    if len({item.product_id for item in items}) < len(items):
        raise OrderRefused(_("Satu barang cukup satu baris. Gabungkan jumlahnya."), field="items")
    if any(not 1 <= item.pieces <= most for item in items):
        said = _("Jumlah setiap barang dari 1 sampai %(most)s.")
        raise OrderRefused(said % {"most": most}, field="items")


def check_method(method: Method, *, parts: Sequence[PartAsked]) -> None:
    """Refuse what nobody knows how to hand over, and paying at the counter for a courier's load."""
    if any(part.delivery is Delivery.OPEN for part in parts):
        raise OrderRefused(_("Pilih diambil atau dikirim."), field="way")
    if method is Method.AT_PICKUP and any(p.delivery is not Delivery.PICKUP for p in parts):
        raise OrderRefused(
            _("Bayar saat ambil hanya kalau semua barang diambil di bengkel."), field="method"
        )


def check_street(address: str) -> None:
    """Refuse an address that no courier finds: none, or too little to be street and number."""
    text = address.strip()
    if not text:
        raise OrderRefused(_("Isi alamat penerima."), field="address")
    if len(text) < LEAST_ADDRESS or not any(sign.isalpha() for sign in text):
        said = _("Tulis jalan, nomor, RT dan RW, supaya kurir sampai.")
        raise OrderRefused(said, field="address")


def check_buyer(buyer: Buyer, *, parts: Iterable[PartAsked]) -> None:
    """Refuse somebody without a name or number, and a parcel without an address."""
    if not buyer.name.strip():
        raise OrderRefused(_("Isi nama penerima."), field="name")
    if not buyer.phone:
        raise OrderRefused(_("Isi nomor WhatsApp penerima."), field="phone")
    is_sent = any(part.delivery is Delivery.COURIER for part in parts)
    if is_sent:
        check_street(buyer.address)
    if is_sent and not (buyer.district_code and buyer.district):
        raise OrderRefused(_("Pilih kecamatan dari daftar."), field="district")
