"""Invoices that wait for their money, by how late they are."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from bekal.payments import queries as payments
from bekal.payments.queries import Ask
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.shop.models import Order, OrderPart, ProblemRefund
from bekal.shop.rules import Age, OrderStatus, PartStatus, age_of, days_late


@dataclass(frozen=True)
class InvoiceFilters:
    """How a treasurer narrows the invoices: one age, words of a code, a name or a number."""

    age: Age | None = None
    text: str = ""


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice of the unit that collects; money in rupiah.

    `in_doubt` came in and waits for a person, so that nobody is reminded of it. `contact_name`,
    `phone` and `email` are those of the institution: for whoever handles the money.
    """

    order_id: UUID
    code: str
    institution: str
    contact_name: str
    phone: str
    email: str
    reference: str
    placed_at: dt.datetime
    due_on: dt.date
    total: int
    settled: int
    in_doubt: int
    days_late: int
    age: Age
    is_sample: bool

    @property
    def owed(self) -> int:
        """What is still missing."""
        return self.total - self.settled


@dataclass(frozen=True)
class AgeSum:
    """How many invoices of an age there are, and what they lack."""

    age: Age
    count: int
    owed: int


@dataclass(frozen=True)
class ClaimRow:
    """What a unit has to come of an invoice that another unit collects."""

    code: str
    collector: str
    due_on: dt.date
    total: int
    status: PartStatus
    days_late: int


@dataclass(frozen=True)
class Credited:
    """What of a part came back before its invoice was paid, and is asked for no more; rupiah."""

    goods: int = 0
    shipping: int = 0


NOTHING = Credited()


def credited_of(*, order_ids: Collection[UUID]) -> dict[UUID, Credited]:
    """What came back of the parts of unpaid invoices, by part, where anything did; one statement.

    Of a part that fell out nothing came back: all of it is asked for no more.
    """
    part, back = "answer__problem__part", ProblemRefund.objects.filter(is_credited=True)
    sums = back.filter(**{f"{part}__order__in": list(order_ids)}).values(part)
    rows = sums.annotate(of_goods=Sum("goods"), of_shipping=Sum("shipping"))
    return {row[part]: Credited(row["of_goods"], row["of_shipping"]) for row in rows}


def unpaid_invoices(*, unit_id: int, today: dt.date) -> list[InvoiceRow]:
    """The invoices that this unit collects and that lack money, the longest due first.

    Two statements.
    """
    orders = _unpaid().filter(collector_id=unit_id).select_related("institution", "buyer")
    found = list(orders.order_by("due_on", "placed_at"))
    asks = payments.asks_in(request_ids=[order.id for order in found])
    return [_row(order, ask=asks[order.id], today=today) for order in found]


def narrowed(rows: Iterable[InvoiceRow], *, filters: InvoiceFilters) -> list[InvoiceRow]:
    """Those of an age whose code, institution or number has every word."""
    words = filters.text.casefold().split()
    return [
        row
        for row in rows
        if (filters.age is None or row.age is filters.age)
        and all(
            word in f"{row.code} {row.institution} {row.reference}".casefold() for word in words
        )
    ]


def sums_by_age(rows: Sequence[InvoiceRow]) -> list[AgeSum]:
    """Count and sum of each age, the youngest first."""
    by_age = {age: [row.owed for row in rows if row.age is age] for age in Age}
    return [AgeSum(age, len(owed), sum(owed)) for age, owed in by_age.items()]


def late_invoices(*, unit_id: int, today: dt.date) -> int:
    """How many invoices that this unit collects are late, and lack money that nobody checks.

    Two statements.
    """
    late = _unpaid().filter(collector_id=unit_id, due_on__lt=today)
    asks = payments.asks_in(request_ids=list(late.values_list("pk", flat=True)))
    return sum(not ask.in_doubt for ask in asks.values())


def claims_elsewhere(*, unit_id: int, today: dt.date) -> list[ClaimRow]:
    """What this unit made for invoices that other units collect, the longest due first.

    Three statements.
    """
    parts = list(
        OrderPart.objects.filter(unit_id=unit_id, order__in=_unpaid())
        .exclude(order__collector_id=F("unit_id"))
        .exclude(status=PartStatus.CANCELLED.value)
        .select_related("order")
        .order_by("order__due_on", "order__placed_at")
    )
    units = {part.order.collector_id for part in parts if part.order.collector_id}
    names = places.last_called(place_ids=units, on=today)
    credited = credited_of(order_ids={part.order_id for part in parts})
    return [
        ClaimRow(
            code=part.order.code,
            collector=names[part.order.collector_id][1] if part.order.collector_id else "",
            due_on=part.order.due_on or today,
            total=_left_of(part, credited.get(part.pk, NOTHING)),
            status=PartStatus(part.status),
            days_late=days_late(part.order.due_on or today, today=today),
        )
        for part in parts
    ]


def _left_of(part: OrderPart, back: Credited) -> int:
    return part.goods_total + part.fee - back.goods - back.shipping


def _unpaid() -> QuerySet[Order]:
    return Order.objects.filter(
        Q(method=Method.INVOICE.value, status=OrderStatus.PLACED.value, due_on__isnull=False)
    )


def _row(order: Order, *, ask: Ask, today: dt.date) -> InvoiceRow:
    party, due_on = order.institution, order.due_on or today
    return InvoiceRow(
        order_id=order.id,
        code=order.code,
        institution=party.name if party else order.buyer.name,
        contact_name=party.contact_name if party else order.buyer.name,
        phone=party.phone if party else order.buyer.phone,
        email=party.email if party else order.buyer.email,
        reference=order.reference,
        placed_at=order.placed_at,
        due_on=due_on,
        total=ask.amount,
        settled=ask.settled,
        in_doubt=ask.in_doubt,
        days_late=days_late(due_on, today=today),
        age=age_of(due_on, today=today),
        is_sample=order.is_sample,
    )


def due_days_of(*, subjects: Collection[str]) -> dict[str, dt.date]:
    """By when the orders of these subjects are to be paid that are invoices; one statement.

    For the treasurer who waits for them; payments asks by BEKAL_DUE_DAYS.
    """
    keys = [
        key for kind, _, key in (subject.partition(":") for subject in subjects) if kind == "order"
    ]
    rows = Order.objects.filter(pk__in=keys, due_on__isnull=False)
    return {f"order:{pk}": due for pk, due in rows.values_list("pk", "due_on") if due}
