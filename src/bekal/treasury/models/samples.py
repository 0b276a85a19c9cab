"""What an auditor drew at random, and what was found of it. Inserted once, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.treasury.rules.samples import METHOD_LENGTH, SEED_LENGTH, TEXT_LENGTH, Verdict


class Sample(models.Model):
    """Receipts drawn at random: of which units and days, known at which instant, by which seed.

    Whoever draws again with the same answers gets the same receipts: `units` are those of the place
    when it was drawn, `as_of` lies before anything that was still being recorded.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    units = models.JSONField()
    first_day = models.DateField()
    last_day = models.DateField()
    size = models.IntegerField()
    seed = models.CharField(max_length=SEED_LENGTH)
    method = models.CharField(max_length=METHOD_LENGTH)
    as_of = models.DateTimeField()
    population = models.IntegerField()
    gross = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(size__gt=0, population__gte=0) & ~Q(seed=""),
                name="treasury_sample_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="treasury_sample_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(as_of__lt=F("drawn_at")), name="treasury_sample_of_what_was"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.seed} ({self.size})"


class SampleItem(models.Model):
    """One receipt of a sample, at its place in the drawing."""

    personal_data = NONE

    sample = models.ForeignKey(
        Sample, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    position = models.IntegerField()
    sale = models.ForeignKey("sales.Sale", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sample", "position"], name="treasury_sampleitem_position_once"
            ),
            models.UniqueConstraint(
                fields=["sample", "sale"], name="treasury_sampleitem_receipt_once"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.sample_id} {self.position}"


class Finding(models.Model):
    """What an auditor found of one receipt; the last one counts, those before it stay."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(SampleItem, on_delete=models.PROTECT, related_name="findings")
    verdict = models.CharField(max_length=10)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=[verdict.value for verdict in Verdict]),
                name="treasury_finding_verdict_known",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.REMARK.value) | Q(text__regex=r"\S"),
                name="treasury_finding_remark_has_text",
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.item_id} {self.verdict}"
