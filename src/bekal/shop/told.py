"""Facts of orders as pages of the desk tell them: words for codes, names for actors."""

import datetime as dt
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from bekal.accounts import queries as accounts
from bekal.foundation.clock import Zone, local_day
from bekal.payments.rules import METHOD_LABELS
from bekal.sales.rules import BUYER_LABELS, BuyerClass
from bekal.shop import queries
from bekal.shop.queries import PartShown, ProblemShown
from bekal.shop.rules import (
    ORDER_CHANNEL_LABELS,
    ORDER_LABELS,
    PART_LABELS,
    OrderChannel,
    OrderStatus,
    PartStatus,
    ProblemState,
    way_words,
)

_GIVEN_BACK = {True: "Faktur dikurangi", False: "Pengembalian uang disetujui"}
_ANSWERED = {
    ProblemState.REFUSED: "Ditolak",
    ProblemState.WITHDRAWN: "Ditarik kembali",
}


@dataclass(frozen=True)
class MoveTold:
    """A step that a part or a problem took, and by whose hand."""

    label: StrOrPromise
    on: dt.date
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class PartWords:
    """The codes of a part in words; `delivery` is the courier's service, or that it is fetched.

    `paid` says whether its money came in; nothing of what ended without any.
    """

    status: str
    channel: str
    method: str
    paid: str
    buyer_class: str
    delivery: str


def words_of(part: PartShown) -> PartWords:
    """The codes of a part in words."""
    is_draft = part.order_status is OrderStatus.DRAFT
    return PartWords(
        status=str(ORDER_LABELS[part.order_status] if is_draft else PART_LABELS[part.status]),
        channel=str(ORDER_CHANNEL_LABELS[part.channel]),
        method=str(METHOD_LABELS[part.method]) if part.method else "",
        paid=_paid(part),
        buyer_class=BUYER_LABELS[BuyerClass(part.buyer_class)] if part.buyer_class else "",
        delivery=way_words(service=part.service, delivery=part.delivery),
    )


def _paid(part: PartShown) -> str:
    if part.is_settled:
        return "Lunas"
    is_over = part.status is PartStatus.CANCELLED or part.order_status is OrderStatus.DRAFT
    return "" if is_over else "Belum dibayar"


def moves_of(part: PartShown, *, zone: Zone) -> list[MoveTold]:
    """How a part moved, the last step first; one statement for all names.

    One more for an order by message: that it was confirmed moves the order, not the part.
    """
    steps = [(_label(move.status, part), move.at, move.by) for move in part.moves]
    is_by_message = part.channel is OrderChannel.WHATSAPP
    taken_on = queries.confirmed(order_id=part.order_id) if is_by_message else None
    if taken_on is not None:
        steps.insert(1, ("Pesanan dikonfirmasi", *taken_on))
    names = accounts.names_of(actors=[by for _label, _at, by in steps])
    return [
        MoveTold(label, local_day(at, zone), at, names[by]) for label, at, by in reversed(steps)
    ]


def steps_of(problem: ProblemShown, *, zone: Zone) -> list[MoveTold]:
    """What was done about a problem, the last step first; one statement for all names."""
    is_credited = problem.state is ProblemState.CREDITED
    steps = (
        ("Uang dibayarkan", problem.paid_at, problem.paid_by),
        (_GIVEN_BACK[is_credited], problem.refunded_at, problem.refunded_by),
        ("Barang dicatat", problem.settled_at, problem.settled_by),
        (_ANSWERED.get(problem.state, "Diterima"), problem.answered_at, problem.answered_by),
        ("Dilaporkan", problem.reported_at, problem.reported_by),
    )
    names = accounts.names_of(actors=[by for _, at, by in steps if at is not None])
    return [
        MoveTold(label, local_day(at, zone), at, names[by])
        for label, at, by in steps
        if at is not None
    ]


def _label(status: PartStatus, part: PartShown) -> StrOrPromise:
    """What a part came to; one of a message waited for its unit before it waited for money."""
    is_draft = status is PartStatus.WAITING and part.channel is OrderChannel.WHATSAPP
    return ORDER_LABELS[OrderStatus.DRAFT] if is_draft else PART_LABELS[status]
