from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.opendata.rules import Precision, SubjectKind, Theme


class Claim(models.Model):
    """What a source says of the past: a number with its day, its words and its address.

    Never edited and never part of a computed sum. `key` names the claim by what the source says;
    when our reading of it is put right, a further row with the same key and another `digest` is
    appended, and the newest row of a key is the one that is shown. `low` and `high` are equal
    where the source gives one number; `whole` is the "of 14" in "8 of 14". A period begins at
    `first_day` (None: since the beginning) and is only as precise as `precision` says. `base` is
    the word that the source uses (omzet, keuntungan, PNBP): words are never taken for each other.
    """

    personal_data = NONE

    key = models.CharField(max_length=16)
    digest = models.CharField(max_length=16)
    line = models.IntegerField()
    theme = models.CharField(max_length=12)
    event = models.CharField(max_length=20, blank=True)
    series = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=120)
    subject_kind = models.CharField(max_length=8)
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    wording = models.CharField(max_length=160)
    wording_en = models.CharField(max_length=160)
    low = models.DecimalField(max_digits=18, decimal_places=2)
    high = models.DecimalField(max_digits=18, decimal_places=2)
    whole = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    measure = models.CharField(max_length=16)
    base = models.CharField(max_length=12, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField()
    precision = models.CharField(max_length=5)
    is_about = models.BooleanField()
    period_words = models.CharField(max_length=80)
    measure_words = models.CharField(max_length=120)
    remark = models.CharField(max_length=200, blank=True)
    differs = models.CharField(max_length=200, blank=True)
    differs_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=400)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "digest"], name="opendata_claim_once"),
            models.CheckConstraint(
                condition=Q(low__lte=F("high")), name="opendata_claim_low_is_not_above_high"
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(first_day__lte=F("last_day")),
                name="opendata_claim_period_runs_forward",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(wording=""), name="opendata_claim_has_source_and_words"
            ),
            models.CheckConstraint(
                condition=Q(theme__in=[theme.value for theme in Theme]),
                name="opendata_claim_theme_known",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind__in=[kind.value for kind in SubjectKind]),
                name="opendata_claim_subject_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=[word.value for word in Precision]),
                name="opendata_claim_precision_known",
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.subject}: {self.wording}"
