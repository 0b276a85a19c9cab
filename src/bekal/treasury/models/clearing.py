"""Papers by which a difference of cash is settled: proposed by one person, decided by another."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.treasury.models.papers import decided_by_another, only_decided, starts_undecided
from bekal.treasury.rules.clearing import PAPER_LENGTH, Way
from bekal.treasury.rules.closing import NOTE_LENGTH


class CashClearing(models.Model):
    """How `amount` rupiah of a unit's difference are settled; the head approves or refuses.

    `paper` is the number of the minutes or the letter on which it rests, as a person wrote it.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    paper = models.CharField(max_length=PAPER_LENGTH)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_as = models.CharField(max_length=8, blank=True)
    decided_why = models.CharField(max_length=NOTE_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, paper__regex=r"\S"),
                name="treasury_cashclearing_rests_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]),
                name="treasury_cashclearing_way_known",
            ),
            models.CheckConstraint(
                condition=decided_by_another("proposed_by"),
                name="treasury_cashclearing_by_two_persons",
            ),
        ]
        triggers: ClassVar = [only_decided, starts_undecided, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.way} {self.amount}"
