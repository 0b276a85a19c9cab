"""What was sold: receipts, days, and whether the sums agree with the facts."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bekal.catalogue.queries import SaleTerms
from bekal.foundation import formats
from bekal.foundation.clock import Period
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind, difference, split
from bekal.sales.models import DayReport, Refund, RefundLine, Sale, SaleLine, UnitDay
from bekal.sales.queries.trials import lines_to_split as lines_to_split
from bekal.sales.rules import RefundKind, summed
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
    product_id: int
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

    @property
    def hint(self) -> str:
        """What may come back, and at which price, as they stand below the name."""
        price = formats.rupiah(self.unit_price)
        return f"terjual {self.pieces}, masih bisa kembali {self.left}, {price}"


@dataclass(frozen=True)
class DaySums:
    """A unit's day: receipts, and rupiah gross, returned and net."""

    day: dt.date
    receipts: int
    gross: int
    returned: int
    report: DayReport | None

    @property
    def net(self) -> int:
        """Gross less what was taken back."""
        return self.gross - self.returned

    @property
    def has_changed(self) -> bool:
        """Whether the records say something else than when the day was reported."""
        return self.report is not None and (self.report.receipts, self.report.net) != (
            self.receipts,
            self.net,
        )


@dataclass(frozen=True)
class ReceiptFilters:
    """What a person narrows the receipts by; days are those of sale, both included."""

    first: dt.date | None = None
    last: dt.date | None = None
    channel: str = ""
    buyer_class: str = ""
    number: int | None = None
    only_returned: bool = False


ALL_RECEIPTS = ReceiptFilters()


@dataclass(frozen=True)
class ReceiptSums:
    """What some receipts come to, in rupiah."""

    receipts: int
    gross: int
    returned: int

    @property
    def net(self) -> int:
        """Gross less what was taken back of these receipts, on whatever day."""
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
            line.product_id,
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
    """A unit's receipt with its lines, refunds and what came back of which; four statements."""
    return _whole().filter(unit_id=unit_id, pk=sale_id).first()


def whole_receipts(*, sale_ids: Collection[UUID]) -> list[Sale]:
    """Receipts with their lines and refunds, by id; four statements."""
    return list(_whole().filter(pk__in=sale_ids).order_by("pk"))


def _whole() -> QuerySet[Sale]:
    return Sale.objects.prefetch_related(
        Prefetch("lines", SaleLine.objects.order_by("id")),
        Prefetch("refunds", Refund.objects.order_by("recorded_at", "id")),
        Prefetch("refunds__lines", RefundLine.objects.order_by("id")),
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


def sales_of_refunds(*, refund_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The sale that each of some refunds took back, by the refund; one statement."""
    return dict(Refund.objects.filter(pk__in=refund_ids).values_list("pk", "sale_id"))


def receipts_of(*, unit_id: int, filters: ReceiptFilters = ALL_RECEIPTS) -> QuerySet[Sale]:
    """A unit's receipts, newest first, each with `returned` (rupiah taken back) and `pieces`."""
    given = {
        "sold_on__gte": filters.first,
        "sold_on__lte": filters.last,
        "channel": filters.channel or None,
        "buyer_class": filters.buyer_class or None,
        "number": filters.number,
    }
    found = Sale.objects.filter(
        unit_id=unit_id, **{field: value for field, value in given.items() if value is not None}
    )
    if filters.only_returned:
        found = found.filter(Exists(Refund.objects.filter(sale_id=OuterRef("pk"))))
    refunds = Refund.objects.filter(sale_id=OuterRef("pk")).order_by().values("sale_id")
    lines = SaleLine.objects.filter(sale_id=OuterRef("pk")).order_by().values("sale_id")
    return found.annotate(
        returned=Coalesce(Subquery(refunds.annotate(n=Sum("total")).values("n")), 0),
        pieces=Subquery(lines.annotate(n=Sum("pieces")).values("n")),
    ).order_by("-sold_on", "-number", "id")


def sums_of(*, receipts: QuerySet[Sale]) -> ReceiptSums:
    """What the receipts of `receipts_of` come to, all pages of them; one statement."""
    sums = receipts.order_by().aggregate(
        receipts=Count("pk"), gross=Sum("total", default=0), back=Sum("returned", default=0)
    )
    return ReceiptSums(sums["receipts"], int(sums["gross"]), int(sums["back"]))


def days_of(*, unit_id: int, period: Period) -> list[DaySums]:
    """The days of a period at a unit, newest first, also those without a row; two statements."""
    wanted = Q(unit_id=unit_id, day__gte=period.first, day__lte=period.last)
    sums = {row.day: row for row in UnitDay.objects.filter(wanted)}
    reports = {report.day: report for report in DayReport.objects.filter(wanted)}
    days = (period.last - dt.timedelta(days=back) for back in range(period.days))
    return [_day(day, sums.get(day), reports.get(day)) for day in days]


def day_of(*, unit_id: int, day: dt.date) -> DaySums:
    """The sums and the report of a unit's day; two statements."""
    return days_of(unit_id=unit_id, period=Period(day, day))[0]


def _day(day: dt.date, sums: UnitDay | None, report: DayReport | None) -> DaySums:
    if sums is None:
        return DaySums(day, 0, 0, 0, report)
    return DaySums(day, sums.receipts, sums.gross, sums.returned, report)


def sums_by_unit(*, unit_ids: Collection[int], period: Period) -> dict[int, ReceiptSums]:
    """What each of some units recorded in a period, by its id; one statement on the fold."""
    days = UnitDay.objects.filter(
        unit_id__in=unit_ids, day__gte=period.first, day__lte=period.last
    ).values_list("unit_id")
    sums = days.annotate(Sum("receipts"), Sum("gross"), Sum("returned")).order_by("unit_id")
    return {row[0]: ReceiptSums(*(int(each) for each in row[1:])) for row in sums}


def standing_receipts(*, unit_id: int, day: dt.date) -> int:
    """How many receipts of a unit's day were not taken back whole as wrongly recorded."""
    corrected = Sum(
        "lines__refunds__amount",
        filter=Q(lines__refunds__refund__kind=RefundKind.CORRECTION),
        default=0,
    )
    receipts = Sale.objects.filter(unit_id=unit_id, sold_on=day).annotate(corrected=corrected)
    return receipts.exclude(corrected=F("total")).count()


def last_sold(*, unit_id: int, limit: int) -> list[int]:
    """The ids of the products that a unit sold last, each once, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SOLD, [unit_id, limit])
        return [row[0] for row in cursor.fetchall()]


def split_ahead(
    *, unit_id: int, on: dt.date, lines: Sequence[tuple[SaleTerms, int, int]]
) -> dict[AccountKind, int]:
    """Where the money of a sale would go, were it recorded; `lines` are (terms, pieces, price).

    Raises NoRule and NeedsCost as recording does. One statement.
    """
    activities = sorted({terms.category for terms, _, _ in lines})
    rules = ledger.rules_in_force(unit_id=unit_id, activities=activities, on=on)
    return summed(
        split(rules[terms.category], unit_price=price, pieces=pieces, unit_cost=terms.cost).parts
        for terms, pieces, price in lines
    )


def refund_ahead(*, lines: Sequence[tuple[RefundableLine, int]]) -> dict[AccountKind, int]:
    """What each account would give back for pieces of lines; one statement a line."""
    parts = []
    for line, pieces in lines:
        rule = ledger.rule_by_id(rule_id=line.rule_id)
        before, after = (
            split(rule, unit_price=line.unit_price, pieces=count, unit_cost=line.unit_cost)
            for count in (line.returned, line.returned + pieces)
        )
        parts.append(difference(after, before))
    return summed(parts)


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
