"""The orders of a unit as a list: what is to be prepared, handed over, confirmed."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from bekal.foundation.clock import Zone
from bekal.shop.models import Answer, OrderLine, OrderPart, PartMove, Problem
from bekal.shop.rules import (
    ORDER_LABELS,
    PART_LABELS,
    PREPARE_DAYS,
    STALE_DAYS,
    Delivery,
    OrderStatus,
    PartStatus,
    Verdict,
    way_words,
)


class Pile(StrEnum):
    """What the desk's parts are sorted into; the values stand in addresses."""

    PREPARE = "siapkan"
    HAND_OVER = "serahkan"
    UNDER_WAY = "dikirim"
    CONFIRM = "konfirmasi"
    UNPAID = "belum-dibayar"
    DONE = "selesai"
    CANCELLED = "batal"
    ALL = "semua"


PILE_LABELS = {
    Pile.PREPARE: "Perlu disiapkan",
    Pile.HAND_OVER: "Siap diserahkan",
    Pile.UNDER_WAY: "Dalam perjalanan",
    Pile.CONFIRM: "Perlu dikonfirmasi",
    Pile.UNPAID: "Menunggu pembayaran",
    Pile.DONE: "Selesai",
    Pile.CANCELLED: "Batal",
    Pile.ALL: "Semua",
}
_DRAFT = Q(order__status=OrderStatus.DRAFT.value)
_PILES = {
    Pile.PREPARE: Q(status__in=[PartStatus.ACCEPTED.value, PartStatus.PREPARING.value]),
    Pile.HAND_OVER: Q(status=PartStatus.READY.value),
    Pile.UNDER_WAY: Q(status=PartStatus.SENT.value),
    Pile.CONFIRM: _DRAFT & Q(status=PartStatus.WAITING.value),
    Pile.UNPAID: ~_DRAFT & Q(status=PartStatus.WAITING.value),
    Pile.DONE: Q(status=PartStatus.DELIVERED.value),
    Pile.CANCELLED: Q(status=PartStatus.CANCELLED.value),
    Pile.ALL: Q(),
}


class Sorting(StrEnum):
    """By what the list is sorted; the values stand in addresses."""

    DUE = "janji"
    NEWEST = "terbaru"
    LARGEST = "nilai"


SORTING_LABELS = {
    Sorting.DUE: "Janji siap, yang terdekat dulu",
    Sorting.NEWEST: "Pesanan terbaru dulu",
    Sorting.LARGEST: "Nilai terbesar dulu",
}
_ORDERS = {
    Sorting.DUE: (F("ready_on").asc(nulls_last=True), "order__placed_at", "id"),
    Sorting.NEWEST: ("-order__placed_at", "id"),
    Sorting.LARGEST: ("-goods_total", "id"),
}


@dataclass(frozen=True)
class DeskFilters:
    """What a person narrows the orders of a unit by; `text` is a code, a name or a number."""

    pile: Pile = Pile.PREPARE
    text: str = ""
    delivery: Delivery | None = None
    is_due: bool = False
    sorting: Sorting = Sorting.DUE

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the text leaves orders out."""
        return self.pile is not Pile.ALL or self.delivery is not None or self.is_due


@dataclass(frozen=True)
class PartRow:
    """A part in the list. Money in rupiah."""

    id: UUID
    order_code: str
    buyer: str
    delivery: Delivery
    service: str
    status: PartStatus
    order_status: OrderStatus
    ready_on: dt.date | None
    placed_at: dt.datetime
    pieces: int
    goods: str
    total: int
    has_problem: bool
    is_sample: bool

    @property
    def manner(self) -> str:
        """How it reaches its buyer: the courier's service, that it is fetched, or neither yet."""
        return way_words(service=self.service, delivery=self.delivery)

    @property
    def label(self) -> str:
        """How it stands, in words."""
        is_draft = self.order_status is OrderStatus.DRAFT
        return str(ORDER_LABELS[self.order_status] if is_draft else PART_LABELS[self.status])

    @property
    def is_to_prepare(self) -> bool:
        """Whether somebody has to prepare it still."""
        return self.status in {PartStatus.ACCEPTED, PartStatus.PREPARING}


@dataclass(frozen=True)
class DeskCounts:
    """What waits for a unit: parts to prepare, those of them that are late, and so on."""

    prepare: int = 0
    due: int = 0
    stale: int = 0
    hand_over: int = 0
    confirm: int = 0
    problems: int = 0


def orders_of(
    *, unit_id: int, filters: DeskFilters, today: dt.date, zone: Zone
) -> QuerySet[Any, Any]:
    """The parts that a unit makes, narrowed and sorted; `today` and `zone` are the unit's."""
    found = _dated(OrderPart.objects.filter(_PILES[filters.pile], unit_id=unit_id), zone)
    if filters.delivery is not None:
        found = found.filter(delivery=filters.delivery.value)
    if filters.is_due:
        found = found.filter(ready_on__lte=today)
    if filters.text:
        named = Q(order__buyer__name__icontains=filters.text)
        numbered = Q(tracking_number__iexact=filters.text)
        coded = Q(order__code__icontains=filters.text.upper().replace(" ", ""))
        found = found.filter(named | numbered | coded)
    return found.order_by(*_ORDERS[filters.sorting])


def rows_of(parts: QuerySet[Any, Any]) -> list[PartRow]:
    """A stretch of `orders_of` as rows. One statement."""
    lines = OrderLine.objects.filter(part_id=OuterRef("pk")).order_by().values("part_id")
    first = OrderLine.objects.filter(part_id=OuterRef("pk")).order_by("id").values("name")
    shown = parts.select_related("order", "order__buyer").annotate(
        pieces=Subquery(lines.annotate(n=Sum("pieces")).values("n")),
        kinds=Subquery(lines.annotate(n=Count("pk")).values("n")),
        first_name=Subquery(first[:1]),
        has_problem=Exists(_open_problems().filter(part_id=OuterRef("pk"))),
    )
    return [_row(part) for part in shown]


def desk_counts(*, unit_id: int, today: dt.date, zone: Zone) -> DeskCounts:
    """What waits for a unit today, in three statements whose cost does not grow with history.

    Drafts are counted by themselves: beside the open parts in one statement they would keep
    PostgreSQL from the index of those.
    """
    stale = today - dt.timedelta(days=STALE_DAYS)
    of_unit = OrderPart.objects.filter(unit_id=unit_id)
    is_open = _PILES[Pile.PREPARE] | _PILES[Pile.HAND_OVER]
    found = _dated(of_unit.filter(is_open), zone).aggregate(
        prepare=Count("pk", filter=_PILES[Pile.PREPARE]),
        due=Count("pk", filter=_PILES[Pile.PREPARE] & Q(ready_on__lte=today)),
        stale=Count("pk", filter=_PILES[Pile.PREPARE] & Q(accepted_on__lte=stale)),
        hand_over=Count("pk", filter=_PILES[Pile.HAND_OVER]),
    )
    return DeskCounts(
        **found,
        confirm=of_unit.filter(_PILES[Pile.CONFIRM]).count(),
        problems=_open_problems().filter(part__unit_id=unit_id).count(),
    )


def _open_problems() -> QuerySet[Problem]:
    """Problems that wait for the unit: unanswered, or accepted and their goods not settled."""
    waiting = Answer.objects.filter(
        problem_id=OuterRef("pk"), verdict=Verdict.ACCEPTED.value, goods__isnull=True
    )
    return Problem.objects.filter(Q(answer__isnull=True) | Exists(waiting))


def _dated(parts: QuerySet[Any, Any], zone: Zone) -> QuerySet[Any, Any]:
    accepted = PartMove.objects.filter(part_id=OuterRef("pk"), status=PartStatus.ACCEPTED.value)
    accepted_at = Subquery(accepted.order_by("id").values("moved_at")[:1])
    ready_on = Cast(F("accepted_on") + dt.timedelta(days=PREPARE_DAYS), DateField())
    dated: QuerySet[Any, Any] = parts.annotate(
        accepted_on=TruncDate(accepted_at, tzinfo=zone.info),
        ready_on=Coalesce("promised_on", ready_on),
    )
    return dated


def _row(part: OrderPart) -> PartRow:
    seen = vars(part)
    more = seen["kinds"] - 1
    return PartRow(
        id=part.id,
        order_code=part.order.code,
        buyer=part.order.buyer.name,
        delivery=Delivery(part.delivery),
        service=part.service,
        status=PartStatus(part.status),
        order_status=OrderStatus(part.order.status),
        ready_on=seen["ready_on"],
        placed_at=part.order.placed_at,
        pieces=seen["pieces"],
        goods=f"{seen['first_name']} dan {more} lagi" if more else seen["first_name"],
        total=part.goods_total + part.fee,
        has_problem=seen["has_problem"],
        is_sample=part.order.is_sample,
    )
