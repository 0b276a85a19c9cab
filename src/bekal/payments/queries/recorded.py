"""Whether the money of a bank line is in the books already, and how: by hand, or as paid."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from bekal.foundation.clock import local_day
from bekal.payments.models import IS_UNSETTLED, Receipt, Request, StatementLine
from bekal.payments.queries.codes import labels_in
from bekal.payments.rules import HAND, Means
from bekal.places import queries as places

_AROUND = dt.timedelta(days=3)
"""How far the day that somebody wrote down may be from that of the bank."""


@dataclass(frozen=True)
class Recorded:
    """An ask whose money may be that of a line; by hand, or it is paid in full by whatever."""

    request_id: UUID
    label: str
    is_by_hand: bool

    @property
    def words(self) -> str:
        """What the treasurer is told."""
        what = self.label or "sebuah tagihan"
        if self.is_by_hand:
            return f"Sudah dicatat dengan tangan untuk {what}"
        return f"Tagihan {what} sudah lunas"


def recorded_of(
    *, unit_id: int, lines: Sequence[StatementLine], owed: Collection[str] = ()
) -> dict[int, Recorded]:
    """What may be the money of these lines, by line: three statements, none without lines.

    A transfer written down by hand within three days, with the sum of the line or for an ask of
    that sum; and, where the line names an order, its ask that is paid in full, unless more is
    `owed` by that name.
    """
    if not lines:
        return {}
    return dict((*_paid(unit_id, lines, owed=owed), *_by_hand(unit_id, lines)))


def _by_hand(unit_id: int, lines: Sequence[StatementLine]) -> Iterator[tuple[int, Recorded]]:
    zone = places.zone_of(unit_id=unit_id)
    amounts, days = {line.amount for line in lines}, [line.day for line in lines]
    rows = Receipt.objects.filter(
        Q(amount__in=amounts) | Q(request__payable__in=amounts),
        request__isnull=False,
        unit_id=unit_id,
        provider=HAND,
        means=Means.TRANSFER,
        received_at__gte=_midnight(min(days) - 2 * _AROUND),
        received_at__lt=_midnight(max(days) + 2 * _AROUND),
    )
    written: dict[int, list[tuple[dt.date, Request]]] = defaultdict(list)
    for row in rows.select_related("request").order_by("received_at", "id"):
        assert row.request is not None
        for amount in {row.amount, row.request.payable}:
            written[amount].append((local_day(row.received_at, zone), row.request))
    for line in lines:
        near = [ask for day, ask in written[line.amount] if abs(day - line.day) <= _AROUND]
        if near:
            yield line.pk, Recorded(near[0].id, near[0].label, is_by_hand=True)


def _paid(
    unit_id: int, lines: Sequence[StatementLine], *, owed: Collection[str]
) -> Iterator[tuple[int, Recorded]]:
    named = {line.pk: labels_in(line.text) - set(owed) for line in lines}
    rows = Request.objects.filter(
        ~IS_UNSETTLED, unit_id=unit_id, label__in=set().union(*named.values())
    ).annotate(by_hand=Exists(Receipt.objects.filter(request=OuterRef("pk"), provider=HAND)))
    paid = {row.label: row for row in rows.order_by("asked_at", "id")}
    for line_id, labels in named.items():
        for row in [paid[label] for label in sorted(labels & paid.keys())][:1]:
            yield line_id, Recorded(row.id, row.label, is_by_hand=row.by_hand)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, dt.UTC)
