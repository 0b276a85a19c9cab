"""What a request for quotation and an answer to it may be, and where they stand. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation import codes, formats
from bekal.foundation.refusals import Refused

TITLE_LENGTH = 120
SPECIFICATION_LENGTH = 2000
MEASURE_LENGTH = 20
DESTINATION_LENGTH = 300
NOTE_LENGTH = 400
PO_LENGTH = 40
REQUEST_KEY = "request"
"""Names the kind of private address on which the answers to a request are compared."""
CODE_LENGTH = 8
"""Seven random signs and their check sign, for reading aloud; what opens a page is its key."""
MOST_PIECES = formats.LARGEST_COUNT
MOST_UNITS = 200
MOST_A_DAY, MOST_UNCHECKED = 50, 5
"""Requests of one institution in a day; whoever was not checked may be anybody."""
LONGEST_WAIT = dt.timedelta(days=60)
SHORTEST_WAIT = dt.timedelta(hours=4)
FARTHEST = dt.timedelta(days=2 * 366)
LONGEST_TERM = dt.timedelta(days=60)
USUAL_TERM = dt.timedelta(days=30)
"""Days from the order to the last day of paying: what the form proposes; the law fixes none."""


class RequestRefused(Refused):
    """The request cannot be sent, withdrawn or chosen from as asked."""


class AnswerRefused(Refused):
    """A workshop cannot answer as asked."""


class AnswerKind(StrEnum):
    """What a workshop says: an offer, or a no with its reason."""

    OFFER = "offer"
    DECLINE = "decline"


class OutcomeKind(StrEnum):
    """How a request ended."""

    ORDERED = "ordered"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where a request stands for the institution."""

    OPEN = "open"
    CLOSED = "closed"
    ORDERED = "ordered"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    State.OPEN: gettext_lazy("Menunggu jawaban"),
    State.CLOSED: gettext_lazy("Batas jawaban lewat"),
    State.ORDERED: gettext_lazy("Sudah dipesan"),
    State.WITHDRAWN: gettext_lazy("Dibatalkan"),
}
STATE_KINDS = {
    State.OPEN: "info",
    State.CLOSED: "warn",
    State.ORDERED: "ok",
    State.WITHDRAWN: "neutral",
}


class Stand(StrEnum):
    """Where a request stands for one workshop that was asked."""

    WAITING = "menunggu"
    OFFERED = "ditawarkan"
    DECLINED = "ditolak"
    MISSED = "terlewat"
    CHOSEN = "dipilih"
    PASSED_OVER = "tidak-dipilih"
    WITHDRAWN = "dibatalkan"


STAND_LABELS = {
    Stand.WAITING: "Belum dijawab",
    Stand.OFFERED: "Sudah ditawarkan",
    Stand.DECLINED: "Tidak disanggupi",
    Stand.MISSED: "Terlewat",
    Stand.CHOSEN: "Dipilih",
    Stand.PASSED_OVER: "Tidak dipilih",
    Stand.WITHDRAWN: "Dibatalkan lembaga",
}
STAND_KINDS = {
    Stand.WAITING: "warn",
    Stand.OFFERED: "info",
    Stand.CHOSEN: "ok",
}


@dataclass(frozen=True)
class Wanted:
    """What an institution asks for, as typed; days are those of WIB."""

    title: str
    specification: str
    pieces: int
    measure: str
    needed_on: dt.date
    destination: str
    answer_until: dt.datetime


@dataclass(frozen=True)
class Offer:
    """What a workshop offers: so many pieces of its product at one price, ready on a day.

    `fee` is what sending all of them costs, in rupiah; None where they are fetched.
    """

    product_id: int
    pieces: int
    unit_price: int
    ready_on: dt.date
    valid_until: dt.date
    fee: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Part:
    """So many pieces of one answer, as chosen by the institution."""

    answer_id: UUID
    pieces: int


def request_number(code: str) -> str:
    """The number of a request as people say it: "PP-7Q2M-18KD"."""
    return f"PP-{codes.grouped(code)}"


def no_such_request() -> RequestRefused:
    """A request that is not there, or is somebody else's."""
    return RequestRefused(_("Permintaan ini tidak ditemukan."))


def already_ended(kind: OutcomeKind) -> RequestRefused:
    """A request that was ended before, by another click or another person."""
    if kind is OutcomeKind.ORDERED:
        return RequestRefused(_("Permintaan ini sudah dipesan. Pesanannya ada di bawah."))
    return RequestRefused(_("Permintaan ini sudah dibatalkan."))


def changed_answer() -> RequestRefused:
    """An answer that was replaced since the person looked."""
    return RequestRefused(
        _("Ada penawaran yang baru saja berubah. Periksa angkanya sekarang, lalu pilih lagi."),
        field="parts",
    )


def lapsed_answer() -> RequestRefused:
    """An offer whose last day has passed."""
    return RequestRefused(
        _("Ada penawaran yang masa berlakunya habis. Hubungi bengkelnya, atau minta lagi."),
        field="parts",
    )


def too_many_of_answer(name: str, pieces: int) -> RequestRefused:
    """More of one offer than it offers."""
    words = _("%(name)s: yang ditawarkan %(pieces)s. Kurangi jumlahnya.")
    return RequestRefused(words % {"name": name, "pieces": pieces}, field="parts")


def without_cost(*, unit: str, product: str) -> RequestRefused:
    """An offer of what its workshop cannot sell any more, since its cost is not written down."""
    words = _(
        "%(unit)s belum bisa menjual %(product)s: harga pokoknya belum dicatat. Hubungi "
        "bengkelnya, atau pilih penawaran lain."
    )
    return RequestRefused(words % {"unit": unit, "product": product}, field="parts")


def state_of(*, outcome: str | None, answer_until: dt.datetime, now: dt.datetime) -> State:
    """The state of a request by its outcome, or by the clock while it has none."""
    if outcome:
        return State(outcome)
    return State.OPEN if now < answer_until else State.CLOSED


def stand_of(*, state: State, answered: str | None, is_chosen: bool) -> Stand:
    """Where a workshop stands: by the state of the request and the newest of its answers."""
    if state is State.WITHDRAWN:
        return Stand.WITHDRAWN
    if is_chosen:
        return Stand.CHOSEN
    if answered == AnswerKind.DECLINE:
        return Stand.DECLINED
    if answered is None:
        return Stand.WAITING if state is State.OPEN else Stand.MISSED
    return Stand.PASSED_OVER if state is State.ORDERED else Stand.OFFERED


def check_parts(parts: Iterable[Part], *, wanted: int) -> None:
    """Refuse a choice of nothing, of one answer twice, or of more than was asked for."""
    chosen = list(parts)
    if not chosen:
        raise RequestRefused(_("Isi jumlah di paling sedikit satu bengkel."), field="parts")
    if len({part.answer_id for part in chosen}) < len(chosen):
        raise RequestRefused(_("Satu penawaran cukup dipilih sekali."), field="parts")
    if any(part.pieces < 1 for part in chosen):
        raise RequestRefused(_("Jumlah dari satu bengkel paling sedikit 1."), field="parts")
    total = sum(part.pieces for part in chosen)
    if total > wanted:
        words = _("Jumlahnya %(total)s, padahal yang diminta %(wanted)s. Kurangi.")
        raise RequestRefused(words % {"total": total, "wanted": wanted}, field="parts")


def check_term(due_on: dt.date, *, today: dt.date) -> None:
    """Refuse a last day of paying that has passed, or is too far; `today` is the day of WIB."""
    if not today <= due_on <= today + LONGEST_TERM:
        words = _("Pilih jatuh tempo paling lama %(days)s hari lagi.")
        raise RequestRefused(words % {"days": LONGEST_TERM.days}, field="due_on")


def check_po_number(number: str) -> None:
    """Refuse a number that no paper has room for."""
    if len(number) > PO_LENGTH:
        words = _("Paling panjang %(letters)s huruf. Singkat tulisannya.")
        raise RequestRefused(words % {"letters": PO_LENGTH}, field="po_number")
