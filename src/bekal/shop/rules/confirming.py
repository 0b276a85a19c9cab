"""Orders that a person of the unit confirms: what they ask, and how long both sides wait. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.payments.rules import TRANSFER_LIFE, Method
from bekal.sales.rules import BuyerClass
from bekal.shop.rules.orders import (
    DELIVERY_LABELS,
    Buyer,
    Delivery,
    OrderItem,
    PartAsked,
    check_buyer,
    check_items,
)

DRAFT_LIFE = dt.timedelta(days=3)
"""How long a unit has to confirm: what is sent on a Friday afternoon is answered on Monday."""
OPEN_SERVICE = gettext_noop("Kurir, ongkirnya dikabari bengkel")
"""What stands for the courier until the unit has chosen one; pages say it in their language."""
MESSAGE_LIFE = TRANSFER_LIFE
"""How long a code lives that a person sends: a message is read when its reader has time."""


def way_words(*, service: str, delivery: Delivery) -> str:
    """How a part reaches its buyer: the courier's service, that it is fetched, or neither yet."""
    return service or str(DELIVERY_LABELS[delivery])


TAKEN_OTHERWISE = (
    "Pesanan ini sudah dikonfirmasi rekan Anda dengan jumlah barang yang lain. Jumlah yang Anda "
    "isi tidak dipakai; yang berlaku ada di Isi paket."
)


@dataclass(frozen=True)
class Amended:
    """Pieces of a product as they were ordered and as they were agreed on; none: left out."""

    product_id: int
    name: str
    was: int
    pieces: int

    @property
    def sentence(self) -> str:
        """What its buyer and its officer read."""
        if not self.pieces:
            return _("%(name)s tidak jadi") % {"name": self.name}
        said = {"name": self.name, "was": self.was, "pieces": self.pieces}
        return _("%(name)s dari %(was)s menjadi %(pieces)s") % said


def amended_words(amended: Iterable[Amended]) -> str:
    """What was amended, in one sentence; nothing where nothing was."""
    told = "; ".join(each.sentence for each in amended)
    return _("Jumlahnya diubah: %(what)s.") % {"what": told} if told else ""


class ConfirmRefused(Refused):
    """The order cannot be confirmed or declined any more, or not like this."""


@dataclass(frozen=True)
class NewDraft:
    """An order of one unit that is to be confirmed; `key` becomes its id.

    Prices are those that the buyer saw.
    """

    key: UUID
    unit_id: int
    items: tuple[OrderItem, ...]
    delivery: Delivery
    buyer: Buyer
    buyer_class: BuyerClass
    language: str = "id"

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat. It names a person: keep it sealed alone."""
        items = [vars(item) for item in self.items]
        return frozen_bytes({**vars(self), "items": items, "buyer": vars(self.buyer)})


@dataclass(frozen=True)
class Confirmation:
    """How a unit takes an order on: by which way it goes out, and how it is paid.

    `fee` is what the officer saw for the courier's service. `prices` are those of today that the
    officer saw, by product, where the buyer had seen others: the buyer pays what they saw.
    `pieces` are those that were agreed on meanwhile, by product, none for what is left out; what
    is not named stays as it was ordered.
    """

    delivery: Delivery
    method: Method
    service_id: int | None = None
    fee: int = 0
    prices: Mapping[int, int] = field(default_factory=dict)
    pieces: Mapping[int, int] = field(default_factory=dict)


def check_draft(draft: NewDraft) -> None:
    """Refuse what no order can be made of."""
    check_items(draft.items)
    check_buyer(draft.buyer, parts=[PartAsked(draft.unit_id, draft.delivery)])
