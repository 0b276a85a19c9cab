"""How orders and their parts stand, and from where to where they may move. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation.refusals import Refused
from bekal.payments.rules import Method


class OrderStatus(StrEnum):
    """How an order stands as a whole; what became of the goods stands on its parts."""

    DRAFT = "draft"
    WAITING = "waiting"
    PLACED = "placed"
    PAID = "paid"
    DONE = "done"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


ORDER_LABELS: dict[OrderStatus, StrOrPromise] = {
    OrderStatus.DRAFT: _("Menunggu dikonfirmasi bengkel"),
    OrderStatus.WAITING: _("Menunggu pembayaran"),
    OrderStatus.PLACED: _("Diterima, dibayar nanti"),
    OrderStatus.PAID: _("Dibayar"),
    OrderStatus.DONE: _("Selesai"),
    OrderStatus.EXPIRED: _("Waktu bayar habis"),
    OrderStatus.CANCELLED: _("Dibatalkan"),
    OrderStatus.REFUND_DUE: _("Uang akan dikembalikan"),
    OrderStatus.REFUNDED: _("Uang sudah dikembalikan"),
}

ORDER_MOVES: Mapping[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.DRAFT: frozenset(
        {OrderStatus.WAITING, OrderStatus.PLACED, OrderStatus.EXPIRED, OrderStatus.CANCELLED}
    ),
    OrderStatus.WAITING: frozenset(
        {
            OrderStatus.PAID,
            OrderStatus.EXPIRED,
            OrderStatus.CANCELLED,
            OrderStatus.REFUND_DUE,
        }
    ),
    # Paid at the counter or by invoice.
    OrderStatus.PLACED: frozenset({OrderStatus.PAID, OrderStatus.EXPIRED, OrderStatus.CANCELLED}),
    OrderStatus.PAID: frozenset({OrderStatus.DONE, OrderStatus.CANCELLED, OrderStatus.REFUND_DUE}),
    OrderStatus.DONE: frozenset({OrderStatus.REFUND_DUE}),
    # Money that comes when the time is over is honoured where the goods are still there.
    OrderStatus.EXPIRED: frozenset({OrderStatus.PAID, OrderStatus.REFUND_DUE}),
    OrderStatus.CANCELLED: frozenset({OrderStatus.REFUND_DUE}),
    # What was cancelled is never paid for after all: whoever ordered may have ordered anew.
    OrderStatus.REFUND_DUE: frozenset({OrderStatus.REFUNDED}),
    OrderStatus.REFUNDED: frozenset(),
}
OPEN_ORDERS = frozenset({OrderStatus.WAITING, OrderStatus.PLACED, OrderStatus.PAID})
"""Orders that keep goods or hours for somebody."""
COUNTS_AS_BOUGHT = OPEN_ORDERS | {OrderStatus.DONE}
"""Orders that count towards what one buyer may have of a product."""


class PartStatus(StrEnum):
    """How the part of an order stands that one unit makes and sends by itself."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    PREPARING = "preparing"
    READY = "ready"
    SENT = "sent"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


PART_LABELS: dict[PartStatus, StrOrPromise] = {
    PartStatus.WAITING: _("Menunggu pembayaran"),
    PartStatus.ACCEPTED: _("Diterima bengkel"),
    PartStatus.PREPARING: _("Disiapkan bengkel"),
    PartStatus.READY: _("Siap"),
    PartStatus.SENT: _("Dikirim"),
    PartStatus.DELIVERED: _("Diterima"),
    PartStatus.CANCELLED: _("Dibatalkan"),
}

PART_MOVES: Mapping[PartStatus, frozenset[PartStatus]] = {
    PartStatus.WAITING: frozenset({PartStatus.ACCEPTED, PartStatus.CANCELLED}),
    PartStatus.ACCEPTED: frozenset({PartStatus.PREPARING, PartStatus.READY, PartStatus.CANCELLED}),
    PartStatus.PREPARING: frozenset({PartStatus.READY, PartStatus.CANCELLED}),
    PartStatus.READY: frozenset({PartStatus.SENT, PartStatus.DELIVERED, PartStatus.CANCELLED}),
    # A parcel may come back to the unit that sent it, or be lost with all that is in it.
    PartStatus.SENT: frozenset({PartStatus.DELIVERED, PartStatus.READY, PartStatus.CANCELLED}),
    PartStatus.DELIVERED: frozenset(),
    # The money came late and the goods are still there.
    PartStatus.CANCELLED: frozenset({PartStatus.ACCEPTED}),
}
OPEN_PARTS = frozenset({PartStatus.ACCEPTED, PartStatus.PREPARING, PartStatus.READY})
"""Parts that are work for their unit."""
GONE = frozenset({PartStatus.SENT, PartStatus.DELIVERED})
"""Parts that have left their unit."""
BEGUN_BY_INVOICE = GONE | {PartStatus.PREPARING, PartStatus.READY}
"""Of a quotation, a workshop buys material and works before there is any money."""


def can_fail(status: PartStatus, *, order: OrderStatus) -> bool:
    """Whether its unit may give a part up: before it left, whether or not the money came."""
    if status is PartStatus.WAITING:
        return order is OrderStatus.WAITING
    return status in OPEN_PARTS


def falls_out(*, method: Method | None, others: Iterable[tuple[PartStatus, bool]]) -> bool:
    """Whether a part that nobody has paid for ends alone when it is given up; else its order ends.

    `others` are how the other parts stand and whether they are sold. Where each counter takes its
    own money, the order goes on while another part is there; by invoice, once another workshop has
    begun. One sum that is to be paid before anybody begins holds no more.
    """
    if method is Method.AT_PICKUP:
        return any(is_sold or status is not PartStatus.CANCELLED for status, is_sold in others)
    has_begun = any(is_sold or status in BEGUN_BY_INVOICE for status, is_sold in others)
    return method is Method.INVOICE and has_begun


_Status = TypeVar("_Status", OrderStatus, PartStatus)


class MoveRefused(Refused):
    """An order or a part of it cannot move from how it stands to what was asked."""


def check_move(
    moves: Mapping[_Status, frozenset[_Status]],
    *,
    here: _Status,
    there: _Status,
    labels: Mapping[_Status, StrOrPromise],
) -> None:
    """Refuse a move that the table does not have. PostgreSQL keeps the same."""
    if there not in moves[here]:
        said = gettext("Pesanan ini sudah berstatus %(here)s, jadi tidak bisa menjadi %(there)s.")
        raise MoveRefused(said % {"here": labels[here], "there": labels[there]})


def check_order_move(here: OrderStatus, there: OrderStatus) -> None:
    """Refuse a move that orders do not make."""
    check_move(ORDER_MOVES, here=here, there=there, labels=ORDER_LABELS)


def check_part_move(here: PartStatus, there: PartStatus) -> None:
    """Refuse a move that parts do not make."""
    check_move(PART_MOVES, here=here, there=there, labels=PART_LABELS)
