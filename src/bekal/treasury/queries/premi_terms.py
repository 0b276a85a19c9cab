"""The terms of premi in a unit: how much is saved, and which fixed sums are agreed on."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, QuerySet

from bekal.treasury.models import PaymentColumns, PremiAgreement, PremiEarning, SavingRule
from bekal.treasury.rules.premi_terms import Claim


@dataclass
class ClaimedBatch:
    """What was claimed of a batch so far: how often, for how many pieces, and by maker."""

    times: int = 0
    pieces: int = 0
    amounts: dict[str, int] = field(default_factory=dict)


@dataclass
class ClaimedMonth:
    """What was claimed of a month so far: by which sources, and what stands by maker, in days."""

    sources: set[str] = field(default_factory=set)
    claims: dict[str, Claim] = field(default_factory=dict)


def saving_on(*, unit_id: int, on: dt.date) -> SavingRule | None:
    """How much is saved of what is paid on a day, or None where the unit has not decided."""
    rows = SavingRule.objects.filter(unit_id=unit_id, valid_from__lte=on)
    return rows.order_by("-valid_from", "-id").first()


def savings_of(*, unit_id: int) -> QuerySet[SavingRule]:
    """All decisions of a unit, the latest first."""
    return SavingRule.objects.filter(unit_id=unit_id).order_by("-valid_from", "-id")


def agreements_of(*, unit_id: int) -> QuerySet[PremiAgreement]:
    """All agreements of a unit, the latest first."""
    rows = PremiAgreement.objects.filter(unit_id=unit_id).select_related("workshop", "product")
    return rows.order_by("-during", "-id")


def agreement_of(*, unit_id: int, agreement_id: int) -> PremiAgreement | None:
    """One of a unit, or None."""
    return agreements_of(unit_id=unit_id).filter(pk=agreement_id).first()


def claimed_months(*, agreement_id: int) -> dict[dt.date, ClaimedMonth]:
    """What was claimed of each month by an agreement, by its last day; one statement."""
    rows = PremiEarning.objects.filter(allocation__agreement_id=agreement_id, batch__isnull=True)
    found: dict[dt.date, ClaimedMonth] = {}
    for last, source, maker, days, of_all, amount in rows.values_list(
        "earned_on", "source", "maker_id", "minutes", "minutes_of_all", "amount"
    ):
        one = found.setdefault(last, ClaimedMonth())
        one.sources.add(source)
        before = one.claims.get(maker, Claim(maker, 0, of_all, 0))
        part = before.part + (days if amount > 0 else -days)
        one.claims[maker] = Claim(maker, part, of_all, before.amount + amount)
    return found


def claimed_batches(*, agreement_id: int) -> dict[UUID, ClaimedBatch]:
    """What was claimed of each batch by an agreement a piece; one statement."""
    rows = PremiEarning.objects.filter(allocation__agreement_id=agreement_id, batch__isnull=False)
    found: dict[UUID, ClaimedBatch] = {}
    seen: set[tuple[UUID, str]] = set()
    for batch, source, pieces, maker, amount in rows.values_list(
        "batch", "source", "pieces", "maker_id", "amount"
    ):
        assert batch is not None
        one = found.setdefault(batch, ClaimedBatch())
        one.amounts[maker] = one.amounts.get(maker, 0) + amount
        if (batch, source) not in seen:
            seen.add((batch, source))
            one.pieces += pieces
            one.times += 1
    return found


def last_claimed(*, agreement_id: int) -> dt.date | None:
    """The last day for which something was earned by an agreement, or None; one statement."""
    rows = PremiEarning.objects.filter(allocation__agreement_id=agreement_id)
    return rows.order_by("-earned_on").values_list("earned_on", flat=True).first()


def columns_for(*, unit_id: int) -> QuerySet[PaymentColumns]:
    """The files of payments that a unit can write: its own, then those for all; by name."""
    own = PaymentColumns.objects.filter(unit_id=unit_id)
    rows = own | PaymentColumns.objects.filter(unit_id__isnull=True, withdrawn_at__isnull=True)
    return rows.order_by("unit_id", "name")


def templates() -> QuerySet[PaymentColumns]:
    """What the centre offers or has offered to all units: what holds first, by name."""
    rows = PaymentColumns.objects.filter(unit_id__isnull=True)
    return rows.order_by(F("withdrawn_at").desc(nulls_first=True), "name", "id")
