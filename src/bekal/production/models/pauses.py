"""Times in which a unit takes no orders."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.production.models import promises


class Pause(models.Model):
    """A unit takes no orders, and buyers read why; until an instant, or until it is ended."""

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=160)
    until = models.DateTimeField(null=True)
    paused_at = models.DateTimeField()
    paused_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ended_at__isnull=True),
                name="production_pause_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(sentence=""), name="production_pause_says_why"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("paused_at")),
                name="production_pause_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="production_pause_ended_at_and_by",
            ),
        ]
        triggers: ClassVar = [promises.only_ended, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.unit_id} since {self.paused_at}"

    def is_in_force(self, *, at: dt.datetime) -> bool:
        """Whether it holds at an instant; past its end it does not, though nobody has ended it."""
        return self.ended_at is None and (self.until is None or self.until > at)
