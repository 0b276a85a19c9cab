"""What a unit looks at, what was found of a batch, and the codes of its pieces."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Q

from bekal.catalogue import queries as catalogue
from bekal.production.models import PieceLabel, QualityCheck, QualityPoint


def points_of(*, unit_id: int) -> list[QualityPoint]:
    """All that a unit looks at, and what it looked at once, the last; one statement."""
    rows = QualityPoint.objects.filter(unit_id=unit_id).select_related("category", "product")
    return list(rows.order_by(F("ended_on").desc(nulls_first=True), "text", "id"))


def points_for(*, unit_id: int, product_id: int, on: dt.date) -> list[QualityPoint]:
    """What is looked at of a product that was made on a day; two statements."""
    terms = catalogue.sale_terms(product_ids=[product_id], on=on)
    if product_id not in terms:
        return []
    of_it = (
        Q(product_id=product_id)
        | Q(category_id=terms[product_id].category)
        | Q(product__isnull=True, category__isnull=True)
    )
    holds = Q(valid_from__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    return list(QualityPoint.objects.filter(of_it & holds, unit_id=unit_id).order_by("text", "id"))


def checks_of(*, batch_id: UUID) -> list[QualityCheck]:
    """How often a batch was looked at, with what was found, the first first; two statements."""
    checks = QualityCheck.objects.filter(batch_id=batch_id)
    return list(checks.prefetch_related("results__point").order_by("checked_at", "id"))


def labels_of(*, batch_id: UUID, good: int) -> list[str]:
    """The codes of the good pieces of a batch, as they stand; one statement."""
    rows = PieceLabel.objects.filter(batch_id=batch_id, piece__lte=good).order_by("piece")
    return list(rows.values_list("code", flat=True))
