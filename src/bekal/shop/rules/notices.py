"""What buyers are told of, and by which way. Pure."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from bekal.shop.rules.returns import Verdict
from bekal.shop.rules.statuses import OrderStatus, PartStatus

MOST_TRIES = 6
STALE_NOTICE = dt.timedelta(days=14)
"""After so long a message that nobody sent tells nothing new."""
_WAITS = (
    dt.timedelta(0),
    dt.timedelta(minutes=2),
    dt.timedelta(minutes=15),
    dt.timedelta(hours=2),
    dt.timedelta(hours=8),
    dt.timedelta(hours=24),
)
"""How long to wait before the next try, by how many have failed."""


class Event(StrEnum):
    """What a buyer is told of."""

    PLACED = "placed"
    PAID = "paid"
    PREPARED = "prepared"
    READY = "ready"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUND_DUE = "refund_due"
    REFUND_PAID = "refund_paid"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    NOT_MET = "not_met"
    PART_GONE = "part_gone"
    CREDITED = "credited"


ORDER_EVENTS: Mapping[OrderStatus, Event] = {
    OrderStatus.WAITING: Event.PLACED,
    OrderStatus.PLACED: Event.PLACED,
    OrderStatus.PAID: Event.PAID,
    OrderStatus.CANCELLED: Event.CANCELLED,
    OrderStatus.REFUND_DUE: Event.REFUND_DUE,
    OrderStatus.REFUNDED: Event.REFUND_PAID,
}
"""What a buyer is told when an order comes to stand like this."""
PART_EVENTS: Mapping[PartStatus, Event] = {
    PartStatus.READY: Event.READY,
    PartStatus.SENT: Event.HANDED_OVER,
    PartStatus.DELIVERED: Event.DELIVERED,
}
VERDICT_EVENTS: Mapping[Verdict, Event] = {
    Verdict.ACCEPTED: Event.ACCEPTED,
    Verdict.REFUSED: Event.REFUSED,
}
EVENT_LABELS: Mapping[Event, str] = {
    Event.PLACED: "Pesanan diterima",
    Event.PAID: "Pembayaran masuk",
    Event.PREPARED: "Barang disiapkan",
    Event.READY: "Siap diambil",
    Event.HANDED_OVER: "Diserahkan ke kurir",
    Event.DELIVERED: "Sudah diterima",
    Event.CANCELLED: "Dibatalkan",
    Event.REFUND_DUE: "Uang akan dikembalikan",
    Event.REFUND_PAID: "Uang dikembalikan",
    Event.CONFIRMED: "Pesanan WhatsApp disetujui",
    Event.DECLINED: "Pesanan WhatsApp ditolak",
    Event.WITHDRAWN: "Pesanan WhatsApp dibatalkan pembeli",
    Event.ACCEPTED: "Laporan diterima",
    Event.REFUSED: "Laporan ditolak",
    Event.FAILED: "Tidak bisa dipenuhi",
    Event.NOT_MET: "Dihentikan sebelum dibayar",
    Event.PART_GONE: "Satu bagian dihentikan",
    Event.CREDITED: "Faktur dikurangi",
}


HOLDS_WHILE: Mapping[Event, frozenset[OrderStatus] | frozenset[PartStatus]] = {
    Event.PLACED: frozenset({OrderStatus.WAITING, OrderStatus.PLACED}),
    Event.CONFIRMED: frozenset({OrderStatus.WAITING, OrderStatus.PLACED}),
    Event.PAID: frozenset({OrderStatus.PAID}),
    Event.REFUND_DUE: frozenset({OrderStatus.REFUND_DUE}),
    Event.PREPARED: frozenset({PartStatus.READY}),
    Event.READY: frozenset({PartStatus.READY}),
    Event.HANDED_OVER: frozenset({PartStatus.SENT}),
}
"""While an order, or the part that is told of, stands like this, it is still so."""


class Way(StrEnum):
    """How a notice goes out."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"


WAY_LABELS = {Way.EMAIL: "Email", Way.WHATSAPP: "WhatsApp"}
URGENT = frozenset(
    {
        Event.READY,
        Event.HANDED_OVER,
        Event.CONFIRMED,
        Event.DECLINED,
        Event.FAILED,
        Event.NOT_MET,
        Event.PART_GONE,
    }
)
"""What is told by WhatsApp even where an e-mail goes out; the officer sends it with one tap."""
QUIET = frozenset({Event.PLACED, Event.PREPARED, Event.DELIVERED})
"""What whoever gave no e-mail reads on the page of the order: no work for the officer."""


class Outcome(StrEnum):
    """What became of a try to send a notice."""

    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


def ways_of(event: Event, *, has_email: bool) -> tuple[Way, ...]:
    """By which ways an event is told."""
    ways = [Way.EMAIL] if has_email else []
    if event in URGENT or (not has_email and event not in QUIET):
        ways.append(Way.WHATSAPP)
    return tuple(ways)


def next_try(*, failed: int, now: dt.datetime) -> dt.datetime | None:
    """When to try again after so many failures; None when it is enough."""
    return now + _WAITS[failed] if failed < MOST_TRIES else None
