"""What was sold: receipts, days, and whether the sums agree with the facts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet, Sum

from bekal.foundation.clock import Period
from bekal.sales.models import DayReport, Refund, RefundLine, Sale, SaleLine, UnitDay
from bekal.sales.truth import PROBLEMS

# The last receipts are few and at the front of an index; their products are told apart after.
_LAST_SOLD = """
select product_id from (
  select l.product_id, s.number from (
    select id, number from sales_sale where unit_id = %s order by number desc limit 50
  ) s join sales_saleline l on l.sale_id = s.id
) recent group by product_id order by max(number) desc, product_id limit %s
"""


@dataclass(frozen=True)
class RefundableLine:
    """A line of a receipt, with how many pieces came back and how many still may."""

    id: int
    name: str
    category: str
    pieces: int
    returned: int
    unit_price: int
    unit_cost: int | None
    rule_id: int

    @property
    def left(self) -> int:
        """Pieces that have not come back."""
        return self.pieces - self.returned


@dataclass(frozen=True)
class DaySums:
    """A unit's day: receipts, and rupiah gross, returned and net."""

    receipts: int
    gross: int
    returned: int
    report: DayReport | None

    @property
    def net(self) -> int:
        """Gross less what was taken back."""
        return self.gross - self.returned


def refundable_lines(*, sale_id: UUID) -> list[RefundableLine]:
    """The lines of a receipt with what may still be taken back, in the order of the receipt."""
    lines = (
        SaleLine.objects.filter(sale_id=sale_id)
        .annotate(returned=Sum("refunds__pieces", default=0))
        .order_by("id")
    )
    return [
        RefundableLine(
            line.pk,
            line.name,
            line.category,
            line.pieces,
            line.returned,
            line.unit_price,
            line.unit_cost,
            line.rule_id,
        )
        for line in lines
    ]


def receipt(*, unit_id: int, sale_id: UUID) -> Sale | None:
    """A unit's receipt with its lines and refunds, or None; three statements."""
    return (
        Sale.objects.filter(unit_id=unit_id, pk=sale_id)
        .prefetch_related(
            Prefetch("lines", SaleLine.objects.order_by("id")),
            Prefetch("refunds", Refund.objects.order_by("recorded_at", "id")),
        )
        .first()
    )


def line_of_receipt(*, unit_id: int, sale_id: UUID, line_id: int) -> SaleLine | None:
    """One line of a unit's receipt, with its sale, or None."""
    return (
        SaleLine.objects.filter(pk=line_id, sale_id=sale_id, sale__unit_id=unit_id)
        .select_related("sale")
        .first()
    )


def refund_lines_of(*, line_id: int) -> QuerySet[RefundLine]:
    """What came back of one line, oldest first."""
    return (
        RefundLine.objects.filter(line_id=line_id)
        .select_related("refund")
        .order_by("refund__recorded_at", "id")
    )


def receipts_of(
    *,
    unit_id: int,
    period: Period | None = None,
    channel: str = "",
    buyer_class: str = "",
    number: int | None = None,
) -> QuerySet[Sale]:
    """A unit's receipts, newest first, each with `returned` (rupiah taken back) and `pieces`."""
    wanted = Q(unit_id=unit_id)
    if period:
        wanted &= Q(sold_on__gte=period.first, sold_on__lte=period.last)
    if channel:
        wanted &= Q(channel=channel)
    if buyer_class:
        wanted &= Q(buyer_class=buyer_class)
    if number is not None:
        wanted &= Q(number=number)
    return Sale.objects.filter(wanted).order_by("-sold_on", "-number", "id")


def day_of(*, unit_id: int, day: dt.date) -> DaySums:
    """The sums and the report of a unit's day; two statements."""
    sums = UnitDay.objects.filter(unit_id=unit_id, day=day).first()
    report = DayReport.objects.filter(unit_id=unit_id, day=day).first()
    if sums is None:
        return DaySums(0, 0, 0, report)
    return DaySums(sums.receipts, sums.gross, sums.returned, report)


def last_sold(*, unit_id: int, limit: int) -> list[int]:
    """The ids of the products that a unit sold last, each once, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SOLD, [unit_id, limit])
        return [row[0] for row in cursor.fetchall()]


def reported_units(*, unit_ids: Collection[int], period: Period) -> frozenset[int]:
    """The units that recorded a sale or reported a day within a period."""
    sold = UnitDay.objects.filter(
        unit_id__in=unit_ids, day__gte=period.first, day__lte=period.last, receipts__gt=0
    ).values_list("unit_id", flat=True)
    said = DayReport.objects.filter(
        unit_id__in=unit_ids, day__gte=period.first, day__lte=period.last
    ).values_list("unit_id", flat=True)
    return frozenset(sold.union(said))


def summary_problems() -> list[str]:
    """Where the sums, or the ledger, do not agree with the facts; empty when all do."""
    with connection.cursor() as cursor:
        cursor.execute(PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
