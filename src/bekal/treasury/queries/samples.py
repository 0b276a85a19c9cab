"""Samples of receipts: drawing them, drawing them again, and what was found."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from bekal.foundation.clock import Period
from bekal.treasury.models import Finding, Sample, SampleItem
from bekal.treasury.rules.samples import Verdict

_DRAWN = """
select s.id from sales_sale s
where s.unit_id = any(%(units)s) and s.sold_on between %(first)s and %(last)s
  and s.recorded_at <= %(as_of)s
order by sha256(convert_to(%(seed)s || ':' || s.id::text, 'UTF8')), s.id limit %(size)s
"""
_WHOLE = """
select count(*), coalesce(sum(s.total), 0)::bigint from sales_sale s
where s.unit_id = any(%(units)s) and s.sold_on between %(first)s and %(last)s
  and s.recorded_at <= %(as_of)s
"""


@dataclass(frozen=True)
class Drawing:
    """Everything that a drawing depends on."""

    units: Collection[int]
    period: Period
    size: int
    seed: str
    as_of: dt.datetime

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the statements."""
        return {
            "units": sorted(self.units),
            "first": self.period.first,
            "last": self.period.last,
            "as_of": self.as_of,
            "seed": self.seed,
            "size": self.size,
        }


def drawn(drawing: Drawing) -> list[UUID]:
    """The receipts of a drawing, in its order; the same for ever. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAWN, drawing.values)
        return [row[0] for row in cursor.fetchall()]


def whole_of(drawing: Drawing) -> tuple[int, int]:
    """How many receipts there are to draw from, and their rupiah. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, drawing.values)
        count, gross = cursor.fetchone()
    return count, gross


def drawing_of(sample: Sample) -> Drawing:
    """What a sample was drawn by."""
    period = Period(sample.first_day, sample.last_day)
    return Drawing(sample.units, period, sample.size, sample.seed, sample.as_of)


def is_the_same(sample: Sample) -> bool:
    """Whether drawn again it gives the receipts that were kept, of as many; three statements."""
    kept = list(sample.items.order_by("position").values_list("position", "sale_id"))
    drawing = drawing_of(sample)
    return list(enumerate(drawn(drawing), start=1)) == kept and whole_of(drawing) == (
        sample.population,
        sample.gross,
    )


def samples_of(*, place_id: int) -> QuerySet[Sample]:
    """The samples of a place, newest first, each with `noted` and `remarks`, counted."""
    last = Finding.objects.filter(item=OuterRef("pk")).order_by("-noted_at", "-id")
    remarked = SampleItem.objects.annotate(last=Subquery(last.values("verdict")[:1])).filter(
        last=Verdict.REMARK, sample=OuterRef("pk")
    )
    counted = remarked.order_by().values("sample").annotate(n=Count("pk")).values("n")
    noted = Count("items", filter=Exists(Finding.objects.filter(item=OuterRef("items__pk"))))
    found = Sample.objects.filter(place_id=place_id).annotate(
        noted=noted, remarks=Subquery(counted)
    )
    return found.order_by("-drawn_at", "id")


def sample_of(*, place_id: int, sample_id: UUID) -> Sample | None:
    """One sample of a place."""
    return Sample.objects.filter(place_id=place_id, pk=sample_id).first()


def items_of(*, sample: Sample, only: str = "") -> QuerySet[SampleItem]:
    """The receipts of a sample in the order of drawing, each with its last finding.

    `only` narrows to a verdict, or to "open": those without a finding.
    """
    last = Finding.objects.filter(item=OuterRef("pk")).order_by("-noted_at", "-id")
    found = sample.items.select_related("sale").annotate(
        verdict=Subquery(last.values("verdict")[:1]),
        note=Subquery(last.values("text")[:1]),
        noted_by=Subquery(last.values("noted_by")[:1]),
        noted_at=Subquery(last.values("noted_at")[:1]),
    )
    if only:
        wanted = Q(verdict__isnull=True) if only == "open" else Q(verdict=only)
        found = found.filter(wanted)
    return found.order_by(F("position"))


def sample_problems() -> list[str]:
    """Samples that drawn again give other receipts, as sentences; empty is good."""
    return [
        f"sampel {sample.pk}: diambil ulang memberi nota lain"
        for sample in Sample.objects.order_by("drawn_at")
        if not is_the_same(sample)
    ]
