"""What the pages of a unit's treasurer show."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from bekal.foundation.clock import Zone, local_day
from bekal.payments.models import (
    IS_OPEN,
    IS_UNSETTLED,
    Application,
    Receipt,
    Request,
    Rest,
    StatementLine,
    Verdict,
)
from bekal.payments.queries.asks import Ask, asks_in, shown_ask
from bekal.payments.queries.codes import labels_in
from bekal.payments.rules import (
    ASIDE_LABELS,
    MEANS_LABELS,
    Aside,
    LineState,
    Means,
    reference_shown,
)
from bekal.places import queries as places

PAGE_SIZE = 30
MOST_ASKS = 100
_TASKS = """
select
  (select count(*) from payments_statementline where unit_id = %(unit)s and state = 'open')
  + (select count(*) from payments_rest
     where unit_id = %(unit)s and left_over > 0 and left_over <> expected)
  + (select count(*) from payments_doubt d where d.unit_id = %(unit)s
     and not exists (select from payments_doubtcheck c where c.doubt_id = d.id)),
  (select count(*) from payments_debt d where d.unit_id = %(unit)s
     and not exists (select from payments_payout p where p.debt_id = d.id))
"""


@dataclass(frozen=True)
class MoneyTasks:
    """The work of a treasurer: money that nobody knows yet, and debts to buyers."""

    unmatched: int
    debts: int


@dataclass(frozen=True)
class Received:
    """Money that came in, with the asks that it is for, by name, and what of it is left over.

    `is_mistake` where it was taken in by mistake and posted back.
    """

    id: UUID
    received_at: dt.datetime
    amount: int
    means: Means
    provider: str
    reference: str
    asks: tuple[tuple[UUID, str], ...]
    left_over: int
    day: dt.date
    is_mistake: bool

    @property
    def labels(self) -> str:
        """The names of its orders, for a file."""
        return ", ".join(label for _, label in self.asks)

    @property
    def reference_shown(self) -> str:
        """Its number there, for people."""
        return reference_shown(provider=self.provider, reference=self.reference)

    @property
    def means_name(self) -> str:
        """As what it came, for people."""
        return MEANS_LABELS[self.means]


@dataclass(frozen=True)
class ReceivedPage:
    """A stretch of what a unit received; `next_after` is the receipt after which more follows."""

    rows: tuple[Received, ...]
    is_first: bool
    next_after: UUID | None


@dataclass(frozen=True)
class AsideShown:
    """A line that was set aside, and why."""

    id: int
    day: dt.date
    amount: int
    text: str
    reason: Aside

    @property
    def reason_name(self) -> str:
        """The reason for people."""
        return ASIDE_LABELS[self.reason]


@dataclass(frozen=True)
class Applied:
    """Money that is applied to an ask; `is_undone` where it was taken off again."""

    id: UUID
    receipt_id: UUID
    amount: int
    means: Means
    provider: str
    reference: str
    applied_at: dt.datetime
    is_undone: bool

    @property
    def reference_shown(self) -> str:
        """Its number there, for people."""
        return reference_shown(provider=self.provider, reference=self.reference)

    @property
    def means_name(self) -> str:
        """As what it came, for people."""
        return MEANS_LABELS[self.means]


def money_tasks(*, unit_id: int) -> MoneyTasks:
    """How much work waits for a unit's treasurer; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, {"unit": unit_id})
        return MoneyTasks(*cursor.fetchone())


def waiting_asks(*, unit_id: int) -> list[Ask]:
    """The asks of a unit that wait for money, or for the rest of it; the newest first."""
    rows = Request.objects.filter(IS_OPEN, unit_id=unit_id).order_by("-asked_at", "-id")
    return [shown_ask(row) for row in rows[:MOST_ASKS]]


def ask_in(*, unit_id: int, request_id: UUID) -> Ask | None:
    """An ask of a unit, with its money in doubt; one statement."""
    found = asks_in(request_ids=[request_id]).get(request_id)
    return found if found and found.unit_id == unit_id else None


def unsettled_ask(*, unit_id: int, typed: str) -> Ask | None:
    """The newest ask of a unit that lacks money, by what somebody typed of its order's code."""
    labels = {typed.strip().upper(), *labels_in(typed)}
    rows = Request.objects.filter(IS_UNSETTLED, unit_id=unit_id, label__in=labels)
    row = rows.exclude(label="").order_by("-asked_at", "-id").first()
    return shown_ask(row) if row else None


def applied_to(*, request_id: UUID) -> list[Applied]:
    """The money that was ever applied to an ask, in its order."""
    rows = (
        Application.objects.filter(request_id=request_id, undoes__isnull=True)
        .select_related("receipt", "undone_by")
        .order_by("applied_at", "id")
    )
    return [
        Applied(
            id=row.id,
            receipt_id=row.receipt_id,
            amount=row.amount,
            means=Means(row.receipt.means),
            provider=row.receipt.provider,
            reference=row.receipt.reference,
            applied_at=row.applied_at,
            is_undone=hasattr(row, "undone_by"),
        )
        for row in rows
    ]


def asides_of(*, unit_id: int) -> list[AsideShown]:
    """The newest lines of a unit that were set aside; two statements."""
    lines = StatementLine.objects.filter(unit_id=unit_id, state=LineState.ASIDE)
    rows = list(lines.order_by("-day", "-id")[:PAGE_SIZE])
    decided = Verdict.objects.filter(line__in=rows).order_by("pk")
    reasons = dict(decided.values_list("line_id", "reason"))
    return [
        AsideShown(row.pk, row.day, row.amount, row.text, Aside(reasons[row.pk])) for row in rows
    ]


def digits_of(*, unit_id: int) -> int:
    """Rupiah of unique digits that a unit holds for its buyers."""
    rows = Rest.objects.filter(unit_id=unit_id, left_over__gt=0, left_over=F("expected"))
    return int(rows.aggregate(held=Sum("left_over"))["held"] or 0)


def received_page(*, unit_id: int, after: UUID | None = None) -> ReceivedPage:
    """What a unit received, the newest first: the first of it, or what follows a receipt.

    Nothing is counted, so that every page costs the same however long the history is. A receipt
    that is not of the unit counts for none. Four statements at most.
    """
    rows = _received(unit_id)
    mark = rows.filter(pk=after).first() if after else None
    if mark is not None:
        earlier = Q(received_at__lt=mark.received_at) | Q(pk__lt=mark.pk)
        rows = rows.filter(earlier, received_at__lte=mark.received_at)
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return ReceivedPage(
        rows=tuple(_with_labels(shown, zone=places.zone_of(unit_id=unit_id))),
        is_first=mark is None,
        next_after=shown[-1].pk if len(found) > PAGE_SIZE else None,
    )


def every_received(*, unit_id: int) -> Iterator[Received]:
    """All that a unit received, the newest first, for a file."""
    return _with_labels(list(_received(unit_id)), zone=places.zone_of(unit_id=unit_id))


def _received(unit_id: int) -> "QuerySet[Receipt]":
    rows = Receipt.objects.filter(unit_id=unit_id).select_related("rest", "mistake")
    return rows.order_by("-received_at", "-id")


def _with_labels(rows: list[Receipt], *, zone: Zone) -> Iterator[Received]:
    asks: dict[UUID, set[tuple[str, UUID]]] = {}
    applied = Application.objects.filter(receipt__in=[row.id for row in rows])
    standing = applied.filter(undoes__isnull=True, undone_by__isnull=True)
    for receipt_id, ask, label in standing.values_list(
        "receipt_id", "request_id", "request__label"
    ):
        asks.setdefault(receipt_id, set()).add((label, ask))
    for row in rows:
        yield Received(
            id=row.id,
            received_at=row.received_at,
            amount=row.amount,
            means=Means(row.means),
            provider=row.provider,
            reference=row.reference,
            asks=tuple((ask, label) for label, ask in sorted(asks.get(row.id, ()))),
            left_over=row.rest.left_over,
            day=local_day(row.received_at, zone),
            is_mistake=hasattr(row, "mistake"),
        )
