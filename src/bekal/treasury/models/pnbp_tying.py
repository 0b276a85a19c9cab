"""The treasury's own list of deposits as it was taken in: files, rows, which column is what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.treasury.rules import COLUMN_LENGTH, NTPN


class TreasuryFile(models.Model):
    """A list of the treasury that was taken in for a unit; the same is taken in once.

    The same is the same text, read by the same columns. The names of its columns are kept: the next
    list is read by those of the newest.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    ntpn_column = models.CharField(max_length=COLUMN_LENGTH)
    amount_column = models.CharField(max_length=COLUMN_LENGTH)
    day_column = models.CharField(max_length=COLUMN_LENGTH, blank=True)
    rows = models.IntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "digest"], name="treasury_treasuryfile_text_once"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id} {self.taken_at}"


class TreasuryRow(models.Model):
    """What the treasury received by its own word: one NTPN, once for a unit."""

    personal_data = NONE

    file = models.ForeignKey(TreasuryFile, on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    line = models.IntegerField()
    ntpn = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    day = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "ntpn"], name="treasury_treasuryrow_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="treasury_treasuryrow_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(ntpn__regex=NTPN), name="treasury_treasuryrow_ntpn_of_16_signs"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.ntpn} {self.amount}"
