"""Money that came in and what became of it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from bekal.foundation.clock import local_day
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.payments.models import IS_LOOSE, Debt, Receipt, Rest
from bekal.payments.rules import BANK, MEANS_LABELS, From, Means, reference_shown
from bekal.places import queries as places


@dataclass(frozen=True)
class ReceiptShown:
    """Money that came in for a subject; `applied` is what of it belongs to the subject now."""

    id: UUID
    unit_id: int
    amount: int
    applied: int
    means: Means
    provider: str
    reference: str
    received_at: dt.datetime


@dataclass(frozen=True)
class Loose:
    """What of a receipt belongs to nothing that is known, and is work for a person."""

    receipt_id: UUID
    amount: int
    left_over: int
    means: Means
    provider: str
    reference: str
    received_at: dt.datetime
    request_id: UUID | None
    subject: str
    label: str
    day: dt.date

    @property
    def is_of_line(self) -> bool:
        """Whether all of it is money of a bank line that is known for nothing yet."""
        return self.provider == BANK and self.left_over == self.amount

    @property
    def words(self) -> str:
        """How it came, for people."""
        shown = reference_shown(provider=self.provider, reference=self.reference)
        return f"{MEANS_LABELS[self.means]}, {shown}"


@dataclass(frozen=True)
class Owed:
    """What a unit owes back to a buyer, and, where it was paid, with which proof."""

    id: UUID
    subject: str
    unit_id: int
    label: str
    amount: int
    source: From
    why: str
    owed_at: dt.datetime
    paid_on: dt.date | None
    proof: str


@dataclass(frozen=True)
class OwedUnit:
    """What a unit owes another."""

    unit_id: int
    code: str
    name: str
    amount: int


def receipts_of(*, subject: str) -> list[ReceiptShown]:
    """The money that is applied to asks of a subject, in the order in which it came."""
    rows = (
        Receipt.objects.filter(applications__request__subject=subject)
        .annotate(applied=Sum("applications__amount"))
        .filter(applied__gt=0)
        .order_by("received_at", "id")
    )
    return [
        ReceiptShown(
            id=row.id,
            unit_id=row.unit_id,
            amount=row.amount,
            applied=row.applied,
            means=Means(row.means),
            provider=row.provider,
            reference=row.reference,
            received_at=row.received_at,
        )
        for row in rows
    ]


def unapplied_of(*, unit_id: int) -> list[Loose]:
    """What a unit received and does not know for what, the oldest first; no unique digits."""
    zone = places.zone_of(unit_id=unit_id)
    rows = (
        Rest.objects.filter(IS_LOOSE, unit_id=unit_id)
        .select_related("receipt__request")
        .order_by("receipt__received_at", "receipt_id")
    )
    return [
        Loose(
            receipt_id=row.receipt_id,
            amount=row.amount,
            left_over=row.left_over,
            means=Means(row.receipt.means),
            provider=row.receipt.provider,
            reference=row.receipt.reference,
            received_at=row.receipt.received_at,
            request_id=row.receipt.request_id,
            subject=row.receipt.request.subject if row.receipt.request else "",
            label=row.receipt.request.label if row.receipt.request else "",
            day=local_day(row.receipt.received_at, zone),
        )
        for row in rows
    ]


def debts_of(*, unit_id: int, is_paid: bool = False) -> list[Owed]:
    """What a unit owes back to buyers, the oldest first; or what it has paid, the newest first."""
    rows = Debt.objects.filter(unit_id=unit_id, payout__isnull=not is_paid)
    ordered = rows.select_related("payout").order_by("-owed_at" if is_paid else "owed_at", "id")
    return [shown_debt(row) for row in ordered[:200]]


def debt_in(*, unit_id: int, debt_id: UUID) -> Owed | None:
    """A debt of a unit that is not paid yet."""
    row = Debt.objects.filter(unit_id=unit_id, pk=debt_id, payout__isnull=True).first()
    return shown_debt(row) if row else None


def is_paid(*, unit_id: int, debt_id: UUID) -> bool:
    """Whether a unit has such a debt and has paid it."""
    return Debt.objects.filter(unit_id=unit_id, pk=debt_id, payout__isnull=False).exists()


def is_used_up(*, unit_id: int, receipt_id: UUID) -> bool:
    """Whether a unit has such a receipt and nothing of it waits for a decision."""
    return Rest.objects.filter(unit_id=unit_id, pk=receipt_id).exclude(IS_LOOSE).exists()


def owed_to_units(*, unit_id: int, on: dt.date) -> list[OwedUnit]:
    """What a unit owes each other unit for goods sold or paid together, the most first.

    Units that stand no more are owed it all the same, by the name that they had last.
    """
    balances = ledger.balances_of(unit_id=unit_id)
    owed = {
        line.counterpart_id: -line.amount
        for line in balances
        if line.account is AccountKind.SETTLEMENT and line.amount < 0 and line.counterpart_id
    }
    called = places.last_called(place_ids=owed, on=on) if owed else {}
    found = [
        OwedUnit(other, *called.get(other, (str(other), f"Unit {other}")), amount)
        for other, amount in owed.items()
    ]
    return sorted(found, key=lambda row: (-row.amount, row.name))


def debts_about(*, subjects: Collection[str]) -> list[Owed]:
    """What is or was owed back to the buyers of these subjects, the oldest first. One statement."""
    rows = Debt.objects.filter(subject__in=list(subjects)).select_related("payout")
    return [shown_debt(row) for row in rows.order_by("owed_at", "id")]


def shown_debt(debt: Debt) -> Owed:
    """A stored debt, read with its payout, as pages see it."""
    payout = getattr(debt, "payout", None)
    return Owed(
        id=debt.id,
        subject=debt.subject,
        unit_id=debt.unit_id,
        label=debt.label,
        amount=debt.amount,
        source=From(debt.source),
        why=debt.why,
        owed_at=debt.owed_at,
        paid_on=payout.paid_on if payout else None,
        proof=payout.proof if payout else "",
    )
