"""What a unit bought, line by line, and what its funds hold."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.production.models import Purchase, PurchaseLine, PurchaseUndone
from bekal.production.rules.materials import quantity_text
from bekal.production.rules.purchases import FUND_LABELS, PAID_FROM_LABELS, Fund, PaidFrom

PURCHASES_SHOWN = 30


@dataclass(frozen=True)
class PurchaseFilters:
    """What a person narrows the list by; `text` is part of a supplier or a receipt's number."""

    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class PurchaseRow:
    """A purchase; `undone` says why it was taken back, if it was."""

    id: UUID
    supplier: str
    receipt: str
    bought_on: dt.date
    total: int
    fund: Fund | None
    paid_from: PaidFrom | None
    note: str
    recorded_at: dt.datetime
    recorded_by: str
    undone: str

    @property
    def fund_label(self) -> str:
        """Whose money it was."""
        return FUND_LABELS[self.fund] if self.fund else "Tanpa uang"

    @property
    def paid_from_label(self) -> str:
        """Where the money lay."""
        return PAID_FROM_LABELS[self.paid_from] if self.paid_from else ""


@dataclass(frozen=True)
class PurchasedLine:
    """A line of a purchase: thousandths of a material in its measure, for so many rupiah."""

    material_id: int
    name: str
    measure: str
    quantity: int
    amount: int

    @property
    def shown(self) -> str:
        """How much, for people: "2,5 kg"."""
        return f"{quantity_text(self.quantity)} {self.measure}"


@dataclass(frozen=True)
class Money:
    """What a unit may buy with, in rupiah, by fund and by box."""

    funds: dict[Fund, int]
    boxes: dict[PaidFrom, int]


def purchases_of(*, unit_id: int, filters: PurchaseFilters) -> Page[PurchaseRow]:
    """One page of what a unit bought, the newest first. Three statements."""
    found: QuerySet[Any, Any] = _found(unit_id, filters)
    shown: Page[Any] = Paginator(found, PURCHASES_SHOWN).get_page(filters.page)
    shown.object_list = _rows(list(shown.object_list))
    return shown


def every_purchase_of(*, unit_id: int, filters: PurchaseFilters) -> list[PurchaseRow]:
    """All of them, for a file. Two statements."""
    return _rows(list(_found(unit_id, filters)))


def purchase_of(*, unit_id: int, purchase_id: UUID) -> PurchaseRow | None:
    """One purchase of a unit, or None. Two statements."""
    rows = _rows(list(Purchase.objects.filter(unit_id=unit_id, pk=purchase_id)))
    return rows[0] if rows else None


def lines_of_purchase(*, purchase_id: UUID) -> list[PurchasedLine]:
    """What stands on its receipt, by name; one statement."""
    lines = PurchaseLine.objects.filter(purchase_id=purchase_id).order_by("material__name")
    values = lines.values_list(
        "material_id", "material__name", "material__measure", "quantity", "amount"
    )
    return [PurchasedLine(*line) for line in values]


def money_of(*, unit_id: int) -> Money:
    """What a unit may buy with; one statement."""
    held = {balance.account: balance.amount for balance in ledger.balances_of(unit_id=unit_id)}
    return Money(
        {fund: -held.get(AccountKind(fund.value), 0) for fund in Fund},
        {box: held.get(AccountKind(box.value), 0) for box in PaidFrom},
    )


def _found(unit_id: int, filters: PurchaseFilters) -> QuerySet[Purchase]:
    found = Purchase.objects.filter(unit_id=unit_id)
    if filters.text:
        named = Q(supplier__icontains=filters.text) | Q(receipt__icontains=filters.text)
        found = found.filter(named)
    return found.order_by(F("bought_on").desc(), F("id").desc())


def _rows(purchases: list[Purchase]) -> list[PurchaseRow]:
    ids = [purchase.pk for purchase in purchases]
    undone = dict(PurchaseUndone.objects.filter(pk__in=ids).values_list("purchase_id", "reason"))
    return [
        PurchaseRow(
            purchase.pk,
            purchase.supplier,
            purchase.receipt,
            purchase.bought_on,
            purchase.total,
            Fund(purchase.fund) if purchase.fund else None,
            PaidFrom(purchase.paid_from) if purchase.paid_from else None,
            purchase.note,
            purchase.recorded_at,
            purchase.recorded_by,
            undone.get(purchase.pk, ""),
        )
        for purchase in purchases
    ]
