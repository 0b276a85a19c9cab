"""What is asked for and what comes in. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.payments import qris

CODE_LIFE = dt.timedelta(minutes=15)
"""How long a QRIS code, or the page of a gateway, takes money."""
TRANSFER_LIFE = dt.timedelta(hours=24)
MARGIN = dt.timedelta(minutes=5)
"""How much longer than its code a reservation of goods lasts."""
MOST_DIGITS = 999
"""The unique digits of a transfer: what is added so that two open asks never look the same."""
FEW_DIGITS = 99
"""Buyers pay the digits on top, so that small ones are given first."""
DIGITS_REST = dt.timedelta(days=7)
"""How long the digits of an ask that is over are not given again: transfers come late."""
SUBJECT = r"^[a-z]+:[-0-9a-zA-Z]+$"
_SURPLUS = "surplus:"


class Method(StrEnum):
    """How a buyer was asked to pay."""

    QRIS = "qris"
    TRANSFER = "transfer"
    GATEWAY = "gateway"
    AT_PICKUP = "at_pickup"
    INVOICE = "invoice"


METHOD_LABELS: dict[Method, StrOrPromise] = {
    Method.QRIS: "QRIS",
    Method.TRANSFER: gettext_lazy("Transfer bank"),
    Method.GATEWAY: gettext_lazy("Pembayaran daring"),
    Method.AT_PICKUP: gettext_lazy("Bayar saat ambil"),
    Method.INVOICE: gettext_lazy("Faktur"),
}

LIVES: dict[Method, dt.timedelta] = {
    Method.QRIS: CODE_LIFE,
    Method.TRANSFER: TRANSFER_LIFE,
    Method.GATEWAY: CODE_LIFE,
}
"""How long an ask lasts that does not say so itself; the others have no end."""


HAND, BANK = "hand", "bank"
"""The providers of money that somebody wrote down who saw it, and of that of bank lines."""


class Means(StrEnum):
    """As what money came in or went out."""

    CASH = "cash"
    QRIS = "qris"
    TRANSFER = "transfer"
    GATEWAY = "gateway"


MEANS_LABELS = {
    Means.CASH: "Tunai",
    Means.QRIS: "QRIS",
    Means.TRANSFER: "Transfer bank",
    Means.GATEWAY: "Pembayaran daring",
}

USUAL_MEANS = {
    Method.QRIS: Means.QRIS,
    Method.TRANSFER: Means.TRANSFER,
    Method.GATEWAY: Means.GATEWAY,
    Method.AT_PICKUP: Means.CASH,
    Method.INVOICE: Means.TRANSFER,
}


class Closed(StrEnum):
    """Why an ask ended before it was settled."""

    CANCELLED = "cancelled"
    EXPIRED = "expired"


class State(StrEnum):
    """How an ask stands; money that comes after its end is taken in all the same."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


STATE_LABELS: dict[State, StrOrPromise] = {
    State.OPEN: gettext_lazy("Menunggu pembayaran"),
    State.SETTLED: gettext_lazy("Lunas"),
    State.CANCELLED: gettext_lazy("Dibatalkan"),
    State.EXPIRED: gettext_lazy("Kedaluwarsa"),
}


class From(StrEnum):
    """Where the money stands that is owed back to a buyer."""

    ADVANCE = "advance"
    UNAPPLIED = "unapplied"


class LineState(StrEnum):
    """What a line of a bank statement is: nobody knows yet, money of a receipt, none of ours."""

    OPEN = "open"
    MATCHED = "matched"
    ASIDE = "aside"


class Aside(StrEnum):
    """Why a line of a bank statement is no money of an order."""

    HAND = "hand"
    SOLD = "sold"
    QRIS = "qris"
    UNIT = "unit"
    TWIN = "twin"
    OTHER = "other"


ASIDE_LABELS = {
    Aside.HAND: "Sudah dicatat dengan tangan untuk sebuah pesanan",
    Aside.SOLD: "Sudah dicatat sebagai penjualan",
    Aside.QRIS: "Pencairan QRIS dari penyelenggara",
    Aside.UNIT: "Setoran dari unit lain",
    Aside.TWIN: "Baris yang sama sudah ada dari berkas mutasi lain",
    Aside.OTHER: "Bukan uang pesanan, misalnya bunga atau setoran kas",
}


class DoubtKind(StrEnum):
    """What came in and does not fit, so that a person must look at it."""

    NOT_HANDLED = "not_handled"
    UNKNOWN_ORDER = "unknown_order"
    OTHER_CONTENT = "other_content"
    TAKEN_BACK = "taken_back"


DOUBT_ADVICE = {
    DoubtKind.TAKEN_BACK: (
        "Balikkan dulu penjualannya lewat pesanannya: Tidak bisa dipenuhi, atau Catat laporan "
        "pembeli. Lalu catat pengembaliannya di Uang keluar, dipotong penyelenggara."
    ),
    DoubtKind.UNKNOWN_ORDER: (
        "Cocokkan dengan laporan penyelenggara. Kalau uangnya masuk, catat, lalu tentukan untuk "
        "pesanan mana, atau kembalikan."
    ),
    DoubtKind.OTHER_CONTENT: (
        "Yang pertama sudah tercatat. Cocokkan dengan laporan penyelenggara."
    ),
}
"""What a person does about it, by its kind."""
OUT_LABELS = {**MEANS_LABELS, Means.GATEWAY: "Dipotong penyelenggara pembayaran"}
"""How money goes out: what a gateway took back is gone from what it holds for the unit."""


class AskRefused(Refused):
    """The payment cannot be asked for as it was given."""


class ReceiptRefused(Refused):
    """The money cannot be taken in, applied or paid out as it was given."""


class ReferenceTaken(ReceiptRefused):
    """What the provider calls this money is the name of other money that came in before."""

    def __init__(self, label: str, amount: int) -> None:
        """Say for what the first came; it belongs to the reference."""
        what = label or "uang lain"
        super().__init__(
            f"Nomor ini sudah dipakai untuk {what}, {formats.rupiah(amount)}.", field="reference"
        )


@dataclass(frozen=True)
class NewAsk:
    """A payment to ask for; `key` becomes its id and makes a repeat harmless.

    `subject` is the text key of what is paid, such as "order:<uuid>"; `label` its name for people,
    which also stands in the QRIS code. `expires_at` None takes the life of the method.
    """

    key: UUID
    subject: str
    unit_id: int
    amount: int
    method: Method
    expires_at: dt.datetime | None = None
    label: str = ""


@dataclass(frozen=True)
class NewReceipt:
    """Money that came in; it is told from all other by what its provider calls it.

    `provider` is who tells of it ("midtrans", "bank", "hand", "sandbox"), `reference` its name
    there. `request_id` names the ask that it belongs to, where that is known.
    """

    key: UUID
    unit_id: int
    amount: int
    method: Means
    provider: str
    reference: str
    request_id: UUID | None
    received_at: dt.datetime


@dataclass(frozen=True)
class Paid:
    """What the handler of a subject is told when money came in for it.

    `method` is how it was asked for, `means` as what it came. `amount` came now and stands in the
    unit's order_advance; `owed` is what is still missing of the ask. `state` is how the ask stood
    before: it may have been over.
    """

    request_id: UUID
    receipt_id: UUID
    subject: str
    unit_id: int
    method: Method
    means: Means
    amount: int
    owed: int
    state: State
    received_at: dt.datetime

    @property
    def is_settled(self) -> bool:
        """Whether the ask is paid in full now."""
        return self.owed == 0


def sample_qris(*, name: str, city: str, number: int) -> str:
    """A static code of nobody, for a demo: its acquirer does not exist, its name says so."""
    return qris.sample(name=name, city=city, number=number)


@dataclass(frozen=True)
class PaidOut:
    """What the handler of a subject is told when a debt to its buyer was paid."""

    debt_id: UUID
    subject: str
    unit_id: int
    amount: int


def surplus_of(subject: str) -> str:
    """What a debt is about that gives back what was too much for a subject: never the subject.

    So the subject does not end when it is paid, and its buyer is told of it all the same.
    """
    return f"{_SURPLUS}{subject}"


def about_of(subject: str) -> str:
    """The subject whose buyer a debt goes back to."""
    return subject.removeprefix(_SURPLUS)


def reference_shown(*, provider: str, reference: str) -> str:
    """What people are told of where money came from: no unit, no hash."""
    if provider == BANK:
        return "mutasi bank"
    return reference.rpartition(":")[2] if provider == HAND else reference


def state_of(*, amount: int, settled: int, closed_as: str) -> State:
    """How an ask of so much stands."""
    if settled >= amount:
        return State.SETTLED
    return State(closed_as) if closed_as else State.OPEN


def check_amount(amount: int, *, refusal: type[Refused]) -> None:
    """Refuse no money, and more than anybody means. Raises the refusal."""
    if not 0 < amount <= formats.LARGEST_RUPIAH:
        raise refusal(
            f"Jumlah harus di antara Rp1 dan {formats.rupiah(formats.LARGEST_RUPIAH)}.",
            field="amount",
        )
