"""The terms of premi in a unit: how much is saved, and which fixed sums are agreed on."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from bekal.treasury.models import PaymentColumns, PremiAgreement, PremiEarning, SavingRule


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


def claimed_by(*, agreement_id: int) -> set[tuple[str, str, UUID | None]]:
    """(maker, source, batch) of everything that was earned by an agreement; one statement."""
    rows = PremiEarning.objects.filter(allocation__agreement_id=agreement_id)
    return set(rows.values_list("maker_id", "source", "batch"))


def columns_for(*, unit_id: int) -> QuerySet[PaymentColumns]:
    """The files of payments that a unit can write: those for all, then its own; by name."""
    rows = PaymentColumns.objects.filter(unit_id__isnull=True) | PaymentColumns.objects.filter(
        unit_id=unit_id
    )
    return rows.order_by("unit_id", "name")
